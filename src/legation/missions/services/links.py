"""Tie a fact of our chronicle to a notice, a post or premises. Ours only: nothing is drafted."""

from datetime import datetime
from typing import Final

from django.db import transaction

from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.missions.models import ChronicleEntry, FactLink, Post, Premises
from legation.notices.models import Notice
from legation.officers.models import Officer
from legation.officers.permissions import DRAFT, require
from legation.officers.services.audit import note_down
from legation.officers.services.lookup import find_officer
from legation.officers.sight import notice_filter, sight_of

ROWS: Final = {"post": Post, "premises": Premises}


def link(node: Node, *, fact: str, to: str, by: Officer | str, at: datetime) -> None:
    """Tie a fact to a thing of the record; where it is tied already nothing changes.

    to: id of a post, premises or notice. Raises Refusal "unknown-fact", "unknown-subject",
    "suspended", "role".
    """
    with transaction.atomic(using=node.alias):
        officer = find_officer(node, by)
        require(officer, DRAFT)
        _check_fact(node, fact)
        _check_thing(node, to, officer)
        made = FactLink.objects.using(node.alias).get_or_create(
            fact=fact, thing=to, defaults={"linked_by": officer.username, "linked_at": at}
        )[1]
        if made:
            detail = {"fact": fact}
            note_down(node, what="chronicle.linked", by=officer, at=at, about=to, detail=detail)


def unlink(node: Node, *, link: int, by: Officer | str, at: datetime) -> str:
    """Take a tie away; return the fact it was on. The audit keeps that it was there.

    A tie to a notice that the officer does not see is not there for them. Raises Refusal
    "unknown-link", "suspended", "role".
    """
    with transaction.atomic(using=node.alias):
        officer = find_officer(node, by)
        require(officer, DRAFT)
        row = FactLink.objects.using(node.alias).filter(pk=link).first()
        if row is None or not _is_there(node, row.thing, officer):
            raise Refusal(
                "unknown-link",
                thing=N_("This link"),
                rule=N_("it is not there, or was taken away already."),
                remedy=N_("Open the fact again."),
            )
        detail = {"fact": row.fact}
        about = row.thing
        note_down(node, what="chronicle.unlinked", by=officer, at=at, about=about, detail=detail)
        row.delete()
        return row.fact


def _check_fact(node: Node, fact: str) -> None:
    known = ChronicleEntry.objects.using(node.alias).filter(section="facts", key=fact)
    if not known.exists():
        raise Refusal(
            "unknown-fact",
            thing=N_("Fact {fact}"),
            rule=N_("our chronicle tells no such fact."),
            remedy=N_("Choose it in the chronicle, or load the dossier that tells it."),
            fact=fact[:80],
        )


def _is_there(node: Node, to: str, officer: Officer) -> bool:
    """Tell whether the officer sees this post, premises or notice."""
    rows = ROWS.get(to.partition("/")[0])
    if rows is not None:
        return bool(rows.objects.using(node.alias).filter(id=to).exists())
    seen = notice_filter(sight_of(officer))
    return Notice.objects.using(node.alias).filter(seen, id=to).exists()


def _check_thing(node: Node, to: str, officer: Officer) -> None:
    if not _is_there(node, to, officer):
        raise Refusal(
            "unknown-subject",
            thing=N_("{name}"),
            rule=N_("the record holds no such notice, post or premises."),
            remedy=N_("Choose one from its list."),
            name=to[:80],
        )
