"""The shape of a dossier: one JSON file with the history that a desk begins with.

What a side can state (posts, premises, slots, … regimes, calendars) takes its fields from the acts
that state them, so a new field of a register is known here at once. The rest is chronicle: facts
with sources, kept beside the record. Pure. docs/dossier.md says the same for people.

1. Every id is declared once; every reference names something that the file declares.
2. Dates exist, and none ends before it begins.
3. A key with no meaning is a fault, never passed over: a misspelt key would state nothing.
"""

from collections.abc import Mapping
from typing import Final

from legation.acts.codec import Place, Record, fields_of
from legation.acts.shapes import Fault, Shape, WrittenText
from legation.acts.text import check_text
from legation.acts.values import Day, Id, Party
from legation.errors import N_, Refusal
from legation.missions import fields
from legation.missions.reader import Path
from legation.missions.sections import (
    DECLARED,
    REGISTERS,
    Declaration,
    Section,
    is_history,
)
from legation.missions.shape import (
    Check,
    Walk,
    anything,
    empty,
    flag,
    in_order,
    keyed,
    many,
    one_of,
    party,
    record,
    reference,
    text,
    whole,
)
from legation.record.canon import Json

VERSION: Final = 1


BOTH: Final = "both"
NOBODY: Final = "-"


def _hidden(value: str) -> None:
    check_text(value, N_("Text"))


def _web(value: str) -> None:
    """Refuse what is no address of a page: on ours it stands as a link, never fetched."""
    _hidden(value)
    if not value.startswith(("https://", "http://")) or any(one in value for one in ' "<>\\'):
        raise Refusal(
            "url",
            thing=N_("{value}"),
            rule=N_("an address begins with https:// or http:// and holds no blank."),
            remedy=N_("Copy it from the browser, or leave it out."),
            value=value[:60],
        )


day: Final = text(10, Day)


line: Final = text(300, _hidden)
words: Final = text(4000, _hidden)
web: Final = text(2000, _web)
sources: Final = many(reference("sources"), least=1)
confidence: Final = one_of("high", "medium", "low")
facts: Final = many(reference("facts"))


def _id(prefix: str) -> Check:
    """Check for an id of this prefix, as "post/US-MOW"."""

    def parse(value: str) -> None:
        if Id(value).kind != prefix:
            raise Refusal(
                "id",
                thing=N_("{value}"),
                rule=N_("a thing of this list is named {prefix}/…."),
                remedy=N_("Name it so."),
                value=value[:60],
                prefix=prefix,
            )

    return text(80, parse)


def told(walk: Walk, path: Path, faults: list[Fault], *, bare: bool = False) -> None:
    """Pass on what an act's own form says of a value. bare: the value stood without its object."""
    for fault in faults:
        steps = list(reversed(fault.path))
        if bare and steps[:1] == ["value"]:
            steps = steps[1:]
        where = path
        for step in steps:
            inside = (*where, int(step) - 1) if step.isdigit() else (*where, step)
            where = inside if inside in walk.located.lines else (*where, step)
        walk.fault(where, fault.code, fault.rule, fault.remedy, **fault.values)


def stated(place: Place) -> Check:
    """Check for one statement of a field: its value alone, or an object with dates and sources."""
    shape = place.shape
    assert isinstance(shape, Record)
    named = _names(shape.by_key["value"].shape)

    def check(walk: Walk, path: Path, value: Json) -> None:
        faults: list[Fault] = []
        if isinstance(value, dict) and "value" in value:
            if "sources" in value:
                sources(walk, (*path, "sources"), value["sources"])
            shape.read({key: one for key, one in value.items() if key != "sources"}, faults)
            told(walk, path, faults)
            path, value = (*path, "value"), value["value"]
        else:
            shape.read({"value": value}, faults)
            told(walk, path, faults, bare=True)
        if named and not faults:
            reference(named)(walk, path, value)
        if not faults:
            _blank(walk, path, value)

    return check


def _blank(walk: Walk, path: Path, value: Json) -> None:
    """Refuse text of blanks alone, which an act lets through: on a page it would say nothing."""
    if isinstance(value, str) and not value.strip():
        empty(walk, path)
    if isinstance(value, dict):
        for key, one in value.items():
            _blank(walk, (*path, key), one)
    if isinstance(value, list):
        for index, one in enumerate(value):
            _blank(walk, (*path, index), one)


def _names(shape: Shape) -> str:
    """Return the list of the file in which a value of this shape must be declared, or ""."""
    kind = shape.kind if isinstance(shape, WrittenText) else None
    return next((one.name for one in (*REGISTERS, *DECLARED) if one.prefix == kind), "")


def history(place: Place) -> Check:
    """Check for a field: one statement, or a list of several, each from another day."""
    one = stated(place)

    def check(walk: Walk, path: Path, value: Json) -> None:
        if not is_history(value):
            return one(walk, path, value)
        assert isinstance(value, list)
        begun: set[Json] = set()
        for index, inner in enumerate(value):
            one(walk, (*path, index), inner)
            begin = inner.get("from") if isinstance(inner, dict) else None
            if isinstance(begin, str | None) and begin in begun:
                walk.fault(
                    (*path, index),
                    "same-day",
                    N_("two statements of one field begin on the same day."),
                    N_("Keep one of them, or correct its day."),
                )
            begun.add(begin if isinstance(begin, str) else None)
        return None

    return check


def _register(section: Section) -> Check:
    known = {place.key: history(place) for place in (*section.places, *section.own)}
    return record(
        {"id": _id(section.prefix), "sending": party(), "receiving": party()},
        {**known, "sources": sources, "confidence": confidence},
        _two_states,
        _owner(section),
    )


def shaped(place: Place) -> Check:
    """Check for a value in the form that an act gives this field."""

    def check(walk: Walk, path: Path, value: Json) -> None:
        faults: list[Fault] = []
        place.shape.read(value, faults)
        told(walk, path, faults)

    return check


def _declared(section: Declaration) -> Check:
    """Check for an entry that one side declares whole; its sources are keys of this file."""
    form: dict[str, Check] = {place.key: shaped(place) for place in fields_of(section.act)}
    form |= {key: party() for key in ("by", "applies_to") if key in form}
    form |= {"sources": sources}
    needed = {place.key for place in fields_of(section.act) if place.required}
    return record(
        {"id": _id(section.prefix), **{key: form[key] for key in sorted(needed)}},
        {**{key: one for key, one in form.items() if key not in needed}, "confidence": confidence},
        in_order("from", "until"),
    )


def _two_states(walk: Walk, path: Path, value: Json) -> None:
    if isinstance(value, dict) and value.get("sending") == value.get("receiving") is not None:
        walk.fault(
            (*path, "receiving"),
            "identity",
            N_("the sending and the receiving state are two."),
            N_("Name the state where it stands."),
        )


def _owner(section: Section) -> Check:
    """Check that an id begins with the state that names such a thing: "post/US-…" is the US's."""
    side = fields.registers()[section.prefix].named_by

    def check(walk: Walk, path: Path, value: Json) -> None:
        if side is None or not isinstance(value, dict):
            return
        name, owner = value.get("id"), value.get(side)
        if not isinstance(name, str) or not isinstance(owner, str):
            return
        if not name.startswith(f"{section.prefix}/{owner}-"):
            walk.fault(
                (*path, "id"),
                "owner",
                N_("such a thing is named by its {side} state: {prefix}/{owner}-…."),
                N_("Name it so."),
                side=side,
                prefix=section.prefix,
                owner=owner[:3],
            )

    return check


_SPOKEN: Final = record({"by": party(BOTH), "position": words}, {"sources": sources})
_SOMEBODY: Final = record({"name": line, "side": party(BOTH)}, {"role": line})
_AMOUNT: Final = record({"what": line, "value": whole, "unit": line})
_VARIANT: Final = record({"value": words, "sources": sources})
_SOURCE: Final = record(
    {"publisher": line, "kind": line},
    {"url": web, "title": line, "date": day, "lang": text(3, _hidden), "note": line},
)
_ABOUT: Final[Mapping[str, Check]] = {
    "posts": many(reference("posts")),
    "premises": many(reference("premises")),
}


def _reported(walk: Walk, path: Path, value: Json) -> None:
    """Check for what came of a round: words, or who says so, and what."""
    (_SPOKEN if isinstance(value, dict) else words)(walk, path, value)


def _effect(walk: Walk, path: Path, value: Json) -> None:
    """Check which register field a fact set: the thing, the field, and a statement of it."""
    if not isinstance(value, dict):
        return record({})(walk, path, value)
    on = value.get("on")
    section = next((one for one in REGISTERS if str(on).startswith(f"{one.prefix}/")), None)
    places = {} if section is None else {place.key: place for place in section.places}
    known: dict[str, Check] = {
        "on": reference("posts" if section is None else section.name),
        "field": one_of(*places),
        "value": anything,
    }
    others = dict.fromkeys(("from", "until", "by", "basis", "note"), anything)
    record(known, others)(walk, path, value)
    place = places.get(str(value.get("field")))
    if place is not None and "value" in value:
        told_of = {key: one for key, one in value.items() if key == "value" or key in others}
        stated(place)(walk, path, told_of)
    return None


_CHRONICLE: Final[Mapping[str, Check]] = {
    "rules": record(
        {"id": line, "subject": line, "rule": words, "sources": sources},
        {
            "by": many(party()),
            "applies_to": many(party()),
            "from": day,
            "until": day,
            "note": words,
            "confidence": confidence,
        },
        in_order("from", "until"),
    ),
    "facts": record(
        {"id": line, "date": day, "kind": line, "title": line, "sources": sources},
        {
            "end_date": day,
            "actor": party(BOTH, NOBODY),
            "target": party(BOTH, NOBODY),
            "place": line,
            "matters": many(reference("matters")),
            **_ABOUT,
            "detail": words,
            "persons": many(_SOMEBODY),
            "quantities": many(_AMOUNT),
            "statements": many(_SPOKEN),
            "effects": many(_effect),
            "articles": many(line),
            "deadline": day,
            "disputed": flag,
            "note": words,
            "confidence": confidence,
        },
        in_order("date", "end_date"),
    ),
    "rounds": record(
        {"id": line, "label": line, "date": day},
        {
            "end_date": day,
            "place": line,
            "venue": line,
            "premises_of": party(),
            "host": line,
            "level": line,
            "heads": many(_SOMEBODY),
            "duration_minutes": whole,
            "duration_reported": many(line),
            "scope": words,
            "exclusions": many(line),
            "outcome": many(_reported),
            "status": line,
            "announced": day,
            "cancelled": day,
            "counts_as_round": flag,
            "facts": facts,
            "sources": sources,
            "note": words,
        },
        in_order("date", "end_date"),
    ),
    "matters": record(
        {"code": line, "title": line},
        {
            "positions": many(_SPOKEN),
            "status": words,
            "facts": facts,
            "note": words,
        },
    ),
    "discrepancies": record(
        {"id": line, "topic": line, "variants": many(_VARIANT, least=2)},
        {"facts": facts, **_ABOUT, "resolution": words, "confidence": confidence, "note": words},
    ),
    "persons": record({"name": line, "side": party()}, {"roles": many(line), "note": words}),
}

DOSSIER: Final = record(
    {
        "dossier": whole,
        "title": line,
        "parties": many(record({"code": text(3, Party), "name": line}), least=2),
    },
    {
        "covers": record({"from": day, "until": day}, {}, in_order("from", "until")),
        "compiled_from": words,
        **{section.name: many(_register(section)) for section in REGISTERS},
        **{section.name: many(_declared(section)) for section in DECLARED},
        **{name: many(check) for name, check in _CHRONICLE.items()},
        "open_questions": many(words),
        "sources": keyed(_SOURCE),
    },
)
"""The whole file. References need `names_in` first."""
