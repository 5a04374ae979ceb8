"""Exchanges between the two states: students, scholars, stages, and whether they go on."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from legation.acts.statements import SENDING, Register, Side, Stated
from legation.acts.stating import RegisterType, StatedOf
from legation.acts.values import Day, Line200
from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeFields:
    """What a state states of an exchange that it sends or runs.

    kind, name: which. state: whether it goes on. last_held: when it last took place.
    participants: who took part, and how many, in words.
    """

    kind: Annotated[
        Stated[Literal["cultural", "academic", "scientific", "other"]] | None, SENDING
    ] = None
    name: Annotated[Stated[Line200] | None, SENDING] = None
    state: Annotated[Stated[Literal["running", "suspended", "ended"]] | None, SENDING] = None
    last_held: Annotated[Stated[Day] | None, SENDING] = None
    participants: Annotated[Stated[Line200] | None, SENDING] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange(Register):
    """An exchange, `exchange/US-…`, named by the state that sends or runs it."""

    prefix = "exchange"
    fields_class: ClassVar[type[object]] = ExchangeFields
    named_by: ClassVar[Side | None] = "sending"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeStated(StatedOf):
    """A side states fields of an exchange. `on`: `exchange/…`, which begins with that state."""

    type: ClassVar[str] = "exchange.stated"
    title: ClassVar[str] = N_("Exchange stated")
    register: ClassVar[RegisterType] = Exchange

    fields: ExchangeFields
