"""Appending to our own log: the one way by which we say something in the record.

1. An act that would be without effect is refused before it is written, with the whole reason.
2. Every act names all of theirs that is folded here, so it comes last in the order and is
   folded on the current state.
3. Nothing is appended while our log may not be signed: after a restore, or frozen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from django.db import transaction

from legation.acts.catalogue import Catalogue
from legation.acts.fold import attempt, next_number
from legation.acts.state import Placed, State
from legation.errors import N_, Refusal
from legation.line import documents
from legation.line.databases import writing
from legation.line.models import Entry, Log, Side
from legation.line.node import Node
from legation.line.queries.standing import Current
from legation.line.services import folding
from legation.line.services.fencing import check_may_write
from legation.line.services.folding import Arrival
from legation.line.services.keys import place_rotations
from legation.line.services.rows import Facts, load
from legation.record import canon
from legation.record.act import Head, Opening, commitments, leaf_data, sign_message
from legation.record.canon import Json
from legation.record.merkle import Frontier, leaf_hash
from legation.record.signatures import OfficerSignature, encode_sigs

Signers = Callable[[bytes], Sequence[OfficerSignature]]
"""Given the bytes that officers sign, returns their signatures: for binding acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAct:
    """An act that is to be written; the log gives it `seen`, `at`, and its number.

    type, version, on, body, re: as of the act. numbered_post: "post/US-MOW" whose next number it
    takes, or None. salts: (head, re, body), 32 bytes each, made here if not given; the body's
    alone may be given (`salt_b`), since clearing covers it. sign: for a binding act.
    """

    type: str
    body: dict[str, Json]
    on: str = ""
    re: bytes = b""
    version: int = 1
    numbered_post: str | None = None
    salt_b: bytes | None = None
    salts: tuple[bytes, bytes, bytes] | None = None
    sign: Signers | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """An act as it stands in our log. leaf: its leaf hash. number: given to it, or ""."""

    index: int
    type: str
    on: str
    number: str
    at: str
    leaf: bytes


def append(node: Node, acts: Sequence[NewAct], *, at: datetime) -> list[Entered]:
    """Append acts to our own log: all of them, or none.

    at: now, aware; acts carry it in whole seconds of UTC.
    Raises Refusal "no-peer", "resuming", "frozen", "disk-full", "locked", and the refusal that
    would have made one of the acts be without effect.
    """
    with writing(node.alias):
        facts = load(node)
        check_may_write(facts)
        entered = append_in(facts, acts, at=at)
        facts.save()
        node.trip("appended")
    node.trip("append committed")
    return entered


def append_in(facts: Facts, acts: Sequence[NewAct], *, at: datetime) -> list[Entered]:
    """Append within a transaction that is open already; the caller saves the logs."""
    if not acts:
        return []
    base = Current(facts.alias, facts.node.catalogue)
    base.prefetch([f"party/{log.party}" for log in (facts.own, facts.theirs)])
    base.prefetch([each for act in acts for each in (act.on, act.numbered_post) if each])
    state = State(base, facts.parties, facts.node.catalogue)
    arrivals: list[Arrival] = []
    for act in acts:
        arrived = _arrival(facts, act, state, at)
        placed = Placed(
            facts.own.party,
            facts.own.size + len(arrivals),
            folding.seen_next(facts, facts.own.size + len(arrivals)),
            arrived.opening,
            arrived.leaf,
            facts.peer.record,
        )
        arrivals.append(arrived)
        refusal = attempt(state, placed)
        if refusal is not None:
            raise refusal
    rows = folding.entry_rows(facts, Side.OWN, arrivals, received_at=None)
    edge = Frontier.decode(bytes(facts.own.frontier)).extend(each.leaf for each in arrivals)
    folding.enter(facts, Side.OWN, rows, edge, folded=(base, state))
    for document in place_rotations(facts, Side.OWN, rows):
        transaction.on_commit(partial(documents.write, facts.node.home, document), facts.alias)
    return [_entered(row) for row in rows]


def instant(at: datetime) -> str:
    """Return an aware instant as acts carry it: whole seconds of UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _entered(row: Entry) -> Entered:
    return Entered(
        index=row.index,
        type=row.type,
        on=row.on,
        number=row.number,
        at=row.at,
        leaf=bytes(row.leaf),
    )


def _arrival(facts: Facts, act: NewAct, state: State, at: datetime) -> Arrival:
    number = ""
    if act.numbered_post:
        number = next_number(state, act.numbered_post, at.astimezone(UTC).year)
    head = head_for(facts, act, number=number, at=at)
    opening = _opening(facts, act, head)
    return Arrival(opening.encode(), opening, leaf_hash(leaf_data(opening)), head)


def opening_for(facts: Facts, act: NewAct, *, number: str, at: datetime) -> Opening:
    """Return the opening of an act that would be written now, signed if it asks for it."""
    return _opening(facts, act, head_for(facts, act, number=number, at=at))


def head_for(facts: Facts, act: NewAct, *, number: str, at: datetime) -> Head:
    """Return the head of an act that would be written now: it names all that is folded here."""
    seen = facts.theirs.usable
    root = facts.root_at(Side.PEER, seen)
    assert root is not None
    return Head(
        v=act.version,
        type=act.type,
        record=facts.peer.record,
        party=facts.own.party,
        seen=(seen, root),
        on=act.on,
        number=number,
        at=instant(at),
    )


def _opening(facts: Facts, act: NewAct, head: Head) -> Opening:
    random = facts.node.random
    salt_h, salt_r, salt_b = act.salts or (random(32), random(32), act.salt_b or random(32))
    opening = Opening(
        head=head.encode(),
        body=canon.encode(act.body),
        sigs=b"",
        re=act.re,
        salt_h=salt_h,
        salt_r=salt_r,
        salt_b=salt_b,
    )
    if act.sign is None:
        if _is_binding(act, facts.node.catalogue):
            raise _unsigned(act, facts.own)
        return opening
    _, h, b, _ = commitments(opening)
    return replace(opening, sigs=encode_sigs(act.sign(sign_message(facts.peer.record, h, b))))


def _is_binding(act: NewAct, readable: Catalogue) -> bool:
    cls = readable.acts.get((act.type, act.version))
    return cls is not None and cls.binding


def _unsigned(act: NewAct, own: Log) -> Refusal:
    return Refusal(
        "officers",
        thing=N_("An act of type {type} of {party}"),
        rule=N_("it binds, and counts only with the signatures of its officers."),
        remedy=N_("Have the custodians sign it."),
        type=act.type,
        party=own.party,
    )
