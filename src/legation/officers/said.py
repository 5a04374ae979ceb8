"""What an act of a draft says, as an officer reads it: choices, kinds and answers in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from legation.acts.compiled import released
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.notices import NoticeKind
from legation.acts.state import Thing
from legation.line.node import Node
from legation.line.queries.book import overlay
from legation.officers.queries import ActPreview
from legation.record.canon import Json
from legation.ui.choices import in_readers_words

_APART = ("texts", "files")
"""What the page shows in its own way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An act in words. act: its title. about: a notice's number, else an id. form: its fields.

    rest: what else it says.
    """

    act: str
    about: str
    form: Json
    rest: dict[str, Json]


def said(node: Node, act: ActPreview) -> Said:
    """Return what an act says beside its texts and files."""
    body = {key: value for key, value in act.fields.items() if key not in _APART}
    refers = [str(each) for each in _list(body.get("refers"))]
    # What is released is new; everything else speaks of a notice that is here.
    notices = [*refers, act.on] if act.on.startswith("notice/") and "kind" not in body else refers
    known = overlay(node, notices) if notices else {}
    cls = node.catalogue.acts.get((act.type, act.version))
    told = body if cls is None else _words(cls, body)
    if refers:
        told["refers"] = [_number(known.get(each)) or each for each in refers]
    kind = _kind(node, body, known.get(act.on))
    if kind is not None and "kind" in body:
        told |= {"kind": gettext(kind.title), "fields": _words(kind, body.get("fields"))}
    if kind is not None and "lines" in body:
        told["lines"] = [_line(kind, each) for each in _list(body["lines"])]
    return Said(
        act=act.type if cls is None else gettext(cls.title),
        about=_number(known.get(act.on)) or act.on,
        form=told.pop("fields", {}),
        rest=told,
    )


def _words(cls: type[object], value: Json) -> dict[str, Json]:
    told = in_readers_words(released(cls), value)
    return dict(told) if isinstance(told, dict) else {}


def _number(thing: Thing | None) -> str:
    return thing.number if isinstance(thing, NoticeState) else ""


def _kind(node: Node, body: Mapping[str, Json], on: Thing | None) -> type[NoticeKind] | None:
    """Return the kind of notice that an act releases or speaks of, None for other acts."""
    if isinstance(on, NoticeState):
        return node.catalogue.notices.get((on.kind, on.version))
    kind, version = body.get("kind"), body.get("kind_version")
    if isinstance(kind, str) and isinstance(version, int):
        return node.catalogue.notices.get((kind, version))
    return None


def _line(kind: type[NoticeKind], line: Json) -> Json:
    """Return an answer on one line, by its title and with its fields in words."""
    cls = kind.answer(str(line.get("answer"))) if isinstance(line, dict) else None
    if cls is None or not isinstance(line, dict):
        return line
    return {**_words(cls, line), "answer": gettext(cls.title)}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
