"""Any register's things, as both sides state them and as we alone know them, side by side.

Nothing here knows a register by name: fields and their authors come from its acts.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from legation.acts.statements import Register, author_side
from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.line.queries import book
from legation.missions.fields import never_stated, register_of, registers, stateable
from legation.missions.queries.own import OwnView, own_statements
from legation.missions.queries.registers import (
    FieldView,
    RegisterView,
    contests_of,
    natural,
    view_of_thing,
)
from legation.missions.queries.snapshot import facts
from legation.missions.readiness.facts import Subject
from legation.notices import naming


@dataclass(frozen=True, slots=True, kw_only=True)
class OfPost:
    """What of one register belongs to a post. rows: the first of them; found: how many."""

    prefix: str
    rows: tuple[RegisterView, ...]
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WholePost:
    """A post, its premises, and what else belongs to it by register."""

    view: RegisterView
    premises: tuple[RegisterView, ...]
    parts: tuple[OfPost, ...]


Owned = Mapping[str, tuple[OwnView, ...]]
NAMES: Final = ("name", "city", "function", "bank")
MOST_OFFERED: Final = 500
"""Things that a form lists to choose from; of more, one writes the id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page of a register. rows: its things.

    found: of the post chosen; held: those of them of which either side stated anything; all: of
    every post. posts: post -> how many, "" for none. called: what we call these. states: state ->
    how many are stated so, "" for those of which no state is stated.
    """

    rows: tuple[RegisterView, ...]
    found: int
    held: int
    all: int
    page: int
    pages: int
    posts: Mapping[str, int]
    called: Mapping[str, str]
    states: Mapping[str, int]


def things(node: Node, prefix: str, *, on: date | None = None) -> tuple[RegisterView, ...]:
    """Return every thing of a register, by sending state and id; those only we know too."""
    held = [each for each in book.things(node, prefix) if isinstance(each, Register)]
    contested = contests_of(node, [each.id for each in held] if len(held) < 2 else None)
    known = _by_thing(own_statements(node, prefix=prefix))
    views = [
        with_own(view_of_thing(each, contested.get(each.id, []), on), known.pop(each.id, ()))
        for each in held
    ]
    views += [only_ours(rows) for rows in known.values()]
    return tuple(sorted(views, key=lambda view: (view.sending, natural(view.id))))


def thing(node: Node, name: str, *, on: date | None = None) -> RegisterView:
    """Return one thing of any register. Raises Refusal "unknown-subject"."""
    register_of(name)
    found = book.thing(node, name)
    rows = own_statements(node, thing=name)
    if isinstance(found, Register):
        contested = contests_of(node, [name]).get(name, [])
        return with_own(view_of_thing(found, contested, on), rows)
    if not rows:
        raise _unknown(name)
    return only_ours(rows)


def _unknown(name: str) -> Refusal:
    return Refusal(
        "unknown-subject",
        thing=N_("{name}"),
        rule=N_("neither side has stated anything of it."),
        remedy=N_("Choose one from the list, or state it."),
        name=name[:80],
    )


def listed(
    node: Node, prefix: str, *, on: date, post: str = "", page: int = 1, size: int = 50
) -> Listed:
    """Return one page of a register on a day. post: of this one alone, where it is given."""
    known = _subjects(node, prefix)
    posts = Counter(_post_on(one, on) for one in known)
    rows = [one for one in known if not post or _post_on(one, on) == post]
    rows.sort(key=lambda one: (one.sending, natural(one.id)))
    pages = max(1, -(-len(rows) // size))
    page = min(max(page, 1), pages)
    ids = [one.id for one in rows[(page - 1) * size : page * size]]
    views = some(node, ids, on=on)
    held = [one for one in rows if _is_held(one)]
    return Listed(
        rows=tuple(views[name] for name in ids if name in views),
        found=len(rows),
        held=len(held),
        all=len(known),
        page=page,
        pages=pages,
        posts=dict(sorted(posts.items())),
        called={one.id: _name_on(one, on) for one in _subjects(node, "post") if one.id in posts},
        states=_states(held, on),
    )


def offered(node: Node, prefix: str, *, on: date) -> tuple[tuple[str, str], ...]:
    """Return id and name of what a form may choose from; nothing where it is too much to list."""
    known = _subjects(node, prefix)
    if len(known) > MOST_OFFERED:
        return ()
    return tuple((one.id, _name_on(one, on)) for one in known)


def _subjects(node: Node, prefix: str) -> tuple[Subject, ...]:
    return _by_register(node)(prefix)


def _by_register(node: Node) -> Callable[[str], tuple[Subject, ...]]:
    """Return what gives the things of a register, all as of one reading."""
    if len(book.codes(node)) < 2:
        return lambda _: ()  # Nobody has said yet which the other state is.
    return facts(node).of


def _name_on(subject: Subject, on: date) -> str:
    said = _said_on(subject, on, (*NAMES, naming.TYPE))
    said["name"] = next((said[key] for key in NAMES if key != "city" and said.get(key)), "")
    return naming.in_words(said, subject.id) or subject.id.partition("/")[2]


def stated_name(subject: Subject, on: date) -> str:
    """Return what a post is called by what both sides hold, "" where neither names it."""
    said = _said_on(subject, on, (*naming.NAMES, naming.TYPE), shared=True)
    return naming.in_words(said, subject.id)


def _said_on(
    subject: Subject, on: date, keys: Iterable[str], *, shared: bool = False
) -> dict[str, str]:
    """Return the texts that hold of fields of a thing on a day. shared: none that is ours alone."""
    told = {key: subject.now(key, on) for key in keys if key in subject.authors}
    return {
        key: each.value
        for key, each in told.items()
        if isinstance(each.value, str) and not (shared and each.ours)
    }


def _post_on(subject: Subject, on: date) -> str:
    return str(subject.value("post", on) or "") if "post" in subject.authors else ""


def _is_held(subject: Subject) -> bool:
    """Tell whether either side stated anything of a thing, in the record."""
    return any(not each.ground.ours for told in subject.said.values() for each in told)


def _states(rows: Iterable[Subject], on: date) -> dict[str, int]:
    """Return how many are stated to stand how, "" for none: what only we know is not counted."""
    told = [row.now("state", on) for row in rows if "state" in row.authors]
    found = Counter("" if one.ours else str(one.value or "") for one in told)
    return dict(sorted(found.items(), key=lambda each: (not each[0], -each[1], each[0])))


def is_known(node: Node, name: str) -> bool:
    """Tell whether anything is stated or known of an id."""
    return book.thing(node, name) is not None or bool(own_statements(node, thing=name))


def newcomers(node: Node, prefix: str, ids: Iterable[str]) -> frozenset[str]:
    """Return those of the ids of which nothing is stated or known in a register."""
    return frozenset(ids) - {one.id for one in _subjects(node, prefix)}


def names(node: Node, ids: Iterable[str]) -> dict[str, str]:
    """Return what we call these things ourselves, on pages that never leave."""
    wanted = list(ids)
    held = book.overlay(node, wanted)
    known = _by_thing(own_statements(node, things=wanted))
    return {name: _called(held.get(name), known.get(name, ())) for name in wanted}


def _called(held: object, rows: Sequence[OwnView]) -> str:
    if isinstance(held, Register):
        return name_of(with_own(view_of_thing(held, [], None), rows))
    return name_of(only_ours(rows)) if rows else ""


def post_whole(node: Node, post: str, *, on: date, most: int) -> WholePost:
    """Return a post with what belongs to it on a day, register by register; so many of each.

    Raises Refusal "unknown-subject".
    """
    of = _by_register(node)
    found = {
        prefix: [one.id for one in of(prefix) if _post_on(one, on) == post]
        for prefix in registers()
        if prefix not in ("post", "premises") and _has(prefix, "post")
    }
    premises = [one.id for one in of("premises") if _was_told(one, "post", post)]
    shown = [name for ids in found.values() for name in ids[:most]]
    views = some(node, [post, *premises, *shown], on=on)
    if post not in views:
        raise _unknown(post)
    held = (views[name] for name in premises)
    return WholePost(
        view=views[post],
        premises=tuple(
            sorted(
                (each for each in held if post_of(each) == post),
                key=lambda view: (view.sending, natural(view.id)),
            )
        ),
        parts=tuple(
            OfPost(prefix=prefix, rows=tuple(views[name] for name in ids[:most]), found=len(ids))
            for prefix, ids in found.items()
            if ids
        ),
    )


def _was_told(subject: Subject, field: str, value: str) -> bool:
    return any(each.value == value for each in subject.said.get(field, ()))


def some(node: Node, ids: Sequence[str], *, on: date | None = None) -> dict[str, RegisterView]:
    """Return these things, of whatever registers, in three questions to the database."""
    held = book.overlay(node, ids)
    contested = contests_of(node, None) if ids else {}
    known = _by_thing(own_statements(node, things=ids)) if ids else {}
    out: dict[str, RegisterView] = {}
    for name in ids:
        one, rows = held.get(name), known.get(name, ())
        if isinstance(one, Register):
            out[name] = with_own(view_of_thing(one, contested.get(name, []), on), rows)
        elif rows:
            out[name] = only_ours(rows)
    return out


def post_of(view: RegisterView) -> str:
    """Return the post that a thing belongs to, as stated, else as we know; "" for none."""
    field = view.fields.get("post")
    if field is None:
        return ""
    if field.value is None and field.own:
        return str(field.own[-1].statement.value)
    return str(field.value or "")


def lists_of(view: RegisterView) -> list[str]:
    """Return the names of the lists that premises are on, as stated and as we know."""
    told = [view["lists"].value, *(one.statement.value for one in view["lists"].own)]
    names = (each for value in told if isinstance(value, list) for each in value)
    return [*dict.fromkeys(name for name in names if isinstance(name, str))]


def with_own(view: RegisterView, rows: Iterable[OwnView]) -> RegisterView:
    """Return a thing with what only we know of it beside what is stated."""
    known = _by_field(rows)
    fields = {
        key: replace(field, own=_not_stated(field, known[key])) if key in known else field
        for key, field in view.fields.items()
    }
    private = tuple(
        _field(view.id, place.key, view.sending, view.receiving, known)
        for place in never_stated(view.prefix)
    )
    return replace(view, fields=fields, private=private)


def _not_stated(field: FieldView, rows: Iterable[OwnView]) -> tuple[OwnView, ...]:
    """Return what is known of a field beyond what its author states."""
    told = [each for each in (field.now, *field.earlier) if each is not None]
    said = [replace(each, index=0) for each in told]
    return tuple(row for row in rows if row.statement not in said)


def only_ours(rows: Sequence[OwnView]) -> RegisterView:
    """Return a thing of which neither side has stated anything, as we alone know it."""
    name, sending, receiving = rows[0].thing, rows[0].sending, rows[0].receiving
    known = _by_field(rows)
    fields = {
        place.key: _field(name, place.key, sending, receiving, known)
        for place in stateable(rows[0].prefix)
    }
    view = RegisterView(
        id=name, sending=sending, receiving=receiving, stated_by=(), fields=fields, held=False
    )
    return with_own(view, rows)


def name_of(view: RegisterView) -> str:
    """Return what we call a thing ourselves, on pages that never leave: a name only we know too."""
    for key in NAMES:
        field = view.fields.get(key)
        if field is not None and field.value is None and field.own:
            return str(field.own[-1].statement.value)
        if field is not None and isinstance(field.value, str):
            return field.value
    return view.key


def _field(name: str, key: str, sending: str, receiving: str, known: Owned) -> FieldView:
    cls = register_of(name).fields_class
    never = key in {place.key for place in never_stated(name.partition("/")[0])}
    side = "sending" if never else author_side(cls, key)
    return FieldView(
        key=key,
        side=side,
        author=sending if side == "sending" else receiving,
        now=None,
        earlier=(),
        contests=(),
        own=known.get(key, ()),
    )


def _has(prefix: str, key: str) -> bool:
    return key in {place.key for place in stateable(prefix)}


def _by_thing(rows: Iterable[OwnView]) -> dict[str, tuple[OwnView, ...]]:
    return _grouped((row.thing, row) for row in rows)


def _by_field(rows: Iterable[OwnView]) -> dict[str, tuple[OwnView, ...]]:
    return _grouped((row.field, row) for row in rows)


def _grouped(pairs: Iterable[tuple[str, OwnView]]) -> dict[str, tuple[OwnView, ...]]:
    found: dict[str, list[OwnView]] = {}
    for key, row in pairs:
        found.setdefault(key, []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}
