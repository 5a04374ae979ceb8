"""Whom the lines of a notice are about: names from the files beside the act, each look noted.

A notice's page shows how many persons there are and no name: it is asked for again every few
seconds, and a look is a deed of somebody. What was erased says so; the line stays.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from legation.acts.compiled import released
from legation.acts.files import FileRef, files_of
from legation.acts.kinds.notice_state import NoticeState
from legation.line.node import Node
from legation.officers.services import looks
from legation.record.canon import Json
from legation.ui.choices import in_readers_words
from legation.ui.templatetags.parts import label

if TYPE_CHECKING:
    from legation.officers.services import Officer

PERSON: Final = "person"
NAME: Final = "name"
People = Iterator[tuple[int, str, Mapping[str, Json]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonOf:
    """A person of a notice. line: whom an answer is for, or 0. role: the field they stand in.

    said: what is personal, by field; {} where it is gone. plain: what is not. gone: code of the
    refusal that reading it met: "erased", "file-missing", "file-incomplete". root: of their file,
    "" where no act names one.
    """

    line: int
    role: str
    said: dict[str, Json]
    plain: dict[str, Json]
    gone: str
    root: str = ""

    @property
    def name(self) -> str:
        """Return what they are called; of one who bears no such field, the first that is personal.

        Fields come in the order of their letters, as they were written, not as declared.
        """
        return str(self.said.get(self._called, ""))

    @property
    def rest(self) -> list[tuple[str, str]]:
        """Return everything else that is known of them."""
        said = [(key, value) for key, value in self.said.items() if key != self._called]
        return [(label(key), str(value)) for key, value in (*said, *self.plain.items())]

    @property
    def _called(self) -> str:
        return NAME if NAME in self.said else next(iter(self.said), "")


def numbered(thing: NoticeState) -> int:
    """Return how many persons a notice tells of in files of their own."""
    return sum(1 for ref in thing.files if ref.person is not None)


def persons_of(
    node: Node, thing: NoticeState, *, by: "Officer", at: datetime
) -> tuple[PersonOf, ...]:
    """Return the persons of a notice, in the order of its form; each look is written down.

    Raises Refusal "role" for an officer who may not look.
    """
    people = _people(_in_words(node, thing.kind, thing.version, thing.fields), len(thing.lines))
    return _told(node, people, thing.files, about=thing.id, by=by, at=at)


def persons_drafted(
    node: Node, draft_id: str, body: Mapping[str, Json], *, by: "Officer", at: datetime
) -> tuple[PersonOf, ...]:
    """Return the persons whom a drafted act names, as `persons_of`: who clears reads them first.

    Their lines are not known before release: each is 0.
    """
    told = _in_words(node, body.get("kind"), body.get("kind_version"), body.get("fields"))
    people = _people(told, 0)
    return _told(node, people, files_of(body), about=draft_id, by=by, at=at)


def _in_words(node: Node, code: Json, version: Json, fields: Json) -> Json:
    known = isinstance(code, str) and isinstance(version, int)
    kind = node.catalogue.notices.get((str(code), int(str(version)))) if known else None
    return fields if kind is None else in_readers_words(released(kind), fields)


def _told(
    node: Node,
    people: People,
    files: Iterable[FileRef],
    *,
    about: str,
    by: "Officer",
    at: datetime,
) -> tuple[PersonOf, ...]:
    refs = {ref.person: ref for ref in files if ref.person is not None}
    named = [(line, role, value, refs.get(str(value[PERSON]))) for line, role, value in people]
    wanted = [ref for *_, ref in named if ref is not None]
    read = looks.persons(node, refs=wanted, by=by, about=about, at=at)
    found = []
    for line, role, value, ref in named:
        said, gone = ({}, "file-missing") if ref is None else read[ref.root.text]
        plain: dict[str, Json] = {
            key: each
            for key, each in value.items()
            if key != PERSON and isinstance(each, str | int) and not isinstance(each, bool)
        }
        root = "" if ref is None else ref.root.text
        found.append(PersonOf(line=line, role=role, said=said, plain=plain, gone=gone, root=root))
    return tuple(found)


def names_of_lines(
    node: Node, thing: NoticeState, *, by: "Officer", at: datetime
) -> dict[int, PersonOf]:
    """Return whom each line is about, where lines are persons."""
    found: dict[int, PersonOf] = {}
    for each in persons_of(node, thing, by=by, at=at):
        if each.line:
            found.setdefault(each.line, each)
    return found


def _people(fields: Json, lines: int) -> People:
    """Yield line, field and entry of each person: a list with an entry a line gives the lines."""
    if not isinstance(fields, Mapping):
        return
    if isinstance(fields.get(PERSON), str):
        yield (1 if lines == 1 else 0), "", fields
    for key, value in fields.items():
        if isinstance(value, list):
            by_line = len(value) == lines
            for number, entry in enumerate(value, start=1):
                yield from _below(number if by_line else 0, key, entry)
        elif isinstance(value, Mapping):
            yield from _below(0, key, value)


def _below(line: int, role: str, value: Json) -> People:
    if isinstance(value, list):
        for entry in value:
            yield from _below(line, role, entry)
    elif isinstance(value, Mapping):
        if isinstance(value.get(PERSON), str):
            yield line, role, value
        for key, each in value.items():
            if isinstance(each, list | Mapping):
                yield from _below(line, key, each)
