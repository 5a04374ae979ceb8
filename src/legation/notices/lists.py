"""Rows of a draft from elsewhere: a file in CSV or XLSX, or a list that a room keeps.

A room that keeps such a list has a module `row_source` beside its models, found by looking; nobody
lists it. It holds
    title() -> str                                             what a button calls it
    titles() -> {folded title: names of fields}                titles of its columns in files
    meanings() -> {name of a field: {folded word: value}}      words that files say for values
    choices(node, officer, words, at) -> [(id, label)]         whom to choose from, in sight
    rows(node, officer, ids, about, at) -> [{field: value}]    the chosen, each look written down
What a field of a row is called decides what goes where; nothing here knows a kind.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Final

from django.apps import apps
from django.utils import translation
from django.utils.translation import gettext

from legation.acts.codec import read_with
from legation.acts.names import LANGUAGES
from legation.acts.shapes import Choice, Listing
from legation.acts.staff import TWICE_REMEDY, Identity, marks_of
from legation.errors import N_, Refusal
from legation.notices.fields import Group, Part
from legation.officers.sheets.reading import read_sheet
from legation.officers.sheets.sheet import Row, fault, raise_all
from legation.officers.sheets.writing import as_read
from legation.record.canon import Json
from legation.ui.templatetags.parts import label as in_words

Values = dict[str, str]
_DAY: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@cache
def sources() -> tuple[ModuleType, ...]:
    """Return the rooms' own lists."""
    names = [f"{app.name}.row_source" for app in apps.get_app_configs()]
    return tuple(
        import_module(name)
        for name in names
        if name.startswith("legation.") and find_spec(name) is not None
    )


def source() -> ModuleType | None:
    """Return the list to choose persons from, None where no room keeps one."""
    return next(iter(sources()), None)


def folded(text: str) -> str:
    """Return a title as it is compared."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[_*:.]+", " ", plain).split())


def fields_in(group: Group) -> dict[str, Part]:
    """Return what a row of a file may fill: the fields of one entry, not lists inside it."""
    prefix = f"{group.name}__1__"
    return {
        entry.name.removeprefix(prefix): entry
        for entry in group.sample
        if isinstance(entry, Part) and not entry.field.widget.is_hidden
    }


def titles_of(group: Group) -> dict[str, tuple[str, ...]]:
    """Return the titles that columns may have, and which fields they fill."""
    known: dict[str, tuple[str, ...]] = {}
    for each in sources():
        for title, fields in each.titles().items():
            here = tuple(name for name in fields if name in fields_in(group))
            if here:
                known[title] = here
    for key in fields_in(group):
        for lang in LANGUAGES:
            with translation.override(lang):
                known[folded(gettext(in_words(key.partition("__")[0])))] = (key,)
        known[folded(key)] = (key,)
    return known


def from_file(group: Group, data: bytes) -> list[Values]:
    """Return rows of a form from a file. Raises Refusal with each fault, by row and column."""
    known = titles_of(group)
    sheet = read_sheet(data, known=lambda cell: folded(cell) in known, most=group.most)
    columns = [known.get(folded(title), ()) for title in sheet.header]
    faults = [*sheet.faults]
    titles = [
        fault(
            "header",
            N_("it is no title of this list, which has {known}."),
            N_("Correct the title, or delete the column."),
            row=1,
            column=title,
            known=", ".join(in_words(key) for key in fields_in(group)),
        )
        for title, fields in zip(sheet.header, columns, strict=True)
        if title and not fields
    ]
    faults += titles
    filled_in = {name for fields in columns for name in fields}
    untold = set(fields_in(group)) - filled_in if titles else set()
    made = []
    seen: dict[tuple[str, ...], int] = {}
    for row in sheet.rows:
        values = _values(group, row, columns)
        spoilt = {name for place in row.spoilt for name in dict(enumerate(columns)).get(place, ())}
        faults += _faults(group, row.number, values, untold | spoilt)
        faults += _twice(group, row.number, values, seen)
        made.append(values)
    raise_all(faults)
    return made


def _twice(
    group: Group, number: int, values: Values, seen: dict[tuple[str, ...], int]
) -> list[Refusal]:
    """Tell of a person who stands in an earlier row too. seen: their marks -> that row."""
    if not issubclass(group.item.cls, Identity):
        return []
    name = values.get("passport_name") or values.get("name", "")
    marks = marks_of(name, values.get("born", ""), values.get("passport_no", ""))
    before = min((seen[mark] for mark in marks if mark in seen), default=0)
    seen |= {mark: seen.get(mark, number) for mark in marks}
    if not before:
        return []
    rule = N_("“{name}” stands in row {before} already.")
    return [fault("twice", rule, TWICE_REMEDY, row=number, name=name, before=before)]


def _values(group: Group, row: Row, columns: list[tuple[str, ...]]) -> Values:
    out: Values = {}
    for fields, cell in zip(columns, row.cells, strict=False):
        for name in fields:
            if cell and not out.get(name):
                out[name] = fitting(group, name, as_read(cell))
    return out


def fitting(group: Group, name: str, value: str) -> str:
    """Return a value as its field shows it: a choice by its word, a day as 1985-04-23."""
    place = group.item.by_key.get(name)
    found = _DAY.fullmatch(value)
    if found is not None:
        try:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        except ValueError:
            return value
    if place is not None and isinstance(place.shape, Choice):
        for each in sources():
            word: str = each.meanings().get(name, {}).get(folded(value), "")
            if word in place.shape.words:
                return word
        for lang in LANGUAGES:
            with translation.override(lang):
                for word in place.shape.words:
                    if folded(value) in {folded(word), folded(gettext(in_words(word)))}:
                        return word
    return value


def _faults(
    group: Group, number: int, values: Mapping[str, str], untold: Collection[str]
) -> list[Refusal]:
    """Return what is wrong with one row, as the codec judges it.

    untold: fields of which nothing is said: their cells could not be read, or their titles.
    """
    data: dict[str, Json] = {}
    for name, part in fields_in(group).items():
        read = part.read(values.get(name))
        if read is not None:
            data[name] = read
    try:
        read_with(group.item, data, group.label)
    except Refusal as refusal:
        found = [refusal, *refusal.others]
        refusal.others = ()
        return [
            fault(
                one.code,
                one.rule,
                one.remedy,
                **{
                    **{key: v for key, v in one.values.items() if key not in {"field", "where"}},
                    **_choices(group, str(one.values.get("field", ""))),
                    "row": number,
                    "column": in_words(str(one.values.get("field", "")).partition(".")[0]),
                },  # type: ignore[arg-type] # row and column stand among the values
            )
            for one in found
            if not _is_below(group, str(one.values.get("field", "")))
            and str(one.values.get("field", "")).partition(".")[0] not in untold
        ]
    return []


def _choices(group: Group, field: str) -> dict[str, str]:
    """Return the words of a choice as the form shows them, for a fault in that field."""
    place = group.item.by_key.get(field)
    if place is None or not isinstance(place.shape, Choice):
        return {}
    return {"words": ", ".join(gettext(in_words(word)) for word in place.shape.words)}


def _is_below(group: Group, field: str) -> bool:
    """Tell whether a fault is about a list inside the row, which no file fills."""
    place = group.item.by_key.get(field.partition(".")[0])
    return place is not None and isinstance(place.shape, Listing)


def filled(group: Group, given: list[Mapping[str, str]]) -> list[Values]:
    """Return rows of a room's list as this list's fields show them."""
    known = fields_in(group)
    return [
        {
            name: fitting(group, name, value)
            for name, value in row.items()
            if name in known and value
        }
        for row in given
    ]


def told(refusal: Refusal) -> list[dict[str, str]]:
    """Return faults in the officer's language, each with its row and column."""
    out = []
    for one in (refusal, *refusal.others):
        words = one.as_dict(gettext)
        out.append(
            {
                "row": str(one.values.get("row") or ""),
                "column": str(one.values.get("column") or ""),
                "rule": str(words["rule"]),
                "remedy": str(words["remedy"]),
            }
        )
    return out
