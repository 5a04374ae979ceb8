"""The decisions of the line, as a table of facts and what follows."""

from datetime import UTC, datetime, timedelta

import pytest

from legation.errors import Refusal
from legation.line.core import fence as fences
from legation.line.core.fence import Fence
from legation.line.core.health import (
    LONGEST_WAIT,
    CarrierView,
    carriers_for,
    is_silent,
    verdict,
    wait_before_retry,
)
from legation.line.core.protocol import (
    Holding,
    Outcome,
    TermIs,
    judge_have,
    judge_resumption,
    judge_run,
    judge_term,
    levels_of,
    may_cosign,
    may_resume,
    seen_is_due,
)
from legation.record.merkle import EMPTY, Frontier, Root, leaf_hash

LEAVES = [leaf_hash(bytes([n])) for n in range(10)]
AT = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)


def edge(size: int) -> Frontier:
    return Frontier().extend(LEAVES[:size])


@pytest.mark.parametrize(
    ("first", "until", "held", "outcome", "new_from"),
    [
        pytest.param(0, 4, 0, Outcome.TAKE, 0, id="the first entries are taken"),
        pytest.param(4, 8, 4, Outcome.TAKE, 0, id="entries that join on are taken"),
        pytest.param(2, 8, 4, Outcome.TAKE, 2, id="of an overlap what is new is taken"),
        pytest.param(0, 4, 4, Outcome.STALE, 0, id="what is held already is stale"),
        pytest.param(1, 3, 4, Outcome.STALE, 0, id="a part of what is held is stale"),
        pytest.param(5, 8, 4, Outcome.GAP, 0, id="a gap is not filled later"),
    ],
)
def test_a_run_of_entries(
    first: int, until: int, held: int, outcome: Outcome, new_from: int
) -> None:
    judged = judge_run(
        first,
        LEAVES[first:until],
        edge(until).root(),
        size=held,
        edge=edge(min(first, held)),
        held=LEAVES[first : min(held, until)],
    )
    assert (judged.outcome, judged.new_from) == (outcome, new_from)


def test_a_run_that_its_checkpoint_does_not_cover_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        judge_run(0, LEAVES[:4], edge(5).root(), size=0, edge=Frontier(), held=[])
    assert refused.value.code == "root"


def test_another_entry_at_a_held_place_is_a_fork_only_if_it_was_signed() -> None:
    other = [*LEAVES[:3], leaf_hash(b"other")]
    signed = Frontier().extend(other).root()
    judged = judge_run(0, other, signed, size=4, edge=Frontier(), held=LEAVES[:4])
    assert judged.outcome is Outcome.FORK
    with pytest.raises(Refusal):
        judge_run(0, other, edge(4).root(), size=4, edge=Frontier(), held=LEAVES[:4])


@pytest.mark.parametrize(
    ("have", "there", "holding"),
    [
        pytest.param(edge(4).root(), edge(4).root().hash, Holding.OURS, id="what we have"),
        pytest.param(edge(9).root(), None, Holding.OWN_SHORT, id="more than we have"),
        pytest.param(edge(4).root(), b"other", Holding.FORK, id="other than we have"),
    ],
)
def test_what_the_other_side_holds_of_ours(
    have: Root, there: bytes | None, holding: Holding
) -> None:
    assert judge_have(have, size=8, root_there=there) is holding


@pytest.mark.parametrize(
    ("term", "answer", "opened", "asks", "found"),
    [
        pytest.param("old", "", False, False, TermIs.KNOWN, id="the known term"),
        pytest.param("new", "now", True, True, TermIs.PROPOSED, id="a new one that answers us"),
        pytest.param("new", "then", True, True, TermIs.ASKING, id="a new one that does not yet"),
        pytest.param("new", "now", False, True, TermIs.ASKING, id="a restored one that asks"),
        pytest.param("new", "now", False, False, None, id="another term by nobody"),
    ],
)
def test_a_term(term: str, answer: str, opened: bool, asks: bool, found: TermIs | None) -> None:  # noqa: FBT001 - a table
    def judged() -> TermIs:
        return judge_term(
            term, known="old", answer=answer, challenge="now", opened=opened, asks=asks
        )

    if found is not None:
        assert judged() is found
        return
    with pytest.raises(Refusal) as refused:
        judged()
    assert refused.value.code == "term"


def test_a_log_goes_on_from_what_we_hold_or_beyond() -> None:
    judge_resumption(edge(4).root(), have=edge(4).root())
    judge_resumption(edge(6).root(), have=edge(4).root())
    for opened, code in ((edge(3).root(), "behind"), (Root(4, bytes(32)), "resume")):
        with pytest.raises(Refusal) as refused:
            judge_resumption(opened, have=edge(4).root())
        assert refused.value.code == code


@pytest.mark.parametrize("missing", ["answered", "known", "size", "usable"])
def test_a_restored_node_signs_only_when_all_holds(missing: str) -> None:
    facts = {"have": 5, "size": 5, "usable": 5, "answered": True, "known": True}
    assert may_resume(**facts)  # type: ignore[arg-type] # a table
    facts[missing] = 4 if missing in {"size", "usable"} else False
    assert not may_resume(**facts)  # type: ignore[arg-type]


def test_nothing_is_cosigned_unseen_but_a_trailing_record_seen_needs_no_answer() -> None:
    assert not may_cosign(seen_to=4, solid=5)
    assert may_cosign(seen_to=5, solid=5)
    assert seen_is_due(seen_to=4, solid=5, held=6, announced=6)
    assert not seen_is_due(seen_to=4, solid=5, held=6, announced=7), "not in the middle of a run"
    assert not seen_is_due(seen_to=5, solid=5, held=6, announced=6), "not for a record.seen alone"


def test_levels_stop_at_the_first_entry_that_names_what_is_not_there() -> None:
    assert levels_of([0, 2, 2, 5, 0], last=3, others=4, level_there={1: 9}) == [4, 10, 11]


@pytest.mark.parametrize(
    ("term", "size", "there", "matches"),
    [
        pytest.param("t", 5, b"r", True, id="the same term, and its root is there"),
        pytest.param("t", 3, None, False, id="a shorter log"),
        pytest.param("t", 5, b"x", False, id="another root at that size"),
        pytest.param("u", 5, b"r", False, id="another term"),
    ],
)
def test_a_fence(term: str, size: int, there: bytes | None, matches: bool) -> None:  # noqa: FBT001 - a table
    assert Fence("t", Root(4, b"r")).matches(term, size=size, root_there=there) is matches


def test_a_fence_is_read_as_it_was_written_and_damage_is_refused() -> None:
    fence = Fence("00" * 8, EMPTY)
    assert fences.decode(fence.encode()) == fence
    for data in (b"", b"{}", b"nonsense", fence.encode()[:-9], fence.encode() * 2):
        with pytest.raises(Refusal) as refused:
            fences.decode(data)
        assert refused.value.code == "fence"


def test_the_line_is_silent_after_three_heartbeats_missed_on_every_carrier() -> None:
    beat = timedelta(seconds=10)
    assert is_silent([], at=AT, heartbeat=beat)
    assert is_silent([None, AT - 4 * beat], at=AT, heartbeat=beat)
    assert not is_silent([AT - 4 * beat, AT - 2 * beat], at=AT, heartbeat=beat)


def test_the_first_verdict_that_holds_is_said() -> None:
    def said(fork: int, short: int, silent: int, queue: int, missing: int) -> str:
        return verdict(
            fork=bool(fork),
            own_short=bool(short),
            silent=bool(silent),
            queue=queue,
            missing=missing,
        )

    assert said(1, 1, 1, 1, 1) == "fork"
    assert said(0, 1, 1, 1, 1) == "own-short"
    assert said(0, 0, 1, 1, 1) == "silent"
    assert said(0, 0, 0, 1, 0) == said(0, 0, 0, 0, 1) == "behind"
    assert said(0, 0, 0, 0, 0) == "same"


def test_waits_grow_are_jittered_and_capped() -> None:
    waits = [wait_before_retry(n, chance=0.5) for n in range(30)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT * 0.75
    assert wait_before_retry(99, chance=0.999) < LONGEST_WAIT


def _carrier(name: str, rank: int, **changes: object) -> CarrierView:
    return CarrierView(name=name, rank=rank, usual=timedelta(seconds=10), **changes)  # type: ignore[arg-type] # fields


@pytest.mark.parametrize(
    ("https", "chosen"),
    [
        pytest.param({}, ("https",), id="the best first"),
        pytest.param({"sent_to": 5, "sent_at": AT}, (), id="then its usual time is waited"),
        pytest.param(
            {"sent_to": 5, "sent_at": AT - timedelta(minutes=1)},
            ("https", "folder"),
            id="without acknowledgement the next as well",
        ),
        pytest.param(
            {"retry_at": AT + timedelta(minutes=1)}, ("folder",), id="one that failed rests"
        ),
        pytest.param({"sent_to": 3, "sent_at": AT}, ("https",), id="what is new goes at once"),
    ],
)
def test_the_choice_of_a_carrier(https: dict[str, object], chosen: tuple[str, ...]) -> None:
    views = [_carrier("folder", 50), _carrier("https", 10, **https)]
    assert carriers_for(views, have=0, size=5, at=AT) == chosen


def test_nothing_is_carried_when_nothing_waits() -> None:
    assert carriers_for([_carrier("https", 10)], have=5, size=5, at=AT) == ()
