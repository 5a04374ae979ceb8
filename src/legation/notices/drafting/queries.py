"""Every read beside the drafts, as frozen dataclasses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import OuterRef, Subquery

from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.notices.drafting.models import Opening, Template, Translation, Version, Words
from legation.record.canon import Json

OPEN_FOR: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """A version of a draft. body: of its act."""

    hash: str
    by: str
    at: datetime
    body: dict[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsView:
    """Words that an officer could not save. why: code of what was in the way."""

    id: int
    draft: str
    at: datetime
    began: str
    why: str
    data: dict[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Who has the draft open, since when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A translation whose original was changed since. before, now: the original's words."""

    lang: str
    by: str
    at: datetime
    before: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateView:
    """A note to begin from."""

    id: int
    kind: str
    title: str
    by: str
    at: datetime
    data: dict[str, Json]


def version(node: Node, draft_id: str, hash: str) -> VersionView | None:  # noqa: A002 - as in services
    """Return the version of these bytes, None if none was kept."""
    rows = Version.objects.using(node.alias).filter(draft=draft_id, hash=hash)
    return _version(rows.last())


def last_version(node: Node, draft_id: str) -> VersionView | None:
    """Return the version that was saved last."""
    return _version(Version.objects.using(node.alias).filter(draft=draft_id).last())


def _version(row: Version | None) -> VersionView | None:
    if row is None:
        return None
    return VersionView(hash=row.hash, by=row.by, at=row.at, body=row.body)


def words(node: Node, *, draft_id: str, by: str) -> tuple[WordsView, ...]:
    """Return what an officer typed into a draft and could not save, the last first."""
    rows = Words.objects.using(node.alias).filter(draft=draft_id, by=by)
    return tuple(map(_words, rows))


def words_of(node: Node, *, by: str) -> tuple[WordsView, ...]:
    """Return all that an officer typed and could not save, the last first."""
    return tuple(map(_words, Words.objects.using(node.alias).filter(by=by)))


def _words(row: Words) -> WordsView:
    return WordsView(
        id=int(row.pk), draft=row.draft, at=row.at, began=row.began, why=row.why, data=row.data
    )


def roots_kept(node: Node) -> set[str]:
    """Return the files of versions from which words kept aside were begun: joining reads them."""
    began = Words.objects.using(node.alias).values("began")
    rows = Version.objects.using(node.alias).filter(hash__in=began)
    found: set[str] = set()
    for body in rows.values_list("body", flat=True):
        named = body.get("files")
        for each in named if isinstance(named, list) else ():
            if isinstance(each, dict):
                found.add(str(each.get("root")))
    return found


def others_in(node: Node, *, draft_id: str, by: str, at: datetime) -> tuple[Opened, ...]:
    """Return who else has opened the draft in the last half hour and has not left it."""
    rows = Opening.objects.using(node.alias).filter(draft=draft_id, at__gte=at - OPEN_FOR)
    return tuple(Opened(by=row.by, at=row.at) for row in rows.exclude(by=by).order_by("at"))


def stale(node: Node, draft_id: str) -> tuple[Stale, ...]:
    """Return the translations that were made from another original than the one there is now."""
    newest = Version.objects.filter(draft=OuterRef("draft")).order_by("-id")
    rows = Translation.objects.using(node.alias).filter(draft=draft_id)
    made = list(rows.annotate(body=Subquery(newest.values("body")[:1])))
    body = made[0].body if made else None
    if not isinstance(body, dict):
        return ()
    texts = body.get("texts")
    named = [text for text in (texts if isinstance(texts, list) else ()) if isinstance(text, dict)]
    now = next((str(text["text"]) for text in named if text.get("role") == "original"), "")
    return tuple(
        Stale(lang=row.lang, by=row.by, at=row.at, before=row.original, now=now)
        for row in made
        if row.original != now
    )


def templates(node: Node, *, kind: str = "") -> tuple[TemplateView, ...]:
    """Return the ministry's own templates, of one kind or of all."""
    rows = Template.objects.using(node.alias).all()
    return tuple(_template(row) for row in (rows.filter(kind=kind) if kind else rows))


def template(node: Node, number: int) -> TemplateView:
    """Return a template. Raises Refusal "unknown-template"."""
    row = Template.objects.using(node.alias).filter(id=number).first()
    if row is None:
        raise Refusal(
            "unknown-template",
            thing=N_("Template {number}"),
            rule=N_("there is no such template here."),
            remedy=N_("Choose one from the list, or begin without."),
            number=number,
        )
    return _template(row)


def _template(row: Template) -> TemplateView:
    return TemplateView(
        id=int(row.pk), kind=row.kind, title=row.title, by=row.by, at=row.at, data=row.data
    )
