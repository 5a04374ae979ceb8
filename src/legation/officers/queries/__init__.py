"""Every read about officers and drafts, as frozen dataclasses."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from legation.errors import N_, Refusal
from legation.line import queries as line
from legation.line.node import Node
from legation.officers.models import AuditRow, Draft, DraftAct, DraftState, Officer
from legation.officers.permissions import CLEAR, DRAFT, RELEASE
from legation.officers.queries.passkeys import Passkey, passkeys
from legation.officers.queries.recoveries import RecoveryLine, recoveries
from legation.officers.queries.sessions import SessionLine, sessions
from legation.officers.queries.trail import AuditFilters, AuditPage, audit_csv, audit_page
from legation.officers.sight import EVERYTHING, Sight, draft_filter, sight_of
from legation.officers.wording import WordedAct, draft_hash, draft_message, head_bytes
from legation.record.canon import Json, decode

__all__ = [
    "MOST_ROWS",
    "ActPreview",
    "AuditFilters",
    "AuditLine",
    "AuditPage",
    "DraftLine",
    "DraftPage",
    "DraftRow",
    "OfficerLine",
    "Passkey",
    "RecoveryLine",
    "SessionLine",
    "audit",
    "audit_csv",
    "audit_page",
    "draft",
    "draft_of_entry",
    "drafts",
    "may",
    "may_with",
    "officer",
    "officers",
    "open_rows",
    "passkeys",
    "record_of",
    "recoveries",
    "released_rows",
    "sessions",
    "token_path",
    "unknown_draft",
    "unknown_officer",
    "waiting_to_clear",
    "waiting_to_release",
    "worded",
]

MOST_ROWS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerLine:
    """One officer in a list."""

    name: str
    display_name: str
    roles: tuple[str, ...]
    post: str
    suspended_at: datetime | None
    expelled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """One draft in a list. hash: of its bytes as they are now, 64 hex."""

    id: str
    title: str
    state: str
    acts: int
    types: tuple[str, ...]
    on: tuple[str, ...]
    drafted_by: str
    drafted_at: datetime
    authors: tuple[str, ...]
    cleared_by: str
    cleared_at: datetime | None
    released_by: str
    released_at: datetime | None
    discarded_by: str
    discarded_at: datetime | None
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A draft as the desk lists it: without its acts, so that a list is one read.

    authors: who wrote any version of it.
    """

    id: str
    title: str
    state: str
    authors: tuple[str, ...]
    drafted_by: str
    drafted_at: datetime
    cleared_by: str
    cleared_at: datetime | None
    released_by: str
    released_at: datetime | None

    @property
    def key(self) -> str:
        """What stands after "draft/", for addresses of pages."""
        return self.id.partition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPreview:
    """One act as it will leave. head, body: the exact bytes; release adds seen, at, number.

    index: its entry in our own log, once released.
    """

    n: int
    type: str
    version: int
    on: str
    re: str
    numbered_post: str
    head: bytes
    body: bytes
    fields: dict[str, Json]
    index: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """Who did what, when."""

    at: datetime
    by: str
    what: str
    about: str
    detail: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """A draft with its acts and what was done with it.

    preview: the exact bytes whose SHA-256 is `line.hash`, and which clearing covers.
    """

    line: DraftLine
    acts: tuple[ActPreview, ...]
    preview: bytes
    history: tuple[AuditLine, ...]


def record_of(node: Node) -> str:
    """Return the id of the record shared with the confirmed peer, or "" while there is none."""
    return line.record_id(node)


def worded(draft: Draft, node: Node) -> list[WordedAct]:
    """Return the draft's acts in their exact bytes, computed from the rows as they are now."""
    return _worded(draft.acts.all(), record_of(node), node.party)


def _worded(rows: Iterable[DraftAct], record: str, party: str) -> list[WordedAct]:
    return [
        WordedAct(
            head=head_bytes(
                type=row.type, version=row.version, record=record, party=party, on=row.on
            ),
            salt_b=bytes(row.salt_b),
            body=bytes(row.body),
            re=bytes(row.re),
        )
        for row in rows
    ]


def _line_of(row: Draft, words: list[WordedAct]) -> DraftLine:
    acts = list(row.acts.all())
    return DraftLine(
        id=row.id,
        title=row.title,
        state=row.state,
        acts=len(acts),
        types=tuple(sorted({act.type for act in acts})),
        on=tuple(sorted({act.on for act in acts if act.on})),
        drafted_by=row.drafted_by,
        drafted_at=row.drafted_at,
        authors=tuple(row.authors),
        cleared_by=row.cleared_by,
        cleared_at=row.cleared_at,
        released_by=row.released_by,
        released_at=row.released_at,
        discarded_by=row.discarded_by,
        discarded_at=row.discarded_at,
        hash=draft_hash(words),
    )


def drafts(
    node: Node,
    *,
    state: str | None = None,
    on: str | None = None,
    most: int = MOST_ROWS,
    sight: Sight = EVERYTHING,
) -> tuple[DraftLine, ...]:
    """Return drafts, newest first. state: "drafted", "cleared" …; on: about this subject."""
    found = Draft.objects.using(node.alias).filter(draft_filter(sight))
    found = found.prefetch_related("acts").order_by("-drafted_at", "id")
    if state is not None:
        found = found.filter(state=state)
    if on is not None:
        found = found.filter(acts__on=on).distinct()
    record = record_of(node)
    return tuple(_line_of(row, _worded(row.acts.all(), record, node.party)) for row in found[:most])


def open_rows(
    node: Node, *, most: int = MOST_ROWS, sight: Sight = EVERYTHING
) -> tuple[DraftRow, ...]:
    """Return the drafts that have not left, the longest waiting first: one read."""
    found = Draft.objects.using(node.alias).filter(
        draft_filter(sight), state__in=(DraftState.DRAFTED, DraftState.CLEARED)
    )
    return tuple(_row_of(row) for row in found.order_by("drafted_at", "id")[:most])


def released_rows(
    node: Node, *, most: int = MOST_ROWS, sight: Sight = EVERYTHING
) -> tuple[DraftRow, ...]:
    """Return the drafts that were released, the last first: one read."""
    found = Draft.objects.using(node.alias).filter(draft_filter(sight), state=DraftState.RELEASED)
    return tuple(_row_of(row) for row in found.order_by("-drafted_at", "id")[:most])


def _row_of(row: Draft) -> DraftRow:
    return DraftRow(
        id=row.id,
        title=row.title,
        state=row.state,
        authors=tuple(row.authors),
        drafted_by=row.drafted_by,
        drafted_at=row.drafted_at,
        cleared_by=row.cleared_by,
        cleared_at=row.cleared_at,
        released_by=row.released_by,
        released_at=row.released_at,
    )


def waiting_to_clear(node: Node, *, by: Officer | str | None = None) -> tuple[DraftLine, ...]:
    """Return the drafts that wait for clearance; with `by`, those that officer did not write."""
    name = str(by) if by is not None else None
    return tuple(
        line for line in drafts(node, state=DraftState.DRAFTED) if name not in line.authors
    )


def waiting_to_release(node: Node) -> tuple[DraftLine, ...]:
    """Return the drafts that are cleared and not yet released."""
    return drafts(node, state=DraftState.CLEARED)


def draft(node: Node, draft_id: str, *, sight: Sight = EVERYTHING) -> DraftPage:
    """Return one draft with the exact bytes that will leave, and its history.

    Raises Refusal "unknown-draft", for one that is out of sight too.
    """
    found = draft_now(node, draft_id, sight=sight)
    return replace(found, history=audit(node, about=found.line.id))


def draft_now(node: Node, draft_id: str, *, sight: Sight = EVERYTHING) -> DraftPage:
    """Return one draft as `draft` does, without its history."""
    rows = Draft.objects.using(node.alias).filter(draft_filter(sight), id=draft_id)
    row = rows.prefetch_related("acts").first()
    if row is None:
        raise unknown_draft(draft_id)
    words = worded(row, node)
    return DraftPage(
        line=_line_of(row, words),
        acts=tuple(_preview(act, word) for act, word in zip(row.acts.all(), words, strict=True)),
        preview=draft_message(words),
        history=(),
    )


def draft_of_entry(node: Node, index: int) -> DraftLine | None:
    """Return the draft whose release made entry `index` of our own log, or None."""
    act = DraftAct.objects.using(node.alias).filter(index=index).select_related("draft").first()
    return None if act is None else _line_of(act.draft, worded(act.draft, node))


def unknown_draft(draft_id: str) -> Refusal:
    """Make the refusal of a draft id that this node does not hold."""
    return Refusal(
        "unknown-draft",
        thing=N_("Draft {draft}"),
        rule=N_("this node holds no draft of that id."),
        remedy=N_("See `draft list`."),
        draft=draft_id[:60],
    )


def _preview(act: DraftAct, word: WordedAct) -> ActPreview:
    return ActPreview(
        n=act.n,
        type=act.type,
        version=act.version,
        on=act.on,
        re=word.re.hex(),
        numbered_post=act.numbered_post,
        head=word.head,
        body=word.body,
        fields=decode(word.body),
        index=act.index,
    )


def may(node: Node, *, by: Officer, draft_id: str) -> frozenset[str]:
    """Return what this officer may do with the draft now: edit, clear, release, discard."""
    seen = Draft.objects.using(node.alias).filter(draft_filter(sight_of(by)))
    row = seen.filter(id=draft_id).first()
    return frozenset() if row is None else may_with(row, by=by)


def may_with(row: Draft | DraftLine, *, by: Officer) -> frozenset[str]:
    """Return what this officer may do with a draft that they have before them, as `may`."""
    if row.state not in {DraftState.DRAFTED, DraftState.CLEARED}:
        return frozenset()
    can = {"edit", "discard"} if by.has_perm(DRAFT) else set()
    if row.state == DraftState.DRAFTED and by.has_perm(CLEAR, row):
        can.add("clear")
    if row.state == DraftState.CLEARED and by.has_perm(RELEASE):
        can.add("release")
    return frozenset(can)


def officers(node: Node) -> tuple[OfficerLine, ...]:
    """Return all officers by name, the suspended ones too."""
    return tuple(_officer(row) for row in Officer.objects.using(node.alias).order_by("username"))


def officer(node: Node, name: str) -> OfficerLine:
    """Return one officer. Raises Refusal "unknown-officer"."""
    row = Officer.objects.using(node.alias).filter(folded_name=name.casefold()).first()
    if row is None:
        raise unknown_officer(name)
    return _officer(row)


def unknown_officer(name: str) -> Refusal:
    """Make the refusal of a name that this node has no officer of."""
    return Refusal(
        "unknown-officer",
        thing=N_("Officer {name}"),
        rule=N_("this node has no officer of that name."),
        remedy=N_("See `officer list`, or add one with `officer add`."),
        name=name[:60],
    )


def _officer(row: Officer) -> OfficerLine:
    return OfficerLine(
        name=row.username,
        display_name=row.display_name,
        roles=tuple(row.roles),
        post=row.post,
        suspended_at=row.suspended_at,
        expelled_at=row.expelled_at,
    )


def audit(node: Node, *, about: str | None = None, most: int = MOST_ROWS) -> tuple[AuditLine, ...]:
    """Return who did what, oldest first among the newest `most`."""
    rows = AuditRow.objects.using(node.alias).order_by("-id")
    if about is not None:
        rows = rows.filter(about=about)
    return tuple(
        AuditLine(at=row.at, by=row.by, what=row.what, about=row.about, detail=row.detail)
        for row in reversed(rows[:most])
    )


def token_path(node: Node, name: str) -> Path:
    """Return where the officer's token lies: `officers/NAME.token` in the node's folder."""
    return node.home / "officers" / f"{name}.token"
