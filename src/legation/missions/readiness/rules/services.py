"""Citizen services, judged by whether nationals and visa applicants can be served.

What another post of the same state does is that state's own choice and decides nothing here.
"""

from collections.abc import Mapping
from typing import Final

from legation.errors import N_
from legation.missions.readiness import words
from legation.missions.readiness.messages import Message
from legation.missions.readiness.rules.single import movers
from legation.missions.readiness.rules.waits import judge_waits
from legation.missions.readiness.scene import Sheet, Weight
from legation.missions.readiness.words import word

RUNNING: Final = word("service-running", N_("Services run"))
LESS: Final[Mapping[str, Message]] = {
    "reduced": word("service-reduced", N_("Services are reduced"), N_("reduced")),
    "suspended": word("service-suspended", N_("Services are suspended"), N_("suspended")),
    "moved": word("service-moved", N_("Services are moved elsewhere"), N_("moved elsewhere")),
}
AGAIN: Final = word("service-again", N_("The service runs again in full"))
OF_KIND: Final = N_("{kind}: {what}")
KINDS: Final[Mapping[str, Message]] = {
    "visas": word("kind-visas", N_("Visas")),
    "passports": word("kind-passports", N_("Passports")),
    "notarial": word("kind-notarial", N_("Notarial acts")),
    "births": word("kind-births", N_("Births")),
    "arrests": word("kind-arrests", N_("Arrests")),
    "visits": word("kind-visits", N_("Visits")),
}


def judge_services(sheet: Sheet) -> None:
    """Judge by the post's services: none that runs blocks, some that do not strain."""
    scene = sheet.scene
    services = scene.linked("service")
    told = [(each, sheet.decisive("state", each)) for each in services]
    stopped = [
        each
        for each, state in told
        if state.value in ("suspended", "moved") and not sheet.lifted(each.id)
    ]
    weight: Weight = "blocked" if stopped and len(stopped) == len(told) else "strained"
    for service, state in told:
        what = LESS.get(str(state.value))
        if state.disputed:
            sheet.disputed()
        elif state.value == "running":
            sheet.good(words.since(RUNNING, state))
        elif what is not None:
            kind = KINDS.get(str(scene.told("kind", service).value))
            said = words.since(what, state)
            if kind is not None:
                parts = {"kind": (kind,), "what": (said,)}
                said = Message(code=what.code, text=OF_KIND, parts=parts)
            sheet.cause(
                f"{service.id}.state",
                weight,
                said,
                AGAIN,
                move=movers(sheet, "both"),
                lift=service.id,
                told=state,
            )
        else:
            sheet.unknown(words.not_stated([state.author]))
    if not told:
        sheet.silence(sheet.sending)
        sheet.unknown(words.not_stated([sheet.sending]))
    judge_waits(sheet)
