"""What an officer notes must fit what is known already, stated or ours only.

1. A thing is of this record's two states, and stays of those that were named first.
2. A post that a thing belongs to is one of the sending state.
3. Nothing of a post, and nothing in it, begins before the post existed.
4. Nobody holds a position of a closed post.
5. A person holds one position at a time.
6. A licence ends after it begins.
7. A list is drawn up by one side, and names its own buildings.
8. Money is in a currency that there is.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from legation.acts.statements import Register, Stated, identity_refusal
from legation.acts.values import Currency, Day
from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.line.queries import book as desk
from legation.missions.currencies import check_currency
from legation.missions.fields import register_of
from legation.missions.queries.own import own_statements
from legation.record.canon import Json

DAYS: Final = re.compile(r"\b[12][0-9]{3}(?:-[01][0-9](?:-[0-3][0-9])?)?\b")
BEFORE_IT: Final = frozenset(
    {"status", "status_seen", "opened", "consent", "consent_district", "coordinates", "agrement"}
)
"""Fields that may tell of the time before a post existed."""


class _Spanned(Protocol):
    @property
    def value(self) -> object: ...
    @property
    def from_(self) -> Day | None: ...
    @property
    def until(self) -> Day | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What is to be noted: of which thing and field, what, and on which day."""

    node: Node
    thing: str
    sending: str
    field: str
    said: Stated[object]
    on: date

    @property
    def day(self) -> date:
        """A day for which it holds: its first, its last, or today."""
        known = self.said.from_ or self.said.until
        return self.on if known is None else known.first

    def told(self, thing: str, field: str) -> list[_Spanned]:
        """Return what is known of a field: stated by its author, else what only we know."""
        found = desk.thing(self.node, thing)
        view = found.view(found.author(field)) if isinstance(found, Register) else None
        spoken = None if view is None else view.fields.get(field)
        if spoken is not None:
            return list(spoken.statements)
        return [one.statement for one in own_statements(self.node, thing=thing, field=field)]

    def everywhere(self, prefix: str, field: str) -> Iterator[tuple[str, str, _Spanned]]:
        """Yield thing, sending state and statement of a field, of every thing of a register."""
        for each in desk.things(self.node, prefix):
            assert isinstance(each, Register)
            view = each.view(each.author(field))
            spoken = None if view is None else view.fields.get(field)
            for statement in () if spoken is None else spoken.statements:
                yield each.id, each.sending, statement
        for one in own_statements(self.node, prefix=prefix, field=field):
            yield one.thing, one.sending, one.statement


def check_identity(node: Node, thing: str, sending: str, receiving: str) -> None:
    """Hold rule 1. Raises Refusal "identity", "unknown-subject"."""
    cls = register_of(thing)
    owner = {"sending": sending, "receiving": receiving}.get(cls.named_by or "")
    parties = set(desk.codes(node))
    wrong = sending == receiving or not parties <= {sending, receiving}
    wrong |= owner is not None and not thing.startswith(f"{cls.prefix}/{owner}-")
    if wrong or not re.fullmatch(r"[A-Z0-9][A-Za-z0-9-]{0,63}", thing.partition("/")[2]):
        raise identity_refusal(thing[:80])


def check_known(
    node: Node, thing: str, *, sending: str, field: str, said: Stated[object], on: date
) -> None:
    """Hold rules 1 to 8. on: today. Raises the refusal of the first that is broken."""
    noted = Noted(node=node, thing=thing, sending=sending, field=field, said=said, on=on)
    _same_states(noted)
    _currency(noted)
    _not_before_the_post(noted)
    for check in CHECKS.get((thing.partition("/")[0], field), ()):
        check(noted)
    if field == "post":
        _post_of_the_sending_state(noted)


def _same_states(noted: Noted) -> None:
    found = desk.thing(noted.node, noted.thing)
    rows = own_statements(noted.node, thing=noted.thing)
    named = [found.sending] if isinstance(found, Register) else [one.sending for one in rows]
    if any(each != noted.sending for each in named):
        raise identity_refusal(noted.thing)


def _currency(noted: Noted) -> None:
    value = noted.said.value
    code = value if isinstance(value, Currency) else getattr(value, "currency", None)
    if code is not None:
        check_currency(str(code))


def _post_of_the_sending_state(noted: Noted) -> None:
    post = str(noted.said.value)
    if not post.startswith(f"post/{noted.sending}-"):
        raise _other_party(N_("Post {what}"), post, noted)


def _other_party(thing: str, what: str, noted: Noted) -> Refusal:
    return Refusal(
        "other-party",
        thing=thing,
        rule=N_("it is the other party’s, and {name} belongs to {party}."),
        remedy=N_("Choose one of the same party."),
        what=what[:80],
        name=noted.thing,
        party=noted.sending,
    )


def _post_of(noted: Noted) -> str:
    """Return the post that a thing belongs to, itself where it is one, or ""."""
    if noted.thing.startswith("post/"):
        return noted.thing
    if noted.field == "post":
        return str(noted.said.value)
    # Buildings are older than the posts in them.
    keys = set() if noted.thing.startswith("premises/") else _keys(noted.thing)
    told = noted.told(noted.thing, "post") if "post" in keys else []
    return str(told[-1].value) if told else ""


def _keys(thing: str) -> set[str]:
    cls = register_of(thing).fields_class
    return set(cls.__dataclass_fields__)  # type: ignore[attr-defined] # a dataclass


def _not_before_the_post(noted: Noted) -> None:
    post = _post_of(noted)
    known = noted.said.from_ or noted.said.until
    if known is None or not post or (post == noted.thing and noted.field in BEFORE_IT):
        return
    since = _existed_since(noted, post)
    if since is not None and known.last < since.first:
        raise Refusal(
            "before-the-post",
            thing=N_("{name}, field “{field}”"),
            rule=N_("{day} is before {post} existed; it is there since {since}."),
            remedy=N_("Correct the date, or since when the post is there."),
            name=noted.thing,
            field=noted.field,
            day=known,
            post=post,
            since=since,
        )


def _existed_since(noted: Noted, post: str) -> Day | None:
    """Return since when a post is there: as its opening says, else its first known status."""
    opened = [Day(day) for one in noted.told(post, "opened") for day in _days(str(one.value))]
    if opened:
        return min(opened, key=lambda day: day.first)
    statuses = noted.told(post, "status")
    begun = [one for one in statuses if one.from_ is not None]
    if not begun or len(begun) < len(statuses):
        return None
    first = min(begun, key=lambda one: one.from_.first if one.from_ else date.max)
    return first.from_ if first.value in ("planned", "open") else None


def _days(text: str) -> Iterator[str]:
    for found in DAYS.findall(text):
        if Day.pattern.fullmatch(found) and Day.holds(found):
            yield found


def _not_in_a_closed_post(noted: Noted) -> None:
    post = _post_of(noted)
    if noted.field == "state" and noted.said.value == "vacant":
        return
    holding = [one for one in noted.told(post, "status") if _holds(one, noted.day)] if post else []
    now = max(holding, key=lambda one: one.from_.first if one.from_ else date.min, default=None)
    if now is not None and now.value == "closed":
        raise Refusal(
            "closed-post",
            thing=N_("{name}, field “{field}”"),
            rule=N_("{post} is closed on {day}, and nobody holds a position there."),
            remedy=N_("Choose another post, or give the days before it was closed."),
            name=noted.thing,
            field=noted.field,
            post=post,
            day=noted.day.isoformat(),
        )


def _holds(one: _Spanned, day: date) -> bool:
    begun = one.from_ is None or one.from_.first <= day
    return begun and (one.until is None or day <= one.until.last)


def _overlap(one: _Spanned, other: _Spanned) -> bool:
    """Tell whether both may hold on one day; what has no days holds on any."""
    ends = [each.until.last if each.until else date.max for each in (one, other)]
    begins = [each.from_.first if each.from_ else date.min for each in (one, other)]
    return max(begins) <= min(ends)


def _one_position(noted: Noted) -> None:
    """Hold rule 5, for a position that names a person."""
    person = str(noted.said.value)
    if not person.startswith("person/"):
        return  # It says that nobody holds it.
    for thing, _, one in noted.everywhere("slot", "person"):
        if thing != noted.thing and one.value == person and _overlap(one, noted.said):
            raise _two_slots(person, thing, noted)
    for one in noted.told(person, "slot"):
        if one.value != noted.thing and _overlap(one, noted.said):
            raise _two_slots(person, str(one.value), noted)


def _position_of_another(noted: Noted) -> None:
    """Hold rule 5, for a person who names a position."""
    named = noted.said.value
    for slot, _, one in noted.everywhere("slot", "person"):
        one_of_both = (one.value == noted.thing) != (slot == named)
        somebody = str(one.value).startswith("person/")
        if somebody and one_of_both and _overlap(one, noted.said):
            person = noted.thing if one.value == noted.thing else str(one.value)
            raise _two_slots(person, slot, noted)


def _two_slots(person: str, slot: str, noted: Noted) -> Refusal:
    return Refusal(
        "two-positions",
        thing=N_("{name}, field “{field}”"),
        rule=N_("{person} holds {slot} on the same days; a person holds one position at a time."),
        remedy=N_("End the other first, or correct the days."),
        name=noted.thing,
        field=noted.field,
        person=person,
        slot=slot,
    )


def _licence_span(noted: Noted) -> None:
    if noted.field == "expires":
        ends = [Day(str(noted.said.value))]
        begun = [one.from_ for one in noted.told(noted.thing, "state") if one.value == "in_force"]
    else:
        ends = [Day(str(one.value)) for one in noted.told(noted.thing, "expires")]
        begun = [noted.said.from_] if noted.said.value == "in_force" else []
    first = min((day.first for day in begun if day is not None), default=date.min)
    if any(day.last < first for day in ends):
        raise Refusal(
            "span",
            thing=N_("{name}, field “{field}”"),
            rule=N_("it ends before it begins."),
            remedy=N_("Correct one of the two dates."),
            name=noted.thing,
            field=noted.field,
        )


def _own_list(noted: Noted) -> None:
    names: Json = list(noted.said.value) if isinstance(noted.said.value, tuple) else []
    for _, sending, one in noted.everywhere("premises", "lists"):
        told = one.value if isinstance(one.value, list | tuple) else ()
        for name in told:
            if sending != noted.sending and isinstance(names, list) and name in names:
                raise _other_party(N_("The list “{what}”"), str(name), noted)


CHECKS: Final[Mapping[tuple[str, str], tuple[Callable[[Noted], None], ...]]] = {
    ("slot", "post"): (_not_in_a_closed_post,),
    ("slot", "state"): (_not_in_a_closed_post,),
    ("slot", "person"): (_not_in_a_closed_post, _one_position),
    ("person", "slot"): (_position_of_another,),
    ("licence", "expires"): (_licence_span,),
    ("licence", "state"): (_licence_span,),
    ("premises", "lists"): (_own_list,),
}
