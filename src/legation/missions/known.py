"""What a desk knows once it holds a dossier: every statement of both sides, ours only. Pure.

What is contradicted stands beside what contradicts it; nothing is chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, cast

from legation.acts.kinds.regime import Terms
from legation.acts.values import Day
from legation.missions import fields
from legation.missions.content import Dossier, Entry, cited, effects, statements
from legation.missions.numbered import numbered
from legation.missions.readiness.facts import Facts, Ground, Rule, Said, Subject
from legation.missions.sections import REGISTERS, Section

SUBJECT: Final = Terms(mode="free").subject
"""What a regime governs that does not say it, as its act has it."""
Mode: TypeAlias = Literal["notification", "permission", "closed", "free"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One statement of one field of a thing, in the form of the act that would state it.

    author: the party that may state it; the sending state where no act states such a field.
    ref: key of the fact that it follows from, or "" for what its entry says.
    """

    thing: str
    prefix: str
    sending: str
    receiving: str
    field: str
    author: str
    statement: Entry
    ref: str = ""


def known(dossier: Dossier) -> tuple[Known, ...]:
    """Return all that a dossier says of registers: entries in their order, then their facts."""
    of_facts = effects(dossier)
    out: list[Known] = []
    for section in REGISTERS:
        for entry in dossier.entries(section.name):
            for field, author in _authors(section, entry).items():
                told = [(one, "") for one in statements(dossier, entry, field)]
                told += [
                    (each.statement, each.fact)
                    for each in of_facts.get((str(entry["id"]), field), ())
                ]
                out += [
                    Known(
                        thing=str(entry["id"]),
                        prefix=section.prefix,
                        sending=str(entry["sending"]),
                        receiving=str(entry["receiving"]),
                        field=field,
                        author=author,
                        statement=statement,
                        ref=ref,
                    )
                    for statement, ref in told
                ]
    return tuple(out)


def _authors(section: Section, entry: Entry) -> dict[str, str]:
    """Return field -> party that may state it; what no act states is the sending state's."""
    return {
        place.key: str(entry[fields.side_of(str(entry["id"]), place.key)])
        for place in (*section.places, *section.own)
    }


def facts_of(dossier: Dossier) -> Facts:
    """Return what a board is judged from where a dossier is all that there is."""
    told: dict[str, dict[str, list[Said]]] = {}
    for index, each in enumerate(known(dossier)):
        told.setdefault(each.thing, {}).setdefault(each.field, []).append(said(each, index))
    subjects = {
        str(entry["id"]): Subject(
            id=str(entry["id"]),
            sending=str(entry["sending"]),
            receiving=str(entry["receiving"]),
            authors=_authors(section, entry),
            said={key: tuple(several) for key, several in told.get(str(entry["id"]), {}).items()},
        )
        for section in REGISTERS
        for entry in dossier.entries(section.name)
    }
    one, two = sorted(dossier.parties)
    numbers = (numbered(str(fact["id"]), fact) for fact in dossier.entries("facts"))
    return Facts(
        parties=(one, two),
        subjects=subjects,
        rules=_rules(dossier),
        tallies=tuple(each for several in numbers for each in several),
    )


def said(each: Known, index: int) -> Said:
    """Return a statement as a judge reads it. index: its place among all that is known."""
    ground = (
        Ground(kind="fact", party=each.author, ref=each.ref)
        if each.ref
        else Ground(kind="own", party=each.author, ref=each.thing)
    )
    told = each.statement
    return Said(
        value=told["value"],
        from_=_day(told.get("from")),
        until=_day(told.get("until")),
        by=cast("str | None", told.get("by")),
        basis=cast("str | None", told.get("basis")),
        note=cast("str | None", told.get("note")),
        sources=tuple(str(one) for one in cast("list[str]", told.get("sources", []))),
        party=each.author,
        index=index,
        ground=ground,
    )


def _day(text: object) -> Day | None:
    return Day(text) if isinstance(text, str) else None


def _rules(dossier: Dossier) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            id=str(entry["id"]),
            by=str(entry["by"]),
            applies_to=str(entry["applies_to"]),
            subject=str(entry.get("subject", SUBJECT)),
            mode=cast("Mode", entry["mode"]),
            radius_miles=cast("int | None", entry.get("radius_miles")),
            hours=cast("int | None", entry.get("hours")),
            quota=_quota(entry.get("quota")),
            rule=cast("str | None", entry.get("rule")),
            basis=cast("str | None", entry.get("basis")),
            from_=_day(entry.get("from")),
            until=_day(entry.get("until")),
            sources=tuple(str(one) for one in cited(dossier, entry.get("sources"))),
            ground=Ground(kind="own", party=str(entry["by"]), ref=str(entry["id"])),
        )
        for entry in dossier.entries("regimes")
    )


def _quota(value: object) -> tuple[int, str] | None:
    if not isinstance(value, Mapping):
        return None
    return int(value["count"]), str(value["per"])
