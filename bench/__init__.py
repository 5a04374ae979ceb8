"""Figures that can be compared: ratios within one run on one machine, and growth with size.

A file of this folder with a function `figures(*, long: bool) -> Iterator[Figure]` is found by
looking; nothing lists them. `python -m bench [--long] [NAME…]` runs them.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured thing: `value` in `unit`, and the bar it must reach, where there is one.

    at_least, at_most: the bar; a figure with neither is shown for comparison only.
    """

    name: str
    value: float
    unit: str = "ratio"
    at_least: float | None = None
    at_most: float | None = None
    note: str = ""

    @property
    def reached(self) -> bool:
        low = self.at_least is None or self.value >= self.at_least
        return low and (self.at_most is None or self.value <= self.at_most)

    @property
    def bar(self) -> str:
        if self.at_least is not None:
            return f"≥ {self.at_least:g}"
        return "" if self.at_most is None else f"≤ {self.at_most:g}"


def seconds(work: Callable[[], object], *, rounds: int = 3) -> float:
    """Return the median time of `rounds` runs of `work`, in seconds."""
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return median(taken)


def cpu_probe() -> float:
    """Return the seconds this machine needs for a fixed piece of pure Python.

    Times are shown beside it: a slow page on a busy machine says nothing about the page.
    """

    def work() -> int:
        total = 0
        for number in range(2_000_000):
            total = (total * 31 + number) & 0xFFFFFFFF
        return total

    return seconds(work)
