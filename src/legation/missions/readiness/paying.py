"""What a proposed payment would run into. Pure: it promises nothing, and stores nothing.

1. What is known to stop it comes first, then what nobody stated, then what a person must check.
2. No obstacle found is not a leave to pay: a bank may refuse for reasons that no register holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from legation.errors import N_, Refusal
from legation.missions.naming import value_name
from legation.missions.readiness.facts import Facts, Ground, Rule, Subject
from legation.missions.readiness.messages import Message
from legation.missions.readiness.payments import Channel, Licence, channel
from legation.missions.readiness.thresholds import DEFAULTS

Weight: TypeAlias = Literal["stops", "unknown", "check", "risk"]
WEIGHTS: Final[tuple[Weight, ...]] = ("stops", "unknown", "check", "risk")
SUBJECTS: Final = frozenset({"payment", "payments", "banking", "money", "transfers"})
"""Subjects of regimes that bear on payments."""
PURPOSES: Final = ("salaries", "rent", "utilities", "contributions", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A payment that somebody thinks of. amount: in minor units, above nought."""

    channel: str
    amount: int
    currency: str
    purpose: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing that it would run into.

    weight: stops (it would not arrive), unknown (nobody stated it), check (a person decides),
    risk (it may be late). what: in one sentence; `words` beside it are as a side stated them.
    subject: id of the thing that it comes from. article: which it would touch.
    """

    code: str
    weight: Weight
    what: Message
    subject: str
    words: str = ""
    article: str = ""
    grounds: tuple[Ground, ...] = ()
    ours: bool = False


ARTICLES: Final = "VCDR 25, VCCR 28"


def would_meet(facts: Facts, on: date, payment: Payment) -> tuple[Obstacle, ...]:
    """Return what a payment would run into, as far as known on a day; what stops it comes first.

    on: the day from which one looks. What holds on the day of the payment decides.
    Raises Refusal "unknown-subject" for a channel nobody told of.
    """
    thing = facts.subjects.get(payment.channel)
    if thing is None or thing.prefix != "channel":
        raise Refusal(
            "unknown-subject",
            thing=N_("Payment channel {name}"),
            rule=N_("no such channel is stated or known."),
            remedy=N_("Choose one from the list."),
            name=payment.channel[:80],
        )
    then = channel(facts, thing, payment.day)
    found = [
        *_of_post(facts, then, payment),
        *_of_state(then),
        *_of_currency(then, payment),
        *_of_purpose(then, payment),
        *_of_licence(facts, then),
        *_of_rules(facts, thing, payment.day),
        *_of_cash(then, payment),
        *_of_day(then, on, payment),
    ]
    return tuple(sorted(found, key=lambda each: WEIGHTS.index(each.weight)))


# --- The channel


def _about(then: Channel, name: str, code: str, weight: Weight, what: Message) -> Obstacle:
    told = then.told[name]
    return Obstacle(
        code=code,
        weight=weight,
        what=what,
        subject=then.id,
        article=ARTICLES if weight in ("stops", "risk") else "",
        grounds=told.grounds,
        ours=told.ours,
    )


def _of_post(facts: Facts, then: Channel, payment: Payment) -> Iterator[Obstacle]:
    post = facts.subjects.get(str(then.told["post"].value))
    status = None if post is None else post.now("status", payment.day)
    if post is not None and status is not None and status.value == "closed":
        yield Obstacle(
            code="post-closed",
            weight="check",
            what=Message(code="post-closed", text=N_("The post is closed on that day.")),
            subject=post.id,
            grounds=status.grounds,
            ours=status.ours,
        )


_STATES: Final[dict[str, tuple[Weight, str]]] = {
    "blocked": (
        "stops",
        N_("The channel is blocked: the money would be held, and could not be sent again."),
    ),
    "rejected": (
        "stops",
        N_("The channel rejects payments: the money would come back, and can go another way."),
    ),
    "closed": ("stops", N_("The channel is closed: nothing can be sent by it.")),
    "slow": ("risk", N_("The channel is slow: allow for days of delay.")),
}


def _of_state(then: Channel) -> Iterator[Obstacle]:
    told = then.told["state"]
    if told.disputed:
        text = N_("What is said of the channel’s state contradicts itself.")
        yield _about(then, "state", "state-disputed", "unknown", _plain("state-disputed", text))
    elif told.silent:
        text = N_("Whether the channel works on that day is not stated.")
        yield _about(then, "state", "state-unknown", "unknown", _plain("state-unknown", text))
    elif then.state in _STATES:
        weight, text = _STATES[then.state]
        code = f"channel-{then.state}"
        yield _about(then, "state", code, weight, _plain(code, text))
    if told.contested:
        text = N_("The other side contests what is stated of the channel.")
        yield _about(then, "state", "state-contested", "check", _plain("state-contested", text))


def _of_currency(then: Channel, payment: Payment) -> Iterator[Obstacle]:
    told = then.told["currency"]
    if told.value is None:
        text = N_("In which currency the channel pays is not stated.")
        yield _about(
            then, "currency", "currency-unknown", "unknown", _plain("currency-unknown", text)
        )
    elif told.value != payment.currency:
        what = Message(
            code="currency-differs",
            text=N_("The channel pays in {channel}, and this payment is in {payment}."),
            values={"channel": str(told.value), "payment": payment.currency},
        )
        yield _about(then, "currency", "currency-differs", "stops", what)


def _of_purpose(then: Channel, payment: Payment) -> Iterator[Obstacle]:
    told = then.told["purpose"]
    if told.value is None:
        text = N_("For which payments the channel serves is not stated.")
        yield _about(then, "purpose", "purpose-unknown", "unknown", _plain("purpose-unknown", text))
    elif told.value not in ("all", payment.purpose):
        what = Message(
            code="purpose-differs",
            text=N_("The channel does not serve for this purpose, only for: {purpose}."),
            parts={"purpose": (_plain("purpose", value_name("purpose", str(told.value))),)},
        )
        yield _about(then, "purpose", "purpose-differs", "stops", what)


# --- Its licence


def _of_licence(facts: Facts, then: Channel) -> Iterator[Obstacle]:
    found = then.licence
    if found is None:
        text = N_("Which licence covers the channel, or that none is needed, is not stated.")
        yield _about(then, "licence", "licence-unknown", "unknown", _plain("licence-unknown", text))
        return
    if found.state is None or found.state.value is None:
        text = N_("Whether the licence is in force on that day is not stated.")
        yield _licensed(found, "licence-unstated", "unknown", _plain("licence-unstated", text))
    elif found.state.value != "in_force":
        text = N_("The licence is suspended, revoked or expired on that day.")
        yield _licensed(found, "licence-ended", "stops", _plain("licence-ended", text))
    yield from _ending(facts, found)
    if found.covers:
        text = N_("Check that the licence covers it. It covers:")
        what = _plain("licence-covers", text)
        yield _licensed(found, "licence-covers", "check", what, found.covers)
    for condition in found.conditions:
        what = _plain("condition", N_("Check this condition of the licence:"))
        yield _licensed(found, "condition", "check", what, condition)


def _ending(facts: Facts, found: Licence) -> Iterator[Obstacle]:
    """Tell of a licence's end. found: as it stands on the day of the payment."""
    if found.days_left is None:
        return
    if found.days_left < 0:
        what = Message(
            code="licence-over",
            text=N_("The licence has ended by that day; its last day was {day}."),
            values={"day": found.expires},
        )
        yield _licensed(found, "licence-over", "stops", what)
        return
    soon = facts.thresholds.get("licence_ends", DEFAULTS["licence_ends"])
    if found.days_left <= soon:
        what = Message(
            code="licence-ends",
            text=N_("The licence ends soon after that day, on {day}."),
            values={"day": found.expires},
        )
        yield _licensed(found, "licence-ends", "risk", what)


def _licensed(
    found: Licence, code: str, weight: Weight, what: Message, words: str = ""
) -> Obstacle:
    grounds = () if found.state is None else found.state.grounds
    return Obstacle(
        code=code,
        weight=weight,
        what=what,
        subject=found.id,
        words=words,
        article=ARTICLES if weight == "stops" else "",
        grounds=grounds,
        ours=any(ground.ours for ground in grounds),
    )


# --- Rules, and what is there to pay with


def _of_rules(facts: Facts, thing: Subject, day: date) -> Iterator[Obstacle]:
    for rule in facts.rules:
        applies = (rule.by, rule.applies_to) == (thing.receiving, thing.sending)
        if applies and rule.subject in SUBJECTS and rule.holds_on(day) and rule.mode in _MODES:
            weight, text = _MODES[rule.mode]
            yield _ruled(rule, weight, text)


_MODES: Final[dict[str, tuple[Weight, str]]] = {
    "closed": ("stops", N_("A rule of the receiving state bars such payments.")),
    "permission": ("check", N_("A rule asks for leave before such a payment; silence gives none.")),
    "notification": ("check", N_("A rule asks to be told before such a payment.")),
}


def _ruled(rule: Rule, weight: Weight, text: str) -> Obstacle:
    return Obstacle(
        code=f"rule-{rule.mode}",
        weight=weight,
        what=_plain(f"rule-{rule.mode}", text),
        subject=rule.id,
        words=rule.rule or "",
        grounds=(rule.ground,),
        ours=rule.ground.ours,
    )


def _of_cash(then: Channel, payment: Payment) -> Iterator[Obstacle]:
    cash = then.cash
    if cash is not None and cash.currency == payment.currency and cash.amount < payment.amount:
        text = N_("There is less cash in hand than this payment takes.")
        yield _about(then, "cash", "cash", "stops", _plain("cash", text))


def _of_day(then: Channel, on: date, payment: Payment) -> Iterator[Obstacle]:
    if payment.day < on:
        text = N_("That day has passed: this is what it would have run into.")
        yield Obstacle(code="passed", weight="risk", what=_plain("passed", text), subject=then.id)


def _plain(code: str, text: str) -> Message:
    return Message(code=code, text=text)
