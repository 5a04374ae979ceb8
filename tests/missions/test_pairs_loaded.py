"""Any pair of states is a file: two nodes load theirs, release it, and show one true board."""

import json
import re
from collections.abc import Callable
from datetime import date

import pytest

import nodes
from legation.line import queries as line
from legation.line.node import Node
from legation.missions import dossier
from legation.missions.known import facts_of
from legation.missions.queries.board import board, shared_bytes
from legation.missions.readiness.judge import judge_all
from legation.missions.readiness.verdict import Board
from legation.officers import services as officers
from legation.seeds import read_seed
from missions.test_made_up_pair import together
from nodes import Pair

pair, templates = nodes.pair, nodes.templates


def of_our_states(name: str, *codes: str) -> bytes:
    """Return a dossier of the program with its two states under the codes of the test's nodes."""
    text = read_seed(name).decode()
    for code, ours in zip(codes, ("XA", "XB"), strict=True):
        text = re.sub(rf"\b{code}(?=[-\"])", ours, text)
    return text.encode()


FILES: dict[str, tuple[Callable[[], bytes], date]] = {
    "made up": (lambda: json.dumps(together()).encode(), date(2021, 4, 15)),
    "us-ru": (lambda: of_our_states("us-ru", "US", "RU"), date(2025, 4, 10)),
    "ir-sa": (lambda: of_our_states("ir-sa", "SA", "IR"), date(2023, 8, 13)),
    "in-ca": (lambda: of_our_states("in-ca", "IN", "CA"), date(2023, 10, 20)),
}


def states_all(node: Node, data: bytes, drafts: str, clears: str) -> None:
    loaded = dossier.load(node, data, by=drafts, at=node.clock())
    assert loaded.draft is not None
    officers.clear(node, draft_id=loaded.draft.id, by=clears, at=node.clock())
    entered = officers.release(node, draft_id=loaded.draft.id, by=drafts, at=node.clock())
    assert len(entered) == loaded.acts


def in_short(found: Board) -> dict[str, list[str]]:
    return {
        verdict.post: [verdict.standing, verdict.by, verdict.since]
        + [f"{cell.state}: {cell.reason}" for cell in verdict.cells.values()]
        for verdict in found.verdicts
    }


@pytest.mark.parametrize("name", FILES)
def test_both_nodes_load_their_side_and_show_one_board(pair: Pair, name: str) -> None:
    make, on = FILES[name]
    data = make()
    states_all(pair.a, data, "Ada", "Bela")
    states_all(pair.b, data, "Cem", "Dana")
    pair.sync()
    for node in (pair.a, pair.b):
        for side in ("own", "peer"):
            assert not [entry for entry in line.entries(node, side) if entry.void]
    assert shared_bytes(pair.a, on) == shared_bytes(pair.b, on)
    report = dossier.check(data)
    assert report.dossier is not None
    pure = in_short(judge_all(facts_of(report.dossier), on))
    assert in_short(board(pair.a, on, own=False)) == pure
    assert in_short(board(pair.b, on)) == pure


def test_before_anything_is_cleared_our_own_board_says_it_and_the_shared_one_nothing(
    pair: Pair,
) -> None:
    make, on = FILES["in-ca"]
    dossier.load(pair.a, make(), by="Ada", at=pair.a.clock())
    own = board(pair.a, on)
    assert {verdict.post for verdict in own.verdicts if verdict.ours} == {
        "post/XA-OTT", "post/XB-DEL", "post/XB-CHD", "post/XB-BOM", "post/XB-BLR",
    }  # fmt: skip
    assert board(pair.a, on, own=False).verdicts == ()
