"""Two nodes come to know each other: files, twelve words, two officers on each side."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from legation.acts.introduction import words
from legation.errors import Refusal
from legation.line import queries, services
from legation.line.databases import forget
from legation.line.node import Node, init_node, open_node
from line.acts import a_note
from line.harness import START, Pair


@pytest.fixture
def strangers(databases: None, tmp_path: Path) -> Iterator[tuple[Node, Node]]:
    """Two new nodes that have not met."""
    nodes = []
    for party, peer in (("XA", "XB"), ("XB", "XA")):
        home = tmp_path / party
        init_node(home, party=party, name=f"State {party}", peer=peer, passphrase="x", now=START)
        nodes.append(open_node(home, f"stranger_{party}"))
    yield nodes[0], nodes[1]
    for node in nodes:
        forget(node.alias)


def said(file: bytes) -> str:
    return " ".join(words(file))


def _refusal(node: Node, told: str, by: str) -> str:
    with pytest.raises(Refusal) as refused:
        services.confirm_peer(node, told, by=by, at=START)
    return refused.value.code


def test_two_officers_confirm_by_the_words_and_then_there_is_a_record(
    strangers: tuple[Node, Node],
) -> None:
    a, b = strangers
    theirs = services.own_introduction(b)
    services.import_introduction(a, theirs, at=START)
    assert queries.record_id(a) == ""
    assert not services.confirm_peer(a, said(theirs), by="Ada", at=START)
    assert services.confirm_peer(a, said(theirs).upper() + " ", by="Bela", at=START)
    assert len(queries.record_id(a)) == 16
    assert queries.peer_name(a) == ("XB", "State XB")
    assert [thing.id for thing in queries.things(a, "party")] == ["party/XA", "party/XB"]
    assert queries.verify_record(a).ok


def test_one_officer_does_not_confirm_twice_in_any_mix_of_capitals(
    strangers: tuple[Node, Node],
) -> None:
    a, b = strangers
    theirs = services.own_introduction(b)
    services.import_introduction(a, theirs, at=START)
    services.confirm_peer(a, said(theirs), by="Ada", at=START)
    assert _refusal(a, said(theirs), "ADA") == "same-officer"


def test_other_words_confirm_nothing(strangers: tuple[Node, Node]) -> None:
    a, b = strangers
    assert _refusal(a, "any words", "Ada") == "no-introduction"
    theirs, own = services.own_introduction(b), services.own_introduction(a)
    services.import_introduction(a, theirs, at=START)
    assert _refusal(a, said(own), "Ada") == "words"
    assert _refusal(a, said(theirs).rsplit(" ", 1)[0], "Ada") == "words"
    assert not services.confirm_peer(a, said(theirs), by="Ada", at=START)


def test_a_confirmed_peer_is_for_good(pair: Pair) -> None:
    node = pair.a.node
    with pytest.raises(Refusal) as refused:
        services.import_introduction(node, services.own_introduction(pair.b.node), at=START)
    assert refused.value.code == "has-peer"
    assert _refusal(node, "any words", "Ada") == "has-peer"


def test_our_own_file_and_one_for_somebody_else_are_refused(strangers: tuple[Node, Node]) -> None:
    a, b = strangers
    for_another = services.own_introduction(b, peer="XC")
    for file in (services.own_introduction(a), for_another):
        with pytest.raises(Refusal) as refused:
            services.import_introduction(a, file, at=START)
        assert refused.value.code == "introduction"


def test_a_file_changed_by_one_byte_is_refused(strangers: tuple[Node, Node]) -> None:
    a, b = strangers
    file = services.own_introduction(b)
    for place in range(0, len(file), 97):
        changed = file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :]
        with pytest.raises(Refusal):
            services.import_introduction(a, changed, at=START)


def test_two_sides_that_confirmed_different_files_notice_at_the_first_bundle(pair: Pair) -> None:
    pair.a.append(a_note())
    (sealed,) = pair.a.sends()
    with pytest.raises(Refusal) as refused:
        pair.b.takes(pair.a.rewritten(sealed, pair="12" * 32))
    assert refused.value.code == "introduction"


def test_a_node_is_made_whole_or_not_at_all(databases: None, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").touch()
    inside = tmp_path / "node" / "fence"
    for home, fence in ((tmp_path / "taken", None), (tmp_path / "node", inside)):
        with pytest.raises(Refusal):
            init_node(home, party="XA", name="A", passphrase="x", fence=fence, now=START)
    with pytest.raises(Refusal):
        init_node(tmp_path / "node", party="nonsense", name="A", passphrase="x", now=START)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["taken"]


def test_private_files_are_for_their_owner_only(databases: None, tmp_path: Path) -> None:
    init_node(tmp_path / "node", party="XA", name="A", now=START)
    open_to_others = [
        path.name
        for path in (tmp_path / "node").rglob("*")
        if path.is_file() and path.stat().st_mode & 0o077
    ]
    assert sorted(open_to_others) == ["0.json", "db.sqlite3", "line.crt", "node.json"]
    assert (tmp_path / "node").stat().st_mode & 0o077 == 0
    assert (tmp_path / "node/root/PASSPHRASE").is_file()
    assert b"ENCRYPTED" in (tmp_path / "node/root/root.key").read_bytes()
