"""The one order of two logs: 190,000 acts, and growth."""

import random
from collections.abc import Iterator

from bench import Figure, seconds

from legation.record.order import arrange


def two_logs(acts: int) -> tuple[list[int], list[int]]:
    """Return the claims of two nodes that deliver at once, late, or in heaps."""
    chance = random.Random(7)  # noqa: S311 - the same two logs every time
    logs: tuple[list[int], list[int]] = ([], [])
    held = [0, 0]
    for _ in range(acts):
        side = chance.randrange(2)
        if chance.random() < 0.4:
            held[side] = len(logs[1 - side])
        logs[side].append(held[side])
    return logs


def figures(*, long: bool) -> Iterator[Figure]:
    a, b = two_logs(190_000)
    yield Figure(
        name="the order of 190,000 acts",
        value=seconds(lambda: arrange(a, b, a_first_odd=True)),
        unit="s",
        at_most=1,
    )
    each: dict[int, float] = {}
    for acts in (1_000, 10_000, 100_000, *((1_000_000,) if long else ())):
        one, other = two_logs(acts)
        each[acts] = (
            seconds(lambda one=one, other=other: arrange(one, other, a_first_odd=True)) / acts  # type: ignore[misc] # bound
        )
        yield Figure(
            name=f"time an act at 1,000 / at {acts:,}",
            value=each[1_000] / each[acts],
            note=f"{each[acts] * 1e6:.2f} µs an act",
        )
