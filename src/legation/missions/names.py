"""What a dossier declares: its parties, and every id, once. Pure."""

from legation.errors import N_
from legation.missions.reader import Path
from legation.missions.sections import CHRONICLE, DECLARED, REGISTERS
from legation.missions.shape import Walk
from legation.record.canon import Json


def names_in(walk: Walk, value: Json) -> None:
    """Gather what the file declares into `walk.names` and `walk.parties`; note what is double."""
    if not isinstance(value, dict):
        return
    walk.names["sources"] = dict.fromkeys(_keys(value.get("sources")), 0)
    lists = [*((one.name, "id") for one in (*REGISTERS, *DECLARED)), *CHRONICLE.items()]
    for name, key in lists:
        walk.names[name] = _declared_in(walk, name, key, value.get(name))
    found = value.get("parties")
    listed = found if isinstance(found, list) else []
    codes = [one.get("code") for one in listed if isinstance(one, dict)]
    walk.parties = [code for code in codes if isinstance(code, str)]
    if listed and not len(walk.parties) == len(set(walk.parties)) == 2:
        walk.fault(
            ("parties",),
            "parties",
            N_("a dossier is about two parties; this one names {count}."),
            N_("Name both, and write another dossier for another pair."),
            count=len(set(walk.parties)),
        )


def _keys(value: Json) -> list[str]:
    return list(value) if isinstance(value, dict) else []


def _declared_in(walk: Walk, name: str, key: str, entries: Json) -> dict[str, int]:
    """Return id -> line of one list; an id that stands there twice is a fault.

    Both sides may declare a regime under one id, each for itself.
    """
    out: dict[str, int] = {}
    seen: dict[tuple[str, str], int] = {}
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        made = entry.get(key) if isinstance(entry, dict) else None
        if not isinstance(made, str) or not isinstance(entry, dict):
            continue
        path: Path = (name, index, key)
        by = str(entry.get("by", "")) if name in {one.name for one in DECLARED} else ""
        if (made, by) in seen:
            walk.fault(
                path,
                "duplicate-id",
                N_("“{name}” stands in this list already, on line {first}."),
                N_("Give it another name, or merge the two."),
                name=made[:60],
                first=seen[made, by],
            )
        seen.setdefault((made, by), walk.located.line(path))
        out.setdefault(made, walk.located.line(path))
    return out
