"""Collect every word that an officer reads into the translation catalogues, and compile them.

usage: messages.py                     collect anew, keep what is translated, compile
       messages.py --missing LANGUAGE  print what is not translated yet, as JSON
       messages.py --fill LANGUAGE F   take translations from such JSON, then compile
Needs xgettext (Debian's gettext). Django's own collector, taught the mark `N_`.
"""

import json
import os
import shutil
import sys
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands.makemessages import Command

from legation.acts.catalogue import catalogue
from legation.acts.codec import Record, fields_of
from legation.acts.shapes import Choice, Listing
from legation.missions.fields import Coordinates
from legation.notices.fields import described
from legation.ui.templatetags.parts import worded

SOURCE = Path(__file__).resolve().parents[1] / "src" / "legation"
LOCALE = SOURCE / "locale"
LANGUAGES = ("ru", "tr")
PLURALS = ("nplurals=INTEGER; plural=EXPRESSION;", "nplurals=2; plural=(n != 1);")
DATED = (
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Generated-By',
    '"Report-Msgid-Bugs-To',
    '"Last-Translator',
    '"Language-Team',
)
"""Headers that would differ at every run, or that say nothing."""
ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)
HEADERS = {
    "ru": "# The words of Legation in Russian. Licence: as the program's.",
    "tr": "# The words of Legation in Turkish, UNCHECKED: no native speaker has read them yet.",
}


class Row(TypedDict, total=False):
    """A message to translate: `to` is its translation, a list of forms where it has a plural."""

    id: str
    plural: str
    context: str
    to: str | list[str]


class Collect(Command):
    """Django's collector; it does not know our mark of a translatable literal."""

    xgettext_options = [*Command.xgettext_options, "--keyword=N_"]

    def remove_potfiles(self) -> None:
        """Keep the template catalogue: translations begin from it."""


def collect() -> Catalog:
    """Return every message of the sources; writes only into a folder that it removes again."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    with TemporaryDirectory() as into:
        _collect(Path(into))
        text = (Path(into) / "out" / "django.pot").read_text("utf-8")
    found = read_po(StringIO(text.replace(*PLURALS)))
    for words in sorted(declared()):
        if words not in found:
            found.add(words)
    return found


def declared() -> set[str]:
    """Return what forms and pages say of declared fields: names, what docstrings say, choices."""
    known = catalogue()
    kinds = [*known.notices.values()]
    top = [*known.acts.values(), *kinds, *(each for kind in kinds for each in kind.answers)]
    said = _hints(described(Coordinates))  # it stands in registers, and in no act's form
    for cls in top:
        said |= _hints(described(cls))
        for place in fields_of(cls):
            said |= {worded(place.key), *(worded(word) for word in _words_in(place.shape, said))}
    return said


def _hints(told: dict[str, str]) -> set[str]:
    return {hint for hint in told.values() if " " in hint}


def _words_in(shape: object, said: set[str]) -> set[str]:
    """Return the names and choices within a field's shape; put hints into `said`."""
    if isinstance(shape, Listing):
        return _words_in(shape.item, said)
    if isinstance(shape, Choice):
        return set(shape.words)
    if not isinstance(shape, Record):
        return set()
    if not getattr(shape.cls, "__parameters__", ()):
        said |= _hints(described(shape.cls))
    found = {place.key for place in shape.places}
    return found.union(*(_words_in(place.shape, said) for place in shape.places))


def _collect(into: Path) -> None:
    before, paths = Path.cwd(), settings.LOCALE_PATHS
    (into / "legation").symlink_to(SOURCE)
    settings.LOCALE_PATHS = [str(into / "out")]
    os.chdir(into)
    try:
        Collect().execute(
            locale=[],
            exclude=[],
            domain="django",
            all=True,
            extensions=["html", "txt", "py"],
            symlinks=True,
            ignore_patterns=["static/*", "legation/locale/*"],
            use_default_ignore_patterns=True,
            no_wrap=False,
            no_location=False,
            add_location="file",
            no_obsolete=True,
            keep_pot=True,
            verbosity=0,
            no_color=True,
            force_color=False,
            skip_checks=True,
        )
    finally:
        os.chdir(before)
        settings.LOCALE_PATHS = paths


def path_of(language: str) -> Path:
    """Return where a language's catalogue lies."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """Return a language's catalogue as it is kept; an empty one where there is none yet."""
    if not path_of(language).is_file():
        return Catalog(locale=language)
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def write(language: str, catalog: Catalog) -> None:
    """Write a catalogue, by message, without dates or line numbers; compile it."""
    target = path_of(language)
    target.parent.mkdir(parents=True, exist_ok=True)
    catalog.header_comment = HEADERS[language]
    with target.open("wb") as file:
        write_po(
            file,
            catalog,
            width=100,
            no_location=True,
            omit_header=False,
            sort_output=True,
            ignore_obsolete=True,
        )
    lines = target.read_text("utf-8").splitlines(keepends=True)
    target.write_text("".join(line for line in lines if not line.startswith(DATED)), "utf-8")
    target.with_suffix(".mo").write_bytes(compiled(language))


def compiled(language: str) -> bytes:
    """Return what the program reads, from the catalogue as it is kept: the same on any day."""
    catalog = read(language)
    catalog.creation_date = catalog.revision_date = ANY_DAY
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def merged(language: str, found: Catalog) -> Catalog:
    """Return the messages of the sources with what a language has for each."""
    held = read(language)
    fresh = Catalog(locale=language, project="Legation", version="", fuzzy=False)
    for message in found:
        if message.id:
            have = held.get(_key(message), message.context)
            string = have.string if have is not None and have.id == message.id else ""
            fresh.add(
                message.id,
                string or None,
                context=message.context,
                flags=message.flags & {"python-format", "python-brace-format"},
            )
    return fresh


def is_said(message: Message) -> bool:
    """Tell whether a message has its whole translation."""
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return all(forms)


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (list, tuple)) else message.id


def missing(language: str) -> list[Row]:
    """Return what a language lacks: id, plural, context, and an empty string to fill in."""
    found = []
    for message in merged(language, collect()):
        if not message.id or is_said(message):
            continue
        row: Row = {"id": _key(message)}
        if isinstance(message.id, (list, tuple)):
            row["plural"] = message.id[1]
        if message.context:
            row["context"] = message.context
        found.append(row)
    return found


def fill(language: str, rows: list[Row]) -> int:
    """Put translations in: rows as of `missing`, with "to" (a list of forms for a plural)."""
    catalog = merged(language, collect())
    count = 0
    for row in rows:
        message = catalog.get(row["id"], row.get("context"))
        if message is None or not row.get("to"):
            continue
        to = row["to"]
        message.string = tuple(to) if isinstance(to, list) else to
        count += 1
    write(language, catalog)
    return count


def main(arguments: list[str]) -> int:
    """Do what the arguments ask; return the exit code."""
    if shutil.which("xgettext") is None:
        print("Collecting words needs xgettext: sudo apt-get install gettext", file=sys.stderr)
        return 1
    LOCALE.mkdir(exist_ok=True)
    try:
        match arguments:
            case []:
                found = collect()
                for language in LANGUAGES:
                    catalog = merged(language, found)
                    write(language, catalog)
                    lacking = sum(not is_said(each) for each in catalog if each.id)
                    print(f"{language}: {len(catalog)} messages, {lacking} not translated")
            case ["--missing", language]:
                print(json.dumps(missing(language), ensure_ascii=False, indent=0))
            case ["--fill", language, file]:
                rows = json.loads(Path(file).read_text("utf-8"))
                print(f"{language}: {fill(language, rows)} translations taken")
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
