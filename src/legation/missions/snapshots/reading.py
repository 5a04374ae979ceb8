"""From things as they are stored to what a judgement reads of them.

Stored bodies are read as they lie, and no thing is made of them: they were checked when they were
folded, and a desk has tens of thousands. What stands at a place of the book is ours only; what the
record says beside it is kept apart from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any, Final

from legation.acts.catalogue import Catalogue
from legation.acts.codec import fields_of, from_body
from legation.acts.kinds.regime import Terms
from legation.acts.notices import NoticeKind
from legation.acts.places import is_paper
from legation.acts.statements import Register, author_side
from legation.acts.values import Day
from legation.missions.fields import never_stated
from legation.missions.readiness.facts import Ground, Line, Request, Rule, Said, Subject

Body = Mapping[str, Any]
"""A thing as it is stored: JSON as written by the fold."""
Fields = dict[str, tuple[Said, ...]]

SUBJECT: Final = str(next(each.default for each in fields(Terms) if each.name == "subject"))
"""What a regime governs where a dossier does not say."""

day: Final = lru_cache(maxsize=8_192)(Day)


_AUTHORS: Final[dict[tuple[type[Register], str, str], Mapping[str, str]]] = {}


def authors(cls: type[Register], sending: str, receiving: str) -> Mapping[str, str]:
    """Return who may state which field of a register; what no act states, the sending state."""
    key = (cls, sending, receiving)
    found = _AUTHORS.get(key)
    if found is None:
        of = {"sending": sending, "receiving": receiving}
        said = cls.fields_class
        stated = {place.key: of[author_side(said, place.key)] for place in fields_of(said)}
        ours = dict.fromkeys((place.key for place in never_stated(cls.prefix)), sending)
        found = _AUTHORS[key] = {**stated, **ours}
    return found


def subject(cls: type[Register], body: Body) -> Subject | None:
    """Return a register's thing as its fields' authors state it; None where nobody states it."""
    views = body.get("views", ())
    if not views:
        return None
    first = next((view for view in views if view["party"] == view["sending"]), views[0])
    may = authors(cls, first["sending"], first["receiving"])
    said: Fields = {}
    for view in views:
        party = view["party"]
        for name, told in ((each["key"], each["value"]) for each in view["fields"]):
            if may.get(name) == party:
                said[name] = tuple(_stated(body["id"], party, each) for each in told["statements"])
    return Subject(
        id=body["id"],
        sending=first["sending"],
        receiving=first["receiving"],
        authors=may,
        said=said,
    )


def _stated(thing: str, party: str, statement: Body) -> Said:
    index = statement["index"]
    return said_of(statement, party, ground(thing, party, index), index)


def ground(thing: str, party: str, index: int) -> Ground:
    """Return what an act at a place of a party's log, or of the book, is as a ground."""
    if is_paper(index):
        return Ground(kind="paper", party=party, ref=thing)
    return Ground(kind="act", party=party, ref=f"{party}:{index}")


def said_of(statement: Body, party: str, on: Ground, index: int = 0) -> Said:
    """Return a statement in the form of an act as one that a judgement reads."""
    begin, end = statement.get("from"), statement.get("until")
    return Said(
        value=statement.get("value"),
        from_=None if begin is None else day(begin),
        until=None if end is None else day(end),
        by=statement.get("by"),
        basis=statement.get("basis"),
        note=statement.get("note"),
        sources=tuple(statement.get("sources", ())),
        party=party,
        index=index,
        ground=on,
    )


def contest(body: Body) -> tuple[str, str, Said]:
    """Return thing, field and view of a contest; without a value where it only objects."""
    view = body.get("view")
    told = {**view} if isinstance(view, dict) and "value" in view else {}
    told["note"] = body["words"]
    on = ground(body["id"], body["by"], body["index"])
    return body["thing"], body["field"], said_of(told, body["by"], on, body["index"])


def rules(body: Body) -> tuple[Rule, ...]:
    """Return what each party declared under a regime's id."""
    return tuple(
        rule_of(body["id"], each["by"], each["applies_to"], terms)
        for each in body.get("declared", ())
        for terms in each["terms"]
    )


def rule_of(name: str, by: str, applies_to: str, terms: Body, on: Ground | None = None) -> Rule:
    """Return declared terms as a rule. on: what it rests on, where that is no act."""
    quota, begin, end = terms.get("quota"), terms.get("from"), terms.get("until")
    return Rule(
        id=name,
        by=by,
        applies_to=applies_to,
        subject=terms.get("subject", SUBJECT),
        mode=terms["mode"],
        radius_miles=terms.get("radius_miles"),
        hours=terms.get("hours"),
        quota=None if quota is None else (quota["count"], quota["per"]),
        rule=terms.get("rule"),
        basis=terms.get("basis"),
        from_=None if begin is None else day(begin),
        until=None if end is None else day(end),
        sources=tuple(terms.get("sources", ())),
        ground=ground(name, by, terms["index"]) if on is None else on,
    )


def request(readable: Catalogue, body: Body, *, held: Request | None = None) -> Request:
    """Return a notice as far as a judgement needs it.

    held: as the record has it, where `body` is what paper made of it.
    """
    kind = readable.notice(body["kind"], body["version"])
    form = None
    told_by_form = (
        kind.rests_on is not NoticeKind.rests_on,
        kind.pair is not NoticeKind.pair,
        kind.spends is not NoticeKind.spends,
    )
    if any(told_by_form):
        form = from_body(kind, body.get("fields", {}), body["id"])
    ended = [date_of(body[name]["at"]) for name in ("closed", "withdrawn") if name in body]
    asked_by = body.get("asked_by")
    return Request(
        id=body["id"],
        kind=body["kind"],
        title=kind.title,
        essential=kind.essential,
        measure=kind.measure,
        by=body["by"],
        post=body["post"],
        number=body["number"],
        about=tuple(body.get("about", ())),
        articles=kind.articles if form is None else form.rests_on(),
        released=date_of(body["at"]),
        due=None if asked_by is None else day(asked_by).last,
        ended=min(ended, default=None),
        withdrawn="withdrawn" in body,
        pair=None if form is None else form.pair,
        lines=tuple(_line(kind, each) for each in body.get("lines", ())),
        ours=held is not None or is_paper(body["index"]),
        held=held,
        spends=None if form is None else form.spends(),
    )


def _line(kind: type[NoticeKind], body: Body) -> Line:
    """Return a line with its answer as it stands, and the day of the one that settled it."""
    answers: Iterable[Body] = body.get("answers", ())
    given = list(answers)
    if not given:
        return Line(line=body["line"])
    now = given[-1]
    answer = kind.answer(now["answer"])
    settled = next((each for each in given if each["final"]), None)
    return Line(
        line=body["line"],
        answer=now["answer"],
        title="" if answer is None else answer.title,
        grants=answer is not None and answer.grants,
        final=settled is not None,
        on=date_of((settled or now)["at"]),
    )


@lru_cache(maxsize=8_192)
def date_of(instant: str) -> date:
    """Return the day of an act's `at`, in UTC; the first of all days where it cannot be read."""
    try:
        return date.fromisoformat(instant[:10])
    except ValueError:
        return date.min
