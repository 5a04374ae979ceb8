"""Regimes: what the receiving state applies to the other's staff, as movement rules."""

from dataclasses import dataclass, fields, replace
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from legation.acts.base import Act, not_entitled, subject
from legation.acts.kinds.party import party_of
from legation.acts.notices import NoticeKind
from legation.acts.shapes import Faults
from legation.acts.state import Placed, State, Thing
from legation.acts.statements import MAX_STATEMENTS, check_room, check_span, stands_over
from legation.acts.values import Day, Matches, Party, Sources, Words
from legation.errors import N_, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many in each span of time."""

    count: Annotated[int, Ge(0), Le(100_000)]
    per: Literal["day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a regime demands.

    subject: what it governs, "movement" (small letters). mode: with *notification* silence lets
    you travel, with *permission* silence stops you, *closed* is closed, *free* asks nothing.
    radius_miles: as stated, never converted. hours: how long before. quota: trips that need no
    further leave. places: exceptions in words. rule: the rule in words. from, until: its days.
    """

    subject: Annotated[
        str,
        MinLen(1),
        MaxLen(40),
        Matches("[a-z][a-z0-9_]*", N_("a subject is named in small letters, as movement.")),
    ] = "movement"
    mode: Literal["notification", "permission", "closed", "free"]
    radius_miles: Annotated[int, Ge(0), Le(20_000)] | None = None
    hours: Annotated[int, Ge(0), Le(10_000)] | None = None
    quota: Quota | None = None
    places: Words | None = None
    rule: Words | None = None
    basis: Annotated[str, MinLen(1), MaxLen(300)] | None = None
    from_: Day | None = None
    until: Day | None = None
    note: Words | None = None
    sources: Sources = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Terms):
    """Terms as declared by the act at place `index` of their party's log."""

    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What one party declared under this regime's id, to whom, in its own order.

    earlier: terms whose place others took, the newest 256: whoever had not seen that yet is
    judged by what it had seen.
    """

    by: Party
    applies_to: Party
    first: int
    terms: tuple[Dated, ...]
    earlier: tuple[Dated, ...] = ()

    def as_seen(self, at: Placed) -> tuple[Dated, ...]:
        """Return the terms as they stood as far as an act's author had seen."""
        seen = [each for each in (*self.earlier, *self.terms) if at.had_seen(self.by, each.index)]
        newest = {each.from_: each for each in sorted(seen, key=lambda each: each.index)}
        return tuple(newest.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime(Thing):
    """A regime, `regime/RU1`. Both sides may declare under one id: "reciprocal since …"."""

    prefix = "regime"
    fields_class: ClassVar[type[object]] = Terms
    declared: tuple[Declared, ...] = ()

    def by(self, party: str) -> Declared | None:
        """Return what a party declared, or None."""
        return next((each for each in self.declared if each.by == party), None)

    def first(self, field: str, party: str) -> int | None:
        """Return where in its log a party first declared this regime, or None."""
        del field
        declared = self.by(party)
        return None if declared is None else declared.first


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeDeclared(Terms, Act):
    """A receiving state declares a regime. `on`: `regime/…`. by: itself. applies_to: the other.

    Declared again from the same day it takes the earlier one's place.
    """

    type: ClassVar[str] = "regime.declared"
    title: ClassVar[str] = N_("Regime declared")

    by: Party
    applies_to: Party

    def check(self, faults: Faults) -> None:
        """Note an end before the beginning."""
        check_span(self.from_, self.until, faults)

    def apply(self, state: State, at: Placed) -> None:
        """Put the terms into the register, under the author's name."""
        name = subject(at, "regime")
        if self.by != at.party:
            raise not_entitled(
                N_("Regime {name}"),
                N_("a regime is declared by the state that applies it."),
                name=name,
            )
        regime = state.find(Regime, name) or Regime(id=name)
        declared = regime.by(at.party)
        if self.applies_to != state.parties.other(at.party).party or (
            declared is not None and declared.applies_to != self.applies_to
        ):
            raise _identity(name)
        held = () if declared is None else declared.terms
        terms = Dated(
            index=at.index, **{each.name: getattr(self, each.name) for each in fields(Terms)}
        )
        if stands_over(at, held, terms.from_):
            return
        kept = [each for each in held if each.from_ != terms.from_]
        check_room(kept)
        earlier = () if declared is None else declared.earlier
        if _is_answered_to(state, at):
            earlier += tuple(each for each in held if each.from_ == terms.from_)
        mine = Declared(
            by=self.by,
            applies_to=self.applies_to,
            first=at.index if declared is None else declared.first,
            terms=(*kept, terms),
            earlier=earlier[-MAX_STATEMENTS:],
        )
        others = [each for each in regime.declared if each.by != self.by]
        both = tuple(sorted((*others, mine), key=lambda each: each.by))
        state.put(replace(regime, declared=both))


def _is_answered_to(state: State, at: Placed) -> bool:
    """Tell whether a notice that names a regime may have crossed an act of its author.

    None can before the author's own log said that it reads such a notice. So records from before
    there were any fold to the bytes that they always folded to.
    """
    author = party_of(state, at.party)
    return any(
        kind.spends is not NoticeKind.spends and author.speaks(f"{code}/{version}", at.index)
        for (code, version), kind in state.catalogue.notices.items()
    )


def _identity(name: str) -> Refusal:
    return Refusal(
        "identity",
        thing=N_("Regime {name}"),
        rule=N_("it applies to the other party of the record."),
        remedy=N_("Name the other party, or declare it under another id."),
        name=name,
    )
