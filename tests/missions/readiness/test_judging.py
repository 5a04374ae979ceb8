"""A post is judged from its arguments alone, and what is unknown is never in order."""

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from legation.missions.readiness.judge import judge_all
from legation.missions.readiness.writing import board_json
from legation.record import canon
from missions.readiness.made import ON, a_world, in_order


def test_a_post_with_every_essential_in_order_operates() -> None:
    (verdict,) = judge_all(in_order().facts, ON).verdicts
    assert {name: cell.state for name, cell in verdict.cells.items() if cell.causes} == {}
    assert verdict.standing == "operates"


def test_a_post_of_which_nothing_is_told_is_unknown_in_every_essential() -> None:
    (verdict,) = judge_all(a_world().facts, ON).verdicts
    assert {cell.state for cell in verdict.cells.values()} == {"unknown"}
    assert verdict.standing == "unknown"


def test_a_board_is_written_as_canonical_json() -> None:
    board = judge_all(in_order().facts, ON)
    assert canon.encode_large(board_json(board)) == canon.encode_large(board_json(board))


def test_several_threads_may_judge_the_same_facts_at_once() -> None:
    world = in_order()
    for number in range(40):
        thing = f"premises/B{number:02d}"
        world.says(thing, post="post/XA-MIS", use="office", access="denied")
        world.says(f"slot/XA-{number}", post="post/XA-MIS", state="filled")
    expected = canon.encode_large(board_json(judge_all(world.facts, ON)))
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(5):
            judged = partial(judge_all, world.facts)
            with ThreadPoolExecutor(8) as threads:
                boards = list(threads.map(judged, [ON] * 8))
            assert {canon.encode_large(board_json(board)) for board in boards} == {expected}
    finally:
        sys.setswitchinterval(usual)


def test_facts_may_be_taken_over_while_a_thread_still_judges_them() -> None:
    world = in_order()
    for number in range(400):
        world.says(f"channel/XA-{number:03d}", post="post/XA-MIS", state="works", bank="A bank")
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(5):
            earlier = world.facts
            with ThreadPoolExecutor(2) as threads:
                judged = threads.submit(judge_all, earlier, ON)
                while not judged.done():
                    world.facts.take_over(earlier, {"post/XA-MIS"})
                assert judged.result().verdicts
    finally:
        sys.setswitchinterval(usual)
