"""One custodian expels an officer: nothing of theirs opens anything any more."""

import pytest

import nodes
from legation.acts.kinds.party import PartyState
from legation.errors import Refusal
from legation.line.node import Node
from legation.line.queries.standing import Current
from legation.line.queries.state import state_bytes
from legation.officers import queries, services
from legation.officers.models import Officer
from legation.officers.wording import DraftedAct


def expel(node: Node, name: str, by: str = "Edda") -> services.Expelled:
    return services.expel_officer(node, name=name, by=by, at=node.clock(), reason="A SECRET WHY")


def code_of(node: Node, name: str, by: str = "Edda") -> str:
    with pytest.raises(Refusal) as refused:
        expel(node, name, by)
    assert "{" not in refused.value.sentence()
    return refused.value.code


def a_draft(node: Node, *, by: str = "Ada") -> str:
    post = f"post/{node.party}-MFA"
    act = DraftedAct(type="notice.released", on="notice/XA-1", body={"post": post})
    return services.draft(node, acts=[act], title="T", by=by, at=node.clock()).id


def test_password_token_and_roles_are_dead(lone: Node) -> None:
    services.set_password(lone, name="Bela", password="open sesame", at=lone.clock())
    expel(lone, "Bela")
    bela = Officer.objects.using(lone.alias).get(username="Bela")
    assert not bela.check_password("open sesame")
    assert not bela.has_role("clearing")
    assert not (lone.home / "officers" / "Bela.token").exists()
    with pytest.raises(Refusal) as refused:
        services.officer_by_token(lone, "Bela")
    assert refused.value.code == "suspended"


def test_a_copy_of_the_token_opens_nothing(lone: Node) -> None:
    path = lone.home / "officers" / "Ada.token"
    copy = path.read_bytes()
    expel(lone, "Ada")
    path.write_bytes(copy)
    path.chmod(0o600)
    with pytest.raises(Refusal):
        services.officer_by_token(lone, "Ada")


@pytest.mark.parametrize(
    ("name", "by", "code"),
    [
        ("Ada", "Ada", "role"),
        ("Bela", "Gil", "role"),
        ("Bela", "Finn", "role"),
        ("Bela", "Bela", "own-expulsion"),
        ("Nobody", "Edda", "unknown-officer"),
    ],
    ids=["an officer", "the administrator", "the auditor", "oneself", "a stranger"],
)
def test_who_expels_nobody(lone: Node, name: str, by: str, code: str) -> None:
    assert code_of(lone, name, by) == code


def test_nobody_is_expelled_twice_but_one_suspended_can_be(lone: Node) -> None:
    services.suspend_officer(lone, name="Ada", at=lone.clock())
    expel(lone, "Ada")
    assert code_of(lone, "Ada") == "already-expelled"


def test_an_expelled_custodian_expels_nobody(lone: Node) -> None:
    expel(lone, "Bela", by="Edda")
    assert code_of(lone, "Edda", by="Bela") == "suspended"


def test_what_they_cleared_and_nobody_released_is_cleared_no_more(pair: nodes.Pair) -> None:
    node = pair.a
    draft = a_draft(node)
    services.clear(node, draft_id=draft, by="Bela", at=node.clock())
    assert expel(node, "Bela").uncleared == (draft,)
    assert queries.draft(node, draft).line.state == "drafted"
    with pytest.raises(Refusal) as refused:
        services.release(node, draft_id=draft, by="Ada", at=node.clock())
    assert refused.value.code == "not-cleared"
    services.clear(node, draft_id=draft, by="Edda", at=node.clock())


def test_who_was_expelled_clears_nothing(pair: nodes.Pair) -> None:
    draft = a_draft(pair.a)
    expel(pair.a, "Bela")
    with pytest.raises(Refusal) as refused:
        services.clear(pair.a, draft_id=draft, by="Bela", at=pair.a.clock())
    assert refused.value.code == "suspended"


def test_what_they_only_drafted_stays_and_another_clears_it(pair: nodes.Pair) -> None:
    draft = a_draft(pair.a)
    assert expel(pair.a, "Ada").uncleared == ()
    services.clear(pair.a, draft_id=draft, by="Bela", at=pair.a.clock())
    assert queries.draft(pair.a, draft).line.state == "cleared"


def party(node: Node) -> PartyState:
    found = Current(node.alias).get(f"party/{node.party}")
    assert isinstance(found, PartyState)
    return found


def test_a_custodian_s_key_is_stopped_by_an_act_on_both_nodes_alike(pair: nodes.Pair) -> None:
    done = expel(pair.a, "Bela")
    assert (done.key, done.key_refusal) == ("stopped", None)
    bela = Officer.objects.using("a").get(username="Bela")
    assert [each.key for each in party(pair.a).suspended] == [bela.signing_key]
    pair.sync()
    assert state_bytes(pair.a) == state_bytes(pair.b)
    assert bela.signing_key in state_bytes(pair.b).decode()


def test_the_act_tells_neither_who_nor_why(pair: nodes.Pair) -> None:
    expel(pair.a, "Bela")
    pair.sync()
    theirs = (pair.b.home / "db.sqlite3").read_bytes()
    theirs += (pair.b.home / "db.sqlite3-wal").read_bytes()
    for ours_only in (b"A SECRET WHY", b"Bela"):
        assert ours_only not in theirs


def test_an_officer_without_a_key_leaves_the_record_alone(pair: nodes.Pair) -> None:
    before = state_bytes(pair.a)
    assert expel(pair.a, "Ada").key == "none"
    assert state_bytes(pair.a) == before


def test_where_the_act_cannot_be_written_the_officer_is_out_all_the_same(
    pair: nodes.Pair,
) -> None:
    (pair.a.home / "officers" / "Edda.key").unlink()
    done = expel(pair.a, "Bela")
    assert done.key == "waits"
    assert done.key_refusal is not None
    assert done.key_refusal.code == "node-key"
    assert not Officer.objects.using("a").get(username="Bela").is_active


def test_before_there_is_a_record_it_says_what_the_root_must_do(lone: Node) -> None:
    done = expel(lone, "Bela")
    assert done.key == "waits"
    assert done.key_refusal is not None
    assert done.key_refusal.code == "no-peer"


def test_the_audit_says_who_expelled_whom_and_why(lone: Node) -> None:
    expel(lone, "Ada")
    (row,) = [line for line in queries.audit(lone, about="Ada") if line.what == "officer.expelled"]
    assert (row.by, row.detail["reason"]) == ("Edda", "A SECRET WHY")
