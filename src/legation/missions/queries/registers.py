"""The registers, as frozen dataclasses: what each side states, and what it does not.

Nothing here guesses: a field that its author has not stated is `stated == False`, whoever else
may have a view of it. Which of several statements holds is asked for a day, `on`; without one
it is the newest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from legation.acts.codec import fields_of, from_body
from legation.acts.kinds import calendar as calendar_acts
from legation.acts.kinds import contest as contest_acts
from legation.acts.kinds import post as post_acts
from legation.acts.kinds import premises as premises_acts
from legation.acts.kinds import regime as regime_acts
from legation.acts.regimes import Overlap, overlaps, rules
from legation.acts.statements import Register, Side, Statement, author_side, since
from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.line.queries.once import once
from legation.line.queries.stored import held
from legation.missions.models import Calendar, Contest, Post, Premises, Regime
from legation.missions.queries.own import OwnView
from legation.record.canon import Json

AXES: Final = ("title", "status", "access")
"""The three axes of premises, each with its own author and days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestView:
    """One side's view beside a statement. view: its own statement of the field, or None."""

    id: str
    by: str
    thing: str
    field: str
    words: str
    view: Statement | None
    raw_view: Json
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field as both sides have it.

    author: the party that may state it; side: as what. now: what it states, None if it has
    stated nothing that holds. earlier: its other statements, newest first. contests: the other
    side's views, oldest first; they erase nothing. own: what only we know of it.
    """

    key: str
    side: Side
    author: str
    now: Statement | None
    earlier: tuple[Statement, ...]
    contests: tuple[ContestView, ...]
    own: tuple[OwnView, ...] = ()

    @property
    def stated(self) -> bool:
        """Whether its author states it."""
        return self.now is not None

    @property
    def last(self) -> Statement | None:
        """Of what its author stated of other days, what began last."""
        return max(self.earlier, key=since, default=None)

    @property
    def value(self) -> Json:
        """What its author states, or None."""
        return None if self.now is None else self.now.value


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterView:
    """A post or premises: every field that can be stated of it, stated or not, in order.

    private: fields that no act has, ours alone. held: whether either side states anything of it.
    """

    id: str
    sending: str
    receiving: str
    stated_by: tuple[str, ...]
    fields: Mapping[str, FieldView]
    private: tuple[FieldView, ...] = ()
    held: bool = True

    @property
    def prefix(self) -> str:
        """Which register it is of."""
        return self.id.partition("/")[0]

    @property
    def key(self) -> str:
        """What stands after the stroke of its id."""
        return self.id.partition("/")[2]

    def __getitem__(self, key: str) -> FieldView:
        return self.fields[key]

    @property
    def name(self) -> str:
        """The name by which people know it: as stated, else its city, else its id."""
        for key in ("name", "city", "function", "bank"):
            found = self.fields.get(key)
            if found is None:
                continue
            if isinstance(found.value, str):
                return found.value
            # A name that only we know would print with a thing that both sides know.
            if not self.held and found.own:
                return str(found.own[-1].statement.value)
        return self.key

    @property
    def axes(self) -> tuple[FieldView, ...]:
        """Title, status and access, for premises."""
        return tuple(self.fields[key] for key in AXES if key in self.fields)

    @property
    def contested(self) -> int:
        """How many views of the other side stand beside its fields."""
        return sum(len(field.contests) for field in self.fields.values())

    def of(self, party: str) -> tuple[FieldView, ...]:
        """Return the fields that a party may state."""
        return tuple(field for field in self.fields.values() if field.author == party)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeView:
    """One declaration of a regime: by whom, to whom; terms that hold, and the others.

    now: the terms that hold on the day asked for, or None when they have ended or not begun.
    """

    id: str
    by: str
    applies_to: str
    now: regime_acts.Dated | None
    all_terms: tuple[regime_acts.Dated, ...]
    contests: tuple[ContestView, ...]

    @property
    def subject(self) -> str:
        """What it governs, as last declared."""
        return self.all_terms[-1].subject


def posts(node: Node, *, on: date | None = None) -> tuple[RegisterView, ...]:
    """Return all posts as stated, by sending state and id."""
    found = Post.objects.using(node.alias).order_by("sending", "id")
    return views_of_things(node, post_acts.Post, found.values_list("body", flat=True), on)


def post(node: Node, post_id: str, *, on: date | None = None) -> RegisterView:
    """Return one post. Raises Refusal "unknown-subject"."""
    found = Post.objects.using(node.alias).filter(id=post_id)
    views = views_of_things(node, post_acts.Post, found.values_list("body", flat=True), on)
    return _one(views, post_id)


def premises(
    node: Node, *, post_id: str | None = None, on: date | None = None
) -> tuple[RegisterView, ...]:
    """Return all premises as stated, by sending state and id; or those of one post."""
    found = Premises.objects.using(node.alias).order_by("sending")
    views = views_of_things(node, premises_acts.Premises, found.values_list("body", flat=True), on)
    views = tuple(sorted(views, key=lambda view: (view.sending, natural(view.id))))
    if post_id is None:
        return views
    return tuple(view for view in views if view["post"].value == post_id)


def premises_page(node: Node, premises_id: str, *, on: date | None = None) -> RegisterView:
    """Return one building or plot. Raises Refusal "unknown-subject"."""
    found = Premises.objects.using(node.alias).filter(id=premises_id)
    views = views_of_things(node, premises_acts.Premises, found.values_list("body", flat=True), on)
    return _one(views, premises_id)


def regimes(node: Node, *, on: date | None = None) -> tuple[RegimeView, ...]:
    """Return every declaration of every regime, by who declared it and id."""
    found = _regimes(node)
    contested = contests_of(node, [each.id for each in found])
    views = [
        RegimeView(
            id=each.id,
            by=one.by.text,
            applies_to=one.applies_to.text,
            now=_holding(one.terms, on),
            all_terms=one.terms,
            contests=tuple(
                view for view in contested.get(each.id, []) if view.by == one.applies_to.text
            ),
        )
        for each in found
        for one in each.declared
    ]
    return tuple(sorted(views, key=lambda view: (view.by, natural(view.id))))


def _regimes(node: Node) -> list[regime_acts.Regime]:
    rows = Regime.objects.using(node.alias).values_list("body", flat=True)
    bodies = once(node, "regimes", lambda: list(rows))
    return [held(regime_acts.Regime, body) for body in bodies]


def regime_overlaps(node: Node) -> tuple[Overlap, ...]:
    """Return every two rules of one party on one subject that cover the same days."""
    found = _regimes(node)
    kinds = {
        (one.applies_to, terms.subject)
        for each in found
        for one in each.declared
        for terms in one.terms
    }
    return tuple(
        each
        for applies_to, subject in sorted(kinds)
        for each in overlaps(rules(found, applies_to, subject))
    )


def calendars(node: Node) -> tuple[calendar_acts.Calendar, ...]:
    """Return the years that states declared of their own calendars."""
    bodies = Calendar.objects.using(node.alias).order_by("by", "year")
    return tuple(
        held(calendar_acts.Calendar, body) for body in bodies.values_list("body", flat=True)
    )


def uncontested(node: Node) -> tuple[RegisterView, ...]:
    """Return posts, then premises, for their names alone: nobody's view beside them."""
    tables = ((post_acts.Post, Post), (premises_acts.Premises, Premises))
    return tuple(
        view_of_thing(held(cls, body), [], None)
        for cls, rows in tables
        for body in rows.objects.using(node.alias).values_list("body", flat=True).order_by("id")
    )


def contests(node: Node) -> tuple[ContestView, ...]:
    """Return all contests, by the thing they are about."""
    found = contests_of(node, None)
    return tuple(view for name in sorted(found) for view in found[name])


def natural(name: str) -> tuple[str, int, str]:
    """Sort "P2" before "P10"."""
    head = name.rstrip("0123456789")
    tail = name[len(head) :]
    return head, int(tail[:18] or 0), name


def _one(views: tuple[RegisterView, ...], name: str) -> RegisterView:
    if not views:
        raise Refusal(
            "unknown-subject",
            thing=N_("{name}"),
            rule=N_("neither side has stated anything of it."),
            remedy=N_("Choose one from the list, or state it."),
            name=name[:80],
        )
    return views[0]


def _holding(terms: tuple[regime_acts.Dated, ...], on: date | None) -> regime_acts.Dated | None:
    fit = [
        one
        for one in terms
        if on is None
        or (
            (one.from_ is None or one.from_.first <= on)
            and (one.until is None or on <= one.until.last)
        )
    ]
    return max(
        fit,
        key=lambda one: (date.min if one.from_ is None else one.from_.first, one.index),
        default=None,
    )


def views_of_things(
    node: Node, cls: type[Register], bodies: Iterable[object], on: date | None
) -> tuple[RegisterView, ...]:
    """Return rows of one register as pages show them."""
    things = [held(cls, body) for body in bodies]
    contested = contests_of(node, [thing.id for thing in things])
    return tuple(view_of_thing(thing, contested.get(thing.id, []), on) for thing in things)


def view_of_thing(thing: Register, contested: list[ContestView], on: date | None) -> RegisterView:
    """Return a thing as pages show it. contested: views of it, of whichever side."""
    fields = {
        place.key: _field(thing, place.key, contested, on)
        for place in fields_of(thing.fields_class)
    }
    return RegisterView(
        id=thing.id,
        sending=thing.sending,
        receiving=thing.receiving,
        stated_by=tuple(view.party.text for view in thing.views),
        fields=fields,
    )


def _field(thing: Register, key: str, contested: list[ContestView], on: date | None) -> FieldView:
    author = thing.author(key)
    now = thing.now(key, on)
    view = thing.view(author)
    told = None if view is None else view.fields.get(key)
    return FieldView(
        key=key,
        side=author_side(thing.fields_class, key),
        author=author,
        now=now,
        earlier=tuple(
            each for each in reversed(() if told is None else told.statements) if each != now
        ),
        contests=tuple(one for one in contested if one.field == key and one.by != author),
    )


def contests_of(node: Node, things: list[str] | None) -> dict[str, list[ContestView]]:
    """Return contests by thing, in one query; None: all of them."""
    if things is not None and len(things) <= 1:
        rows = Contest.objects.using(node.alias).filter(thing__in=things).order_by("thing", "id")
        return _contests(rows.values_list("body", flat=True))
    every = Contest.objects.using(node.alias).order_by("thing", "id")
    return once(node, "contests", lambda: _contests(every.values_list("body", flat=True)))


def _contests(bodies: Iterable[object]) -> dict[str, list[ContestView]]:
    out: dict[str, list[ContestView]] = {}
    for body in bodies:
        one = held(contest_acts.Contest, body)
        out.setdefault(one.thing.text, []).append(_contest(one))
    for views in out.values():
        views.sort(key=lambda view: (view.index, view.id))
    return out


def _contest(one: contest_acts.Contest) -> ContestView:
    return ContestView(
        id=one.id,
        by=one.by.text,
        thing=one.thing.text,
        field=one.field,
        words=one.words,
        view=_as_statement(one),
        raw_view=one.view,
        index=one.index,
    )


def _as_statement(one: contest_acts.Contest) -> Statement | None:
    """Return a contest's view as a statement, where the field is one that has statements."""
    if not isinstance(one.view, dict) or "value" not in one.view:
        return None
    value = one.view["value"]
    rest = {key: inner for key, inner in one.view.items() if key != "value"}
    return from_body(Statement, {**rest, "value": value, "index": one.index}, one.id)
