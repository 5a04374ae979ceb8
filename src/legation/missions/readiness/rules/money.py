"""Money, judged by whether the post can receive, hold and pay it.

1. Channels that name a post are that post's; one that names none serves all posts of its state.
   Contributions to organisations are no post's own money.
2. Money that is held and money that came back are told apart; an account closed is a third.
3. All channels shut block; one that works, or of which nothing is told, keeps it at strained.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from legation.acts.values import Day
from legation.errors import N_
from legation.missions.readiness import words
from legation.missions.readiness.facts import Subject, Told
from legation.missions.readiness.messages import Message
from legation.missions.readiness.rules.waits import judge_waits
from legation.missions.readiness.scene import Sheet, Weight
from legation.missions.readiness.words import word

WORKS: Final = word("channel-works", N_("Payments go through"))
SLOW: Final = word("channel-slow", N_("Payments are slow"), N_("Payments slow"))
SHUT: Final[Mapping[str, Message]] = {
    "blocked": word("money-held", N_("Blocked: money is held"), N_("Money held")),
    "rejected": word("money-returned", N_("Rejected: money came back"), N_("Money came back")),
    "closed": word("account-closed", N_("Account closed")),
}
CARRIED: Final = word("channel-carried", N_("Payments are let through, or another channel opens"))
AT_BANK: Final = N_("{bank}: {what}")
WITHOUT_BANK: Final = "{what}"
LICENCE_ENDS: Final = (N_("The licence ends on {day}"), N_("Licence ends {day}"), "licence-ends")
LICENCE_ENDED: Final = (
    N_("The licence ended on {day}"),
    N_("Licence ended {day}"),
    "licence-ended",
)
LICENCE_GONE: Final = word(
    "licence-gone", N_("The licence is not in force"), N_("Licence not in force")
)
LICENCE_RENEWED: Final = word("licence-renewed", N_("The licence is renewed"))


def judge_money(sheet: Sheet) -> None:
    """Judge by the post's channels, and by the licences that they stand on."""
    scene = sheet.scene
    channels = [
        each
        for each in scene.linked("channel", everywhere=True)
        if scene.told("purpose", each).value != "contributions"
    ]
    told = [(each, sheet.decisive("state", each)) for each in channels]
    shut = [each for each, state in told if str(state.value) in SHUT and not sheet.lifted(each.id)]
    weight: Weight = "blocked" if shut and len(shut) == len(told) else "strained"
    for channel, state in told:
        _channel(sheet, channel, state, weight)
        _licence(sheet, channel)
    if not told:
        sheet.silence(sheet.sending)
    if not any(state.value == "works" or sheet.lifted(each.id) for each, state in told):
        sheet.unknown(words.not_stated([sheet.sending]))
    judge_waits(sheet)


def _channel(sheet: Sheet, channel: Subject, state: Told, weight: Weight) -> None:
    if state.disputed:
        sheet.disputed()
    elif state.value == "works":
        sheet.good(_at_bank(sheet, channel, words.since(WORKS, state)))
    elif state.value == "slow" or str(state.value) in SHUT:
        what = SHUT.get(str(state.value), SLOW)
        sheet.cause(
            f"{channel.id}.state",
            weight if what is not SLOW else "strained",
            _at_bank(sheet, channel, words.since(what, state)),
            CARRIED,
            move=(sheet.receiving,),
            lift=channel.id,
            told=state,
        )


def _at_bank(sheet: Sheet, channel: Subject, what: Message) -> Message:
    bank = sheet.scene.told("bank", channel).value
    if not isinstance(bank, str):
        return what
    values, parts = {"bank": bank}, {"what": (what,)}
    return Message(code=what.code, text=AT_BANK, short=WITHOUT_BANK, values=values, parts=parts)


def _licence(sheet: Sheet, channel: Subject) -> None:
    """Strain money where the licence that a channel is said to stand on fails, or soon ends."""
    named = sheet.read("licence", channel)
    licence = sheet.scene.sitting.facts.subjects.get(str(named.value))
    if licence is None:
        return
    state, expires = sheet.read("state", licence), sheet.read("expires", licence)
    if state.disputed or expires.disputed:
        sheet.disputed()
        return
    found = _fails(sheet, state, expires)
    if found is not None:
        sheet.cause(
            f"{licence.id}.{'state' if found is LICENCE_GONE else 'expires'}",
            "strained",
            found,
            LICENCE_RENEWED,
            move=(sheet.receiving,),
            lift=licence.id,
            told=state if found is LICENCE_GONE else expires,
        )


def _fails(sheet: Sheet, state: Told, expires: Told) -> Message | None:
    if state.value in ("suspended", "revoked", "expired"):
        return LICENCE_GONE
    if not isinstance(expires.value, str):
        return None
    last, on = Day(expires.value).last, sheet.scene.sitting.on
    if last - timedelta(days=sheet.scene.number("licence_ends")) > on:
        return None
    text, short, code = LICENCE_ENDED if last < on else LICENCE_ENDS
    return Message(code=code, text=text, short=short, values={"day": expires.value})
