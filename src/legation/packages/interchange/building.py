"""Put what a file says together into a case, within the bounds that every case has."""

from collections.abc import Sequence
from dataclasses import dataclass

from legation.errors import N_
from legation.packages.interchange.exactly import refused
from legation.packages.model import Bonus, Case, Matter, Number, Points
from legation.packages.validating import MAX_MATTERS, MAX_OPTIONS, MAX_RULES, validate


@dataclass(frozen=True, slots=True)
class Side:
    """What one side's file says: points by matter, bonuses, reserve, what utility 1 is worth."""

    name: str
    table: tuple[tuple[Number, ...], ...]
    reserve: Number = 0
    full: Number | None = 1
    bonuses: tuple[Bonus, ...] = ()


def checked(where: str, matters: Sequence[Matter]) -> tuple[Matter, ...]:
    """Return the matters. Raises Refusal "file": none, too many, or two of one name."""
    if not matters:
        refused(where, N_("it names no matter to settle."))
    if len(matters) > MAX_MATTERS:
        refused(where, N_("a case has at most {most} matters."), most=MAX_MATTERS)
    seen: set[str] = set()
    for matter in matters:
        if matter.id in seen:
            refused(where, N_("two matters are called “{name}”."), name=matter.id[:60])
        seen.add(matter.id)
        options(where, matter)
    return tuple(matters)


def options(where: str, matter: Matter) -> None:
    """Raise Refusal "file" unless a matter has options that differ."""
    count = len(matter.options)
    if not 1 <= count <= MAX_OPTIONS:
        refused(
            where,
            N_("“{name}” has {count} options; a matter has 1 to {most}."),
            name=matter.id[:60],
            count=count,
            most=MAX_OPTIONS,
        )
    if len(set(matter.options)) < count:
        seen: set[str] = set()
        twice = ""
        for each in matter.options:
            twice = each if each in seen else twice
            seen.add(each)
        refused(
            where,
            N_("“{name}” has the option “{option}” twice."),
            name=matter.id[:60],
            option=twice[:60],
        )


def assembled(where: str, matters: tuple[Matter, ...], a: Side, b: Side) -> Case:
    """Return the case of two sides."""
    rules = (*a.bonuses, *b.bonuses)
    if len(rules) > MAX_RULES:
        refused(where, N_("a case has at most {most} rules."), most=MAX_RULES)
    found = Case(
        id=where,
        matters=matters,
        sides={
            "a": Points(a.name, a.table, a.reserve, a.full),
            "b": Points(b.name, b.table, b.reserve, b.full),
        },
        rules=rules,
    )
    validate(found)
    return found
