"""Requests that two sides tie to one another, one for one, and how they balance.

"Twenty-nine against thirty-three": a notice may name the one of theirs that it is tied to. What is
tied together, directly or through others, is one balance: so much asked for by each, so much
granted to each, and who is still waiting. Computed alike on both nodes, from answers alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from legation.acts.catalogue import Catalogue
from legation.acts.codec import from_body
from legation.acts.kinds.notice_state import Line, NoticeState
from legation.acts.notices import NoticeKind
from legation.acts.state import Placed, State
from legation.errors import N_, Refusal

MOST: Final = 200
"""Notices in one balance: beyond them it is cut, and says so."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a balance, in lines. waiting: neither granted nor finally answered otherwise.

    held: those of them that have an interim answer.
    """

    party: str
    notices: tuple[str, ...]
    asked: int
    granted: int
    waiting: int
    held: int

    @property
    def refused(self) -> int:
        """Lines that were finally answered, and not granted."""
        return self.asked - self.granted - self.waiting


@dataclass(frozen=True, slots=True)
class Balance:
    """Both sides of what is tied together, by party. whole: nothing was left out.

    pairs: each notice with the one that it is tied to, the same by themselves, parties as in sides.
    """

    sides: tuple[Side, Side]
    pairs: tuple[tuple[Side, Side], ...] = ()
    whole: bool = True

    def of(self, party: str) -> Side:
        """Return a party's side. Raises KeyError for a party that is none of the two."""
        return {side.party: side for side in self.sides}[party]

    @property
    def waits(self) -> tuple[str, ...]:
        """The parties that have lines without a final answer: those who are waiting."""
        return tuple(side.party for side in self.sides if side.waiting)

    @property
    def behind(self) -> str | None:
        """The party that was granted fewer than it granted, or None where they are even."""
        one, other = self.sides
        if one.granted == other.granted:
            return None
        return one.party if one.granted < other.granted else other.party


def check_pair(pair: str | None, state: State, at: Placed) -> None:
    """Check that a notice is tied to one of the other side that its author had seen.

    That one is of a kind that is tied one for one too.

    Raises Refusal "unknown-subject".
    """
    if pair is None:
        return
    found = state.find(NoticeState, pair)
    theirs = found is not None and found.by != at.party and at.had_seen(found.by, found.index)
    if found is None or not theirs or not is_tied(found, state.catalogue):
        raise Refusal(
            "unknown-subject",
            thing=N_("Notice {name}"),
            rule=N_("a request is tied to a notice of the other side that has arrived."),
            remedy=N_("Choose one of their requests, or leave it untied."),
            name=pair,
        )


def balance(
    notice: NoticeState,
    parties: tuple[str, str],
    *,
    read: Callable[[str], object],
    naming: Callable[[str], Iterable[str]],
    catalogue: Catalogue,
) -> Balance | None:
    """Return the balance that a notice is part of, None for one that is tied to nothing.

    read: the thing of an id, or None. naming: ids of notices that may name a notice. Notices
    that were withdrawn do not count.
    """
    group, whole = _tied(notice, read, naming, catalogue)
    if len(group) < 2:
        return None
    standing = [each for each in group if each.withdrawn is None]

    def both(notices: Iterable[NoticeState]) -> tuple[Side, Side]:
        one, other = (_side(party, notices, catalogue) for party in sorted(parties))
        return one, other

    by_id = {each.id: each for each in standing}
    named = ((each, by_id.get(pair_of(each, catalogue) or "")) for each in standing)
    pairs = tuple(both((each, pair)) for each, pair in named if pair is not None)
    return Balance(both(standing), pairs, whole)


def is_tied(notice: NoticeState, catalogue: Catalogue) -> bool:
    """Tell whether a notice is of a kind that is tied one for one."""
    return catalogue.notice(notice.kind, notice.version).pair is not NoticeKind.pair


def pair_of(notice: NoticeState, catalogue: Catalogue) -> str | None:
    """Return the id of the notice that this one names as its pair, or None."""
    if not is_tied(notice, catalogue):
        return None
    kind = catalogue.notice(notice.kind, notice.version)
    return from_body(kind, notice.fields, notice.id).pair


def _tied(
    notice: NoticeState,
    read: Callable[[str], object],
    naming: Callable[[str], Iterable[str]],
    catalogue: Catalogue,
) -> tuple[list[NoticeState], bool]:
    found: dict[str, NoticeState] = {notice.id: notice}
    todo = [notice]
    while todo and len(found) < MOST:
        each = todo.pop()
        named = pair_of(each, catalogue)
        near = [read(name) for name in ([] if named is None else [named])]
        near += [
            other
            for other in map(read, naming(each.id))
            if isinstance(other, NoticeState) and pair_of(other, catalogue) == each.id
        ]
        for other in near:
            if isinstance(other, NoticeState) and other.id not in found:
                found[other.id] = other
                todo.append(other)
    return sorted(found.values(), key=lambda each: each.id), not todo


def _side(party: str, notices: Iterable[NoticeState], catalogue: Catalogue) -> Side:
    mine = [each for each in notices if each.by == party]
    lines = [
        (catalogue.notice(each.kind, each.version), line) for each in mine for line in each.lines
    ]
    return Side(
        party,
        tuple(each.id for each in mine),
        asked=len(lines),
        granted=sum(grants(kind, line) for kind, line in lines),
        waiting=sum(line.final is None for _, line in lines),
        held=sum(line.final is None and line.current is not None for _, line in lines),
    )


def grants(kind: type[NoticeKind], line: Line) -> bool:
    """Tell whether the answer as it stands gives a line what it asked for."""
    answer = None if line.current is None else kind.answer(line.current.answer)
    return answer is not None and answer.final and answer.grants
