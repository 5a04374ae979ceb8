"""What would help most: every cause lifted in turn, and what it bears on judged again.

1. What is lifted together (a rule, a list, the notices of a post on one essential) is one help.
2. Only the cells that rest on a cause are judged again: nothing else can change.
3. Two helps are tried together only where both block one post, and told only for what neither
   brings about alone.
4. A measure that both sides apply alike is one help: ended by both at once, and a move of both.
5. First come those by which most posts become operable, then by which most essentials improve,
   then those waited for longest. A help that takes away one cause of several and changes no cell
   yet comes last.
6. *Operable* is a post that operates, under strain or not. One of which it is not known whether it
   operates is not, and a cell of which nothing is known any more has improved: what is known
   against it is gone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Final

from legation.errors import N_
from legation.missions.readiness.asking import ANY_SUBJECT, draft_for
from legation.missions.readiness.essentials import BY_ID, ESSENTIALS
from legation.missions.readiness.facts import Facts
from legation.missions.readiness.judge import cell_of, judge_all, sit
from legation.missions.readiness.messages import Message
from legation.missions.readiness.scene import ORDER, Scene
from legation.missions.readiness.standing import opened, standing_of
from legation.missions.readiness.verdict import Board, Cause, Cell, CellState, Help, Verdict
from legation.missions.readiness.words import word

OPERABLE: Final = frozenset({"operates", "strained"})
RANK: Final[Mapping[CellState, int]] = {
    "blocked": 0,
    "strained": 1,
    "disputed": 2,
    "unknown": 2,
    "in_order": 3,
    "not_applicable": 3,
}
"""How much is known against a cell: the higher, the less."""
MOST_TOGETHER: Final = 12
"""Causes of one post of which every two are tried together; the oldest of them."""
SETTLED: Final = N_("{essentials}: all that is known against it is lifted")
ALIKE: Final = N_("{what}, on both sides alike")
BOTH: Final = N_("{one}; {other}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What lifting does. cells: (post, essential) that improve -> how much is left against it."""

    posts: frozenset[str]
    cells: Mapping[tuple[str, str], int]


def what_would_help(
    facts: Facts,
    on: date,
    *,
    thresholds: Mapping[str, int] | None = None,
    board: Board | None = None,
) -> tuple[Help, ...]:
    """Return every help, the greatest first. board: of the same facts, where it is at hand."""
    board = board or judge_all(facts, on, thresholds=thresholds)
    trial = _Trial(facts, board, thresholds)
    mirrored = trial.mirrored()
    joined = {lift for lifts in mirrored for lift in lifts}
    helps = [
        _help(board, (lift,), trial.one(lift), trial) for lift in trial.causes if lift not in joined
    ]
    helps += [_alike(_help(board, lifts, trial.all(lifts), trial)) for lifts in mirrored]
    helps += [_help(board, pair, effect, trial) for pair, effect in trial.pairs()]
    return tuple(sorted(helps, key=_place))


def _alike(both: Help) -> Help:
    """Return the help of both sides as such: no notice of one side asks for it."""
    what = Message(code="both-alike", text=ALIKE, parts={"what": (both.what,)})
    return replace(both, what=what, draft=ANY_SUBJECT, mirrored=True)


def matters_that_would_help(
    facts: Facts,
    on: date,
    *,
    thresholds: Mapping[str, int] | None = None,
    board: Board | None = None,
) -> tuple[Help, ...]:
    """Return what settling each matter whole would do, the greatest first.

    All causes that a matter carries are lifted together, on both sides: so talks take them.
    """
    board = board or judge_all(facts, on, thresholds=thresholds)
    trial = _Trial(facts, board, thresholds)
    lifts: dict[str, set[str]] = {}
    for lift, causes in trial.causes.items():
        for _, cause in causes:
            lifts.setdefault(cause.matter, set()).add(lift)
    helps = []
    for matter, several in sorted(lifts.items()):
        if matter:
            every = tuple(sorted(several))
            made = _help(board, every, trial.all(every), trial)
            helps.append(replace(made, what=_settled(made), matter=matter, draft=ANY_SUBJECT))
    return tuple(sorted(helps, key=lambda each: (*_place(each)[:2], -each.days, each.matter)))


def _settled(made: Help) -> Message:
    names = {name for _, name in (*made.cells, *made.eases)}
    labels = tuple(word(each.id, each.label) for each in ESSENTIALS if each.id in names)
    return Message(code="settled", text=SETTLED, parts={"essentials": labels})


def _place(each: Help) -> tuple[int, int, int, int, tuple[str, ...]]:
    parts = 1 if each.mirrored else len(each.lifts)
    return -len(each.posts), -len(each.cells), parts, -each.days, each.lifts


class _Trial:
    """Judges again with causes lifted. causes: lift -> (post, cause) that it would lift."""

    def __init__(self, facts: Facts, board: Board, thresholds: Mapping[str, int] | None) -> None:
        self._facts = facts
        self._on = board.on
        self._thresholds = thresholds
        self._verdicts = {each.post: each for each in board.verdicts}
        self._effects: dict[str, Effect] = {}
        self.causes: dict[str, list[tuple[str, Cause]]] = {}
        for verdict in board.verdicts:
            for cause in verdict.causes:
                self.causes.setdefault(cause.lift, []).append((verdict.post, cause))

    def one(self, lift: str) -> Effect:
        """Return what lifting one key does."""
        found = self._effects.get(lift)
        if found is None:
            found = self._effects[lift] = self._lifted((lift,))
        return found

    def all(self, lifts: Sequence[str]) -> Effect:
        """Return what lifting several keys together does."""
        return self._lifted(lifts)

    def mirrored(self) -> list[tuple[str, ...]]:
        """Return the keys of each measure that both sides apply alike."""
        movers: dict[str, set[str]] = {}
        lifts: dict[str, set[str]] = {}
        for lift, causes in self.causes.items():
            for post, cause in causes:
                if cause.measure:
                    movers.setdefault(cause.measure, set()).add(self._verdicts[post].receiving)
                    lifts.setdefault(cause.measure, set()).add(lift)
        both = [name for name, found in movers.items() if len(found) > 1]
        return sorted(tuple(sorted(lifts[name])) for name in both)

    def pairs(self) -> Iterable[tuple[tuple[str, str], Effect]]:
        """Yield two keys that block one post, and what only both together do."""
        tried: set[tuple[str, str]] = set()
        for verdict in self._verdicts.values():
            for one, other in combinations(self._blocking(verdict), 2):
                if (one, other) in tried:
                    continue
                tried.add((one, other))
                both = self._lifted((one, other))
                more = _beyond(both, self.one(one), self.one(other))
                if more.posts or more.cells:
                    yield (one, other), both

    def _blocking(self, verdict: Verdict) -> list[str]:
        causes = [
            cause
            for cell in verdict.cells.values()
            if cell.state == "blocked"
            for cause in cell.causes
        ]
        causes.sort(key=lambda cause: (cause.since or date.max, cause.lift))
        return sorted(dict.fromkeys(cause.lift for cause in causes[:MOST_TOGETHER]))

    def _lifted(self, lifts: Sequence[str]) -> Effect:
        touched: dict[str, set[str]] = {}
        for lift in lifts:
            for post, cause in self.causes[lift]:
                touched.setdefault(post, set()).add(cause.essential)
        sitting = sit(self._facts, self._on, lifted=frozenset(lifts), thresholds=self._thresholds)
        posts, cells = set(), {}
        for post, essentials in touched.items():
            before = self._verdicts[post]
            scene = Scene.of(sitting, self._facts.subjects[post])
            again = {name: cell_of(scene, BY_ID[name]) for name in essentials}
            for name, cell in again.items():
                if RANK[cell.state] > RANK[before.cells[name].state]:
                    cells[post, name] = RANK[cell.state]
            if before.standing not in OPERABLE and _operable(before, again, scene):
                posts.add(post)
        return Effect(posts=frozenset(posts), cells=cells)


def _operable(before: Verdict, again: Mapping[str, Cell], scene: Scene) -> bool:
    standing = standing_of({**before.cells, **again}, sure=opened(scene).sure)
    return standing in OPERABLE


def _beyond(both: Effect, one: Effect, other: Effect) -> Effect:
    """Return what two do together beyond what either does alone."""
    return Effect(
        posts=both.posts - one.posts - other.posts,
        cells={
            cell: rank
            for cell, rank in both.cells.items()
            if rank > max(one.cells.get(cell, -1), other.cells.get(cell, -1))
        },
    )


def _help(board: Board, lifts: tuple[str, ...], effect: Effect, trial: _Trial) -> Help:
    found = [pair for lift in lifts for pair in trial.causes[lift]]
    causes = [cause for _, cause in found]
    firsts = [trial.causes[lift][0][1] for lift in lifts]
    post, first = found[0]
    return Help(
        lifts=lifts,
        what=_what(firsts),
        because=tuple({str(each.what): each.what for each in causes}.values()),
        posts=tuple(sorted(effect.posts)),
        cells=tuple(sorted(effect.cells)),
        eases=tuple(
            sorted({(post, cause.essential) for post, cause in found} - effect.cells.keys())
        ),
        days=max(
            ((board.on - each.since).days for each in causes if each.since is not None), default=0
        ),
        move=tuple(sorted({party for each in causes for party in each.move})),
        matter=first.matter,
        draft=draft_for(first, sending=_sending(board, post)),
        about=tuple(dict.fromkeys(each.subject for each in causes)),
        ours=any(each.ours for each in causes),
    )


def _what(firsts: Sequence[Cause]) -> Message:
    one, other = firsts[0], firsts[-1]
    if one.remedy == other.remedy:
        return one.remedy
    parts = {"one": (one.remedy,), "other": (other.remedy,)}
    return Message(code="both", text=BOTH, parts=parts)


def _sending(board: Board, post: str) -> str:
    found = board.verdict(post)
    return "" if found is None else found.sending


assert set(RANK) == set(ORDER)
