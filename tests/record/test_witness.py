"""A witness's answers: each status, and which comes first when several things are wrong."""

from dataclasses import dataclass, replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.record import merkle, note
from legation.record.merkle import EMPTY, Root
from legation.record.note import (
    Checkpoint,
    Signature,
    VerifierKey,
    open_cosignature,
    sign_checkpoint,
)
from legation.record.witness import SIZE_TYPE, Decision, Held, decide, encode_request
from record.exports import hashes_of, private_key, raw_key
from record.test_merkle import LEAVES

LOG, OTHER_LOG, NAME = "log.example", "other.example", "witness.example/w1"
LOG_KEYS = {LOG: [VerifierKey.of(LOG, note.ED25519, raw_key("log"))]}
WITNESS_KEY = VerifierKey.of(NAME, note.COSIGNATURE, raw_key("witness"))
READ = hashes_of(LEAVES)
NOW = 1_795_455_900


def root(size: int) -> Root:
    return merkle.root_of(LEAVES[:size])


def a_checkpoint(at: Root, *, origin: str = LOG, key: str = "log") -> bytes:
    return sign_checkpoint(Checkpoint(origin, at.size, at.hash), origin, private_key(key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A request, and what the witness holds; everything is right unless said otherwise."""

    held: int | None = 5
    old: int = 5
    new: int = 8
    proof: tuple[bytes, ...] | None = None
    checkpoint: bytes | None = None
    request: bytes | None = None
    held_at: int = NOW - 60
    at: int = NOW

    def decide(self) -> Decision:
        state = {} if self.held is None else {LOG: Held(root(self.held), self.held_at)}
        proof = self.proof
        if proof is None:
            proof = merkle.consistency_proof(READ, self.old, max(self.old, self.new))
        request = self.request
        if request is None:
            signed = self.checkpoint or a_checkpoint(root(self.new))
            request = encode_request(self.old, proof, signed)
        key = private_key("witness")
        return decide(state, request, LOG_KEYS, name=NAME, private_key=key, at=self.at)


GOOD = Case()
FORGED = Root(8, LEAVES[0])
UNKNOWN = a_checkpoint(root(8), origin=OTHER_LOG)
UNSIGNED = a_checkpoint(root(8), key="a stranger")
FALSE = note.sign_note(
    Checkpoint(LOG, 8, root(8).hash).text(), [Signature(LOG, LOG_KEYS[LOG][0].id, bytes(64))]
)


def test_a_log_that_grew_is_cosigned_and_remembered() -> None:
    decision = GOOD.decide()
    assert decision.status == 200
    assert decision.state == Held(root(8), NOW)
    assert decision.origin == LOG
    assert open_cosignature(a_checkpoint(root(8)) + decision.body, WITNESS_KEY) == NOW


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(Case(held=None, old=0, proof=()), id="a log seen for the first time"),
        pytest.param(Case(held=0, old=0, new=0, proof=()), id="an empty log again"),
        pytest.param(Case(held=None, old=0, new=0, proof=()), id="an empty log"),
        pytest.param(Case(old=5, new=5, proof=()), id="the same once more"),
        pytest.param(Case(held_at=NOW), id="in the same second"),
        pytest.param(
            Case(
                checkpoint=a_checkpoint(root(8)) + a_checkpoint(root(8), key="x").split(b"\n\n")[1]
            ),
            id="with a stranger's signature too",
        ),
    ],
)
def test_these_are_cosigned(case: Case) -> None:
    decision = case.decide()
    assert decision.status == 200
    assert decision.state is not None


REFUSED = {
    "400 malformed: nothing": (Case(request=b""), 400),
    "400 malformed: no old size": (Case(request=a_checkpoint(root(8))), 400),
    "400 malformed: a leading zero": (Case(request=b"old 05\n\n" + a_checkpoint(root(8))), 400),
    "400 malformed: a minus": (Case(request=b"old -5\n\n" + a_checkpoint(root(8))), 400),
    "400 malformed: two spaces": (Case(request=b"old  5\n\n" + a_checkpoint(root(8))), 400),
    "400 malformed: a carriage return": (
        Case(request=b"old 5\r\n\n" + a_checkpoint(root(8))),
        400,
    ),
    "400 malformed: 64 hashes": (Case(proof=(LEAVES[0],) * 64), 400),
    "400 malformed: a short hash": (Case(proof=(b"short",)), 400),
    "400 malformed: base64 in another spelling": (
        Case(request=b"old 5\n" + b"A" * 42 + b"B=\n\n" + a_checkpoint(root(8))),
        400,
    ),
    "400 malformed: no checkpoint": (Case(request=b"old 5\n\nno note\n"), 400),
    "400 malformed: a note of something else": (
        Case(checkpoint=note.sign_note("x\n", [note.sign_text("x\n", LOG, private_key("log"))])),
        400,
    ),
    "400 malformed: longer than any": (Case(request=b"old 5\n" + b"A" * 80_000), 400),
    "404 unknown origin": (Case(checkpoint=UNKNOWN), 404),
    "403 no known signature": (Case(checkpoint=UNSIGNED), 403),
    "403 a known signature that is false": (Case(checkpoint=FALSE), 403),
    "400 old above the size": (Case(old=9, held=9, new=8, proof=()), 400),
    "409 another old size": (Case(held=6), 409),
    "409 a log we never saw": (Case(held=None), 409),
    "422 a proof that shows nothing": (Case(proof=(LEAVES[0],)), 422),
    "422 no proof": (Case(proof=()), 422),
    "422 a proof where none is needed": (Case(held=None, old=0, proof=(LEAVES[0],)), 422),
    "422 a proof for the same size": (Case(new=5, proof=(LEAVES[0],)), 422),
    "422 the same size, another root": (
        Case(held=8, old=8, proof=(), checkpoint=a_checkpoint(FORGED)),
        422,
    ),
    "422 an empty log with a root": (
        Case(held=None, old=0, proof=(), checkpoint=a_checkpoint(Root(0, LEAVES[0]))),
        422,
    ),
    "503 a clock that went back": (Case(held_at=NOW + 1), 503),
    "503 no clock": (Case(held=None, old=0, proof=(), at=0), 503),
}


@pytest.mark.parametrize(("case", "status"), REFUSED.values(), ids=REFUSED.keys())
def test_these_get_their_status_and_nothing_is_stored(case: Case, status: int) -> None:
    decision = case.decide()
    assert decision.status == status
    assert decision.state is None
    assert bool(decision.evidence) == (status == 422)


def test_a_missing_and_a_false_signature_are_told_apart_for_people() -> None:
    reasons = [Case(checkpoint=signed).decide().reason for signed in (UNSIGNED, FALSE)]
    assert [reason and reason.code for reason in reasons] == ["signer", "signature"]


def test_a_conflict_says_the_size_that_is_held() -> None:
    decision = Case(held=6).decide()
    assert (decision.body, decision.content_type) == (b"6\n", SIZE_TYPE)
    assert SIZE_TYPE == "text/x.tlog.size"
    assert Case(held=None).decide().body == b"0\n"


def test_what_contradicts_a_log_is_kept_as_evidence() -> None:
    forged = a_checkpoint(FORGED)
    decision = Case(held=8, old=8, proof=(), checkpoint=forged).decide()
    assert decision.evidence == forged
    assert decision.reason is not None
    assert decision.reason.code == "fork"


ORDER: list[tuple[str, dict[str, object], int]] = [
    ("malformed", {"request": b"old x"}, 400),
    ("unknown origin", {"checkpoint": UNKNOWN}, 404),
    ("no known signature", {"checkpoint": UNSIGNED}, 403),
    ("old above the size", {"old": 9}, 400),
    ("another old size", {"held": 6}, 409),
    ("a bad proof", {"proof": (LEAVES[0],)}, 422),
    ("a clock that went back", {"held_at": NOW + 1}, 503),
]


@pytest.mark.parametrize(
    ("first", "later"),
    list(combinations(range(len(ORDER)), 2)),
    ids=[f"{one[0]} and {other[0]}" for one, other in combinations(ORDER, 2)],
)
def test_of_two_faults_the_first_in_the_order_is_answered(first: int, later: int) -> None:
    """Faults are put together pairwise; where both change the same thing, the first one wins."""
    changes = {**ORDER[later][1], **ORDER[first][1]}
    case = replace(GOOD, **changes)  # type: ignore[arg-type] # fields by name
    assert case.decide().status == ORDER[first][2]


def test_two_logs_are_kept_apart() -> None:
    state = {OTHER_LOG: Held(root(7), NOW)}
    request = encode_request(0, (), a_checkpoint(root(8)))
    key = private_key("witness")
    decision = decide(state, request, LOG_KEYS, name=NAME, private_key=key, at=NOW)
    assert decision.status == 200


@given(st.lists(st.integers(0, 70), max_size=12), st.lists(st.integers(0, 70), max_size=12))
def test_whatever_is_asked_what_is_held_only_grows(olds: list[int], news: list[int]) -> None:
    held, at = root(0), 1
    for old, new in zip(olds, news, strict=False):
        case = Case(held=held.size, old=old, new=new, held_at=at, at=at + 1)
        decision = case.decide()
        assert decision.status in {200, 400, 409}
        assert (decision.status == 200) == (old == held.size and new >= old)
        if decision.state is not None:
            assert decision.state.root.size >= held.size
            held, at = decision.state.root, decision.state.at
    assert held == root(held.size)
    assert EMPTY == root(0)


@pytest.mark.fuzz
@given(st.binary(max_size=300))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    assert Case(request=data).decide().status == 400
