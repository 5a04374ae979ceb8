"""Two things measured in turn, in processor time: what else the machine does falls on both."""

import time
from collections.abc import Callable

Work = Callable[[], object]


def pair(beside: Work, ours: Work, *, rounds: int = 7) -> tuple[float, float]:
    """Return (time beside / our time, our time in seconds), each the best of `rounds`."""
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        for which, work in enumerate((beside, ours)):
            begin = time.process_time()
            work()
            best[which] = min(best[which], time.process_time() - begin)
    return best[0] / best[1], best[1]
