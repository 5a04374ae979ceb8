"""What each line of a notice is about, without what is personal: "First Secretary, Diplomatic"."""

import re
from collections.abc import Mapping
from typing import Final

from legation.acts.codec import Record, fields_of
from legation.acts.notices import NoticeKind
from legation.acts.shapes import Listing
from legation.acts.values import PERSON as NUMBER
from legation.acts.values import Day
from legation.notices.fields import PERSON
from legation.record.canon import Json
from legation.ui.choices import in_readers_words
from legation.ui.templatetags.parts import partial_day

_DAY: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)
_FIRST: Final = re.compile(r"^(\d{4}-\d{2}-\d{2}) (?=\S)", re.ASCII)


def about_lines(cls: type[NoticeKind], fields: Json, lines: int) -> tuple[str, ...]:
    """Return what is said of each line, "" where nothing is: a list with an entry a line tells."""
    told = fields if isinstance(fields, Mapping) else {}
    for place in fields_of(cls):
        entries = told.get(place.key)
        if not isinstance(place.shape, Listing) or not isinstance(place.shape.item, Record):
            continue
        if isinstance(entries, list) and len(entries) == lines:
            return tuple(_said(place.shape.item, entry) for entry in entries)
    return ("",) * lines


def title_in_words(cls: type[NoticeKind], title: str) -> str:
    """Return a title as it is read: "10 December 2026, Kazan" for "2026-12-10 Kazan".

    The record has one title for readers of all languages, so its day is written in figures.
    """
    if not cls.dated:
        return title
    apart = _FIRST.sub(r"\1, ", title)
    return _DAY.sub(lambda day: partial_day(day[0]) if Day.holds(day[0]) else day[0], apart)


def without_numbers(value: Json) -> Json:
    """Return a value of a form without the random numbers that stand for its persons."""
    if isinstance(value, list):
        return [without_numbers(each) for each in value]
    if isinstance(value, Mapping):
        return {
            key: without_numbers(each) for key, each in value.items() if not is_number(key, each)
        }
    return value


def is_number(key: str, value: Json) -> bool:
    """Tell whether a field holds the number that stands for a person, who is named elsewhere."""
    return key == PERSON and isinstance(value, str) and NUMBER.fullmatch(value) is not None


def _said(shape: Record, entry: Json) -> str:
    words = in_readers_words(shape, entry)
    if not isinstance(words, Mapping):
        return ""
    open_to_all = (each.key for each in shape.places if not each.personal and each.key != PERSON)
    said = (words.get(key) for key in open_to_all)
    return ", ".join(each for each in said if isinstance(each, str) and each)
