"""Officers: names, tokens, passwords, custodians' keys, suspension."""

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import nodes
from legation.errors import Refusal
from legation.line import documents
from legation.line.keyfiles import read_signing_key
from legation.line.node import Node
from legation.line.queries.state import state_bytes
from legation.officers import queries, services
from legation.officers.models import Officer
from legation.officers.services.custodians import label_of, signers
from legation.record.ed25519 import raw_public, verifies
from legation.record.keys import check_first


def add(node: Node, name: str, *roles: str) -> services.Added:
    return services.add_officer(
        node, name=name, roles=roles or ("officer",), at=node.clock(), passphrase="test"
    )


def code_of(deed: Callable[..., object], *args: object, **by_name: object) -> str:
    with pytest.raises(Refusal) as refused:
        deed(*args, **by_name)
    assert "{" not in refused.value.sentence()
    return refused.value.code


def row(node: Node, name: str) -> Officer:
    return Officer.objects.using(node.alias).get(username=name)


def test_a_token_opens_the_command_line_to_its_officer(lone: Node) -> None:
    added = add(lone, "Kai")
    assert added.token_path == lone.home / "officers" / "Kai.token"
    assert added.token_path.stat().st_mode & 0o777 == 0o600
    assert services.officer_by_token(lone, "kai").username == "Kai"


def test_neither_token_nor_password_can_be_read_from_the_database(lone: Node) -> None:
    added = add(lone, "Kai")
    token = added.token_path.read_text().strip()
    kept = (lone.home / "db.sqlite3").read_bytes() + (lone.home / "db.sqlite3-wal").read_bytes()
    assert token.encode() not in kept
    assert added.password.encode() not in kept
    assert row(lone, "Kai").token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert row(lone, "Kai").check_password(added.password)


@pytest.mark.parametrize(
    "other", ["", "0" * 64, "Bela"], ids=["empty", "of zeros", "another officer's"]
)
def test_a_wrong_token_opens_nothing(lone: Node, other: str) -> None:
    folder = lone.home / "officers"
    text = (folder / f"{other}.token").read_text() if other == "Bela" else other
    (folder / "Ada.token").write_text(text)
    assert code_of(services.officer_by_token, lone, "Ada") == "wrong-token"


@pytest.mark.parametrize(
    "name",
    ["", ".hidden", "../../etc", "a/b", "-n", "two words", "x" * 41, "tab\t", "Ada\n", "a\u202eb"],
    ids=repr,
)
def test_a_name_that_is_no_safe_file_name_is_refused(lone: Node, name: str) -> None:
    before = sorted(path.name for path in lone.home.rglob("*"))
    assert code_of(add, lone, name) == "officer-name"
    assert sorted(path.name for path in lone.home.rglob("*")) == before


@pytest.mark.parametrize("name", ["Иван", "Şule", "J.-P._2"])
def test_a_name_may_be_in_any_of_our_languages(lone: Node, name: str) -> None:
    assert add(lone, name).token_path.is_file()
    assert services.officer_by_token(lone, name).username == name


@pytest.mark.parametrize("name", ["Ada", "ADA", "ada"])
def test_a_name_is_taken_in_any_mix_of_capitals(lone: Node, name: str) -> None:
    assert code_of(add, lone, name) == "officer-exists"
    assert services.officer_by_token(lone, "Ada").username == "Ada"


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (("clearing-officer",), ["clearing"]),
        (("clearing officer",), ["clearing"]),
        (("key-custodian", "officer"), ["officer", "custodian"]),
        (("officer", "officer"), ["officer"]),
    ],
)
def test_roles_have_short_names(lone: Node, asked: tuple[str, ...], kept: list[str]) -> None:
    add(lone, "Kai", *asked)
    assert row(lone, "Kai").roles == kept


def test_an_unknown_role_is_refused_and_nobody_is_added(lone: Node) -> None:
    assert code_of(add, lone, "Kai", "officer", "king") == "unknown-role"
    assert not (lone.home / "officers" / "Kai.token").exists()
    assert "Kai" not in {officer.name for officer in queries.officers(lone)}


def test_a_custodian_stands_in_the_keys_document_without_a_name(lone: Node) -> None:
    before = check_first(documents.newest(lone.home).encode())
    added = add(lone, "Kai", "custodian")
    after = check_first(documents.newest(lone.home).encode())
    assert added.key_path is not None
    assert added.key_path.stat().st_mode & 0o777 == 0o600
    assert len(after.custodians) == len(before.custodians) + 1
    assert b"Kai" not in after.encode()
    assert after.threshold == 2


def test_two_custodians_sign_what_their_keys_document_accepts(lone: Node) -> None:
    keys = {each.name: each.key for each in documents.newest(lone.home).custodians}
    sign = signers(lone, ["Bela", "Edda"])
    made = sign(b"message")
    assert {each.officer for each in made} == set(keys)
    assert all(verifies(keys[each.officer], each.sig, b"message") for each in made)


@pytest.mark.parametrize(("name", "code"), [("Ada", "role"), ("Nobody", "unknown-officer")])
def test_who_is_no_custodian_signs_nothing(lone: Node, name: str, code: str) -> None:
    assert code_of(signers, lone, ["Bela", name]) == code


def test_a_wrong_passphrase_adds_no_custodian_and_leaves_nothing(lone: Node) -> None:
    before = documents.newest(lone.home)
    refused = code_of(
        services.add_officer,
        lone,
        name="Kai",
        roles=("custodian",),
        at=lone.clock(),
        passphrase="wrong",
    )
    assert refused == "passphrase"
    assert documents.newest(lone.home) == before
    assert not list((lone.home / "officers").glob("Kai*"))
    assert "Kai" not in {officer.name for officer in queries.officers(lone)}


def test_keys_that_are_in_force_change_by_an_act_that_somebody_drafts(pair: nodes.Pair) -> None:
    assert code_of(add, pair.a, "Kai", "custodian") == "in-force"
    assert not list((pair.a.home / "officers").glob("Kai*"))
    assert "Kai" not in {officer.name for officer in queries.officers(pair.a)}


def test_a_new_custodian_counts_once_two_others_have_signed(pair: nodes.Pair) -> None:
    node, at = pair.a, pair.a.clock
    added = services.add_officer(
        node, name="Kai", roles=("custodian",), by="Ada", at=at(), passphrase="test"
    )
    assert added.draft is not None
    assert len(documents.newest(node.home).custodians) == 2
    services.clear(node, draft_id=added.draft, by="Bela", at=at())
    release = partial(services.release, node, draft_id=added.draft, by="Ada", at=at())
    for signing in ((), ("Bela",), ("Bela", "Kai")):
        assert code_of(release, custodians=signing) == "officers"
    release(custodians=("Bela", "Edda"))
    pair.sync()
    assert len(documents.newest(node.home).custodians) == 3
    assert state_bytes(pair.a) == state_bytes(pair.b)
    assert label_of(signing_key(added)) in state_bytes(pair.b).decode()


def signing_key(added: services.Added) -> bytes:
    assert added.key_path is not None
    return raw_public(read_signing_key(added.key_path))


def test_a_suspended_officer_cannot_sign_in_and_is_listed(lone: Node) -> None:
    services.suspend_officer(lone, name="Ada", by="Gil", at=lone.clock(), reason="left")
    assert not row(lone, "Ada").is_active
    (found,) = [officer for officer in queries.officers(lone) if officer.name == "Ada"]
    assert found.suspended_at is not None
    assert code_of(services.suspend_officer, lone, name="Ada", at=lone.clock()) == (
        "already-suspended"
    )


def test_a_new_password_replaces_the_old(lone: Node) -> None:
    first = add(lone, "Kai").password
    second = services.set_password(lone, name="Kai", at=lone.clock())
    assert not row(lone, "Kai").check_password(first)
    assert row(lone, "Kai").check_password(second)


def test_the_audit_names_who_and_what_but_no_secret(lone: Node) -> None:
    added = add(lone, "Kai", "custodian")
    services.set_password(lone, name="Kai", password="a new long one", by="Gil", at=lone.clock())
    lines = queries.audit(lone, about="Kai")
    assert [(line.what, line.by) for line in lines] == [
        ("officer.added", ""),
        ("officer.password", "Gil"),
    ]
    told = repr(lines)
    for secret in (added.password, "a new long one", added.token_path.read_text().strip()):
        assert secret not in told


def test_a_copied_folder_without_its_token_acts_for_nobody(lone: Node, tmp_path: Path) -> None:
    (lone.home / "officers" / "Ada.token").rename(tmp_path / "Ada.token")
    assert code_of(services.officer_by_token, lone, "Ada") == "no-token"
