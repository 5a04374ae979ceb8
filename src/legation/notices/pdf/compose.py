"""From a sheet to PDF/A-2a: Typst sets it, from data alone, with the fonts that are shipped."""

import io
import json
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from threading import Lock
from typing import Final

import segno
import typst

from legation.errors import N_, Refusal
from legation.notices.pdf.sheet import Sheet
from legation.officers.files import write_private

STANDARD: Final = "a-2a"
"""PDF/A-2, level a: archived, tagged, every letter with its meaning (ISO 19005-2)."""
_one_at_a_time: Final = Lock()
"""Typst uses all the processors for one sheet, and a desk may print many at once."""


def to_pdf(sheet: Sheet) -> bytes:
    """Return the sheet as PDF/A. The same sheet gives the same bytes, wherever and whenever."""
    inputs = {"sheet": json.dumps(sheet.as_data(), ensure_ascii=False, sort_keys=True)}
    if sheet.leaf:
        inputs["square"] = square(sheet.leaf)
    return typeset(_template(), inputs, epoch=sheet.epoch)


def typeset(template: Path, inputs: dict[str, str], *, epoch: int) -> bytes:
    """Return what a template makes of its inputs as PDF/A; it reads nothing beside its folder.

    inputs: texts, as data (`sys.inputs`). epoch: whole seconds since 1970, the date that it
    carries.
    """
    folder = _template().parent / "fonts"
    with _one_at_a_time:
        made = typst.compile(
            str(template),
            root=str(template.parent),
            font_paths=_fonts(folder),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=[STANDARD],
            timestamp=epoch,
            # Nothing is fetched: the template imports no package, and these folders hold none.
            package_path=str(folder),
            package_cache_path=str(folder),
        )
    assert isinstance(made, bytes)
    return made


def save(sheet: Sheet, path: Path) -> int:
    """Write the sheet as a new file for its owner's eyes; return its size in bytes.

    Raises Refusal "file-exists", "no-folder".
    """
    if not path.parent.is_dir():
        raise Refusal(
            "no-folder",
            thing=N_("File {path}"),
            rule=N_("it is written into a folder that is there."),
            remedy=N_("Make the folder first, or choose another."),
            path=path,
        )
    if path.exists():
        raise Refusal(
            "file-exists",
            thing=N_("File {path}"),
            rule=N_("a sheet is never written over another file."),
            remedy=N_("Give another name with -o, or move that file away."),
            path=path,
        )
    data = to_pdf(sheet)
    write_private(path, data)
    return len(data)


def square(leaf: str) -> str:
    """Return the square code of a whole hash, 64 hex, as a drawing (SVG)."""
    drawn = io.BytesIO()
    segno.make_qr(leaf, error="m", boost_error=False).save(
        drawn, kind="svg", border=2, xmldecl=False, svgns=True
    )
    return drawn.getvalue().decode("utf-8")


@cache
def _template() -> Path:
    with as_file(files(__package__).joinpath("note.typ")) as path:
        return path


@cache
def _fonts(folder: Path) -> typst.Fonts:
    """Read the shipped fonts once; never those of the machine or of Typst itself."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )
