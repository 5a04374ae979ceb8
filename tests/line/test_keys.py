"""Keys change in mid-flight: effect is a position; the old key signs nothing that counts after."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from legation.acts.catalogue import catalogue
from legation.errors import Refusal
from legation.line import documents, queries
from legation.line.databases import writing
from legation.line.export import export_record
from legation.line.keyfiles import new_signing_key, root_key
from legation.line.models import Entry, KeysDocumentRow, Log, Side
from legation.line.services import NewAct, announce, folding
from legation.line.services.append import opening_for
from legation.line.services.keys import place_rotations
from legation.line.services.rows import load
from legation.record import canon, verify
from legation.record.canon import Json
from legation.record.ed25519 import raw_public
from legation.record.keys import KeysDocument, OfficerKey, sign_keys
from legation.record.merkle import Frontier
from legation.record.note import Checkpoint, sign_checkpoint
from line.acts import a_note
from line.harness import Pair, TestNode


def _next(node: TestNode, **changes: object) -> KeysDocument:
    now = documents.newest(node.node.home)
    wanted = documents.next_after(now, replace(now, **changes))  # type: ignore[arg-type] # fields
    return sign_keys(wanted, root_key(node.node.home, "open"))


def _rotates(node: TestNode, document: KeysDocument) -> None:
    body: dict[str, Json] = {"document": canon.decode(document.encode())}
    node.append(NewAct(type="key.rotated", body=body, sign=node.sign()))


def test_a_new_custodian_counts_from_the_position_of_the_act(pair: Pair) -> None:
    key = new_signing_key(pair.a.node.random)
    officers = documents.newest(pair.a.node.home).officers
    third = OfficerKey("US-3", "custodian", "ed25519", raw_public(key))
    document = _next(pair.a, officers=(*officers, third))
    _rotates(pair.a, document)
    pair.a.custodians = {**pair.a.custodians, "US-3": key}
    again = _next_of(document, pair.a, name="United States")
    body: dict[str, Json] = {"document": canon.decode(again.encode())}
    pair.a.append(NewAct(type="key.rotated", body=body, sign=pair.a.sign("US-2", "US-3")))
    pair.sync()
    assert pair.a.state() == pair.b.state()
    for node in pair.both():
        node.verify()


def _next_of(document: KeysDocument, node: TestNode, **changes: object) -> KeysDocument:
    wanted = documents.next_after(document, replace(document, **changes))  # type: ignore[arg-type] # fields
    return sign_keys(wanted, root_key(node.node.home, "open"))


def test_a_binding_act_without_its_officers_is_refused(pair: Pair) -> None:
    document = _next(pair.a, name="United States")
    body: dict[str, Json] = {"document": canon.decode(document.encode())}
    for sign in (None, pair.a.sign("US-1")):
        with pytest.raises(Refusal) as refused:
            pair.a.append(NewAct(type="key.rotated", body=body, sign=sign))
        assert refused.value.code == "officers"
    assert pair.a.status().own.size == 0


def test_a_new_log_key_signs_the_first_checkpoint_that_covers_it_and_the_old_none_after(
    pair: Pair,
) -> None:
    new = new_signing_key(pair.a.node.random)
    pair.a.append(a_note(n=1))
    pair.sync()
    _rotates(pair.a, _next(pair.a, log=raw_public(new)))
    old_key = pair.a
    pair.a = old_key.having(keys=replace(old_key.node.keys, log=new))
    pair.a.append(a_note(n=2))
    with pytest.raises(Refusal) as refused:
        pair.b.takes(old_key.sends()[0])
    assert refused.value.code == "signer"
    pair.clock.tick(60)
    pair.sync()
    assert pair.a.state() == pair.b.state()
    assert pair.a.status().agreed["own"] == 3
    for node in pair.both():
        node.verify()


def test_an_old_line_key_counts_until_the_new_one_has_signed_a_bundle(pair: Pair) -> None:
    new = new_signing_key(pair.a.node.random)
    _rotates(pair.a, _next(pair.a, line=raw_public(new)))
    pair.sync()
    pair.a.append(a_note(n=2))
    old_key = pair.a
    (under_way,) = old_key.sends()
    pair.a = old_key.having(keys=replace(old_key.node.keys, line=new))
    pair.b.takes(old_key.rewritten(under_way))
    pair.sync()
    with pytest.raises(Refusal) as refused:
        pair.b.takes(under_way)
    assert refused.value.code == "signature"
    assert pair.a.state() == pair.b.state()


def test_a_bundle_of_a_line_key_that_came_with_it_is_taken(pair: Pair) -> None:
    new = new_signing_key(pair.a.node.random)
    _rotates(pair.a, _next(pair.a, line=raw_public(new)))
    pair.a = pair.a.having(keys=replace(pair.a.node.keys, line=new))
    pair.sync()
    assert pair.a.state() == pair.b.state()
    assert pair.b.status().mirror.size == 1


def test_a_node_that_reads_more_than_it_said_says_so_once(pair: Pair) -> None:
    newer = pair.a.having(catalogue=catalogue("line.unruly"))
    assert announce(newer.node, at=pair.clock())
    assert not announce(newer.node, at=pair.clock())
    pair.sync()
    entry = queries.entry(pair.b.node, "peer", 0)
    assert (entry.type, entry.void) == ("record.speaks", "")


def _suspends(node: TestNode, key: bytes) -> None:
    body: dict[str, Json] = {"key": key.hex()}
    node.append(NewAct(type="key.suspended", body=body, sign=node.sign("US-1")))


def _export_is_true(node: TestNode, out: Path) -> bool:
    export_record(node.node, out, at=node.clock())
    done = subprocess.run([sys.executable, "-I", verify.__file__, str(out)], check=False)
    return done.returncode == 0


def _signs_all_the_same(node: TestNode) -> bytes:
    """Return a bundle with a node's whole log, whatever the rules say of its log key."""
    with writing(node.alias):
        facts = load(node.node)
        origin, root = facts.origin(Side.OWN), bytes(facts.own.root)
        rows = Entry.objects.using(node.alias).filter(side=Side.OWN).order_by("index")
        entries = tuple(bytes(each) for each in rows.values_list("opening", flat=True))
    note = sign_checkpoint(Checkpoint(origin, len(entries), root), origin, node.node.keys.log)
    return node.rewritten(
        node.sends()[0], first=0, entries=entries, size=len(entries), checkpoint=note.decode()
    )


def test_a_suspended_log_key_signs_nothing_until_the_root_names_another(
    pair: Pair, tmp_path: Path
) -> None:
    pair.a.append(a_note(n=1))
    pair.sync()
    _suspends(pair.a, documents.newest(pair.a.node.home).log)
    pair.a.append(a_note(n=2), a_note(n=3))
    pair.sync()
    assert pair.b.status().mirror.size == 2
    assert pair.a.status().agreed["own"] == 2, "what covers the suspension is countersigned"
    (beat,) = pair.a.sends(resend=True)
    assert not pair.b.opened(beat).entries
    for node in pair.both():
        assert _export_is_true(node, tmp_path / f"{node.alias} suspended")
    new = new_signing_key(pair.a.node.random)
    _rotates(pair.a, _next(pair.a, log=raw_public(new)))
    pair.a = pair.a.having(keys=replace(pair.a.node.keys, log=new))
    pair.sync()
    assert pair.b.status().mirror.size == pair.a.status().own.size
    assert pair.a.state() == pair.b.state()
    for node in pair.both():
        node.verify()
        assert _export_is_true(node, tmp_path / f"{node.alias} rotated")


@pytest.mark.parametrize("held_before", [0, 1])
def test_what_a_suspended_log_key_signed_is_refused(pair: Pair, held_before: int) -> None:
    _suspends(pair.a, documents.newest(pair.a.node.home).log)
    if held_before:
        pair.sync()
    pair.a.append(a_note(n=2))
    with pytest.raises(Refusal) as refused:
        pair.b.takes(_signs_all_the_same(pair.a))
    assert refused.value.code == "revoked"
    assert pair.b.status().mirror.size == held_before


def _slips_in(node: TestNode, act: NewAct) -> None:
    """Append an act that our own node would refuse, as a peer's node with other rules would."""
    with writing(node.alias):
        facts = load(node.node)
        arrived = folding.arrival(opening_for(facts, act, number="", at=node.clock()).encode())
        rows = folding.entry_rows(facts, Side.OWN, [arrived], received_at=None)
        edge = Frontier.decode(bytes(facts.own.frontier)).append(arrived.leaf)
        folding.enter(facts, Side.OWN, rows, edge)
        place_rotations(facts, Side.OWN, rows)
        facts.save()


def test_new_keys_that_too_few_officers_signed_rotate_nothing(pair: Pair) -> None:
    new = new_signing_key(pair.a.node.random)
    body: dict[str, Json] = {"document": canon.decode(_next(pair.a, log=raw_public(new)).encode())}
    _slips_in(pair.a, NewAct(type="key.rotated", body=body, sign=pair.a.sign("US-1")))
    pair.sync()
    assert queries.entry(pair.b.node, "peer", 0).void == "officers"
    for node in pair.both():
        rows = KeysDocumentRow.objects.using(node.alias)
        side = Side.OWN if node is pair.a else Side.PEER
        assert not rows.filter(side=side, position__gte=0).exists()
    pair.a.append(a_note(n=2))
    with pytest.raises(Refusal) as refused:
        pair.b.takes(pair.a.having(keys=replace(pair.a.node.keys, log=new)).sends()[0])
    assert refused.value.code == "signer"
    pair.clock.tick(600)
    pair.sync()
    assert pair.a.state() == pair.b.state()


@pytest.mark.parametrize("officers", [("US-1", "US-2"), ("US-1",)])
def test_a_term_opened_where_none_was_accepted_is_refused(
    pair: Pair, officers: tuple[str, ...]
) -> None:
    pair.a.append(a_note(n=1))
    pair.sync()
    own = Log.objects.using(pair.a.alias).get(side=Side.OWN)
    body: dict[str, Json] = {
        "origin": f"US/{queries.record_id(pair.a.node)}/{'7' * 16}",
        "size": 1,
        "root": bytes(own.root).hex(),
        "lost": [],
    }
    _slips_in(pair.a, NewAct(type="log.resumed", body=body, sign=pair.a.sign(*officers)))
    (sealed,) = pair.a.sends()
    if len(officers) < 2:  # without effect, and no reason to stop the line
        assert pair.b.takes(sealed).new == 1
        return
    with pytest.raises(Refusal) as refused:
        pair.b.takes(sealed)
    assert refused.value.code == "resume"
    assert pair.b.status().mirror.size == 1
