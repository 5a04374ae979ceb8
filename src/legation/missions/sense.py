"""What is wrong with a dossier only when its parts are held against each other. Pure.

1. Nobody sits on two slots at a time, and no slot is on a post that is closed.
2. Nothing is stated of a post before it was there. Consent, a proposal of a head and an agrément
   come before a post, and are left alone.
3. A list of premises is one side's, and names that side's buildings; what a thing names is of the
   state whose it must be.
4. Facts that contradict each other are no fault: both are kept, and the cell is disputed.

Bears any JSON; what is malformed is left to `schema`.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from legation.acts.shapes import WrittenText
from legation.acts.values import Currency
from legation.errors import N_, Refusal
from legation.missions import fields
from legation.missions.shape import Walk
from legation.missions.told import Span, Telling, Thing, day, things
from legation.record.canon import Json

BEFORE: Final = frozenset(
    {"opened", "consent", "consent_district", "nominated", "agrement", "coordinates"}
)
"""Fields of a post whose days may lie before it."""
THERE: Final = frozenset({"planned", "open"})
DAYS: Final = re.compile(r"\b[12][0-9]{3}(?:-[01][0-9](?:-[0-3][0-9])?)?\b")
"""Days in words, as "opened" has them: "1805, again since 1992-05"."""


def check_sense(walk: Walk, content: Json) -> None:
    """Add what is wrong to the walk's faults, and what is only to be known to its notes."""
    found = things(content)
    for thing in found.values():
        if thing.section.prefix == "post":
            _check_begin(walk, thing, found)
        elif thing.section.prefix == "licence":
            _check_expiry(walk, thing)
        elif thing.section.prefix == "slot":
            _check_closed(walk, thing, found)
        elif thing.section.prefix == "limit":
            _check_counted(walk, thing)
        elif thing.section.prefix == "channel":
            _check_currencies(walk, thing)
        _check_owners(walk, thing)
        _note_contradictions(walk, thing)
    _check_seats(walk, found)
    _check_lists(walk, found)


def _of(found: Mapping[str, Thing], prefix: str) -> Iterator[Thing]:
    return (thing for thing in found.values() if thing.section.prefix == prefix)


# --- a post that was not there yet


def begin(post: Thing) -> date | None:
    """Return the day on which a post began: as `opened` says, else its first status.

    None where neither says: a post whose first status has no day was there before.
    """
    words = (value for value in post.values("opened") if isinstance(value, str))
    opened = [known.first for text in words for each in DAYS.findall(text) if (known := day(each))]
    if opened:
        return min(opened)
    first = min(post.fields.get("status", ()), key=lambda one: one.since, default=None)
    if first is None or first.from_ is None or first.value not in THERE:
        return None
    return first.from_.first


def _check_begin(walk: Walk, post: Thing, found: Mapping[str, Thing]) -> None:
    start = begin(post)
    if start is None:
        return
    told = [
        one
        for field, several in post.fields.items()
        for one in several
        if field not in BEFORE and (field, one.value) != ("status", "planned")
    ]
    for prefix in ("slot", "channel", "service"):
        for thing in _of(found, prefix):
            if post.id in thing.values("post"):
                told += [one for several in thing.fields.values() for one in several]
    for one in told:
        if one.from_ is not None and one.from_.last < start:
            walk.fault(
                one.path,
                "before-post",
                N_("it holds from {from_}, and {post} was there from {start} only."),
                N_("Correct the day, or say since when the post was there (`opened`, `status`)."),
                from_=one.from_.text,
                post=post.id,
                start=start.isoformat(),
            )


# --- slots and who sits on them


def _check_closed(walk: Walk, slot: Thing, found: Mapping[str, Thing]) -> None:
    for name in slot.values("post"):
        post = found.get(name) if isinstance(name, str) else None
        closed = [span for span in post.spans("status") if _closed(span)] if post else []
        held = slot.spans("state") or slot.spans("post")
        for span in held:
            over = next((one for one in closed if _overlap(span, one)), None)
            if over is None:
                continue
            walk.fault(
                span.told.path,
                "closed-post",
                N_("this slot is on {post}, which is closed from {day} (line {first})."),
                N_("End the slot with `until` before that day, or correct the post."),
                post=name,
                day=over.first.isoformat(),
                first=walk.located.line(over.told.path),
            )
            break


def _closed(span: Span) -> bool:
    return span.told.value == "closed"


def _overlap(one: Span, other: Span) -> bool:
    """Tell whether both surely hold on some day."""
    return max(one.surely[0], other.surely[0]) <= min(one.surely[1], other.surely[1])


def _seats(walk: Walk, found: Mapping[str, Thing]) -> dict[str, list[tuple[str, Span]]]:
    """Return person -> slots with their days, as the slots tell it and as the persons do."""
    seats: dict[str, list[tuple[str, Span]]] = {}
    for slot in _of(found, "slot"):
        empty = [span for span in slot.spans("state") if span.told.value == "vacant"]
        for span in slot.spans("person"):
            name = str(span.told.value)
            if name.startswith("person/"):
                seats.setdefault(name, []).append((slot.id, _cut(span, empty)))
                _check_declared(walk, span, found)
    for person in _of(found, "person"):
        for span in person.spans("slot"):
            if isinstance(span.told.value, str):
                seats.setdefault(person.id, []).append((span.told.value, span))
    return seats


def _check_declared(walk: Walk, span: Span, found: Mapping[str, Thing]) -> None:
    if str(span.told.value) not in found:
        walk.fault(
            span.told.path,
            "reference",
            N_("“{value}” is not declared in {to}."),
            N_("Declare it there, or correct the spelling."),
            value=str(span.told.value)[:60],
            to="staff",
        )


def _check_seats(walk: Walk, found: Mapping[str, Thing]) -> None:
    """Hold a person to one slot at a time."""
    for name, held in _seats(walk, found).items():
        held.sort(key=lambda seat: walk.located.line(seat[1].told.path))
        for index, (slot_id, span) in enumerate(held):
            clash = next(
                (
                    (other, before)
                    for other, before in held[:index]
                    if other != slot_id and _overlap(span, before)
                ),
                None,
            )
            if clash is not None:
                walk.fault(
                    span.told.path,
                    "two-slots",
                    N_("{person} is in {slot} at the same time (line {first})."),
                    N_("Say from and until when, or correct one of the two."),
                    person=name[:80],
                    slot=clash[0][:80],
                    first=walk.located.line(clash[1].told.path),
                )


def _cut(span: Span, empty: list[Span]) -> Span:
    """Return a seat's span up to the day from which the seat is empty."""
    later = [one.first for one in empty if one.first > span.first]
    if not later or min(later) > span.surely[1]:
        return span
    end = date.fromordinal(min(later).toordinal() - 1)
    return Span(told=span.told, first=span.first, last=end, surely=(span.surely[0], end))


# --- what belongs together


def _check_owners(walk: Walk, thing: Thing) -> None:
    """Hold a thing that another names to the state whose it must be: a post to its sending one."""
    states = {"sending": thing.sending, "receiving": thing.receiving}
    for place in thing.section.places:
        shape = fields.value_shape(place)
        kind = shape.kind if isinstance(shape, WrittenText) else None
        named = fields.registers().get(kind or "")
        owner = states.get(named.named_by or "") if named else None
        for told in thing.fields.get(place.key, ()) if owner else ():
            if isinstance(told.value, str) and not told.value.startswith(f"{kind}/{owner}-"):
                walk.fault(
                    told.path,
                    "other-owner",
                    N_("{named} is not one of {owner}."),
                    N_("Name one of that state, or correct whose this is."),
                    named=told.value[:80],
                    owner=str(owner)[:3],
                )


def _check_counted(walk: Walk, limit: Thing) -> None:
    if "number" in limit.fields and "counted" not in limit.fields:
        walk.fault(
            limit.fields["number"][0].path,
            "not-counted",
            N_("a number is stated with what is counted: that is part of the limit."),
            N_("Fill in “{other}” beside it."),
            other="counted",
        )


def _check_expiry(walk: Walk, licence: Thing) -> None:
    begins = [
        one.from_
        for one in licence.fields.get("state", ())
        if one.value == "in_force" and one.from_ is not None
    ]
    for told in licence.fields.get("expires", ()):
        end = day(told.value)
        starts = [*begins, *([told.from_] if told.from_ else [])]
        start = min(starts, key=lambda one: one.first, default=None)
        if end is not None and start is not None and end.last < start.first:
            walk.fault(
                told.path,
                "order",
                N_("the end, {end}, lies before the start, {start}."),
                N_("Correct one of the two dates."),
                start=start.text,
                end=end.text,
            )


def _check_lists(walk: Walk, found: Mapping[str, Thing]) -> None:
    """Hold a list to the party whose building is named on it first."""
    owners: dict[str, tuple[str, Telling]] = {}
    for premises in _of(found, "premises"):
        for told in premises.fields.get("lists", ()):
            names = told.value if isinstance(told.value, list) else []
            for name in [one for one in names if isinstance(one, str)]:
                owner, named = owners.setdefault(name, (told.by or premises.sending, told))
                if owner != premises.sending:
                    walk.fault(
                        told.path,
                        "list",
                        N_("“{name}” is a list of {owner} (line {first}); this is {other}’s."),
                        N_("Take it off the list, or name the other side’s own list otherwise."),
                        name=name[:80],
                        owner=owner[:3],
                        other=premises.sending[:3],
                        first=walk.located.line(named.path),
                    )


def _check_currencies(walk: Walk, channel: Thing) -> None:
    for field, several in channel.fields.items():
        for told in several:
            code = told.value.get("currency") if isinstance(told.value, dict) else None
            code = told.value if field == "currency" else code
            if not isinstance(code, str) or Currency.pattern.fullmatch(code) is None:
                continue
            try:
                walk.currency(code)
            except Refusal as refusal:
                path = told.path if field == "currency" else (*told.path, "currency")
                walk.fault(path, refusal.code, refusal.rule, refusal.remedy, value=code)


# --- facts that contradict each other


def _note_contradictions(walk: Walk, thing: Thing) -> None:
    for told in thing.fields.values():
        for index, one in enumerate(told):
            same_day = [each for each in told[:index] if each.from_ == one.from_]
            other = next((each for each in same_day if each.value != one.value), None)
            if other is None or not one.fact:
                continue
            walk.note(
                one.path,
                "disputed",
                N_("{of}, {field}: line {first} says otherwise for the same day."),
                N_("Both are kept, and what rests on them is shown as disputed."),
                of=thing.id,
                field=one.field,
                first=walk.located.line(other.path),
            )
