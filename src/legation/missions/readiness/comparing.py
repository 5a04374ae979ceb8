"""The difference between two boards, in words: of two days, or of one day as known before."""

from collections.abc import Iterator, Mapping
from typing import Final

from legation.errors import N_
from legation.missions.readiness.essentials import BY_ID
from legation.missions.readiness.messages import Message
from legation.missions.readiness.thresholds import BY_NAME
from legation.missions.readiness.verdict import (
    Board,
    Cause,
    Cell,
    CellState,
    Standing,
    Verdict,
)
from legation.missions.readiness.words import word

CELLS: Final[Mapping[CellState, Message]] = {
    "in_order": word("in_order", N_("in order")),
    "strained": word("strained", N_("strained")),
    "blocked": word("blocked", N_("blocked")),
    "not_applicable": word("not_applicable", N_("not applicable")),
    "unknown": word("unknown", N_("unknown")),
    "disputed": word("disputed", N_("disputed")),
}
STANDINGS: Final[Mapping[Standing, Message]] = {
    "operates": word("operates", N_("operates")),
    "strained": word("strained", N_("operates under strain")),
    "cannot": word("cannot", N_("cannot operate")),
    "unknown": word("unknown", N_("not known")),
    "planned": word("planned", N_("planned")),
    "suspended": word("suspended", N_("suspended")),
    "closed": word("closed", N_("closed")),
}
FROM_TO: Final = N_("{where}: from {before} to {after}. {reason}")
NEW_POST: Final = N_("{where}: now on the board. {reason}")
GONE_POST: Final = N_("{where}: no longer on the board")
NEW_CAUSE: Final = N_("{where}: new: {reason}")
GONE_CAUSE: Final = N_("{where}: no longer: {reason}")
NUMBER: Final = N_("{rule} From {before} to {after}.")
PLACE: Final = N_("{post}, {essential}")


def differences(a: Board, b: Board) -> tuple[Message, ...]:
    """Say what stands otherwise on board `b` than on board `a`, post by post.

    A cell whose state is the same is told of where its causes are others.
    """
    return (*_numbers(a, b), *_posts(a, b))


def _numbers(a: Board, b: Board) -> Iterator[Message]:
    for name in sorted({*a.thresholds, *b.thresholds}):
        before, after = a.thresholds.get(name, 0), b.thresholds.get(name, 0)
        if before != after:
            yield Message(
                code="threshold",
                text=NUMBER,
                values={"before": before, "after": after},
                parts={"rule": (word(name, BY_NAME[name].words),)},
            )


def _posts(a: Board, b: Board) -> Iterator[Message]:
    before = {each.post: each for each in a.verdicts}
    after = {each.post: each for each in b.verdicts}
    for post in sorted({*before, *after}):
        if post not in before:
            new = after[post]
            where = {"where": (_post(new),), "reason": (new.sentence, *new.why)}
            yield Message(code="post-new", text=NEW_POST, parts=where)
        elif post not in after:
            where = {"where": (_post(before[post]),)}
            yield Message(code="post-gone", text=GONE_POST, parts=where)
        else:
            yield from _verdicts(before[post], after[post])


def _verdicts(a: Verdict, b: Verdict) -> Iterator[Message]:
    apart = not (a.cells and b.cells)
    before, after = (a.sentence, *a.why), (b.sentence, *b.why)
    if a.standing != b.standing or (apart and [*map(str, before)] != [*map(str, after)]):
        yield _from_to("standing", _post(b), STANDINGS[a.standing], STANDINGS[b.standing], *after)
    for name in b.cells:
        if name in a.cells:
            label = word(name, BY_ID[name].label)
            parts = {"post": (_post(b),), "essential": (label,)}
            where = Message(code="place", text=PLACE, parts=parts)
            yield from _cells(where, a.cells[name], b.cells[name])


def _cells(where: Message, a: Cell, b: Cell) -> Iterator[Message]:
    if a.state != b.state:
        yield _from_to("cell", where, CELLS[a.state], CELLS[b.state], b.reason)
        return
    before, after = _by_key(a), _by_key(b)
    for key in sorted({*before, *after}):
        if key not in before:
            parts = {"where": (where,), "reason": (after[key].what,)}
            yield Message(code="cause-new", text=NEW_CAUSE, parts=parts)
        elif key not in after:
            parts = {"where": (where,), "reason": (before[key].what,)}
            yield Message(code="cause-gone", text=GONE_CAUSE, parts=parts)


def _by_key(cell: Cell) -> dict[str, Cause]:
    return {cause.key: cause for cause in cell.causes}


def _from_to(
    code: str, where: Message, before: Message, after: Message, *reasons: Message
) -> Message:
    parts = {"where": (where,), "before": (before,), "after": (after,), "reason": reasons}
    return Message(code=code, text=FROM_TO, parts=parts)


def _post(verdict: Verdict) -> Message:
    """Name a post by its city and its state, or so that it is told from another there."""
    if verdict.twin or not verdict.city:
        return Message(code="post", text="{name}", values={"name": verdict.name})
    values = {"city": verdict.city, "state": verdict.sending}
    return Message(code="post", text="{city} ({state})", values=values)
