"""Make the chronicle of the rows in which it is kept. Whatever is not there stays empty."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from legation.missions.chronicle.entries import (
    Amount,
    Discrepancy,
    Entry,
    Fact,
    Known,
    Matter,
    Round,
    Rule,
    Somebody,
    Source,
    Spoken,
    Variant,
)
from legation.record.canon import Json

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All of it, in the order of days. dossiers: titles of the files that brought it.

    parties: code -> name, as the dossier names them.
    """

    facts: tuple[Fact, ...] = ()
    rounds: tuple[Round, ...] = ()
    matters: tuple[Matter, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    rules: tuple[Rule, ...] = ()
    persons: tuple[Known, ...] = ()
    questions: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    dossiers: tuple[str, ...] = ()
    parties: Mapping[str, str] = field(default_factory=dict)
    by_key: Mapping[str, Fact] = field(default_factory=dict)
    matter_titles: Mapping[str, str] = field(default_factory=dict)
    differing: Mapping[str, tuple[Discrepancy, ...]] = field(default_factory=dict)

    def of(self, thing: str) -> tuple[Fact, ...]:
        """Return the facts that touch a post or premises."""
        return tuple(fact for fact in self.facts if thing in fact.things)


def read_story(rows: Iterable[tuple[str, str, Entry, str]]) -> Story:
    """Make the story. rows: section, key, content and dossier, in the order of days."""
    kept: dict[str, list[tuple[str, Entry]]] = {}
    titles: dict[str, None] = {}
    for section, key, content, dossier in rows:
        kept.setdefault(section, []).append((key, content))
        titles[dossier] = None
    known = {key: _source(key, one) for key, one in kept.get("sources", [])}

    def made(section: str, make: Callable[[str, Entry, Mapping[str, Source]], T]) -> tuple[T, ...]:
        return tuple(make(key, one, known) for key, one in kept.get(section, []))

    facts = made("facts", _fact)
    discrepancies = tuple(sorted(made("discrepancies", _discrepancy), key=lambda one: one.key))
    differing: dict[str, tuple[Discrepancy, ...]] = {}
    for one in discrepancies:
        for fact in one.facts:
            differing[fact] = (*differing.get(fact, ()), one)
    matters = made("matters", _matter)
    questions = sorted(kept.get("open_questions", []), key=lambda row: row[0].zfill(6))
    return Story(
        facts=facts,
        rounds=made("rounds", _round),
        matters=matters,
        discrepancies=discrepancies,
        rules=made("rules", _rule),
        persons=tuple(sorted(made("persons", _known), key=lambda one: (one.side, one.name))),
        questions=tuple(_text(one, "question") for _key, one in questions),
        sources=tuple(sorted(known.values(), key=lambda one: (one.publisher, one.date, one.key))),
        dossiers=tuple(titles),
        parties={code: _text(one, "name") for code, one in kept.get("parties", [])},
        by_key={fact.key: fact for fact in facts},
        matter_titles={one.code: one.title for one in matters},
        differing=differing,
    )


def _text(one: Entry, key: str) -> str:
    found = one.get(key, "")
    return found if isinstance(found, str) else ""


def _whole(one: Entry, key: str) -> int:
    found = one.get(key, 0)
    return found if isinstance(found, int) else 0


def _list(one: Entry, key: str) -> list[Json]:
    found = one.get(key, [])
    return found if isinstance(found, list) else []


def _texts(one: Entry, key: str) -> tuple[str, ...]:
    return tuple(each for each in _list(one, key) if isinstance(each, str))


def _entries(one: Entry, key: str) -> tuple[Entry, ...]:
    return tuple(each for each in _list(one, key) if isinstance(each, dict))


def _cited(one: Entry, known: Mapping[str, Source]) -> tuple[Source, ...]:
    return tuple(known[key] for key in _texts(one, "sources") if key in known)


def _source(key: str, one: Entry) -> Source:
    url = _text(one, "url")
    return Source(
        key=key,
        publisher=_text(one, "publisher"),
        kind=_text(one, "kind"),
        title=_text(one, "title"),
        # What was loaded by an older program was not asked for this: no other scheme is a link.
        url=url if url.startswith(("https://", "http://")) else "",
        date=_text(one, "date"),
        lang=_text(one, "lang"),
        note=_text(one, "note"),
    )


def _spoken(one: Entry, key: str, known: Mapping[str, Source]) -> tuple[Spoken, ...]:
    return tuple(
        Spoken(by=_text(each, "by"), position=_text(each, "position"), sources=_cited(each, known))
        for each in _entries(one, key)
    )


def _people(one: Entry, key: str) -> tuple[Somebody, ...]:
    return tuple(
        Somebody(name=_text(each, "name"), side=_text(each, "side"), role=_text(each, "role"))
        for each in _entries(one, key)
    )


def _things(one: Entry) -> tuple[str, ...]:
    touched = (str(each.get("on", "")) for each in _entries(one, "effects"))
    return tuple(dict.fromkeys((*_texts(one, "posts"), *_texts(one, "premises"), *touched)))


def _fact(key: str, one: Entry, known: Mapping[str, Source]) -> Fact:
    return Fact(
        key=key,
        on=_text(one, "date"),
        until=_text(one, "end_date"),
        kind=_text(one, "kind"),
        title=_text(one, "title"),
        actor=_text(one, "actor"),
        target=_text(one, "target"),
        place=_text(one, "place"),
        matters=_texts(one, "matters"),
        things=_things(one),
        detail=_text(one, "detail"),
        persons=_people(one, "persons"),
        amounts=tuple(
            Amount(what=_text(each, "what"), value=_whole(each, "value"), unit=_text(each, "unit"))
            for each in _entries(one, "quantities")
        ),
        statements=_spoken(one, "statements", known),
        articles=_texts(one, "articles"),
        deadline=_text(one, "deadline"),
        disputed=one.get("disputed") is True,
        note=_text(one, "note"),
        confidence=_text(one, "confidence"),
        sources=_cited(one, known),
    )


def _round(key: str, one: Entry, known: Mapping[str, Source]) -> Round:
    words = tuple(
        Spoken(by="", position=each) for each in _list(one, "outcome") if isinstance(each, str)
    )
    return Round(
        key=key,
        label=_text(one, "label"),
        on=_text(one, "date"),
        until=_text(one, "end_date"),
        place=_text(one, "place"),
        venue=_text(one, "venue"),
        premises_of=_text(one, "premises_of"),
        host=_text(one, "host"),
        level=_text(one, "level"),
        heads=_people(one, "heads"),
        minutes=_whole(one, "duration_minutes"),
        minutes_reported=_texts(one, "duration_reported"),
        scope=_text(one, "scope"),
        exclusions=_texts(one, "exclusions"),
        reported=(*_spoken(one, "outcome", known), *words),
        status=_text(one, "status"),
        announced=_text(one, "announced"),
        cancelled=_text(one, "cancelled"),
        counts=one.get("counts_as_round") is not False,
        facts=_texts(one, "facts"),
        sources=_cited(one, known),
        note=_text(one, "note"),
    )


def _matter(code: str, one: Entry, known: Mapping[str, Source]) -> Matter:
    return Matter(
        code=code,
        title=_text(one, "title"),
        positions=_spoken(one, "positions", known),
        status=_text(one, "status"),
        note=_text(one, "note"),
    )


def _discrepancy(key: str, one: Entry, known: Mapping[str, Source]) -> Discrepancy:
    return Discrepancy(
        key=key,
        topic=_text(one, "topic"),
        variants=tuple(
            Variant(value=_text(each, "value"), sources=_cited(each, known))
            for each in _entries(one, "variants")
        ),
        resolution=_text(one, "resolution"),
        confidence=_text(one, "confidence"),
        note=_text(one, "note"),
        facts=_texts(one, "facts"),
        things=(*_texts(one, "posts"), *_texts(one, "premises")),
    )


def _rule(key: str, one: Entry, known: Mapping[str, Source]) -> Rule:
    return Rule(
        key=key,
        subject=_text(one, "subject"),
        rule=_text(one, "rule"),
        by=_texts(one, "by"),
        applies_to=_texts(one, "applies_to"),
        start=_text(one, "from"),
        until=_text(one, "until"),
        note=_text(one, "note"),
        confidence=_text(one, "confidence"),
        sources=_cited(one, known),
    )


def _known(key: str, one: Entry, known: Mapping[str, Source]) -> Known:
    del known
    return Known(
        name=key, side=_text(one, "side"), roles=_texts(one, "roles"), note=_text(one, "note")
    )
