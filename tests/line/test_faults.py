"""What goes wrong around a node: a sentence, nothing half done, and a count on the health page."""

import json
import sqlite3
from pathlib import Path

import pytest
from django.db import connections

from legation.errors import Refusal
from legation.line import queries
from legation.line.core.fence import Fence
from legation.line.databases import connect, forget
from legation.line.models import Entry, Log, StandingThing, Tile
from legation.line.node import init_node, open_node
from legation.line.services import append, unsent
from legation.line.services.rebuilding import rebuild
from legation.missions.models import ChronicleEntry
from legation.record.merkle import EMPTY, Root
from line.acts import a_note, a_post
from line.harness import START, Crash, OpenSealing, Pair, crashing, new_pair, steps_of


def _refused(pair: Pair, sealed: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        pair.b.takes(sealed)
    assert str(refused.value)
    return refused.value.code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"record": "00" * 8}, "address", id="of another record"),
        pytest.param({"sender": "RU"}, "address", id="from ourselves"),
        pytest.param({"to": "US"}, "address", id="for somebody else"),
        pytest.param({"pair": "00" * 32}, "introduction", id="on other introduction files"),
        pytest.param({"term": "00" * 8}, "term", id="of another term"),
        pytest.param({"checkpoint": "nonsense"}, "text", id="with a checkpoint that is none"),
        pytest.param({"entries": (b"torn",)}, "opening", id="with a torn act"),
        pytest.param(
            {"held": "nonsense", "have": Root(9, b"9" * 32)},
            "held",
            id="that holds a forged checkpoint",
        ),
        pytest.param({"cosigned": "nonsense"}, "held", id="with a forged cosignature"),
        pytest.param({"keys": (b"{}",)}, "schema", id="with a keys document that is none"),
    ],
)
def test_a_bundle_is_refused_by_its_own_code_and_nothing_changes(
    pair: Pair, changes: dict[str, object], code: str
) -> None:
    pair.a.append(a_note())
    (sealed,) = pair.a.sends()
    before = pair.b.state()
    found = _refused(pair, pair.a.rewritten(sealed, **changes))
    assert found == code
    assert pair.b.state() == before
    assert pair.b.status().refused == {found: 1}
    assert pair.b.takes(sealed).new == 1


def test_a_bundle_of_an_unknown_line_key_is_refused(pair: Pair) -> None:
    pair.a.append(a_note())
    other = pair.a.having(keys=pair.b.node.keys)
    (sealed,) = pair.a.sends()
    assert _refused(pair, other.rewritten(sealed)) == "signature"


def test_a_checkpoint_by_another_log_key_is_refused(pair: Pair) -> None:
    pair.a.append(a_note())
    forger = pair.a.having(keys=pair.a.node.keys.__class__(
        log=pair.b.node.keys.log, cosign=pair.a.node.keys.cosign,
        line=pair.a.node.keys.line, seal=pair.a.node.keys.seal,
    ))  # fmt: skip
    assert _refused(pair, forger.sends()[0]) == "signer"


def test_entries_that_are_not_those_of_the_checkpoint_are_refused(pair: Pair) -> None:
    pair.a.append(a_note(n=1), a_note(n=2))
    (sealed,) = pair.a.sends()
    one = bytes(Entry.objects.using("a").get(side="own", index=0).opening)
    assert _refused(pair, pair.a.rewritten(sealed, entries=(one, one))) == "root"


def test_a_bundle_that_is_no_size_class_is_refused_before_it_is_opened(pair: Pair) -> None:
    (sealed,) = pair.a.sends()
    assert _refused(pair, sealed[:-1]) == "size"
    assert _refused(pair, b"") == "size"
    assert _refused(pair, bytes(2 * 1024 * 1024)) == "size"


def test_our_own_bundle_sent_back_is_refused_by_its_address(pair: Pair) -> None:
    (sealed,) = pair.a.sends()
    with pytest.raises(Refusal) as refused:
        pair.a.having(sealing=OpenSealing).takes(sealed)
    assert refused.value.code == "address"


def test_an_act_that_names_what_we_never_wrote_is_refused_and_kept(databases: None) -> None:
    pair = new_pair()
    backup = pair.b.backup()
    pair.b.append(a_post("RU-WAS", "RU", "US"))
    pair.sync()
    pair.a.append(a_note())
    pair.b.restore(backup)
    pair.b.node.fence.write_bytes(_first_fence(pair))
    (sealed,) = pair.a.sends(resend=True)
    openings = Entry.objects.using("a").filter(side="own").order_by("index")
    lie = pair.a.rewritten(
        sealed,
        have=EMPTY,
        held="",
        cosigned="",
        first=0,
        entries=tuple(bytes(row.opening) for row in openings),
    )
    assert _refused(pair, lie) == "seen"
    assert _refused(pair, lie) == "seen"  # whoever plays it again fills no disk
    assert pair.b.status().evidence == {"seen": 1}
    assert pair.b.status().mirror.size == 0


def _first_fence(pair: Pair) -> bytes:
    return Fence(pair.b.status().own.term, EMPTY).encode()


def _writes_until_refused(pair: Pair) -> str:
    for n in range(2, 200):
        try:
            pair.b.append(a_note("RU", n, "x" * 2000))
        except Refusal as refusal:
            return refusal.code
    return ""


def test_a_full_disk_refuses_writing_goes_on_reading_and_announces_no_credit(pair: Pair) -> None:
    pair.a.append(a_note(n=1))
    pair.sync()
    pair.b.fill_disk()
    assert _writes_until_refused(pair) == "disk-full"
    size = pair.b.status().own.size
    pair.a.append(*(a_note(n=n, text="y" * 3000) for n in range(2, 60)))
    assert {_refused(pair, each) for each in pair.a.sends()} == {"disk-full"}
    pair.clock.tick(60)
    pair.a.takes(pair.b.replies())
    pair.clock.tick(600)
    assert len(pair.a.sends()) == 1, "nothing is sent to a node without room"
    pair.b.free_disk()
    pair.sync()
    assert pair.a.state() == pair.b.state()
    assert pair.b.status().own.size >= size
    for node in pair.both():
        node.verify()


def test_a_database_that_another_program_holds_is_refused_in_a_sentence(
    databases: None, tmp_path: Path
) -> None:
    pair = new_pair()
    path = tmp_path / "db.sqlite3"
    file = sqlite3.connect(path)
    pair.a.raw().backup(file)
    connect(tmp_path, "held", wait=0.1)
    file.execute("BEGIN IMMEDIATE")
    held = pair.a.having(alias="held")
    with pytest.raises(Refusal) as refused:
        held.append(a_note())
    assert refused.value.code == "locked"
    file.rollback()
    assert held.append(a_note())
    file.close()
    forget("held")


def test_a_database_newer_than_the_program_is_not_opened(databases: None, tmp_path: Path) -> None:
    pair = new_pair()
    home = tmp_path / "node"
    init_node(home, party="XA", name="State XA", passphrase="open", now=pair.clock())
    with sqlite3.connect(home / "db.sqlite3") as file:
        file.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('line', '9999_later', '')"
        )
    file.close()
    with pytest.raises(Refusal) as refused:
        open_node(home, "newer")
    assert refused.value.code == "newer-database"
    forget("newer")


@pytest.mark.parametrize("step", ["entered", "folded", "projected", "appended"])
def test_a_crash_while_appending_leaves_nothing(pair: Pair, step: str) -> None:
    with crashing(pair.a, step):
        pair.a.append(a_note())
    assert pair.a.status().own.size == 0
    pair.a.verify()
    pair.a.append(a_note())
    pair.sync()
    assert pair.a.state() == pair.b.state()


@pytest.mark.parametrize("which", [0, 1], ids=["of the sender", "of the receiver"])
def test_a_crash_at_any_step_of_an_exchange_loses_and_doubles_nothing(
    databases: None, which: int
) -> None:
    def exchange(pair: Pair) -> None:
        pair.sync(rounds=1)
        pair.b.append(a_note("RU", 2))
        pair.sync(rounds=1)

    pair = new_pair()
    pair.a.append(a_note(n=1))
    steps = steps_of(pair.both()[which], lambda: exchange(pair))
    for n in range(1, len(steps) + 1):
        pair = new_pair(seed=n)
        pair.a.append(a_note(n=1))
        node = pair.both()[which]
        node.crash_after(n)
        with pytest.raises(Crash):
            exchange(pair)
        pair.sync(rounds=3)
        assert pair.a.state() == pair.b.state()
        for one in pair.both():
            one.verify()


def test_a_failed_carrier_is_tried_again_later_and_nothing_counts_as_sent(pair: Pair) -> None:
    pair.a.append(a_note())
    pair.a.sends()
    assert not _carries_entries(pair), "it waits for the acknowledgement"
    unsent(pair.a.node, carrier="https", at=pair.clock(), code="unreachable")
    assert _carries_entries(pair), "what failed was not sent"
    assert pair.a.status().carriers[0].error == "unreachable"


def _carries_entries(pair: Pair) -> bool:
    sealed = pair.a.sends()[0]
    return bool(pair.b.opened(sealed).entries)


def test_a_row_changed_behind_the_programs_back_is_named(pair: Pair) -> None:
    pair.a.append(a_note(n=1), a_post(city="Moscow"))
    pair.sync()
    thing = StandingThing.objects.using("a").get(id="post/US-MOW")
    changed = bytes(thing.settled or b"").replace(b"Moscow", b"Omsk..")
    StandingThing.objects.using("a").filter(id=thing.id).update(settled=changed, tail=None)
    report = queries.verify_record(pair.a.node)
    assert [(fault.table, fault.row) for fault in report.faults][:1] == [
        ("line_standingthing", "post/US-MOW")
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("opening", None), ("leaf", b"0" * 32), ("type", "x.y"), ("on", "post/X"), ("at", "now"),
        ("number", "9"), ("seen", 7), ("seen_to", 7), ("level", 99), ("void", "closed"),
    ],
)  # fmt: skip
def test_every_changed_column_of_an_entry_is_named(pair: Pair, column: str, value: object) -> None:
    pair.a.append(a_note(n=1), a_note(n=2))
    pair.sync()
    rows = Entry.objects.using("b").filter(side="peer", index=1)
    if value is None:
        opening = bytes(rows.get().opening)
        value = opening[:-20] + b"~" + opening[-19:]
    rows.update(**{column: value})
    report = queries.verify_record(pair.b.node)
    assert ("line_entry", "peer 1") in {(fault.table, fault.row) for fault in report.faults}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        pytest.param("line_entry", "opening = 'text'", id="text for bytes"),
        pytest.param("line_entry", "opening = x'00'", id="a torn act"),
        pytest.param("line_entry", "seen_to = 'many'", id="a word for a number"),
        pytest.param("line_entry", "received_at = 'x'", id="no time"),
        pytest.param("line_log", "side = 'none'", id="a log of nobody"),
        pytest.param("line_log", "party = 'XX'", id="a log of another party"),
        pytest.param("line_log", "term = 'other'", id="another term"),
        pytest.param("line_log", "state = 'shut'", id="a state there is none of"),
        pytest.param("line_log", "have = 1, have_root = x'00'", id="what they do not hold"),
        pytest.param("line_log", "checkpoint_size = 99", id="a size nobody signed"),
        pytest.param("line_log", "cosigned_size = 99", id="a size not countersigned"),
        pytest.param("line_oldcheckpoint", "origin = 'x'", id="a checkpoint of another log"),
        pytest.param("line_oldcheckpoint", "side = 'x'", id="a checkpoint of no side"),
        pytest.param("line_keysdocumentrow", "side = 'x'", id="keys of no side"),
        pytest.param("line_keysdocumentrow", "seq = 5", id="keys under another number"),
        pytest.param("line_keysdocumentrow", "position = 5", id="keys in another place"),
        pytest.param("line_peer", "introduction = x'7b'", id="a torn introduction"),
        pytest.param("line_peer", "name = 'Nobody'", id="another name"),
        pytest.param("line_peer", "second_at = NULL", id="a peer not confirmed"),
    ],
)
def test_no_value_behind_the_programs_back_hides_or_stops_the_check(
    pair: Pair, table: str, change: str
) -> None:
    for n in (1, 2):
        pair.a.append(a_note(n=n))
        pair.sync()
    assert queries.verify_record(pair.b.node).ok
    row = f"(SELECT max(rowid) FROM {table})"  # noqa: S608 - names of our own
    with connections["b"].cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change} WHERE rowid = {row}")  # noqa: S608
    assert table in {fault.table for fault in queries.verify_record(pair.b.node).faults}


def test_a_log_cut_short_behind_the_programs_back_is_named(pair: Pair) -> None:
    pair.a.append(a_note(n=1), a_note(n=2))
    pair.sync()
    Entry.objects.using("a").filter(side="own", index=1).delete()
    assert not queries.verify_record(pair.a.node).ok
    Log.objects.using("b").filter(side="peer").update(root=b"1" * 32)
    report = queries.verify_record(pair.b.node)
    assert ("line_log", "peer", "root") in {(f.table, f.row, f.what) for f in report.faults}


def test_appending_without_a_confirmed_peer_is_refused(databases: None, tmp_path: Path) -> None:
    pair = new_pair()
    home = tmp_path / "alone"
    init_node(home, party="XA", name="State XA", passphrase="open", now=pair.clock())
    node = open_node(home, "alone")
    with pytest.raises(Refusal) as refused:
        append(node, [a_note("XA")], at=pair.clock())
    assert refused.value.code == "no-peer"
    assert queries.status(node).verdict == "alone"
    forget("alone")


def test_what_follows_from_the_logs_is_made_anew_and_then_fits(pair: Pair) -> None:
    pair.a.append(*(a_note(n=n) for n in range(1, 300)), a_post(city="Moscow"))
    pair.b.append(a_note("RU", 1))
    pair.sync()
    pair.a.append(a_note(n=400))
    before = pair.a.state()
    StandingThing.objects.using("a").filter(id__startswith="notice/").delete()
    rows = Entry.objects.using("a")
    rows.filter(side="own", index__lt=9).update(level=None, void="closed", on="", seen_to=5)
    Tile.objects.using("a").all().update(hash=b"0" * 32)
    assert not queries.verify_record(pair.a.node).ok
    rebuild(pair.a.node)
    pair.a.verify()
    assert pair.a.state() == before
    pair.sync()
    assert pair.a.state() == pair.b.state()


@pytest.mark.parametrize("value", [7, "words", [], None])
def test_json_of_another_shape_is_named_and_stops_no_check(pair: Pair, value: object) -> None:
    """Every room reads such a column as an object: one that is none must not stop the check."""
    row = ChronicleEntry.objects.using("a").create(
        section="facts", key="F1", content={}, dossier="D", loaded_by="Ada", loaded_at=START
    )
    with connections["a"].cursor() as cursor:
        held = json.dumps(value)
        cursor.execute("UPDATE missions_chronicleentry SET content = %s", [held])
    (fault,) = queries.verify_record(pair.a.node).faults
    assert (fault.table, fault.what) == ("missions_chronicleentry", "content")
    assert str(row.key) in fault.row


def test_nothing_is_made_from_entries_that_were_changed(pair: Pair) -> None:
    pair.a.append(a_note(n=1, text="To state the following."))
    row = Entry.objects.using("a").get(side="own", index=0)
    changed = bytes(row.opening).replace(b"following", b"otherwise")
    Entry.objects.using("a").filter(pk=row.pk).update(opening=changed)
    with pytest.raises(Refusal) as refused:
        rebuild(pair.a.node)
    assert refused.value.code == "log-damaged"
    assert ("line_entry", "own 0") in {
        (fault.table, fault.row) for fault in queries.verify_record(pair.a.node).faults
    }
