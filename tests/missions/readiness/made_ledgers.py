"""Facts to count, as short as they can be told, and the same facts with the parties exchanged."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from legation.acts.values import Day
from legation.missions.readiness.facts import (
    Facts,
    Ground,
    Line,
    LogSize,
    Request,
    Rule,
    Said,
    Subject,
    Tally,
)

DAY = date(2025, 4, 10)
FIELDS = {
    "post": "status type archives communications | consent agrement protection_given"
    " custody_agreed",
    "premises": "| access status",
    "slot": "state why_empty |",
    "person": "slot state | visa acceptable",
    "limit": "| kind number counted local_staff post rule exempt state effective",
    "channel": "post bank currency purpose state last_success cash monthly_need | licence",
    "licence": "| name number state expires conditions covers issuer",
}
"""Fields of each register: what the sending state states | what the receiving state states."""


def thing(name: str, sending: str, receiving: str, /, **fields: Any) -> Subject:
    """Make a thing of a register. A field: its value, or keyword arguments of its statement.

    A field that is not given, or None, is silent.
    """
    theirs, _, ours = FIELDS[name.partition("/")[0]].partition("|")
    authors = {
        **dict.fromkeys(theirs.split(), sending),
        **dict.fromkeys(ours.split(), receiving),
    }
    said = {}
    for place, (field, given) in enumerate(fields.items(), start=1):
        author = authors[field]
        if given is None:
            continue
        how = {**given} if isinstance(given, dict) and "value" in given else {"value": given}
        own = how.pop("own", False)
        ground = (
            Ground(kind="own", party=author, ref=name)
            if own
            else Ground(kind="act", party=author, ref=f"{author}:{place}")
        )
        start = how.pop("from_", None)
        said[field] = (
            Said(party=author, index=place, ground=ground, from_=start and Day(start), **how),
        )
    return Subject(id=name, sending=sending, receiving=receiving, authors=authors, said=said)


def request(name: str, by: str, measure: str, lines: str, **changes: Any) -> Request:
    """Make a notice. lines: a letter each: "." waits, "+" is granted, "-" is refused."""
    told = {"+": ("granted", True), "-": ("refused", False)}
    made = tuple(
        Line(line=place)
        if mark == "."
        else Line(
            line=place, answer=told[mark][0], grants=told[mark][1], final=True, on=date(2025, 4, 1)
        )
        for place, mark in enumerate(lines, start=1)
    )
    given = {
        "kind": "any",
        "title": "Any kind",
        "essential": "",
        "post": f"post/{by}-EMB",
        "released": date(2025, 3, 1),
        **changes,
    }
    return Request(id=f"notice/{name}", by=by, measure=measure, lines=made, **given)


def rule(name: str, by: str, to: str, /, **terms: Any) -> Rule:
    index = terms.pop("index", 1)
    ground = Ground(kind="act", party=by, ref=f"{by}:{index}")
    start = terms.pop("from_", "2018")
    terms = {"subject": "movement", "mode": "notification", **terms}
    return Rule(
        id=f"regime/{name}",
        by=by,
        applies_to=to,
        from_=start and Day(start),
        ground=ground,
        **terms,
    )


def tally(by: str, to: str, number: int, on: str = "2018-03-26") -> Tally:
    ground = Ground(kind="fact", party=by, ref=f"F{on}")
    return Tally(
        measure="removed",
        by=by,
        to=to,
        number=number,
        counted="expelled",
        on=Day(on),
        ground=ground,
    )


def facts(*things: Any, a: str = "RU", b: str = "US") -> Facts:
    first, second = sorted((a, b))
    return Facts(
        parties=(first, second),
        logs=(
            LogSize(party=first, size=3, root="0" * 64),
            LogSize(party=second, size=4, root="1" * 64),
        ),
        subjects={each.id: each for each in things if isinstance(each, Subject)},
        rules=tuple(each for each in things if isinstance(each, Rule)),
        requests=tuple(each for each in things if isinstance(each, Request)),
        tallies=tuple(each for each in things if isinstance(each, Tally)),
    )


def exchanged(given: Any) -> Any:
    """Return facts, or JSON, with the two parties' codes exchanged wherever they stand."""
    if isinstance(given, Facts):
        changed = {each.name: exchanged(getattr(given, each.name)) for each in fields(given)}
        logs = changed["logs"][::-1]
        return replace(given, **{**changed, "parties": given.parties, "logs": logs})
    if is_dataclass(given) and not isinstance(given, type):
        return replace(
            given, **{each.name: exchanged(getattr(given, each.name)) for each in fields(given)}
        )
    if isinstance(given, dict):
        return {exchanged(key): exchanged(value) for key, value in given.items()}
    if isinstance(given, list | tuple):
        return type(given)(exchanged(each) for each in given)
    if type(given) is str:
        return given.replace("RU", "\0").replace("US", "RU").replace("\0", "US")
    return given
