"""From a draft back to the form that made it, persons' data and all.

What is personal is read from the files beside the act: whoever opens the form looks at it, and
that look is written down.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext

from legation.acts.codec import from_json, to_json
from legation.acts.files import PERSON_FILE, FileRef
from legation.acts.kinds.notice import (
    NoticeAnswerChanged,
    NoticeAnswered,
    NoticeClosed,
    NoticeReleased,
    NoticeWithdrawn,
)
from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.line.queries import files
from legation.notices.drafting.into import Into
from legation.officers import queries as officers
from legation.officers import services
from legation.officers.services import looks
from legation.officers.sight import sight_of
from legation.record.canon import Json
from legation.ui.alike import Alike, look_alikes

if TYPE_CHECKING:
    from legation.officers.models import Officer

RELEASED: Final = NoticeReleased.type
ANSWERED: Final = NoticeAnswered.type
CHANGED: Final = NoticeAnswerChanged.type
WITHDRAWN: Final = NoticeWithdrawn.type
CLOSED: Final = NoticeClosed.type
FORMS: Final = frozenset({RELEASED, ANSWERED, CHANGED, WITHDRAWN, CLOSED})
_ENVELOPE: Final = ("post", "to", "texts", "asked_by", "refers", "reference", "reply")

Fields = dict[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """A draft as its form shows it. kind: of a notice, else "". data: as the form gives it.

    about: the notice that an answer, a withdrawal or a closing is about.
    """

    id: str
    title: str
    type: str
    kind: str
    about: str
    state: str
    hash: str
    data: Fields
    files: tuple[FileRef, ...]

    def into(self, began: str, *, uncleared: bool, translated: tuple[str, ...] = ()) -> Into:
        """Return where the form is saved."""
        return Into(
            draft=self.id,
            began=began,
            on=self.about,
            uncleared=uncleared,
            files=self.files,
            translated=translated,
        )


def reopen(node: Node, draft_id: str, *, by: "Officer", at: datetime) -> Reopened:
    """Return an open draft for its form. Looks at persons' data are written down.

    Raises Refusal "unknown-draft", "no-form" for a draft that no form makes.
    """
    page = officers.draft_now(node, draft_id, sight=sight_of(by))
    act = page.acts[0]
    if len(page.acts) != 1 or act.type not in FORMS:
        raise Refusal(
            "no-form",
            thing=N_("Draft {draft}"),
            rule=N_("it was not written in a form, so it is not changed in one."),
            remedy=N_("Discard it and draft anew."),
            draft=draft_id,
        )
    return Reopened(
        id=page.line.id,
        title=page.line.title,
        type=act.type,
        kind=str(act.fields.get("kind", "")),
        about=act.on,
        state=page.line.state,
        hash=page.line.hash,
        data=data_of(node, act.fields, by=by, about=draft_id, at=at),
        files=tuple(ref for ref in _refs(act.fields) if ref.type != PERSON_FILE),
    )


def data_of(
    node: Node, body: Mapping[str, Json], *, by: "Officer", about: str, at: datetime
) -> Fields:
    """Return the data that a form would give for a body."""
    persons = {ref.person: ref.root for ref in _refs(body) if ref.person is not None}
    if persons and body.get("kind"):
        services.note_looks(node, by=by, about=about, roots=list(persons.values()), at=at)
    fields = body.get("fields")
    read = _reader(node, persons)
    inner = _filled(fields, read) if isinstance(fields, Mapping) else {}
    assert isinstance(inner, dict)
    outer = {key: body[key] for key in _ENVELOPE if key in body}
    rest = {key: body[key] for key in ("lines", "words", "reason") if key in body}
    return {**inner, **outer, **rest}


def _reader(node: Node, persons: Mapping[str, str]) -> Callable[[str], Fields]:
    files.look_up(node, list(persons.values()))

    def read(number: str) -> Fields:
        root = persons.get(number)
        if root is None:
            return {}
        try:
            return looks.fields_of(files.read(node, root))
        except Refusal:
            return {}  # erased, or of a version that nobody keeps any longer: shown as empty

    return read


def _filled(value: object, read: Callable[[str], Fields]) -> Json:
    """Return a value with the personal fields of each person in it."""
    if isinstance(value, Mapping):
        inner = {key: _filled(each, read) for key, each in value.items()}
        number = inner.get("person")
        return {**inner, **read(number)} if isinstance(number, str) else inner
    if isinstance(value, list):
        return [_filled(each, read) for each in value]
    found: Json = value  # type: ignore[assignment] # a leaf of JSON
    return found


def persons_alike(node: Node, body: Mapping[str, Json]) -> tuple[Alike, ...]:
    """Return the letters to warn of in the persons' data beside an act, without the words."""
    found: tuple[Alike, ...] = ()
    refs = [ref for ref in _refs(body) if ref.person is not None]
    read = _reader(node, {str(ref.person): ref.root for ref in refs})
    for place, ref in enumerate(refs, start=1):
        where = gettext("Person %(n)s") % {"n": place}
        found += look_alikes(read(str(ref.person)), where=where, hide_words=True)
    return found


def _refs(body: Mapping[str, Json]) -> Iterable[FileRef]:
    named = body.get("files")
    return [
        from_json(FileRef, each, "files") for each in (named if isinstance(named, list) else ())
    ]


def nameless(value: Json) -> Json:
    """Return data without the numbers of persons: another draft draws its own."""
    if isinstance(value, dict):
        return {key: nameless(each) for key, each in value.items() if key != "person"}
    return [nameless(each) for each in value] if isinstance(value, list) else value


def plain(refs: Iterable[FileRef]) -> list[Fields]:
    """Return references as an act's body names them."""
    return [to_json(ref) for ref in refs]
