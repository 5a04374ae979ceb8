"""How a post stands and how an essential does, as marks: colour, shape and word together."""

from collections.abc import Mapping
from typing import Final

from legation.errors import N_
from legation.ui.marks import Mark

STANDINGS: Final[Mapping[str, Mark]] = {
    "operates": Mark(tone="ok", icon="circle-check", word=N_("Operates")),
    "strained": Mark(tone="strained", icon="circle-half-2", word=N_("Operates under strain")),
    "cannot": Mark(tone="blocked", icon="ban", word=N_("Cannot operate")),
    "unknown": Mark(tone="unknown", icon="circle-dashed", word=N_("Unknown")),
    "planned": Mark(tone="info", icon="calendar-event", word=N_("Planned")),
    "suspended": Mark(tone="closed", icon="circle-minus", word=N_("Suspended")),
    "closed": Mark(tone="closed", icon="lock", word=N_("Closed")),
}
CELLS: Final[Mapping[str, Mark]] = {
    "in_order": Mark(tone="ok", icon="circle-check", word=N_("In order")),
    "strained": Mark(tone="strained", icon="circle-half-2", word=N_("Strained")),
    "blocked": Mark(tone="blocked", icon="ban", word=N_("Blocked")),
    "disputed": Mark(tone="strained", icon="alert-triangle", word=N_("Disputed")),
    "unknown": Mark(tone="unknown", icon="circle-dashed", word=N_("Unknown")),
    "not_applicable": Mark(tone="closed", icon="minus", word=N_("Not applicable")),
}
