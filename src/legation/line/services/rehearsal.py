"""Rehearse acts: would they count, if they were written now.

Asked at drafting, so that an officer hears of a fault while the form is still in front of them,
and not from the officer who clears.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from legation.acts.fold import attempt, next_number
from legation.acts.state import Placed, State
from legation.line.node import Node
from legation.line.queries.standing import Current
from legation.line.services import book, folding
from legation.line.services.append import NewAct, opening_for
from legation.line.services.book import goes_on_paper
from legation.line.services.rows import load


def rehearse(node: Node, acts: Sequence[NewAct], *, at: datetime) -> None:
    """Raise the refusal that would make one of the acts be without effect; write nothing.

    Without a confirmed peer they would leave on paper, and the book is asked. Binding acts are
    signed at release and cannot be rehearsed.
    """
    if goes_on_paper(node, acts):
        book.rehearse(node, acts, at=at)
        return
    facts = load(node)
    base = Current(facts.alias, node.catalogue)
    base.prefetch([f"party/{log.party}" for log in (facts.own, facts.theirs)])
    base.prefetch([each for act in acts for each in (act.on, act.numbered_post) if each])
    state = State(base, facts.parties, node.catalogue)
    for place, act in enumerate(acts):
        year = at.astimezone(UTC).year
        number = next_number(state, act.numbered_post, year) if act.numbered_post else ""
        opening = opening_for(facts, act, number=number, at=at)
        leaf = folding.arrival(opening.encode()).leaf
        index = facts.own.size + place
        seen = folding.seen_next(facts, index)
        refusal = attempt(
            state, Placed(facts.own.party, index, seen, opening, leaf, facts.peer.record)
        )
        if refusal is not None:
            raise refusal
