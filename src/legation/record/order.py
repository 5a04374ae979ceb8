"""One order of two logs, a function of the logs alone: never of clocks or of arrival.

Each act names how many entries of the other log its author had seen. With seen' the largest
such number so far in its own log:

1. An act is usable once every act before it in its log is, and the seen' entries it names are.
2. L(A[i]) = 1 + max(L(A[i-1]), L(B[seen'-1])), 0 where there is none. Every act comes after
   all that its author had seen, since L grows along both logs.
3. Sort by L. Each log has at most one act at a level; of two, the party with the lower root
   fingerprint goes first at odd levels, the other at even: neither side is always first.
4. Settled is L <= min(L(last A), L(last B)): whatever comes later has a greater level.
5. Where log B went on after a restore, of the first `heard` acts of A those that name more than
   B's entries before that place name what nobody holds any more: they count as naming so many
   (`Resumption`). B says so in its log, so that nobody waits for them for ever.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from legation.errors import N_, Refusal

Item = tuple[int, int, int]
"""(side 0 or 1, index in that side's log, level from 1)."""


@dataclass(frozen=True, slots=True)
class Resumption:
    """A log went on after a restore: where, and what its node held of the other log then.

    size: entries before the one that opens the new run. heard: entries of the other log, all
    of them written before anybody knew of that run.
    """

    size: int
    heard: int


def lasting(found: Iterable[Resumption]) -> list[Resumption]:
    """Return those of a log, in its order, that cover more than every earlier one.

    The others change nothing: an earlier one goes on from fewer entries. So both numbers grow,
    and a log full of them costs no more than one that has none.
    """
    kept: list[Resumption] = []
    for each in found:
        if not kept or each.heard > kept[-1].heard:
            kept.append(each)
    return kept


def named(index: int, seen: int, resumed: Sequence[Resumption]) -> int:
    """Return how many entries of the other log an act names that still are (rule 5).

    index: of the act. seen: what it claims. resumed: where the other log went on, as `lasting`.
    """
    at = bisect_right(resumed, index, key=attrgetter("heard"))
    return min(seen, resumed[at].size) if at < len(resumed) else seen


def running(seen: Iterable[int], resumed: Sequence[Resumption]) -> list[int]:
    """Return seen' of each act of a log, from its raw claims. resumed: as for `named`."""
    top, found = 0, []
    for index, claim in enumerate(seen):
        top = max(top, named(index, claim, resumed))
        found.append(top)
    return found


@dataclass(frozen=True, slots=True)
class Order:
    """The acts of two logs in their one order.

    items: (side, index, level) of every usable act. settled: how many of them, from the
    start, will never move again. usable: how many acts of each log are in `items`.
    """

    items: tuple[Item, ...]
    settled: int
    usable: tuple[int, int]


class Arranger:
    """Levels of two growing logs. Give it each entry's raw claim; ask it for levels.

    a_first_odd: whether side 0 goes first at odd levels (it has the lower root fingerprint).
    """

    def __init__(self, *, a_first_odd: bool = True) -> None:
        self._a_first_odd = a_first_odd
        self._claims: tuple[list[int], list[int]] = ([], [])
        self._levels: tuple[list[int], list[int]] = ([], [])

    def append(self, side: int, seen: int) -> list[Item]:
        """Add the next entry of a log; return the acts that became usable, in no set order."""
        claims = self._claims[side]
        claims.append(max(seen, claims[-1] if claims else 0))
        before = self.usable()
        self._settle_levels()
        return [
            (which, index, self._levels[which][index])
            for which in (0, 1)
            for index in range(before[which], len(self._levels[which]))
        ]

    def extend(self, a: Sequence[int], b: Sequence[int]) -> None:
        """Add many entries of both logs at once."""
        for claims, more in zip(self._claims, (a, b), strict=True):
            top = claims[-1] if claims else 0
            for seen in more:
                top = max(top, seen)
                claims.append(top)
        self._settle_levels()

    def level(self, side: int, index: int) -> int:
        """Return the level of an act, from 1; 0 while it is not usable or not there."""
        levels = self._levels[side]
        return levels[index] if 0 <= index < len(levels) else 0

    def settled_level(self) -> int:
        """Return the highest level at which nothing can be added or moved; 0 for none."""
        a, b = self._levels
        return min(a[-1], b[-1]) if a and b else 0

    def usable(self) -> tuple[int, int]:
        """Return how many acts of each log have a level."""
        return len(self._levels[0]), len(self._levels[1])

    def order(self) -> Order:
        """Return the whole order, as `arrange` does."""
        a, b = self._levels
        items = _merge(a, b, a_first_odd=self._a_first_odd)
        limit = self.settled_level()
        return Order(tuple(items), _count_up_to(items, limit), (len(a), len(b)))

    def _settle_levels(self) -> None:
        """Give levels to all acts that can have one now: the least fixpoint of rule 1."""
        while self._advance(0) + self._advance(1):
            pass

    def _advance(self, side: int) -> int:
        """Go on in one log as far as the other's levels allow; return how many acts further."""
        claims, levels, others = self._claims[side], self._levels[side], self._levels[1 - side]
        before = index = len(levels)
        level = levels[-1] if levels else 0
        held, end = len(others), len(claims)
        while index < end and (seen := claims[index]) <= held:
            if seen and others[seen - 1] > level:
                level = others[seen - 1]
            level += 1
            levels.append(level)
            index += 1
        return index - before


def arrange(a: Sequence[int], b: Sequence[int], a_first_odd: bool) -> Order:  # noqa: FBT001
    """Return the one order of two logs.

    a, b: for each entry of the log, the raw `seen` its act claims. a_first_odd: whether log a's
    party has the lower root fingerprint.
    """
    both = Arranger(a_first_odd=a_first_odd)
    both.extend(a, b)
    return both.order()


def check_seen(seen: tuple[int, bytes], held: int, root: bytes | None) -> None:
    """Check an act's claim to have seen `seen[0]` entries of our log with root `seen[1]`.

    held: entries our log has. root: the root our log had at that size, None if beyond `held`.
    Raises Refusal "seen". The caller keeps the act: it is evidence.
    """
    if seen[0] > held or root is None:
        raise Refusal(
            "seen",
            thing=N_("Act that names {seen} entries of the other log"),
            rule=N_("it names only what was written; that log has {held}."),
            remedy=N_("Keep it as evidence, and ask its author by another way."),
            seen=seen[0],
            held=held,
        )
    if root != seen[1]:
        raise Refusal(
            "seen",
            thing=N_("Act that names {seen} entries of the other log"),
            rule=N_("it names a root that log had, {root}; it names {claimed}."),
            remedy=N_("Keep it as evidence, and ask its author by another way."),
            seen=seen[0],
            root=root.hex(),
            claimed=seen[1].hex(),
        )


def _merge(a: list[int], b: list[int], *, a_first_odd: bool) -> list[Item]:
    """Merge two strictly growing lists of levels by rule 3."""
    items: list[Item] = []
    at = other = 0
    while at < len(a) and other < len(b):
        level, its = a[at], b[other]
        if level < its or (level == its and bool(level & 1) == a_first_odd):
            items.append((0, at, level))
            at += 1
        else:
            items.append((1, other, its))
            other += 1
    items.extend((0, index, a[index]) for index in range(at, len(a)))
    items.extend((1, index, b[index]) for index in range(other, len(b)))
    return items


def _count_up_to(items: list[Item], limit: int) -> int:
    """Return how many items, sorted by level, have a level of at most `limit`."""
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) // 2
        if items[middle][2] <= limit:
            low = middle + 1
        else:
            high = middle
    return low
