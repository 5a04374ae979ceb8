"""How each post is paid and pays: its channels, their licences, and how long the cash lasts.

Pure. *Rejected* money came back; *blocked* money is held. Amounts are whole minor units (cents),
spans are whole months of 30 days and days: nothing is rounded that a person could be held to.
Cash and need are never stated to the other side; where they are not in the facts, nothing follows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from legation.acts.values import Day
from legation.errors import N_
from legation.missions.readiness.facts import Facts, Subject, Told
from legation.missions.readiness.messages import Message

MONTH: Final = 30
FAR: Final = 36_500
"""Days beyond which a runway is not counted: a hundred years of cash is no date."""
ChannelState: TypeAlias = Literal["works", "slow", "blocked", "rejected", "closed"]

MEANINGS: Final[Mapping[str, Message]] = {
    "works": Message(code="channel-works", text=N_("Payments go through.")),
    "slow": Message(code="channel-slow", text=N_("Payments go through, but late.")),
    "blocked": Message(
        code="channel-blocked",
        text=N_("The money is held: neither sender nor post has it until it is released."),
    ),
    "rejected": Message(
        code="channel-rejected",
        text=N_("The money came back to its sender: it can be sent another way."),
    ),
    "closed": Message(code="channel-closed", text=N_("The account or route is closed.")),
}
"""State of a channel -> what became of the money, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Money. amount: in minor units. day: on which it was there, or went through; "" if unsaid."""

    amount: int
    currency: str
    day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runway:
    """How long cash lasts by the monthly need. Ours only.

    months, days: from the day of the cash. left: days from the day asked about; below nought once
    it has run out. ends: the last day it covers, None beyond a hundred years.
    """

    months: int
    days: int
    left: int
    ends: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A licence, as the state to whose rules it is an exception states it.

    days_left: to its last day, below nought once that has passed; None where it states no end.
    thing: None if nobody told of it. ours: some of it is only known to us.
    """

    id: str
    thing: Subject | None
    name: str
    number: str
    issuer: str
    covers: str
    state: Told | None
    expires: str
    days_left: int | None
    conditions: tuple[str, ...]
    ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel on a day. told: field -> what holds of it.

    last_success: what last went through. licence: the one that is said to cover it. runway: ours
    only; why_none: why there is none, although something of it is known.
    """

    id: str
    thing: Subject
    told: Mapping[str, Told]
    last_success: Sum | None
    days_since: int | None
    licence: Licence | None
    cash: Sum | None
    monthly_need: Sum | None
    runway: Runway | None
    why_none: Message | None

    @property
    def sending(self) -> str:
        """Whose channel it is."""
        return self.thing.sending

    @property
    def ours(self) -> bool:
        """Whether only we know of it at all: nothing of it is stated."""
        return all(told.silent or told.ours for told in self.told.values())

    @property
    def state(self) -> str:
        """Its state, or "" where it is not stated or disputed."""
        return _text(self.told["state"].value)

    @property
    def meaning(self) -> Message | None:
        """What became of the money, in one sentence."""
        return MEANINGS.get(self.state)


def channels(facts: Facts, on: date) -> tuple[Channel, ...]:
    """Return the channels of both sides as they stand on a day, by sending state and id."""
    found = sorted(facts.of("channel"), key=lambda each: (each.sending, each.id))
    return tuple(channel(facts, each, on) for each in found)


def channel(facts: Facts, thing: Subject, on: date) -> Channel:
    """Return one channel as it stands on a day."""
    told = {name: thing.now(name, on) for name in thing.authors}
    success = _sum(told.get("last_success"), on)
    cash, need = _sum(told.get("cash"), on), _sum(told.get("monthly_need"), on)
    runway, why = _runway(cash, need, on)
    return Channel(
        id=thing.id,
        thing=thing,
        told=told,
        last_success=success,
        days_since=_days_since(success, on),
        licence=_licence(facts, told["licence"], on),
        cash=cash,
        monthly_need=need,
        runway=runway,
        why_none=why,
    )


def licences(facts: Facts, on: date) -> tuple[Licence, ...]:
    """Return every licence as it stands on a day, by id."""
    return tuple(_of(thing.id, thing, on) for thing in facts.of("licence"))


def _licence(facts: Facts, told: Told, on: date) -> Licence | None:
    name = _text(told.value)
    return _of(name, facts.subjects.get(name), on) if name else None


def _of(name: str, thing: Subject | None, on: date) -> Licence:
    told = {} if thing is None else {each: thing.now(each, on) for each in thing.authors}
    words = {
        each: _text(told[each].value) if each in told else ""
        for each in ("name", "number", "issuer", "covers", "expires")
    }
    listed = told["conditions"].value if "conditions" in told else None
    return Licence(
        id=name,
        thing=thing,
        state=told.get("state"),
        days_left=days_to(words["expires"], on),
        conditions=tuple(str(each) for each in listed) if isinstance(listed, list) else (),
        ours=any(each.ours for each in told.values()),
        **words,
    )


def days_to(day: str, on: date) -> int | None:
    """Return how many days are left to the last day that a date may mean; None without one."""
    return (Day(day).last - on).days if day else None


def _days_since(success: Sum | None, on: date) -> int | None:
    if success is None or not success.day:
        return None
    return max((on - Day(success.day).last).days, 0)


def _sum(told: Told | None, on: date) -> Sum | None:
    """Return money as told, unless it went through or was there only after the day."""
    value = None if told is None else told.value
    if not isinstance(value, dict):
        return None
    amount, currency, day = value.get("amount"), value.get("currency"), value.get("day", "")
    if not isinstance(amount, int) or not isinstance(currency, str):
        return None
    if _text(day) and Day(_text(day)).first > on:
        return None
    return Sum(amount=amount, currency=currency, day=_text(day))


def _runway(cash: Sum | None, need: Sum | None, on: date) -> tuple[Runway | None, Message | None]:
    if cash is None and need is None:
        return None, None
    if cash is None or need is None:
        return None, Message(
            code="runway-half", text=N_("Cash in hand and monthly need are both needed.")
        )
    if cash.currency != need.currency:
        return None, Message(
            code="runway-currency",
            text=N_("Cash is in {cash} and the need in {need}: nothing is converted here."),
            values={"cash": cash.currency, "need": need.currency},
        )
    if need.amount == 0:
        return None, Message(code="runway-no-need", text=N_("No monthly need is entered."))
    start = Day(cash.day).first if cash.day else on
    total = cash.amount * MONTH // need.amount
    months, days = divmod(total, MONTH)
    ends = start + timedelta(days=total) if total <= FAR else None
    left = total - (on - start).days
    return Runway(months=months, days=days, left=left, ends=ends), None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
