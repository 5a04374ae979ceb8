"""Run schedules from the command line: many, on every core, or one again."""

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter

from sim.many import share
from sim.world import run


def main() -> int:
    """Return 0 if no invariant was broken."""
    parser = argparse.ArgumentParser(prog="python -m sim", description=__doc__)
    parser.add_argument("--schedules", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--seed", type=int, help="run this one and print its schedule")
    said = parser.parse_args()
    if said.seed is not None:
        print("\n".join(run(said.seed).steps))
        return 0
    begun, until = time.monotonic(), said.first + said.schedules
    shares = [range(said.first + n, until, said.jobs) for n in range(said.jobs)]
    with multiprocessing.get_context("spawn").Pool(said.jobs) as pool:
        tallies = pool.starmap(share, [(seeds, said.seconds) for seeds in shares])
    for tally in tallies:
        if tally.broken:
            print(tally.broken)
            return 1
    faults = sum((tally.faults for tally in tallies), Counter[str]())
    done = sum(tally.done for tally in tallies)
    print(f"{done} schedules in {time.monotonic() - begun:.0f} s, no invariant broken")
    print(", ".join(f"{fault} {n}" for fault, n in faults.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
