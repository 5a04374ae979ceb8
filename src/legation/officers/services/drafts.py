"""Draft, clear, release: the one way out. Knows no kind of act.

1. Nobody clears a draft any version of which they wrote.
2. What is cleared is a hash over exact bytes; editing puts a cleared draft back to drafted.
3. Release computes the hash again from the rows, and refuses other bytes than those cleared.
4. Nothing is released into the record while our log may not be signed. While no peer is
   confirmed, and in answer to what is on paper only, it is released on paper: into the book.
5. Whoever is suspended, or lacks the role, does none of it.
6. Every step leaves an audit row, in the same transaction.
7. What an officer does not see (`officers.sight`) they neither edit nor clear nor release.
"""

from collections.abc import Sequence
from datetime import datetime
from hmac import compare_digest
from typing import Final

from legation.errors import N_, Refusal
from legation.line import services as line
from legation.line.databases import writing
from legation.line.node import Node
from legation.line.services import Entered, NewAct, book
from legation.line.services.append import Signers
from legation.line.services.book import goes_on_paper
from legation.officers.models import Draft, DraftAct, DraftState, Officer
from legation.officers.permissions import CLEAR, DRAFT, RELEASE, did_not_write_it, require
from legation.officers.queries import unknown_draft, worded
from legation.officers.search import OPEN
from legation.officers.search import document as found_of
from legation.officers.services.audit import note_down
from legation.officers.services.custodians import is_binding, signers
from legation.officers.services.lookup import find_officer
from legation.officers.services.posts import posts_of
from legation.officers.services.sweeping import drop_with
from legation.officers.sight import draft_filter, sight_of
from legation.officers.wording import SALT_BYTES, DraftedAct, draft_hash
from legation.record.canon import decode, encode
from legation.search import services as search

MOST_ACTS: Final = 10_000
LONGEST_TITLE: Final = 400


def draft(
    node: Node, *, acts: Sequence[DraftedAct], title: str, by: Officer | str, at: datetime
) -> Draft:
    """Keep a list of acts as a draft, ours only, for another officer to clear.

    by: the drafting officer, or their name. Returns the draft; its hash is `hash_of(draft)`.
    Raises Refusal "suspended", "role", "no-acts", "too-many-acts", and what canonical JSON
    refuses in a body.
    """
    with writing(node.alias):
        officer = find_officer(node, by)
        require(officer, DRAFT)
        row = Draft.objects.using(node.alias).create(
            id=f"draft/{node.party}-{node.random(8).hex()}",
            title=title[:LONGEST_TITLE],
            state=DraftState.DRAFTED,
            authors=[officer.username],
            posts=posts_of(node, acts),
            drafted_by=officer.username,
            drafted_at=at,
        )
        _write_acts(node, row, acts)
        _note(node, row, "draft.drafted", officer, at)
    return row


def edit(
    node: Node,
    *,
    draft_id: str,
    acts: Sequence[DraftedAct],
    title: str | None = None,
    began: str | None = None,
    uncleared: bool = False,
    by: Officer | str,
    at: datetime,
) -> Draft:
    """Put other acts into a draft. One that was cleared must be cleared again (rule 2).

    began: hash of the bytes that the officer began from; None where nobody else can write.
    uncleared: whether it was not cleared then. Raises Refusal as `draft` does, "unknown-draft",
    "not-open", and "edited-since" or "cleared-since" where another was there meanwhile.
    """
    with writing(node.alias):
        officer = find_officer(node, by)
        require(officer, DRAFT)
        row = _open_draft(node, draft_id, officer)
        if began is not None and not _are_same(began, hash_of(row, node)):
            raise _edited_since(row)
        if uncleared and row.state == DraftState.CLEARED:
            raise _cleared_since(row)
        row.state = DraftState.DRAFTED
        row.cleared_by, row.cleared_at, row.cleared_hash = "", None, ""
        if title is not None:
            row.title = title[:LONGEST_TITLE]
        if officer.username not in row.authors:
            row.authors = [*row.authors, officer.username]
        row.posts = posts_of(node, acts)
        row.save(using=node.alias)
        row.acts.all().delete()
        _write_acts(node, row, acts)
        _note(node, row, "draft.edited", officer, at)
    return row


def clear(
    node: Node,
    *,
    draft_id: str,
    by: Officer | str,
    at: datetime,
    hash: str | None = None,  # noqa: A002
) -> Draft:
    """Clear a draft's exact bytes, as a second officer.

    hash: of the bytes the officer was shown, 64 hex; None where they are the rows' own.
    Raises Refusal "unknown-draft", "not-open", "already-cleared", "suspended", "role",
    "own-draft", or "other-bytes" (the draft was edited since it was shown).
    """
    with writing(node.alias):
        officer = find_officer(node, by)
        require(officer, CLEAR)
        row = _open_draft(node, draft_id, officer)
        if not did_not_write_it(officer, row):
            raise _own_draft(row, officer)
        if row.state == DraftState.CLEARED:
            raise _already_cleared(row)
        now = draft_hash(worded(row, node))
        if hash is not None and not _are_same(hash.strip().lower(), now):
            raise _other_bytes(row, shown=hash.strip().lower()[:64], now=now)
        row.state = DraftState.CLEARED
        row.cleared_by, row.cleared_at, row.cleared_hash = officer.username, at, now
        row.save(using=node.alias)
        _note(node, row, "draft.cleared", officer, at)
    return row


def release(
    node: Node,
    *,
    draft_id: str,
    by: Officer | str,
    at: datetime,
    custodians: Sequence[Officer | str] = (),
) -> list[Entered]:
    """Append a cleared draft's acts to our own log; from then on they leave by themselves.

    On paper (rule 4) they are entered in the book instead, and people carry them.

    custodians: who sign its binding acts with their key files; their tokens are the caller's
    to check. Raises Refusal "unknown-draft", "not-open", "not-cleared", "other-bytes" (rule 3),
    and what the log or the book refuses (rule 4); then nothing has changed.
    """
    with writing(node.alias):
        officer = find_officer(node, by)
        require(officer, RELEASE)
        row = _open_draft(node, draft_id, officer)
        if row.state != DraftState.CLEARED:
            raise _not_cleared(row)
        now = draft_hash(worded(row, node))
        if not compare_digest(row.cleared_hash, now):
            raise _other_bytes(row, shown=row.cleared_hash, now=now)
        rows = list(row.acts.all())
        sign = signers(node, custodians) if custodians else None
        acts = [_as_new(act, sign) for act in rows]
        if goes_on_paper(node, acts):
            entered = book.enter(node, acts, by=officer.username, at=at)
        else:
            entered = line.append(node, acts, at=at)
        for act, entry in zip(rows, entered, strict=True):
            act.index = entry.index
        DraftAct.objects.using(node.alias).bulk_update(rows, ["index"], batch_size=500)
        row.state = DraftState.RELEASED
        row.released_by, row.released_at = officer.username, at
        row.save(using=node.alias)
        _note(node, row, "draft.released", officer, at)
    return entered


def discard(node: Node, *, draft_id: str, by: Officer | str, at: datetime) -> Draft:
    """Give up a draft that was not released. Its row stays, for the audit; its files go.

    Raises Refusal "unknown-draft", "not-open", "suspended" or "role".
    """
    with writing(node.alias):
        officer = find_officer(node, by)
        require(officer, DRAFT)
        row = _open_draft(node, draft_id, officer)
        row.state = DraftState.DISCARDED
        row.discarded_by, row.discarded_at = officer.username, at
        row.save(using=node.alias)
        _note(node, row, "draft.discarded", officer, at)
        drop_with(node, row)
    return row


def hash_of(row: Draft, node: Node) -> str:
    """Return the hash of the draft's bytes as they are now, 64 hex."""
    return draft_hash(worded(row, node))


def _are_same(told: str, now: str) -> bool:
    return compare_digest(told.encode(), now.encode())  # of text it takes ASCII alone


def _write_acts(node: Node, row: Draft, acts: Sequence[DraftedAct]) -> None:
    if not 0 < len(acts) <= MOST_ACTS:
        raise Refusal(
            "too-many-acts" if acts else "no-acts",
            thing=N_("Draft {title}"),
            rule=N_("a draft holds 1 to {most} acts, and this one holds {count}."),
            remedy=N_("Split it, or add what it is to say."),
            title=row.title,
            most=MOST_ACTS,
            count=len(acts),
        )
    DraftAct.objects.using(node.alias).bulk_create(
        [
            DraftAct(
                draft=row,
                n=n,
                type=act.type,
                version=act.version,
                on=act.on,
                re=act.re,
                body=encode(act.body),
                salt_b=node.random(SALT_BYTES),
                numbered_post=act.numbered_post or "",
            )
            for n, act in enumerate(acts)
        ],
        batch_size=500,
    )


def _as_new(act: DraftAct, sign: Signers | None) -> NewAct:
    return NewAct(
        type=act.type,
        version=act.version,
        on=act.on,
        body=decode(bytes(act.body)),
        re=bytes(act.re),
        salt_b=bytes(act.salt_b),
        numbered_post=act.numbered_post or None,
        sign=sign if is_binding(act.type, act.version) else None,
    )


def _note(node: Node, row: Draft, what: str, officer: Officer, at: datetime) -> None:
    note_down(node, what=what, by=officer, at=at, about=row.id, detail={"hash": hash_of(row, node)})
    _keep_found(node, row)


def _keep_found(node: Node, row: Draft) -> None:
    """Have a draft found by its words for as long as it has not left."""
    if row.state in OPEN:
        search.put(node, [found_of(row, row.acts.all())])
    else:
        search.drop(node, [row.id])


def _open_draft(node: Node, draft_id: str, officer: Officer) -> Draft:
    seen = Draft.objects.using(node.alias).filter(draft_filter(sight_of(officer)))
    row = seen.filter(id=draft_id).first()
    if row is None:
        raise unknown_draft(draft_id)
    if row.state in {DraftState.RELEASED, DraftState.DISCARDED}:
        raise Refusal(
            "not-open",
            thing=N_("Draft {draft}"),
            rule=N_("it is {state}, and what is {state} stays so."),
            remedy=N_("Make a new draft."),
            draft=row.id,
            state=row.state,
        )
    return row


def _own_draft(row: Draft, officer: Officer) -> Refusal:
    return Refusal(
        "own-draft",
        thing=N_("Draft {draft}"),
        rule=N_("{name} wrote it or a part of it, and nobody clears their own words."),
        remedy=N_("Ask another clearing officer to read and clear it."),
        draft=row.id,
        name=officer.username,
    )


def _edited_since(row: Draft) -> Refusal:
    return Refusal(
        "edited-since",
        thing=N_("Draft {draft}"),
        rule=N_("another officer saved it since you opened it; your words are kept, not saved."),
        remedy=N_("Look at both versions and join them."),
        draft=row.id,
    )


def _cleared_since(row: Draft) -> Refusal:
    return Refusal(
        "cleared-since",
        thing=N_("Draft {draft}"),
        rule=N_("{name} cleared it since you opened it; your words are kept, not saved."),
        remedy=N_("Save them all the same: then it must be cleared again."),
        draft=row.id,
        name=row.cleared_by,
    )


def _already_cleared(row: Draft) -> Refusal:
    return Refusal(
        "already-cleared",
        thing=N_("Draft {draft}"),
        rule=N_("{name} has cleared these bytes already."),
        remedy=N_("Release it, or edit it and have it cleared again."),
        draft=row.id,
        name=row.cleared_by,
    )


def _not_cleared(row: Draft) -> Refusal:
    return Refusal(
        "not-cleared",
        thing=N_("Draft {draft}"),
        rule=N_("nothing leaves before a second officer has cleared it."),
        remedy=N_("Ask a clearing officer other than {authors} to clear it."),
        draft=row.id,
        authors=", ".join(row.authors),
    )


def _other_bytes(row: Draft, *, shown: str, now: str) -> Refusal:
    return Refusal(
        "other-bytes",
        thing=N_("Draft {draft}"),
        rule=N_("its bytes (hash {now}) are not those cleared or shown ({shown})."),
        remedy=N_("Read it as it is now, and have it cleared again."),
        draft=row.id,
        now=now[:12],
        shown=shown[:12],
    )
