"""A moment in a form: a local date and time, and the place whose clock it is read from."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from legation.record.canon import Json
from legation.ui.clocks import clock_of

Choices: TypeAlias = Sequence[tuple[str, str]]


class ZonedInput(forms.MultiWidget):
    """A local date and time, and the place whose clock it is read from."""

    def __init__(self, zones: Choices) -> None:
        super().__init__(
            widgets=(
                forms.DateTimeInput(attrs={"type": "datetime-local", "step": "60"}),
                forms.Select(choices=zones, attrs={"aria-label": _("Time zone")}),
            )
        )

    def id_for_label(self, id_: str, index: str = "0") -> str:
        """Name the date and time by the field's label; the place has its own."""
        return f"{id_}_{index}" if id_ else id_

    def decompress(self, value: str | None) -> list[str | None]:
        """Return the two parts of an instant as it is written."""
        zones = [str(zone) for zone, _name in self.widgets[1].choices]  # type: ignore[attr-defined] # a Select
        return _in_its_zone(value, zones) if value else [None, None]


def _in_its_zone(value: str, zones: Sequence[str]) -> list[str | None]:
    """Return an instant as the clock of one of `zones` shows it: the first with its offset."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return [value[:16], None]
    if at.tzinfo is None:
        return [value[:16], None]
    found = (zone for zone in zones if at.astimezone(ZoneInfo(zone)).utcoffset() == at.utcoffset())
    zone = next(found, "UTC")
    return [f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}", zone]


def zones_of(parties: Sequence[str]) -> Choices:
    """Return the clocks to choose from: the capitals' in this order, then UTC."""
    clocks = dict.fromkeys(clock_of(party) for party in parties)
    named = {clock.zone: gettext(clock.place) for clock in clocks}
    return [*((zone, f"{place} ({zone})") for zone, place in named.items() if zone != "UTC"),
            ("UTC", "UTC")]  # fmt: skip


def read_instant(raw: object) -> Json:
    """Return a local time with the offset that its place has then: 2026-12-01T10:00-05:00."""
    typed, zone = raw if isinstance(raw, list | tuple) and len(raw) == 2 else (raw, "")
    typed = str(typed or "").strip()
    if not typed:
        return None
    try:
        local = datetime.fromisoformat(typed).replace(tzinfo=ZoneInfo(str(zone)))
    except (ValueError, KeyError, OSError):
        return typed
    offset = local.strftime("%z")
    return f"{typed[:16]}{offset[:3]}:{offset[3:5]}"
