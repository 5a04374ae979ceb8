"""Conflicts go by sight, never by order: every way in which two scripts can cross on the line."""

from collections.abc import Callable, Iterator

import pytest

from world import GRANTED, REPLY, Body, Node, World, a_note, a_request

Script = list[Callable[[Node, str], int]]
Schedule = tuple[str, ...]

FINAL = {"answer": "answered", **REPLY}


def withdraw(node: Node, note: str) -> int:
    return node.withdraws(note)


def close(node: Node, note: str) -> int:
    return node.closes(note)


def interim(node: Node, note: str) -> int:
    return node.answers(note, "held")


def refuse(node: Node, note: str) -> int:
    return node.answers(note, "refused")


def grant(node: Node, note: str) -> int:
    return node.answers(note, "granted", **GRANTED)


def change(node: Node, note: str) -> int:
    return node.answers(note, "refused", "notice.answer_changed")


def schedules(a: int, b: int) -> Iterator[Schedule]:
    """Yield every order of `a` acts of XA, `b` acts of XB and useful deliveries between them.

    "a", "b": the next act. ">": all of XA's arrives at XB. "<": all of XB's arrives at XA.
    """

    def go(done: Schedule, left: tuple[int, int], fresh: tuple[bool, bool]) -> Iterator[Schedule]:
        if left == (0, 0):
            yield done
        if left[0]:
            yield from go((*done, "a"), (left[0] - 1, left[1]), (True, fresh[1]))
        if left[1]:
            yield from go((*done, "b"), (left[0], left[1] - 1), (fresh[0], True))
        if fresh[0] and left[1]:
            yield from go((*done, ">"), left, (False, fresh[1]))
        if fresh[1] and left[0]:
            yield from go((*done, "<"), left, (fresh[0], False))

    return go((), (a, b), (False, False))


class Oracle:
    """Which acts are without effect, from who had seen what alone: the rules, without the fold.

    Entry 0 of XA is the release, which XB holds.
    """

    def __init__(self) -> None:
        self.void: dict[tuple[str, int], str] = {}
        self.wrote = {"a": 0, "b": 0}
        self.holds = {"a": 0, "b": 0}
        self.ended: tuple[int, str] | None = None
        """The script's place of XA's withdrawal or closing, and the code for who had seen it."""
        self.final: int | None = None
        """The entry of XB's first final answer."""

    def ends(self, act: Callable[[Node, str], int], place: int) -> str | None:
        if self.ended is not None:
            return self.ended[1]
        if act is withdraw and self.final is not None and self.final < self.holds["a"]:
            return "already-final"
        self.ended = place, "withdrawn" if act is withdraw else "closed"
        return None

    def answers(self, act: Callable[[Node, str], int], place: int) -> str | None:
        if self.ended is not None and self.ended[0] < self.holds["b"]:
            return self.ended[1]
        if act is change:
            return "not-answered" if self.final is None else None
        if self.final is not None:
            return "already-final"
        if act is not interim:
            self.final = place
        return None

    def walk(self, script_a: Script, script_b: Script, schedule: Schedule) -> None:
        for step in schedule:
            if step in "<>":
                to, of = ("b", "a") if step == ">" else ("a", "b")
                self.holds[to] = self.wrote[of]
                continue
            place = self.wrote[step]
            self.wrote[step] += 1
            if step == "a":
                entry, code = ("XA", place + 1), self.ends(script_a[place], place)
            else:
                entry, code = ("XB", place), self.answers(script_b[place], place)
            if code is not None:
                self.void[entry] = code


def expected(script_a: Script, script_b: Script, schedule: Schedule) -> dict[tuple[str, int], str]:
    """Return which acts are without effect, and why."""
    oracle = Oracle()
    oracle.walk(script_a, script_b, schedule)
    return oracle.void


SCRIPTS: list[tuple[str, Script, Script]] = [
    ("a withdrawal and an answer", [withdraw], [refuse]),
    ("a closing and an answer", [close], [refuse]),
    ("a withdrawal, an interim and a final answer", [withdraw], [interim, refuse]),
    ("a withdrawal and a change of mind", [withdraw], [grant, change]),
    ("a closing and a change of mind", [close], [grant, change]),
    ("a withdrawal and two final answers", [withdraw], [grant, refuse]),
    ("two endings and an answer", [withdraw, close], [refuse]),
    ("two endings the other way and an answer", [close, withdraw], [interim, grant]),
    ("a change before any answer", [withdraw], [change, grant, change]),
]


@pytest.mark.parametrize(
    ("script_a", "script_b"), [pytest.param(a, b, id=name) for name, a, b in SCRIPTS]
)
def test_however_two_scripts_cross_sight_decides_on_both_nodes_alike(
    script_a: Script, script_b: Script
) -> None:
    tried = 0
    for schedule in schedules(len(script_a), len(script_b)):
        world = World()
        request = world.a.sends(a_request())
        world.cut()
        todo = {"a": iter(script_a), "b": iter(script_b)}
        for step in schedule:
            if step == ">":
                world.b.mirror[:] = world.a.log
            elif step == "<":
                world.a.mirror[:] = world.b.log
            else:
                next(todo[step])({"a": world.a, "b": world.b}[step], request)
        world.mend()
        assert world.a.state == world.b.state, schedule
        assert world.a.void == expected(script_a, script_b, schedule), schedule
        tried += 1
    assert tried >= 4


def test_a_withdrawal_and_an_answer_that_cross_both_stand() -> None:
    world = World()
    request = world.a.sends(a_request())
    world.cut()
    world.a.withdraws(request)
    world.b.grants(request)
    world.mend()
    assert world.a.void == {}
    notice = world.a.notice(request)
    assert (notice.standing, notice.answer) == ("withdrawn", "granted")
    assert world.b.notice(request) == notice


def test_a_claimed_place_in_the_order_gains_nothing() -> None:
    """XB answers late, but claims to have seen nothing, so that its act comes early."""
    world = World()
    note = world.a.sends(a_note())
    world.b.sees()
    world.a.withdraws(note)
    body: Body = {"lines": [{"line": 1, "answer": "answered", **REPLY}]}
    nothing = (0, world.b.folded.order.usable[0].to_bytes(32, "big"))
    world.b.sees()
    late = world.b.acts(
        "notice.answered",
        on=note,
        body=body,
        re=world.b.leaf_of(note),
        seen=nothing,
    )
    assert world.b.code(late) == "withdrawn"
    assert world.a.state == world.b.state


def test_an_act_had_seen_what_its_log_had_seen_whatever_its_own_head_says() -> None:
    world = World()
    note = world.a.sends(a_note())
    world.b.sees()
    body: Body = {"lines": [{"line": 1, "answer": "noted"}]}
    blind = world.b.acts(
        "notice.answered",
        on=note,
        body=body,
        re=world.b.leaf_of(note),
        seen=(0, b"\0" * 32),
    )
    assert world.b.code(blind) is None


def test_who_had_not_seen_a_notice_cannot_answer_it() -> None:
    world = World()
    world.cut()
    note = world.a.sends(a_note())
    leaf = world.a.leaf_of(note)
    body: Body = {"lines": [{"line": 1, "answer": "noted"}]}
    guess = world.b.acts("notice.answered", on=note, body=body, re=leaf)
    world.b.sees()
    world.mend()
    assert world.a.void == {("XB", guess): "unknown-subject"}
    assert world.a.state == world.b.state
