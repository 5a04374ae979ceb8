"""Rows of a form: how a list is read from them, filled in, and grows or shrinks by a button.

A list `members` is drawn as `members__rows` (how many) and `members__1__name`, `members__1__rank`,
`members__2__name` …; a list inside a row as `members__1__dependants__1__name`. A row that was left
as it was drawn says nothing and is left out. Nothing here knows what a list holds.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.http import QueryDict

from legation.acts.money import NO_CURRENCY, major, minor
from legation.errors import N_, Refusal
from legation.notices.fields import Count, Entry, Group, Part
from legation.record.canon import Json

Data = dict[str, Json]
Places = dict[str, str]
"""Where a value of the data stands in the form: "members.2" -> "members__3"."""
STEP: Final = "_step"
"""The name that buttons have: no field of a kind begins with an underscore, and some are steps."""
MOST_ROWS: Final = 4_096
_STEP: Final = re.compile(r"(add|remove) ([a-z][a-z0-9_]*)(?: (\d{1,4}))?")


def leaves(entries: Iterable[Entry]) -> Iterator[Part]:
    """Yield every field, those of rows too."""
    for entry in entries:
        if isinstance(entry, Part):
            yield entry
        else:
            for row in entry.rows:
                yield from leaves(row)


def groups(entries: Iterable[Entry]) -> Iterator[Group]:
    """Yield every list that is drawn as rows, outer before inner."""
    for entry in entries:
        if isinstance(entry, Group):
            yield entry
            for row in entry.rows:
                yield from groups(row)


def read(entries: Sequence[Entry], cleaned: Mapping[str, Any], places: Places) -> Data:
    """Return what was filled in; `places` learns where each row of it stands in the form."""
    return _read(entries, cleaned, places, prefix="", path="")


def _read(
    entries: Sequence[Entry],
    cleaned: Mapping[str, Any],
    places: Places,
    *,
    prefix: str,
    path: str,
) -> Data:
    out: Data = {}
    for entry in entries:
        steps = entry.name.removeprefix(prefix).split("__")
        if isinstance(entry, Part):
            value = _amount(entry, cleaned, entry.read(cleaned.get(entry.name)))
        else:
            value = _rows(
                entry, cleaned, places, path=".".join([*([path] if path else []), *steps])
            )
        if value is not None:
            put(out, steps, value)
    return out


def _amount(part: Part, cleaned: Mapping[str, Any], value: Json) -> Json:
    """Return what was read; an amount of money in minor units. Raises Refusal for what is none."""
    if not part.currency or not isinstance(value, str):
        return value
    try:
        return minor(value, str(cleaned.get(part.currency) or "").strip())
    except Refusal as refusal:
        at_fault = part.currency if refusal.code == NO_CURRENCY else part.name
        refusal.values["field"] = at_fault.replace("__", ".")
        raise


def _rows(group: Group, cleaned: Mapping[str, Any], places: Places, *, path: str) -> Json:
    kept: list[Json] = []
    for number, row in enumerate(group.rows, start=1):
        if _untouched(row, cleaned):
            continue
        here, name = f"{path}.{len(kept) + 1}", f"{group.name}__{number}"
        places[here] = name
        kept.append(_read(row, cleaned, places, prefix=f"{name}__", path=here))
    return kept or None


def _untouched(row: Iterable[Entry], cleaned: Mapping[str, Any]) -> bool:
    """Tell whether a row holds only what it was drawn with; a person's number says nothing."""
    for part in leaves(row):
        if part.field.widget.is_hidden:
            continue
        said = part.read(cleaned.get(part.name))
        if said is not None and said != part.read(part.field.initial):
            return False
    return True


def put(out: Data, steps: Sequence[str], value: Json) -> None:
    """Put a value below the names in `steps`."""
    for step in steps[:-1]:
        inner = out.setdefault(step, {})
        assert isinstance(inner, dict)
        out = inner
    out[steps[-1]] = value


def shown(entries: Iterable[Entry], filled: Mapping[str, Json]) -> dict[str, object]:
    """Return what the fields show of data: the reverse of `read`. Lists have a row an entry."""
    out: dict[str, object] = {}
    for part in leaves(entries):
        value = at(filled, part.name)
        if value is not None:
            out[part.name] = part.show(value)
        if part.currency and isinstance(value, int):
            out[part.name] = major(value, str(at(filled, part.currency) or ""))
    return out


def at(filled: object, name: str) -> Json:
    """Return the value of a field's name ("members__2__rank") in data, or None."""
    value: Any = filled
    for step in name.split("__"):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and 0 < int(step) <= len(value):
            value = value[int(step) - 1]
        else:
            return None
    found: Json = value
    return found


def counter(posted: Mapping[str, Any] | None, filled: Mapping[str, Json]) -> Count:
    """Return what tells how many rows a list has: as posted, else as in the data."""

    def count(name: str) -> int | None:
        if posted is not None:
            told = str(posted.get(f"{name}__rows", ""))
            return min(int(told), MOST_ROWS) if told.isdecimal() and len(told) < 6 else None
        value = at(filled, name)
        return len(value) if isinstance(value, list) and value else None

    return count


def step_of(posted: Mapping[str, Any] | None) -> str:
    """Return the button that was pressed, other than the one that keeps the form; or ""."""
    return "" if posted is None else str(posted.get(STEP, ""))[:200]


def stepped(posted: QueryDict) -> QueryDict | None:
    """Return what was posted with a row more or a row less; None if no such button was pressed."""
    found = _STEP.fullmatch(step_of(posted))
    if found is None:
        return None
    doing, name, number = found.groups()
    rows = counter(posted, {})(name) or 0
    if doing == "remove" and number is not None and 0 < int(number) <= rows:
        return _without(posted, name, int(number), rows)
    changed = posted.copy()
    changed[f"{name}__rows"] = str(rows + 1 if doing == "add" else rows)
    return changed


def with_rows(posted: QueryDict, group: Group, given: Sequence[Mapping[str, str]]) -> QueryDict:
    """Return what was posted with rows added, each of them name of a field -> what it shows.

    Rows that say nothing yet are filled first. Raises Refusal "entries" for more than fit.
    """
    changed = posted.copy()
    kept = [
        n for n, row in enumerate(group.rows, start=1) if not _untouched(row, _typed(row, posted))
    ]
    if len(kept) + len(given) > group.most:
        raise Refusal(
            "entries",
            thing=group.label,
            rule=N_("this list has room for {room} more, and {count} would come."),
            remedy=N_("Send a second notice for the others."),
            room=group.most - len(kept),
            count=len(given),
        )
    for place, number in enumerate(kept, start=1):
        _move(changed, posted, f"{group.name}__{number}__", f"{group.name}__{place}__")
    for place, row in enumerate(given, start=len(kept) + 1):
        _clear(changed, f"{group.name}__{place}__")
        for key, value in row.items():
            changed[f"{group.name}__{place}__{key}"] = value
    total = max(len(kept) + len(given), 1)
    for place in range(total + 1, len(group.rows) + 1):
        _clear(changed, f"{group.name}__{place}__")
    changed[group.counter] = str(total)
    return changed


def _typed(row: Iterable[Entry], posted: QueryDict) -> dict[str, Any]:
    return {
        part.name: part.field.widget.value_from_datadict(posted, {}, part.name)
        for part in leaves(row)
    }


def _without(posted: QueryDict, name: str, number: int, rows: int) -> QueryDict:
    changed = posted.copy()
    _clear(changed, f"{name}__{number}__")
    for place in range(number + 1, rows + 1):
        _move(changed, posted, f"{name}__{place}__", f"{name}__{place - 1}__")
        _clear(changed, f"{name}__{place}__")
    changed[f"{name}__rows"] = str(rows - 1)
    return changed


def _move(changed: QueryDict, posted: QueryDict, old: str, new: str) -> None:
    if old == new:
        return
    _clear(changed, new)
    for key in posted:
        if key.startswith(old):
            changed.setlist(new + key.removeprefix(old), posted.getlist(key))


def _clear(changed: QueryDict, prefix: str) -> None:
    for key in [key for key in changed if key.startswith(prefix)]:
        del changed[key]
