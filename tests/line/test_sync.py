"""`line sync`: one round by a carrier brings both sides as far as it can."""

import shutil

import pytest

from legation.errors import Refusal
from legation.line.loop import sync_once
from line.served import Both


def test_one_round_brings_both_sides_up_to_date(both: Both) -> None:
    both.b.listen()
    both.a.writes(1, 2)
    both.b.writes(3)
    seen: list[tuple[int, int]] = []
    counts = sync_once(both.a.node, progress=lambda done, total: seen.append((done, total)))
    assert both.is_even()
    assert counts["even"] is True
    assert counts["carriers"] == ["https"]
    assert counts["refused"] == []
    assert counts["new"] == both.b.held.size
    assert seen[-1] == (both.a.held.size, both.a.held.size)


def test_a_large_backlog_on_both_sides_crosses_in_one_round(both: Both) -> None:
    both.b.listen()
    both.a.writes(*range(200))
    both.b.writes(*range(200, 400))
    sync_once(both.a.node)
    assert both.is_even()
    assert both.a.held.size >= 200
    assert both.b.held.size >= 200


def test_a_stick_carried_to_and_fro_brings_both_up_to_date(both: Both) -> None:
    both.a.writes(1, 2)
    both.b.writes(3)
    for side in (both.a, both.b, both.a, both.b, both.a):
        counts = sync_once(side.node, carrier="folder", path=both.stick)
    assert both.is_even()
    assert counts["carriers"] == ["folder"]


def test_a_lost_stick_costs_nothing_but_another_one(both: Both) -> None:
    both.a.writes(1)
    sync_once(both.a.node, carrier="folder", path=both.stick)
    shutil.rmtree(both.stick)
    both.stick.mkdir()
    for side in (both.a, both.b, both.a, both.b):
        sync_once(side.node, carrier="folder", path=both.stick)
    assert both.is_even()


def test_a_round_says_which_files_of_a_stick_it_refused(both: Both) -> None:
    sync_once(both.b.node, carrier="folder", path=both.stick)
    (theirs,) = {file.parent for file in both.stick.rglob("*.bundle")}
    (theirs / f"{'0' * 64}.bundle").write_bytes(bytes(4096))
    done = sync_once(both.a.node, carrier="folder", path=both.stick)
    assert "'code': 'torn'" in str(done["refused"])


def test_old_files_are_gone_once_they_are_acknowledged(both: Both) -> None:
    for n in range(5):
        both.a.writes(n)
        for side in (both.a, both.b, both.a):
            sync_once(side.node, carrier="folder", path=both.stick)
    files = list(both.stick.rglob("*.bundle"))
    assert len(files) == 2


def test_a_round_without_the_peer_is_refused_with_what_to_do(both: Both) -> None:
    with pytest.raises(Refusal) as caught:
        sync_once(both.a.node)
    assert caught.value.code == "unreachable"


@pytest.mark.parametrize(
    ("options", "code"),
    [({"carrier": "pigeon"}, "carrier"), ({"carrier": "folder"}, "no-carrier")],
)
def test_a_carrier_that_is_not_there_is_refused(
    both: Both, options: dict[str, str], code: str
) -> None:
    with pytest.raises(Refusal) as caught:
        sync_once(both.a.node, carrier=options["carrier"])
    assert caught.value.code == code


def test_one_carrier_that_works_is_enough(both: Both) -> None:
    both.a.writes(1)
    counts = sync_once(both.a.node, path=both.stick)
    assert list(counts["failed"]) == ["https"]  # type: ignore[call-overload]
    assert counts["left"] == 1
