"""Visas and entry, judged by whether a replacement can get in."""

from typing import Final

from legation.errors import N_
from legation.missions.readiness import words
from legation.missions.readiness.messages import Message
from legation.missions.readiness.rules.limits import limits_of, measure_of
from legation.missions.readiness.rules.waits import note_late, waiting
from legation.missions.readiness.scene import Sheet
from legation.missions.readiness.words import word

LENGTH: Final = word("visa-length", N_("The length of visas is limited"), N_("Visa length limited"))
NUMBER: Final = word("visa-number", N_("The number of visas is limited"), N_("Visa number limited"))
BY_RULE: Final = N_("{what}: {rule}")
RULE_ALONE, WITHOUT_RULE = "{rule}", "{what}"
LONGEST: Final = 28
"""Letters of a rule that is short enough to stand for itself."""
LIFTED: Final = word("limit-raised", N_("The limit is raised or lifted"))
NONE_WAITS: Final = word("none-waits", N_("No request waits"))


def judge_visas(sheet: Sheet) -> None:
    """Judge by how long the oldest request has waited, and by limits in force."""
    scene = sheet.scene
    open_ = waiting(sheet)
    late = note_late(
        sheet,
        open_,
        [("blocked", scene.number("visa_blocked")), ("strained", scene.number("visa_strained"))],
    )
    for limit in limits_of(sheet, "visa_length", "visa_number"):
        state = sheet.read("state", limit)
        kind = scene.told("kind", limit)
        what = LENGTH if kind.value == "visa_length" else NUMBER
        sheet.cause(
            f"{limit.id}.state",
            "strained",
            words.since(_by_rule(what, scene.told("rule", limit).value), state),
            LIFTED,
            move=(sheet.receiving,),
            lift=limit.id,
            told=state,
            measure=measure_of(sheet, limit),
        )
    if late:
        return
    if scene.index.asked(scene.post.id, sheet.essential.id, scene.day):
        oldest = open_[0].days(scene.sitting.on) if open_ else 0
        sheet.good(words.waiting(len(open_), oldest) if open_ else NONE_WAITS)
    else:
        # Nothing asked for on the record is no sign that all who were sent came in.
        sheet.silence(sheet.sending)
        sheet.unknown(words.not_stated([sheet.sending]))


def _by_rule(what: Message, rule: object) -> Message:
    if not isinstance(rule, str):
        return what
    short = RULE_ALONE if len(rule) <= LONGEST else WITHOUT_RULE
    parts = {"what": (what,)}
    return Message(code=what.code, text=BY_RULE, short=short, values={"rule": rule}, parts=parts)
