"""Contests: a side's own view of what the other states. Both stand, and neither is erased."""

from dataclasses import dataclass
from typing import ClassVar, Protocol, runtime_checkable

from legation.acts.base import Act, not_entitled, subject
from legation.acts.codec import fields_of, read_field
from legation.acts.state import Placed, State, Thing
from legation.acts.values import Id, JsonValue, Line80, Party, Words, made_by
from legation.errors import N_, Refusal


@runtime_checkable
class Contestable(Protocol):
    """A register whose statements can be contested, field by field."""

    fields_class: ClassVar[type[object]]

    def first(self, field: str, party: str) -> int | None:
        """Return where in its log a party first stated a field, or None."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest(Thing):
    """One side's view beside the other's statement, `contest/US-…`."""

    prefix = "contest"
    by: Party
    thing: Id
    field: Line80
    view: JsonValue = None
    words: Words
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementContested(Act):
    """A side contests a field that the other states. `on`: a new `contest/PARTY-…`.

    thing, field: what is contested. view: how this side would state the field, in that field's
    own form (of a post or premises: {"value", "from"?, "basis"? …}); left out when it only
    objects. words: why.
    """

    type: ClassVar[str] = "statement.contested"
    title: ClassVar[str] = N_("Statement contested")

    thing: Id
    field: Line80
    view: JsonValue = None
    words: Words

    def apply(self, state: State, at: Placed) -> None:
        """Put this view beside the statement."""
        name = subject(at, "contest")
        if made_by(name) != at.party:
            raise not_entitled(
                N_("Contest {name}"), N_("its id is made by the side that contests."), name=name
            )
        if state.get(name) is not None:
            raise Refusal(
                "duplicate",
                thing=N_("Contest {name}"),
                rule=N_("each contest has an id of its own."),
                remedy=N_("Draft it anew."),
                name=name,
            )
        self._check_subject(state, at)
        state.put(
            Contest(
                id=name,
                by=Party(at.party),
                thing=self.thing,
                field=self.field,
                view=self.view,
                words=self.words,
                index=at.index,
            )
        )

    def _check_subject(self, state: State, at: Placed) -> None:
        """Check that the other side had stated this field as far as the author had seen."""
        fields = getattr(state.catalogue.things.get(self.thing.kind), "fields_class", None)
        if fields is None or self.field not in {place.key for place in fields_of(fields)}:
            raise self._refusal("schema", N_("there is no such field to contest."))
        found = state.get(self.thing)
        other = state.parties.other(at.party).party
        first = found.first(self.field, other) if isinstance(found, Contestable) else None
        if first is None or not at.had_seen(other, first):
            raise self._refusal("unknown-subject", N_("the other side has stated no such field."))
        if self.view is not None:
            try:
                read_field(fields, self.field, self.view, self.thing)
            except Refusal as fault:
                raise self._refusal("schema", N_("the view has the form of that field.")) from fault

    def _refusal(self, code: str, rule: str) -> Refusal:
        return Refusal(
            code,
            thing=N_("Contest of {name}, field “{field}”"),
            rule=rule,
            remedy=N_("Choose a field that the other side states, and write it as they do."),
            name=self.thing,
            field=self.field,
        )
