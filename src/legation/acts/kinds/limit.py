"""Limits that the receiving state sets: how many staff, who may be hired, which visas are given."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le

from legation.acts.state import Placed, State
from legation.acts.statements import RECEIVING, Register, Side, Stated
from legation.acts.stating import RegisterType, StatedOf, check_named, said
from legation.acts.values import Day, Line200, PostId, Words
from legation.errors import N_, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFields:
    """What the receiving state states of a limit: all of it is its own word.

    kind: the size of missions, hiring on the spot, the length or number of visas. number: the cap
    itself, and counted: what is counted towards it, which is part of it. local_staff: whether
    staff hired on the spot count. post: the one post that it is for; left out, all of the
    sending state's. rule, exempt: in words. state: whether it holds. effective: its first day.
    """

    kind: Annotated[
        Stated[Literal["size", "local_hire", "visa_length", "visa_number"]] | None, RECEIVING
    ] = None
    number: Annotated[Stated[Annotated[int, Ge(0), Le(1_000_000)]] | None, RECEIVING] = None
    counted: Annotated[Stated[Line200] | None, RECEIVING] = None
    local_staff: Annotated[Stated[Literal["counted", "not_counted"]] | None, RECEIVING] = None
    post: Annotated[Stated[PostId] | None, RECEIVING] = None
    rule: Annotated[Stated[Words] | None, RECEIVING] = None
    exempt: Annotated[Stated[Words] | None, RECEIVING] = None
    state: Annotated[Stated[Literal["in_force", "suspended", "lifted"]] | None, RECEIVING] = None
    effective: Annotated[Stated[Day] | None, RECEIVING] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Register):
    """A limit, `limit/RU-…`, named by the receiving state that sets it."""

    prefix = "limit"
    fields_class: ClassVar[type[object]] = LimitFields
    named_by: ClassVar[Side | None] = "receiving"

    def stands(self, state: State, at: Placed, told: AbstractSet[str]) -> None:
        """Refuse a number of which its own side has not said what it counts, and a wrong post."""
        if "number" in told and not said(self, at, "counted"):
            raise Refusal(
                "not-counted",
                thing=N_("{name}, field “{field}”"),
                rule=N_("a number is stated with what is counted: that is part of the limit."),
                remedy=N_("Fill in “{other}” beside it."),
                name=self.id,
                field="number",
                other="counted",
            )
        check_named(state, self, at, told)


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitStated(StatedOf):
    """A side states fields of a limit. `on`: `limit/…`, which begins with the receiving state."""

    type: ClassVar[str] = "limit.stated"
    title: ClassVar[str] = N_("Limit stated")
    register: ClassVar[RegisterType] = Limit

    fields: LimitFields
