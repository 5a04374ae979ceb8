"""Every word that an officer reads has its translation, whole, with the same places in it."""

import importlib
import re
import shutil
import string
import sys
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message

from architecture.house import ROOT

sys.path.insert(0, str(ROOT / "ops"))
messages: Any = importlib.import_module("messages")

# One worker: the collector writes beside the templates while it reads them.
pytestmark = pytest.mark.xdist_group("catalogues")

SAME = Path(__file__).with_name("same.txt")
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]")
needs_xgettext = pytest.mark.skipif(
    shutil.which("xgettext") is None, reason="collecting words needs Debian's gettext"
)


@pytest.fixture(scope="module")
def collected() -> Catalog:
    found: Catalog = messages.collect()
    return found


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (list, tuple)) else (text or "",)


def places(text: str) -> set[str]:
    """Return the places that are filled in: %(name)s, or {name} where that is the form."""
    found = set(PLACES.findall(text))
    if not found:
        try:
            found = {f"{{{name}}}" for _, name, _, _ in string.Formatter().parse(text) if name}
        except ValueError:
            return set()
    return found


def fills_the_same(message: Message, form: str) -> bool:
    wanted = [places(each) for each in forms(message.id)]
    return places(form) in wanted or places(form) == wanted[-1] - {"%(n)d"}


def said(language: str) -> list[Message]:
    return [each for each in messages.read(language) if each.id]


@needs_xgettext
@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_nothing_is_left_in_english_by_oversight(language: str, collected: Catalog) -> None:
    catalogue = messages.merged(language, collected)
    assert [each.id for each in catalogue if each.id and not messages.is_said(each)] == []


@needs_xgettext
@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_words_are_kept_that_nobody_says(language: str, collected: Catalog) -> None:
    used = {(forms(each.id)[0], each.context) for each in collected}
    assert [
        each.id for each in said(language) if (forms(each.id)[0], each.context) not in used
    ] == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_translation_fills_in_the_same_places(language: str) -> None:
    """A plural's form for "one" may leave its number out."""
    wrong = [
        (each.id, form)
        for each in said(language)
        for form in forms(each.string)
        if form and not fills_the_same(each, form)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_what_reads_as_its_source_is_meant_to(language: str) -> None:
    """Lists every message whose translation equals its source and that `same.txt` does not."""
    meant = set(SAME.read_text("utf-8").splitlines())
    same = {
        form
        for each in said(language)
        for source in forms(each.id)
        for form in forms(each.string)
        if form == source
    }
    assert sorted(same - meant) == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_what_the_program_reads_is_compiled_from_what_translators_read(language: str) -> None:
    held = messages.path_of(language).with_suffix(".mo").read_bytes()
    assert held == messages.compiled(language)
