"""Every write of this room: what our side states, and how our own chronicle is tied to it."""

from legation.missions.services.links import link, unlink
from legation.missions.services.own import note_all, note_own, state_own, strike_own
from legation.missions.services.registers import (
    Loaded,
    contest,
    declare_regime,
    load_dossier,
    state_fields,
)
from legation.missions.services.thresholds import accept_threshold, set_own_threshold

__all__ = [
    "Loaded",
    "accept_threshold",
    "contest",
    "declare_regime",
    "link",
    "load_dossier",
    "note_all",
    "note_own",
    "set_own_threshold",
    "state_fields",
    "state_own",
    "strike_own",
    "unlink",
]
