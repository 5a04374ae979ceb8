"""What the officers of a demonstration do: each step by the one whose part it is."""

from legation.cli.demo.cast import SIDES, Side
from legation.cli.demo.letters import Form
from legation.line import services as line
from legation.line.node import Node
from legation.line.services import Entered
from legation.notices import services as notices
from legation.officers import services as officers
from legation.officers.services import Draft

MOST_ROUNDS = 12


def side_of(node: Node) -> Side:
    """Return who plays at a node."""
    (found,) = (side for side in SIDES if side.party == node.party)
    return found


def clear_and_release(node: Node, draft: Draft) -> list[Entered]:
    """Have the second officer clear a draft, and its author release it."""
    officers.clear(node, draft_id=draft.id, by=side_of(node).clears, at=node.clock())
    return officers.release(node, draft_id=draft.id, by=draft.drafted_by, at=node.clock())


def draft(node: Node, kind: str, form: Form) -> Draft:
    """Have the drafting officer fill in a form."""
    by = side_of(node).drafts
    return notices.draft_notice(node, kind=kind, data=form, by=by, at=node.clock())


def send(node: Node, kind: str, form: Form) -> str:
    """Draft, clear and release a notice; return its id."""
    (entered,) = clear_and_release(node, draft(node, kind, form))
    return entered.on


def answer(node: Node, notice: str, form: Form) -> None:
    """Draft, clear and release an answer, at the ministry."""
    by = side_of(node).answers
    made = notices.draft_answer(node, notice=notice, data=form, by=by, at=node.clock())
    clear_and_release(node, made)


def carry(a: Node, b: Node) -> None:
    """Carry bundles both ways in this process, as the line would, until nothing is new."""
    for _ in range(MOST_ROUNDS):
        new = 0
        for one, other in ((a, b), (b, a)):
            for bundle in line.outgoing(one, carrier="https", at=one.clock()):
                new += line.receive(other, bundle, carrier="https", at=other.clock()).new
        if not new:
            return
