"""Tell which format files are in, and read them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from legation.errors import N_, Refusal
from legation.packages.interchange.genius import read_genius
from legation.packages.interchange.negmas import read_negmas
from legation.packages.interchange.negolog import read_negolog
from legation.packages.model import Case
from legation.packages.reading import MAX_FILE, read_case

if TYPE_CHECKING:
    from os import PathLike

_ENDINGS: Final = {".json": "json", ".xml": "xml", ".yml": "yaml", ".yaml": "yaml"}


@dataclass(frozen=True, slots=True)
class File:
    """A file's name and bytes."""

    name: str
    data: bytes


def load(*paths: "str | PathLike[str]") -> Case:
    """Read a case, or another program's files, as `read`. Raises OSError, and Refusal as `read`.

    No more of a file is read than the largest that any format allows.
    """
    return read(*(_file(str(path)) for path in paths))


def _file(path: str) -> File:
    with open(path, "rb") as file:  # noqa: PTH123 - this pure part needs no more of paths
        return File(path.rpartition("/")[2], file.read(MAX_FILE + 1))


def read(*files: File) -> Case:
    """Return the case of one case file, or of another program's files, told by their endings.

    One file: a case. Three of XML: a GENIUS domain, then side a's and side b's profile. Three of
    YAML: the same of NegMAS. Two of JSON: two NegoLog profiles. Raises Refusal "formats", or what
    the reader of the format raises.
    """
    names = tuple(each.name for each in files)
    data = tuple(each.data for each in files)
    match [_ENDINGS.get("." + name.lower().rpartition(".")[2], "") for name in names]:
        case ["json" | ""]:
            return read_case(data[0], where=names[0])
        case ["json", "json"]:
            return read_negolog((data[0], data[1]), names=(names[0], names[1]))
        case ["xml", "xml", "xml"]:
            three = names[0], names[1], names[2]
            return read_genius(data[0], (data[1], data[2]), names=three)
        case ["yaml", "yaml", "yaml"]:
            three = names[0], names[1], names[2]
            return read_negmas(data[0], (data[1], data[2]), names=three)
    raise Refusal(
        "formats",
        thing=N_("The files {names}"),
        rule=N_("their number and endings say no format."),
        remedy=N_(
            "Give one case (.json); a GENIUS domain and two profiles (.xml); a NegMAS domain and"
            " two functions (.yml); or two NegoLog profiles (.json)."
        ),
        names=", ".join(names)[:200],
    )
