"""The peer: its introduction taken, its twelve words compared by two officers, the record made.

1. Each side exports one signed file; each reads the words of its own file to the other.
2. Two different officers confirm, each by typing the words. The second creates the record.
3. What was exported is what counts: it is kept, byte for byte, on both sides.
"""

import hashlib
from datetime import datetime
from hmac import compare_digest

from legation.acts.fold import genesis
from legation.acts.introduction import Introduction, open_introduction, sign, words
from legation.acts.parties import Parties
from legation.acts.state import encode_thing
from legation.acts.values import Hash, Party
from legation.errors import N_, Refusal
from legation.line import documents
from legation.line.core.bundle import SPOKEN
from legation.line.databases import writing
from legation.line.files import PUBLIC, write_durably
from legation.line.models import KeysDocumentRow, Log, Peer, Side, StandingThing
from legation.line.node import Node, about_node
from legation.line.services import effects
from legation.line.services.effects import Change
from legation.line.services.fencing import read_fence
from legation.record import canon
from legation.record.merkle import EMPTY, Frontier

FILE = "introduction.json"


def own_introduction(node: Node, *, peer: str | None = None) -> bytes:
    """Return our introduction file, made anew unless what it says stands in it already.

    peer: code of the party it is for; default the one named at `init`.
    Raises Refusal "no-peer-named", "introduction".
    """
    about = about_node(node.home)
    code = peer or about.get("peer")
    if not code:
        raise Refusal(
            "no-peer-named",
            thing=N_("The introduction of {party}"),
            rule=N_("it is for one other party, and none was named."),
            remedy=N_("Name it: `introduce export --peer CODE FILE`."),
            party=node.party,
        )
    record = Peer.objects.using(node.alias).filter(second_at__isnull=False).first()
    if record is not None:
        return bytes(record.own_introduction)
    document = documents.newest(node.home)
    wanted = Introduction(
        party=Party(node.party),
        name=node.name,
        peer=Party(code),
        root=Hash(document.fingerprint),
        keys=canon.decode(document.encode()),
        line_url=about.get("line_url") or "",
        term=about["term"],
        speaks=tuple(sorted({*node.catalogue.spoken, *SPOKEN})),
    )
    path = node.home / FILE
    file = sign(wanted, node.keys.log)
    is_theirs = code == (about.get("peer") or code)  # one for yet another party is not kept here
    if is_theirs and (not path.is_file() or path.read_bytes() != file):
        write_durably(path, file, mode=PUBLIC)
    return file


def kept_introduction(node: Node) -> bytes:
    """Return our introduction file as it was made last; sign nothing, write nothing.

    Raises Refusal "no-own-introduction" when none was made for the peer named at `init`.
    """
    record = Peer.objects.using(node.alias).filter(second_at__isnull=False).first()
    if record is not None:
        return bytes(record.own_introduction)
    path = node.home / FILE
    if path.is_file():
        file = path.read_bytes()
        peer = open_introduction(file).peer
        if peer == (about_node(node.home).get("peer") or peer):
            return file
    raise Refusal(
        "no-own-introduction",
        thing=N_("The introduction of {party}"),
        rule=N_("it was not made yet."),
        remedy=N_("Ask an officer to make it on this page, or run `legation introduce export`."),
        party=node.party,
    )


def import_introduction(node: Node, file: bytes, *, at: datetime) -> Introduction:
    """Take the other side's introduction file; it counts once two officers have confirmed it.

    Raises Refusal "has-peer", "introduction" (for another party, or our own), and what
    `open_introduction` refuses.
    """
    theirs = open_introduction(file)
    root = documents.newest(node.home).fingerprint
    if theirs.peer != node.party or theirs.party == node.party or theirs.root == root:
        raise Refusal(
            "introduction",
            thing=N_("Introduction of {party} for {peer}"),
            rule=N_("here belongs one of another party, made for {own}."),
            remedy=N_("Ask the other side to export it for {own}."),
            party=theirs.party,
            peer=theirs.peer,
            own=node.party,
        )
    about = about_node(node.home)
    if about.get("peer") and about["peer"] != theirs.party:
        raise Refusal(
            "introduction",
            thing=N_("Introduction of {party}"),
            rule=N_("this node was made for a record with {peer}."),
            remedy=N_("Make another node for {party}."),
            party=theirs.party,
            peer=about["peer"],
        )
    own = own_introduction(node, peer=theirs.party)
    mine = open_introduction(own)
    with writing(node.alias):
        rows = Peer.objects.using(node.alias)
        if rows.filter(second_at__isnull=False).exists():
            raise _has_peer(theirs.party)
        rows.all().delete()
        rows.create(
            party=theirs.party,
            name=theirs.name,
            record=Parties.of(mine, theirs).record,
            root_fp=theirs.root,
            introduction=file,
            own_introduction=own,
            pair=pair_of(file, own),
            imported_at=at,
            challenge=node.random(16).hex(),
        )
    return theirs


def pair_of(one: bytes, other: bytes) -> str:
    """Return the hex SHA-256 over both introduction files' hashes, the same on both sides."""
    low, high = sorted(hashlib.sha256(file).digest() for file in (one, other))
    return hashlib.sha256(low + high).hexdigest()


def confirm_peer(node: Node, said: str, *, by: str, at: datetime) -> bool:
    """Confirm the peer by the twelve words of its file; tell whether the record exists now.

    said: the words as read over the telephone, in order. by: the officer.
    Raises Refusal "no-introduction", "has-peer", "words", "same-officer", "introduction" (our
    own file has changed since theirs was imported).
    """
    with writing(node.alias):
        peer = Peer.objects.using(node.alias).first()
        _check_confirmable(node, peer)
        assert peer is not None
        right = " ".join(words(bytes(peer.introduction)))
        if not compare_digest(" ".join(said.lower().split()).encode(), right.encode()):
            raise _other_words(peer)
        if not peer.first_by:
            peer.first_by, peer.first_at = by, at
        elif peer.first_by.casefold() == by.casefold():
            raise _same_officer(by)
        else:
            peer.second_by, peer.second_at = by, at
            _make_record(node, peer)
        peer.save(using=node.alias)
    return peer.second_at is not None


def _check_confirmable(node: Node, peer: Peer | None) -> None:
    if peer is None:
        raise Refusal(
            "no-introduction",
            thing=N_("The other side's introduction"),
            rule=N_("it is imported before it is confirmed."),
            remedy=N_("Get their file, and run `introduce import FILE`."),
        )
    if peer.second_at is not None:
        raise _has_peer(peer.party)
    if own_introduction(node, peer=peer.party) != bytes(peer.own_introduction):
        raise Refusal(
            "introduction",
            thing=N_("Our own introduction"),
            rule=N_("what it says has changed since {peer}'s file was imported."),
            remedy=N_("Export it again for {peer}, and import theirs again."),
            peer=peer.party,
        )


def _make_record(node: Node, peer: Peer) -> None:
    """Create both logs, empty, and the state before the first act."""
    alias = node.alias
    mine, theirs = (
        open_introduction(bytes(each)) for each in (peer.own_introduction, peer.introduction)
    )
    term = mine.term
    fence = read_fence(node)
    written = EMPTY if fence is None or fence.term != term else fence.root
    for side, one in ((Side.OWN, mine), (Side.PEER, theirs)):
        own = side == Side.OWN
        Log.objects.using(alias).create(
            side=side,
            party=one.party,
            term=one.term,
            root=EMPTY.hash,
            frontier=Frontier().encode(),
            fenced_size=written.size if own else 0,
            fenced_root=written.hash if own else b"",
        )
        KeysDocumentRow.objects.using(alias).create(
            side=side, seq=0, document=one.document.encode(), position=-1
        )
    state = genesis(Parties.of(mine, theirs), node.catalogue)
    StandingThing.objects.using(alias).bulk_create(
        StandingThing(id=name, settled=encode_thing(thing)) for name, thing in state.changed.items()
    )
    effects.project(node, [Change(name, None, each) for name, each in state.changed.items()])


def _has_peer(party: str) -> Refusal:
    return Refusal(
        "has-peer",
        thing=N_("Introduction of {party}"),
        rule=N_("this node has a confirmed peer, and a record has two parties for good."),
        remedy=N_("Make another node for another record."),
        party=party,
    )


def _other_words(peer: Peer) -> Refusal:
    return Refusal(
        "words",
        thing=N_("The twelve words of {party}"),
        rule=N_("they are not those of the file that was imported."),
        remedy=N_(
            "Have them read again. If they still differ, the file is not theirs: get it anew."
        ),
        party=peer.party,
    )


def _same_officer(name: str) -> Refusal:
    return Refusal(
        "same-officer",
        thing=N_("Confirmation by {name}"),
        rule=N_("two different officers compare the words, and {name} already has."),
        remedy=N_("Ask another officer."),
        name=name,
    )
