"""What a few typed characters mean: a code of an entry, a notice's number, or words to find."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from legation.desk.queries.record import in_sight
from legation.errors import Refusal
from legation.line.models import Entry
from legation.line.node import Node
from legation.notices import queries as notices
from legation.officers.sight import Sight, sight_of
from legation.search import queries as search
from legation.search.queries import Hit
from legation.ui.codes import range_of

if TYPE_CHECKING:
    from legation.officers.models import Officer

MOST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Something that fits the words. party: whose it is, or "". ours_only: it never left."""

    party: str
    href: str
    title: str
    said: str
    ours_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """address: the one page that was meant, or ""; rows: what fits; more: and there is more."""

    address: str
    rows: tuple[Row, ...] = ()
    more: bool = False


def meant(node: Node, words: str, officer: "Officer") -> str:
    """Return the address of what a number, an id or a code of 12 characters names, or ""."""
    sight = sight_of(officer)
    return _entry(node, words, sight) or _notice(node, words, sight)


def found(node: Node, words: str, officer: "Officer") -> Result:
    """Return what fits the words and the officer may see, with the one page that is meant."""
    if not words:
        return Result(address="")
    hits = search.find(node, words, where=seen(sight_of(officer)), most=MOST)
    rows = tuple(map(_row, hits.rows))
    address = _entry(node, words, sight_of(officer))
    if address:
        entry = Row(party="", href=address, title=words.upper(), said=_("Entry of the record"))
        rows = (entry, *rows)
    return Result(address=address, rows=rows, more=hits.more)


def seen(sight: Sight) -> Q:
    """Return the documents in sight: of the officer's posts, written by them, or open to all."""
    if not sight.content:
        return Q(pk__in=())
    persons = Q() if sight.personal else Q(personal=False)
    if sight.everything:
        return persons
    posts = Q(posts="") | Q(writer=sight.name)
    for post in sorted(sight.posts):
        posts |= Q(posts__contains=f" {post} ")
    return persons & posts


def _row(hit: Hit) -> Row:
    kind = _(hit.kind)
    return Row(
        party=hit.party,
        href=reverse(hit.page, args=[hit.arg]),
        title=hit.title,
        said=f"{kind} · {hit.said}" if hit.said else kind,
        ours_only=hit.ours_only,
    )


def _entry(node: Node, words: str, sight: Sight) -> str:
    between = range_of(words)
    if between is None:
        return ""
    rows = Entry.objects.using(node.alias).filter(in_sight(node, sight))
    rows = rows.filter(leaf__gte=between[0], leaf__lte=between[1])
    row = rows.values_list("side", "index").first()
    return "" if row is None else reverse("desk:entry", args=row)


def _notice(node: Node, words: str, sight: Sight) -> str:
    try:
        name = notices.find_id(node, words, sight=sight)
    except Refusal:
        return ""
    return reverse("notices:page", args=[name.partition("/")[2]])
