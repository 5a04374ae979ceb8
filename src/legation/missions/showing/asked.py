"""What a page of readiness was asked for: which day, which record, whose posts.

Everything stands in the address, so that a colleague can be sent it, and no script is needed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias, TypeVar
from urllib.parse import urlencode

from legation.errors import N_, Refusal

T = TypeVar("T")
Whose: TypeAlias = Literal["both", "ours", "theirs"]

SIZES: Final = re.compile(r"[A-Z]{2,3}:[0-9]{1,12}(,[A-Z]{2,3}:[0-9]{1,12})?")
EARLIEST: Final = date(1500, 1, 1)
AHEAD: Final = timedelta(days=3660)
"""How far ahead one may look: statements with an end, licences, leases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for. recorded: how far each log is read, by party; None: all there is.

    dated: whether a day was named. own: with what only we know. wrong: what could not be read.
    """

    on: date
    recorded: Mapping[str, int] | None = None
    of: Whose = "both"
    own: bool = True
    dated: bool = False
    wrong: tuple[Refusal, ...] = ()

    def query(self, **changes: object) -> str:
        """Return the address's part after "?", with changes; what is usual is left out.

        Of changes, a date is written as such, and None leaves the name out.
        """
        pairs = {
            "at": self.on.isoformat() if self.dated else None,
            "recorded": _sizes(self.recorded),
            "of": self.of if self.of != "both" else None,
            "own": None if self.own else "0",
            **changes,
        }
        return urlencode({name: str(value) for name, value in pairs.items() if value is not None})

    def hidden(self, *without: str) -> list[tuple[str, str]]:
        """Return names and values that a form carries along, without those it asks for itself."""
        pairs = (part.partition("=") for part in self.query().split("&") if part)
        return [
            (name, value.replace("%3A", ":").replace("%2C", ","))
            for name, _sign, value in pairs
            if name not in without
        ]


def read_asked(given: Mapping[str, str], today: date, parties: tuple[str, ...]) -> Asked:
    """Return what was asked for; what cannot be read is told and left out."""
    wrong: list[Refusal] = []
    text = given.get("at", "").strip()
    on = _kept(lambda: read_day(text, today), wrong) if text else None
    sizes = given.get("recorded", "").strip()
    recorded = _kept(lambda: read_sizes(sizes, parties), wrong) if sizes else None
    of: Whose = "both"
    if given.get("of") == "ours":
        of = "ours"
    elif given.get("of") == "theirs":
        of = "theirs"
    return Asked(
        on=on or today,
        recorded=recorded,
        of=of,
        own=given.get("own") != "0",
        dated=on is not None,
        wrong=tuple(wrong),
    )


def on_another_day(asked: Asked, on: date) -> Asked:
    """Return the same question on another day."""
    return replace(asked, on=on, dated=True)


def read_day(text: str, today: date) -> date:
    """Return a day written as 2025-04-10. Raises Refusal "day"."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if len(text) != len("2025-04-10") or not EARLIEST <= found <= today + AHEAD:
        raise Refusal(
            "day",
            thing=N_("“{text}”"),
            rule=N_("a day is written as 2025-04-10, and lies at most ten years ahead."),
            remedy=N_("The board shows today; choose another day."),
            text=text[:40],
        )
    return found


def read_sizes(text: str, parties: tuple[str, ...]) -> dict[str, int]:
    """Return how far each log is to be read, of "US:120,RU:98". Raises Refusal "recorded"."""
    pairs = [part.partition(":") for part in text.split(",")] if SIZES.fullmatch(text) else []
    sizes = {party: int(size) for party, _sign, size in pairs}
    if not pairs or len(sizes) != len(pairs) or not sizes.keys() <= set(parties):
        raise Refusal(
            "recorded",
            thing=N_("“{text}”"),
            rule=N_("the record as it was is named by both logs’ sizes, as {example}."),
            remedy=N_("The board reads all entries; write both parties and their entries."),
            text=text[:40],
            example=",".join(f"{party}:0" for party in parties),
        )
    return sizes


def _sizes(recorded: Mapping[str, int] | None) -> str | None:
    if recorded is None:
        return None
    return ",".join(f"{party}:{size}" for party, size in sorted(recorded.items()))


def _kept(read: Callable[[], T], wrong: list[Refusal]) -> T | None:
    try:
        return read()
    except Refusal as refusal:
        wrong.append(refusal)
        return None
