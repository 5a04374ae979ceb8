"""The numbers that a board is judged by: declared, agreed between both, stricter for oneself.

1. Where both sides agreed nothing, the defaults count.
2. What both agreed takes the place of a default on the shared board.
3. A side's own number counts on its own board only where it is the stricter one: a private board
   never shows a post better than the shared board does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """One number. unit: of what. stricter: whether more or less of it is the stricter.

    least, most: what can be agreed.
    """

    name: str
    value: int
    unit: Literal["percent", "days"]
    stricter: Literal["more", "less"]
    words: str
    least: int = 0
    most: int = 3650

    def sterner(self, one: int, other: int) -> int:
        """Return the stricter of two numbers."""
        return max(one, other) if self.stricter == "more" else min(one, other)


def _percent(name: str, value: int, words: str) -> Threshold:
    return Threshold(name=name, value=value, unit="percent", stricter="more", words=words, most=100)


def _waits(name: str, value: int, words: str) -> Threshold:
    return Threshold(name=name, value=value, unit="days", stricter="less", words=words)


def _before(name: str, value: int, words: str) -> Threshold:
    return Threshold(name=name, value=value, unit="days", stricter="more", words=words)


_WAITS: Final = N_("An unanswered notice strains this essential after so many days.")
THRESHOLDS: Final = (
    _percent("staff_in_order", 80, N_("Staff are in order from so many filled places of 100.")),
    _percent(
        "staff_strained",
        10,
        N_("With a head of post, staff are strained from so many filled places of 100."),
    ),
    _waits("visa_strained", 60, N_("Visas are strained when one has waited for more days.")),
    _waits("visa_blocked", 90, N_("Visas are blocked when one has waited for more days.")),
    _waits("wait_premises", 30, _WAITS),
    _waits("wait_money", 30, _WAITS),
    _waits("wait_citizen_services", 4, _WAITS),
    _waits("wait_archives", 30, _WAITS),
    _waits("wait_protection", 1, _WAITS),
    _waits("wait_continuity", 30, _WAITS),
    _before("licence_ends", 30, N_("A licence strains money so many days before it ends.")),
    _before("lease_ends", 90, N_("A lease strains premises so many days before it ends.")),
)
BY_NAME: Final = {each.name: each for each in THRESHOLDS}
DEFAULTS: Final[Mapping[str, int]] = {each.name: each.value for each in THRESHOLDS}


def in_force(agreed: Mapping[str, int], own: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return the numbers to judge by. agreed: by both sides. own: counts only where stricter."""
    found = {}
    for name in sorted(BY_NAME):
        threshold = BY_NAME[name]
        value = agreed.get(name, threshold.value)
        if own is not None and name in own:
            value = threshold.sterner(value, own[name])
        found[name] = value
    return found
