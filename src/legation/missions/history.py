"""What a dossier says: its faults by line, the acts a side may state by it, and the rest. Pure.

docs/dossier.md describes the file.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from legation.acts.bodies import stating_version
from legation.acts.catalogue import act_types
from legation.acts.codec import from_json
from legation.errors import N_, Refusal
from legation.missions import fields
from legation.missions.content import Dossier, Effect, Entry, cited, effects, statements
from legation.missions.names import names_in
from legation.missions.reader import Faults, Problem, read
from legation.missions.schema import DOSSIER, VERSION
from legation.missions.sections import (
    CHRONICLE,
    DECLARED,
    REGISTERS,
    Declaration,
    Section,
)
from legation.missions.sense import check_sense
from legation.missions.shape import Walk
from legation.officers.wording import DraftedAct
from legation.record.canon import Json

__all__ = ["Dossier", "Entry", "Kept", "Report", "acts_for", "check", "chronicle"]


ONE_DAY: Final = frozenset({"state", "person", "why_empty"})
"""Fields that are read together: who is in a place, and why nobody is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What checking found: a dossier, or what is wrong with it by line.

    more: faults that were found but not kept, beyond `reader.MAX_FAULTS`. notes: what is no
    fault, and good to know: facts that contradict each other.
    """

    dossier: Dossier | None = None
    errors: tuple[Problem, ...] = ()
    more: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return self.dossier is not None


def check(data: bytes, *, currency: Callable[[str], object] = str) -> Report:
    """Say everything that is wrong with a dossier, by line; raises nothing.

    data: at most 4 MiB of UTF-8 JSON. currency: raises Refusal for a code that there is not; as
    it stands, codes are not looked up.
    """
    faults = Faults()
    located = read(data, faults)
    notes: tuple[Problem, ...] = ()
    if located is not None:
        walk = Walk(located=located, faults=faults, currency=currency)
        names_in(walk, located.value)
        DOSSIER(walk, (), located.value)
        _check_version(walk, located.value)
        check_sense(walk, located.value)
        if not faults.found and isinstance(located.value, dict):
            _check_acts(walk, _dossier(located.value))
        notes = tuple(walk.notes.found)
    value = None if located is None else located.value
    if faults.found or not isinstance(value, dict):
        in_order = sorted(faults.found, key=lambda problem: problem.line)
        return Report(errors=tuple(in_order), more=faults.more, notes=notes)
    counts = {key: len(one) for key, one in value.items() if isinstance(one, list | dict)}
    return Report(dossier=_dossier(value), counts=counts, notes=notes)


def _check_acts(walk: Walk, dossier: Dossier) -> None:
    """Hold each act that the file would make to its form: its fields may contradict each other."""
    places = {
        str(entry.get("id")): (section.name, index)
        for section in (*REGISTERS, *DECLARED)
        for index, entry in enumerate(dossier.entries(section.name))
    }
    for party in dossier.parties:
        for act in acts_for(dossier, party):
            try:
                from_json(act_types()[act.type, act.version], act.body, act.on)
            except Refusal as refusal:
                path = places[act.on]
                walk.fault(path, refusal.code, refusal.rule, refusal.remedy, **_plain(refusal))


def _plain(refusal: Refusal) -> dict[str, object]:
    return {key: one for key, one in refusal.values.items() if key not in {"line", "path"}}


def _check_version(walk: Walk, value: Json) -> None:
    version = value.get("dossier") if isinstance(value, dict) else VERSION
    if isinstance(version, int) and version != VERSION:
        walk.fault(
            ("dossier",),
            "version",
            N_("this program reads dossiers of version {known}."),
            N_("Write {known}, or load the file with a newer program."),
            known=VERSION,
        )


def _dossier(value: Entry) -> Dossier:
    parties = value["parties"]
    assert isinstance(parties, list)
    names = {str(one["code"]): str(one["name"]) for one in parties if isinstance(one, dict)}
    return Dossier(title=str(value["title"]), parties=names, content=value)


def acts_for(dossier: Dossier, party: str) -> list[DraftedAct]:
    """Return the acts by which `party` may state its side of the dossier, in a sensible order.

    Posts come before the premises that name them. Where a field has a history, the first act
    of its thing states the earliest of each field, the next the second, and so on.
    """
    acts: list[DraftedAct] = []
    of_facts = effects(dossier)
    for section in REGISTERS:
        for entry in dossier.entries(section.name):
            acts += _stated(dossier, section, entry, party, of_facts)
    for section in DECLARED:
        acts += [
            _declared(dossier, section, entry)
            for entry in dossier.entries(section.name)
            if _declares(section, entry) == party
        ]
    return acts


def _declares(section: Declaration, entry: Entry) -> str:
    """Return the party whose declaration an entry is: named in it, or in its id."""
    by = entry.get("by")
    name = str(entry["id"]).removeprefix(f"{section.prefix}/")
    return str(by) if by is not None else name.partition("-")[0]


def _declared(dossier: Dossier, section: Declaration, entry: Entry) -> DraftedAct:
    body = {key: one for key, one in entry.items() if key not in {"id", "confidence", "sources"}}
    if sources := cited(dossier, entry.get("sources")):
        body["sources"] = sources
    return DraftedAct(
        type=section.act.type, version=section.act.version, on=str(entry["id"]), body=body
    )


def _stated(
    dossier: Dossier,
    section: Section,
    entry: Entry,
    party: str,
    of_facts: Mapping[tuple[str, str], list[Effect]],
) -> list[DraftedAct]:
    """Return the acts that state one side's fields of one thing."""
    name = str(entry["id"])
    side = next((key for key in ("sending", "receiving") if entry[key] == party), None)
    told: dict[str, list[Entry]] = {}
    for place in section.places:
        if fields.side_of(name, place.key) == side:
            own = statements(dossier, entry, place.key)
            told[place.key] = _in_order(own, of_facts.get((name, place.key), ()))
    said = [(_begin(one), key, one) for key, several in told.items() for one in several]
    said.sort(key=lambda each: each[0])
    return [_act(section, entry, stated) for stated in _together(said)]


def _together(said: Iterable[tuple[str, str, Entry]]) -> list[Entry]:
    """Return the fields of each act: one statement of a field, the earliest in the first act.

    said: begin, field and statement, by begin. What tells together how something stood on a day
    is not stated with what tells it of another day.
    """
    acts: list[Entry] = []
    begun: dict[str, str] = {}
    for day, key, one in said:
        others = {begun[each] for each in ONE_DAY & begun.keys()} if key in ONE_DAY else set()
        if not acts or key in acts[-1] or others - {day}:
            acts.append({})
            begun = {}
        acts[-1][key] = one
        begun[key] = day
    return acts


def _act(section: Section, entry: Entry, stated: Entry) -> DraftedAct:
    body: Entry = {
        "sending": entry["sending"],
        "receiving": entry["receiving"],
        "fields": stated,
    }
    return DraftedAct(
        type=f"{section.prefix}.stated",
        version=stating_version(section.prefix, stated),
        on=str(entry["id"]),
        body=body,
    )


def _in_order(own: Iterable[Entry], of_facts: Iterable[Effect]) -> list[Entry]:
    """Sort by the day each begins; of two from one day the entry's own stands, not the fact's.

    Where facts of one day say different things, none is chosen: nothing of that day is stated.
    """
    by_day: dict[str, Entry] = {}
    for statement in own:
        by_day.setdefault(_begin(statement), statement)
    facts: dict[str, list[Entry]] = {}
    for effect in of_facts:
        facts.setdefault(_begin(effect.statement), []).append(effect.statement)
    for day, several in facts.items():
        if all(one["value"] == several[0]["value"] for one in several):
            by_day.setdefault(day, several[0])
    return [by_day[day] for day in sorted(by_day)]


def _begin(statement: Entry) -> str:
    return str(statement.get("from", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An entry of a dossier for our own chronicle. section: its list. key: its name there."""

    section: str
    key: str
    content: Mapping[str, Json]

    @property
    def on(self) -> str:
        """Its day, as far as known, or ""."""
        day = self.content.get("date", self.content.get("from", ""))
        return str(day)


def chronicle(dossier: Dossier) -> list[Kept]:
    """Return what no act states, as entries of our own chronicle."""
    out = [
        Kept(section=name, key=str(entry[key]), content=entry)
        for name, key in CHRONICLE.items()
        for entry in dossier.entries(name)
    ]
    out += [
        Kept(section="parties", key=code, content={"name": name})
        for code, name in dossier.parties.items()
    ]
    questions = dossier.content.get("open_questions", [])
    assert isinstance(questions, list)
    out += [
        Kept(section="open_questions", key=str(number), content={"question": one})
        for number, one in enumerate(questions, 1)
    ]
    known = dossier.content.get("sources", {})
    assert isinstance(known, dict)
    out += [
        Kept(section="sources", key=key, content=one)
        for key, one in known.items()
        if isinstance(one, dict)
    ]
    return out
