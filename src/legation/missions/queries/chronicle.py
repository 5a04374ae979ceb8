"""Our own chronicle: what the dossiers we loaded tell beside the record. Ours only, all of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from legation.line.node import Node
from legation.missions.chronicle.entries import Fact
from legation.missions.chronicle.reading import Story, read_story
from legation.missions.models import ChronicleEntry, FactLink
from legation.missions.queries.registers import uncontested
from legation.notices.models import Notice, NoticeLink
from legation.officers.sight import Sight, notice_filter
from legation.record.canon import Json

MOST_NOTICES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronicleView:
    """An entry of our own chronicle as it was loaded. Ours only."""

    section: str
    key: str
    on: str
    content: Mapping[str, Json]
    dossier: str
    loaded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A post or premises that the record holds, as a link. key: after its prefix."""

    id: str
    name: str
    page: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeNamed:
    """A notice to link to. link: the id of the officer's link, 0 where none was made."""

    key: str
    number: str
    title: str
    by: str
    at: datetime
    link: int = 0
    linked_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingLinked:
    """A post or premises that an officer tied to a fact."""

    thing: str
    link: int
    linked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLinks:
    """What officers tied to a fact, and the notices about the same posts and premises."""

    notices: tuple[NoticeNamed, ...]
    things: tuple[ThingLinked, ...]
    about: tuple[NoticeNamed, ...]


def chronicle(node: Node, section: str) -> tuple[ChronicleView, ...]:
    """Return one section of our own chronicle, in the order of days. Ours only."""
    rows = ChronicleEntry.objects.using(node.alias).filter(section=section).order_by("on", "id")
    return tuple(
        ChronicleView(
            section=row.section,
            key=row.key,
            on=row.on,
            content=row.content,
            dossier=row.dossier,
            loaded_at=row.loaded_at,
        )
        for row in rows
    )


def story(node: Node) -> Story:
    """Return the whole chronicle, in one query."""
    rows = ChronicleEntry.objects.using(node.alias).order_by("on", "id")
    return read_story(rows.values_list("section", "key", "content", "dossier").iterator(500))


def facts_told(node: Node) -> int:
    """Return how many facts our chronicle has."""
    return ChronicleEntry.objects.using(node.alias).filter(section="facts").count()


def named(node: Node) -> tuple[dict[str, Named], dict[str, str]]:
    """Return the posts and premises of the record by id, and premises -> post where stated."""
    found, holders = {}, {}
    for view in uncontested(node):
        of_premises = view.id.startswith("premises/")
        page = "missions:building" if of_premises else "missions:post"
        key = view.id.partition("/")[2]
        found[view.id] = Named(id=view.id, name=view.name, page=page, key=key)
        post = view["post"].value if of_premises else None
        if isinstance(post, str):
            holders[view.id] = post
    return found, holders


def links_of(node: Node, fact: Fact, sight: Sight) -> FactLinks:
    """Return what is tied to a fact, as far as the officer may see it."""
    rows = list(FactLink.objects.using(node.alias).filter(fact=fact.key).order_by("id"))
    tied = {row.thing: row for row in rows if row.thing.startswith("notice/")}
    things = tuple(
        ThingLinked(thing=row.thing, link=row.pk, linked_by=row.linked_by)
        for row in rows
        if row.thing not in tied
    )
    touched = {*fact.things, *(one.thing for one in things)}
    about = NoticeLink.objects.using(node.alias).filter(role="about", target__in=touched)
    seen = Notice.objects.using(node.alias).filter(notice_filter(sight))
    found = seen.filter(Q(id__in=tied) | Q(id__in=about.values("notice_id")))
    views = [
        NoticeNamed(
            key=row.id.partition("/")[2],
            number=row.number,
            title=row.title,
            by=row.by,
            at=row.at,
            link=tied[row.id].pk if row.id in tied else 0,
            linked_by=tied[row.id].linked_by if row.id in tied else "",
        )
        for row in found.order_by("-at", "id")[: MOST_NOTICES + len(tied)]
    ]
    return FactLinks(
        notices=tuple(view for view in views if view.link),
        things=things,
        about=tuple(view for view in views if not view.link)[:MOST_NOTICES],
    )


def about(node: Node, thing: str, told: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts that touch a post or premises, by the dossier or by an officer's link."""
    tied = set(
        FactLink.objects.using(node.alias).filter(thing=thing).values_list("fact", flat=True)
    )
    return tuple(fact for fact in told if thing in fact.things or fact.key in tied)


def links(node: Node) -> dict[str, tuple[str, ...]]:
    """Return every tie to a post or premises: fact -> things."""
    out: dict[str, tuple[str, ...]] = {}
    rows = FactLink.objects.using(node.alias).exclude(thing__startswith="notice/").order_by("id")
    for fact, thing in rows.values_list("fact", "thing"):
        out[fact] = (*out.get(fact, ()), thing)
    return out
