"""Where a party's desk keeps its clock: a place and its time zone, by the party's code.

The table (`capitals.json`) follows the codes of ISO 3166 and the zones of the IANA database.
It only sets clocks; it says nothing about who recognises whom, and a code that is not in it
reads the time in UTC.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from legation.errors import N_

UTC_NAME: Final = "UTC"
SPELT: Final = (
    N_("Washington"), N_("Moscow"), N_("New Delhi"), N_("Ottawa"), N_("Tehran"), N_("Riyadh")
)  # fmt: skip
"""Places that translators spell: the capitals of the dossiers that come with the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A place that keeps time. zone: an IANA name, or "UTC"."""

    place: str
    zone: str

    @property
    def tz(self) -> tzinfo:
        """The zone, for making an instant of what this clock shows."""
        return _zone(self.zone)

    def local(self, at: datetime) -> datetime:
        """Return the aware instant `at` as this clock shows it."""
        return at.astimezone(self.tz)


@cache
def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


@cache
def _table() -> dict[str, list[str]]:
    text = files("legation.ui").joinpath("capitals.json").read_text(encoding="utf-8")
    table: dict[str, list[str]] = json.loads(text)
    return table


@cache
def clock_of(party: str) -> Clock:
    """Return the clock of `party`, e.g. "US"; UTC where the code or its zone is unknown."""
    place, zone = _table().get(party, (UTC_NAME, UTC_NAME))
    if _zone(zone) is UTC:
        return Clock(place=UTC_NAME, zone=UTC_NAME)
    return Clock(place=place, zone=zone)
