"""A share of many schedules: what one process of several runs."""

import os
import time
from collections import Counter
from dataclasses import dataclass, field

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legation.settings")

import django

django.setup()

from sim.rules import Violation  # noqa: E402 - Django first
from sim.world import run  # noqa: E402


@dataclass(slots=True)
class Tally:
    """What a share of the schedules gave. broken: the first failure, with its schedule."""

    done: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    broken: str = ""


def share(seeds: range, seconds: float) -> Tally:
    """Run these seeds, until the time is up or an invariant breaks."""
    begun, tally = time.monotonic(), Tally()
    for seed in seeds:
        if time.monotonic() - begun > seconds:
            break
        try:
            tally.faults.update(run(seed).faults)
        except Violation as violation:
            tally.broken = str(violation)
            break
        tally.done += 1
    return tally
