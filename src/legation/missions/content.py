"""A dossier without a fault: its entries, and its statements in the form of acts. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from legation.missions.sections import is_history
from legation.record.canon import Json

Entry = dict[str, Json]
LONGEST_SOURCE: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A dossier without a fault. parties: code -> name. content: the file as it stands."""

    title: str
    parties: Mapping[str, str]
    content: Mapping[str, Json]

    def entries(self, name: str) -> list[Entry]:
        """Return the entries of one list, none where the file has no such list."""
        found = self.content.get(name, [])
        assert isinstance(found, list)
        return [entry for entry in found if isinstance(entry, dict)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a fact did to a field. statement: from the fact's day, with the fact's sources."""

    on: str
    field: str
    statement: Entry
    fact: str


def statements(dossier: Dossier, entry: Entry, key: str) -> list[Entry]:
    """Return an entry's statements of one field in the form of the act, with their sources."""
    if key not in entry:
        return []
    value = entry[key]
    several = value if is_history(value) and isinstance(value, list) else [value]
    out: list[Entry] = []
    for one in several:
        made: Entry = dict(one) if isinstance(one, dict) and "value" in one else {"value": one}
        sources = cited(dossier, made.pop("sources", None) or entry.get("sources"))
        out.append({**made, "sources": sources} if sources else made)
    return out


def effects(dossier: Dossier) -> dict[tuple[str, str], list[Effect]]:
    """Return what facts did to registers, by thing and field."""
    out: dict[tuple[str, str], list[Effect]] = {}
    for fact in dossier.entries("facts"):
        several = fact.get("effects", [])
        for effect in several if isinstance(several, list) else []:
            assert isinstance(effect, dict)
            statement = {key: one for key, one in effect.items() if key not in {"on", "field"}}
            statement.setdefault("from", fact["date"])
            if sources := cited(dossier, fact["sources"]):
                statement["sources"] = sources
            on, field = str(effect["on"]), str(effect["field"])
            made = Effect(on=on, field=field, statement=statement, fact=str(fact["id"]))
            out.setdefault((on, field), []).append(made)
    return out


def cited(dossier: Dossier, keys: Json) -> list[Json]:
    """Return sources as a reader elsewhere can find them: "Reuters, 2016-12-29, https://…"."""
    known = dossier.content.get("sources", {})
    assert isinstance(known, dict)
    out: list[Json] = []
    for key in keys if isinstance(keys, list) else []:
        source = known[str(key)]
        assert isinstance(source, dict)
        parts = [str(source[part]) for part in ("publisher", "date", "url") if part in source]
        out.append(", ".join(parts)[:LONGEST_SOURCE])
    return out
