"""Two nodes whose clocks do not agree, over HTTPS and on a stick: nothing hangs on them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from legation.line.core import health
from legation.line.core.health import CarrierView, carriers_for
from legation.line.loop import sync_once
from legation.line.node import utc_now
from legation.line.queries.state import state_bytes
from legation.line.queries.status import status
from line.served import Both, Served

YEAR = timedelta(days=365)
HOURS = timedelta(hours=10)


class Moved:
    """A machine's clock that somebody moves."""

    def __init__(self, by: timedelta = timedelta(0)) -> None:
        self.by = by

    def __call__(self) -> datetime:
        return utc_now() + self.by


def on(side: Served, clock: Callable[[], datetime]) -> None:
    side.node = replace(side.node, clock=clock)


def alike(both: Both) -> bool:
    return state_bytes(both.a.node) == state_bytes(both.b.node)


@pytest.mark.parametrize("behind", ["a", "b"], ids=["ours is behind", "theirs is behind"])
def test_ten_hours_apart_both_hold_the_same_in_the_same_order(both: Both, behind: str) -> None:
    on(getattr(both, behind), Moved(-HOURS))
    both.serve()
    for n in range(1, 6):
        both.a.writes(n)
        both.b.writes(n)
    both.becomes_even(a=5, b=5)
    assert alike(both)
    assert both.a.refusals() == both.b.refusals() == {}
    assert status(both.a.node).verdict == status(both.b.node).verdict == "same"


def test_a_clock_that_jumps_a_year_and_back_loses_nothing_on_either_carrier(both: Both) -> None:
    clock = Moved()
    on(both.a, clock)
    for n, by in enumerate((timedelta(0), YEAR, timedelta(0)), start=1):
        clock.by = by
        both.a.writes(n)
        both.b.writes(n)
        for side in (*both.sides, *both.sides, *both.sides):
            sync_once(side.node, carrier="folder", path=both.stick)
    assert both.is_even()
    clock.by = YEAR
    both.serve()
    both.a.writes(4)
    both.b.writes(4)
    both.becomes_even(a=4, b=4)
    clock.by = timedelta(0)
    both.a.writes(5)
    both.b.writes(5)
    both.becomes_even(a=5, b=5)
    assert alike(both)
    assert both.a.refusals() == both.b.refusals() == {}


def test_what_was_heard_in_a_year_to_come_is_no_news_of_now(both: Both) -> None:
    clock = Moved(YEAR)
    on(both.a, clock)
    both.serve()
    both.a.writes(1)
    both.becomes_even(a=1)
    both.a.until("https", lambda row: row.last_echoed_at is not None)
    assert status(both.a.node).verdict == "same"
    for side in both.sides:
        side.stop()
    clock.by = timedelta(0)
    said = status(both.a.node)
    assert said.verdict == "silent"
    assert not any(carrier.outbound for carrier in said.carriers)


def test_nobody_waits_for_what_a_clock_that_ran_ahead_put_off() -> None:
    now, ahead = utc_now(), utc_now() + YEAR
    usual = timedelta(seconds=10)
    first = CarrierView(name="https", rank=0, usual=usual, sent_to=3, sent_at=ahead)
    failed = CarrierView(name="https", rank=0, usual=usual, retry_at=ahead)
    other = CarrierView(name="folder", rank=1, usual=usual)
    assert carriers_for([first, other], have=2, size=3, at=now) == ("https", "folder")
    assert carriers_for([failed, other], have=2, size=3, at=now) == ("https",)
    soon = replace(failed, retry_at=now + health.LONGEST_WAIT)
    assert carriers_for([soon, other], have=2, size=3, at=now) == ("folder",)
