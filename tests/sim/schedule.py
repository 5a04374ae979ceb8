"""What befalls two nodes: drawn from a seed, with rates that differ from schedule to schedule.

Swarm testing: a schedule turns whole kinds of faults off and others up, since faults of one kind
often hide those of another. Source: Groce et al., "Swarm Testing", ISSTA 2012.
"""

import random
from dataclasses import dataclass, fields
from typing import Final

SHORTEST: Final = 12
LONGEST: Final = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How likely each fault is, in this schedule. Wire faults are a chance per bundle."""

    loss: float
    double: float
    damage: float
    reorder: float
    crash: float
    full: float
    backup: float
    restore: float
    rollback: float
    fence_lost: float
    skew: float
    sly: float


_HIGHEST: Final = Rates(
    loss=0.5,
    double=0.4,
    damage=0.3,
    reorder=0.8,
    crash=0.35,
    full=0.12,
    backup=0.2,
    restore=0.1,
    rollback=0.06,
    fence_lost=0.04,
    skew=0.5,
    sly=0.5,
)


def rates(chance: random.Random) -> Rates:
    """Draw the rates of one schedule: each fault is off in half of them."""
    drawn = {}
    for field in fields(Rates):
        highest = getattr(_HIGHEST, field.name)
        drawn[field.name] = chance.choice((0.0, chance.random() * highest))
    if chance.random() < 0.8:  # a rolled back machine changes what may be asked of the rest
        drawn["rollback"] = 0.0
    return Rates(**drawn)


def length(chance: random.Random) -> int:
    """Draw how many steps a schedule has before it heals."""
    return chance.randint(SHORTEST, LONGEST)
