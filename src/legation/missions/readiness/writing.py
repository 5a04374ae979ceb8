"""A board as JSON: integers, text and lists only, the same bytes on every machine."""

from collections.abc import Iterable

from legation.missions.readiness.facts import Ground
from legation.missions.readiness.verdict import Board, Cause, Cell, Verdict
from legation.record.canon import Json


def board_json(board: Board) -> dict[str, Json]:
    """Return a board as an object that `record.canon.encode_large` writes.

    logs: name the sizes and roots that it was judged from: the same bytes are for the same logs.
    """
    return {
        "board": 1,
        "on": board.on.isoformat(),
        "parties": list(board.parties),
        "logs": [
            {"party": each.party, "root": each.root, "size": each.size} for each in board.logs
        ],
        "thresholds": {name: board.thresholds[name] for name in sorted(board.thresholds)},
        "posts": [verdict_json(each) for each in board.verdicts],
        "left_off": [
            {"post": post, "why": board.left_off[post].as_json()} for post in sorted(board.left_off)
        ],
    }


def verdict_json(verdict: Verdict) -> dict[str, Json]:
    """Return one verdict as an object."""
    return {
        "post": verdict.post,
        "sending": verdict.sending,
        "receiving": verdict.receiving,
        "type": verdict.type,
        "city": verdict.city,
        "standing": verdict.standing,
        "sentence": verdict.sentence.as_json(),
        "why": [each.as_json() for each in verdict.why],
        "by": verdict.by,
        "since": verdict.since,
        "cells": [_cell(each) for each in verdict.cells.values()],
        "grounds": _grounds(verdict.grounds),
        "ours": verdict.ours,
    }


def _cell(cell: Cell) -> dict[str, Json]:
    return {
        "essential": cell.essential,
        "state": cell.state,
        "reason": cell.reason.as_json(),
        "articles": list(cell.articles),
        "causes": [_cause(each) for each in cell.causes],
        "grounds": _grounds(cell.grounds),
        "silent": list(cell.silent),
        "contested": cell.contested,
        "ours": cell.ours,
    }


def _cause(cause: Cause) -> dict[str, Json]:
    return {
        "key": cause.key,
        "lift": cause.lift,
        "state": cause.state,
        "what": cause.what.as_json(),
        "remedy": cause.remedy.as_json(),
        "move": list(cause.move),
        "matter": cause.matter,
        "since": "" if cause.since is None else cause.since.isoformat(),
        "subject": cause.subject,
        "article": cause.article,
        "grounds": _grounds(cause.grounds),
        "ours": cause.ours,
    }


def _grounds(grounds: Iterable[Ground]) -> list[Json]:
    return [{"kind": each.kind, "party": each.party, "ref": each.ref} for each in grounds]
