"""Consular services: what a post does for people, and whether it does it now."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le

from legation.acts.state import Placed, State
from legation.acts.statements import SENDING, Register, Side, Stated
from legation.acts.stating import RegisterType, StatedOf, check_named
from legation.acts.values import Line200, PostId
from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFields:
    """What the sending state states of a service that it gives to the public.

    post: which gives it. kind: what for. state: whether it runs; moved: another post gives it,
    named in moved_to. handled: how many cases in the month that the statement holds for.
    """

    post: Annotated[Stated[PostId] | None, SENDING] = None
    kind: Annotated[
        Stated[Literal["visas", "passports", "notarial", "births", "arrests", "visits", "all"]]
        | None,
        SENDING,
    ] = None
    state: Annotated[
        Stated[Literal["running", "reduced", "suspended", "moved"]] | None, SENDING
    ] = None
    moved_to: Annotated[Stated[Line200] | None, SENDING] = None
    handled: Annotated[Stated[Annotated[int, Ge(0), Le(10_000_000)]] | None, SENDING] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Register):
    """A consular service, `service/US-MOW-visas`, named by the sending state."""

    prefix = "service"
    fields_class: ClassVar[type[object]] = ServiceFields
    named_by: ClassVar[Side | None] = "sending"

    def stands(self, state: State, at: Placed, told: AbstractSet[str]) -> None:
        """Refuse a post of the other state."""
        check_named(state, self, at, told)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStated(StatedOf):
    """A side states fields of a service. `on`: `service/…`, which begins with the sending state."""

    type: ClassVar[str] = "service.stated"
    title: ClassVar[str] = N_("Service stated")
    register: ClassVar[RegisterType] = Service

    fields: ServiceFields
