"""Every statement that a dossier makes of a register, with where it stands and when it holds.

Pure, and bears any JSON: what is malformed is left out here, `schema` says what is wrong with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from legation.acts.values import Day
from legation.errors import Refusal
from legation.missions.reader import Path
from legation.missions.sections import REGISTERS, Section, is_history
from legation.record.canon import Json

STATEMENT = frozenset({"value", "from", "until", "by", "basis", "sources", "note"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One statement of one field. path: where it stands. fact: id of the fact it follows from."""

    thing: str
    field: str
    value: Json
    path: Path
    from_: Day | None = None
    until: Day | None = None
    by: str = ""
    fact: str = ""

    @property
    def since(self) -> date:
        """The first day that it may hold for."""
        return date.min if self.from_ is None else self.from_.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A statement with the days for which it is in force, both included.

    Where a date is partial, `surely` tells only the days on which it holds in any case.
    """

    told: Telling
    first: date
    last: date
    surely: tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A thing of a register as a file has it. path: of its entry."""

    id: str
    section: Section
    sending: str
    receiving: str
    path: Path
    fields: Mapping[str, tuple[Telling, ...]]

    def spans(self, field: str) -> tuple[Span, ...]:
        """Return a field's statements in order, each until the next one begins."""
        told = sorted(self.fields.get(field, ()), key=lambda one: one.since)
        out = []
        for index, one in enumerate(told):
            after = next((each for each in told[index + 1 :] if each.since > one.since), None)
            last = date.max if one.until is None else one.until.last
            first_end = date.max if one.until is None else one.until.first
            if after is not None:
                before = after.since - timedelta(days=1)
                last, first_end = min(last, before), min(first_end, before)
            begins = date.min if one.from_ is None else one.from_.last
            out.append(Span(told=one, first=one.since, last=last, surely=(begins, first_end)))
        return tuple(out)

    def values(self, field: str) -> list[Json]:
        """Return every value that a field has at any time."""
        return [one.value for one in self.fields.get(field, ())]


def things(content: Json) -> dict[str, Thing]:
    """Return every thing of a file's registers by id, with what its entry and facts state."""
    if not isinstance(content, dict):
        return {}
    found: dict[str, dict[str, list[Telling]]] = {}
    entries: dict[str, tuple[Section, dict[str, Json], Path]] = {}
    for section in REGISTERS:
        for index, entry in _dicts(content.get(section.name)):
            name = entry.get("id")
            if isinstance(name, str) and name not in entries:
                path: Path = (section.name, index)
                entries[name] = (section, entry, path)
                found[name] = _of_entry(section, name, entry, path)
    for told in _of_facts(content):
        if told.thing in found:
            found[told.thing].setdefault(told.field, []).append(told)
    return {
        name: Thing(
            id=name,
            section=section,
            sending=str(entry.get("sending", "")),
            receiving=str(entry.get("receiving", "")),
            path=path,
            fields={field: tuple(several) for field, several in found[name].items()},
        )
        for name, (section, entry, path) in entries.items()
    }


def _dicts(value: Json) -> Iterator[tuple[int, dict[str, Json]]]:
    for index, one in enumerate(value if isinstance(value, list) else []):
        if isinstance(one, dict):
            yield index, one


def _of_entry(
    section: Section, name: str, entry: Mapping[str, Json], path: Path
) -> dict[str, list[Telling]]:
    out: dict[str, list[Telling]] = {}
    for key in [place.key for place in (*section.places, *section.own)]:
        if key not in entry:
            continue
        value = entry[key]
        several: list[tuple[Path, Json]] = [((*path, key), value)]
        if is_history(value):
            several = [((*path, key, index), one) for index, one in _dicts(value)]
        out[key] = [_telling(name, key, one, where) for where, one in several]
    return out


def _telling(thing: str, field: str, value: Json, path: Path, fact: str = "") -> Telling:
    if not isinstance(value, dict) or "value" not in value:
        return Telling(thing=thing, field=field, value=value, path=path, fact=fact)
    return Telling(
        thing=thing,
        field=field,
        value=value["value"],
        path=path,
        from_=day(value.get("from")),
        until=day(value.get("until")),
        by=str(value.get("by", "")),
        fact=fact,
    )


def _of_facts(content: Mapping[str, Json]) -> Iterator[Telling]:
    for index, fact in _dicts(content.get("facts")):
        for place, effect in _dicts(fact.get("effects")):
            on, field = effect.get("on"), effect.get("field")
            if isinstance(on, str) and isinstance(field, str) and "value" in effect:
                dated = {"from": fact.get("date"), **effect}
                path: Path = ("facts", index, "effects", place)
                yield _telling(on, field, dated, path, str(fact.get("id", "")))


def day(value: Json) -> Day | None:
    """Return a day, None where the text is none."""
    try:
        return Day(value) if isinstance(value, str) else None
    except Refusal:
        return None
