"""The board of a desk: all posts of both sides on a day, judged from what the desk has."""

from collections.abc import Mapping
from datetime import date

from legation.line.node import Node
from legation.missions.queries.snapshot import facts
from legation.missions.queries.thresholds import own_thresholds
from legation.missions.readiness.comparing import differences
from legation.missions.readiness.figures import Ledger
from legation.missions.readiness.helping import what_would_help
from legation.missions.readiness.judge import judge_all
from legation.missions.readiness.ledger import ledger
from legation.missions.readiness.messages import Message
from legation.missions.readiness.verdict import Board, Help
from legation.missions.readiness.writing import board_json
from legation.missions.snapshots.queries.memory import memory
from legation.record import canon


def board(
    node: Node,
    on: date,
    *,
    recorded: Mapping[str, int] | None = None,
    own: bool = True,
    thresholds: Mapping[str, int] | None = None,
) -> Board:
    """Return the board of a day.

    recorded: as it was known at that cut of the record, None for now. own: with what is ours
    only. thresholds: numbers that count where they are stricter, None for those that we keep; the
    board of what both sides hold knows none. Raises as `facts`.
    """
    found = facts(node, as_recorded=recorded, own=own)
    thresholds = _stricter(node, thresholds, own=own)
    numbers = tuple(sorted(thresholds.items()))
    return memory(node).judged(
        found,
        ("board", on, own, numbers, found.logs),
        lambda: judge_all(found, on, thresholds=thresholds),
    )


def _stricter(node: Node, thresholds: Mapping[str, int] | None, *, own: bool) -> Mapping[str, int]:
    if not own:
        return {}
    return own_thresholds(node) if thresholds is None else thresholds


def help_most(
    node: Node,
    on: date,
    *,
    recorded: Mapping[str, int] | None = None,
    own: bool = True,
    thresholds: Mapping[str, int] | None = None,
) -> tuple[Help, ...]:
    """Return what would help on a day, the greatest first. Arguments as of `board`."""
    of = board(node, on, recorded=recorded, own=own, thresholds=thresholds)
    found = facts(node, as_recorded=recorded, own=own)
    thresholds = _stricter(node, thresholds, own=own)
    numbers = tuple(sorted(thresholds.items()))
    return memory(node).judged(
        found,
        ("help", on, own, numbers, found.logs),
        lambda: what_would_help(found, on, thresholds=thresholds, board=of),
    )


def ledger_of(
    node: Node, on: date, *, recorded: Mapping[str, int] | None = None, own: bool = True
) -> Ledger:
    """Return what each side does to the other on a day. Arguments as of `board`."""
    found = facts(node, as_recorded=recorded, own=own)
    key = ("ledger", on, own, found.logs)
    return memory(node).judged(found, key, lambda: ledger(found, on))


def compare(
    node: Node,
    before: date,
    after: date,
    *,
    own: bool = True,
    thresholds: Mapping[str, int] | None = None,
) -> tuple[Message, ...]:
    """Return in words what stands otherwise on one day than on another."""
    one, other = (board(node, on, own=own, thresholds=thresholds) for on in (before, after))
    return differences(one, other)


def shared_bytes(node: Node, on: date, *, recorded: Mapping[str, int] | None = None) -> bytes:
    """Return the board of what both sides hold: the same bytes on both nodes for the same logs.

    It names the sizes and the roots of both logs. Raises as `facts`.
    """
    return canon.encode_large(board_json(board(node, on, recorded=recorded, own=False)))
