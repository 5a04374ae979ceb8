"""A board in words, in the order in which it is read: one text for the shell, drawing and paper.

Pure. Of the shared board these are the same words on both nodes, in the same language.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from legation.errors import N_
from legation.missions import naming
from legation.missions.readiness.comparing import CELLS, STANDINGS
from legation.missions.readiness.essentials import BANDS, BY_ID, ESSENTIALS
from legation.missions.readiness.verdict import Board, Cell, Help, Verdict

Translate: TypeAlias = Callable[[str], str]
ROOT: Final = 16
"""Digits of a root that are shown; the JSON has them all."""
HELPS: Final = 6
"""How many of what would help are told beside a board."""
NAMED: Final = 6
"""How many posts a line names; of more it says how many they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseTold:
    """What stands in the way, what lifts it, and whose move that is."""

    essential: str
    state: str
    what: str
    remedy: str
    move: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellTold:
    """One essential: its state as code and as word, and the reason."""

    state: str
    word: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTold:
    """One post. kind: its type. standing, word: how it stands, as code and word.

    why: for which reasons it is shut, in a line.
    """

    name: str
    kind: str
    standing: str
    word: str
    sentence: str
    why: str
    cells: tuple[CellTold, ...]
    causes: tuple[CauseTold, ...]

    @property
    def line(self) -> str:
        """The verdict in one line, with why where the post is shut."""
        return in_a_line((self.sentence, self.why)) if self.why else self.sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardTold:
    """A whole board. about: what it rests on. shared: nothing of it is ours only.

    columns: names of the essentials. bands: what they are needed for, and how many are. helps:
    what would help most, a line each.
    """

    title: str
    on: str
    about: tuple[str, ...]
    shared: bool
    groups: tuple[tuple[str, tuple[PostTold, ...]], ...]
    columns: tuple[str, ...]
    bands: tuple[tuple[str, int], ...]
    legend: tuple[tuple[str, str], ...]
    left_off: tuple[str, ...]
    helps: tuple[str, ...]
    help_title: str


def told(
    board: Board,
    helps: Sequence[Help] = (),
    *,
    translate: Translate,
    shared: bool,
    names: Mapping[str, str] | None = None,
    first: str = "",
) -> BoardTold:
    """Return a board in words. shared: it was judged from what both sides hold.

    names: what parties are called. first: whose posts come first on a copy of our own; the shared
    board is in the order of the codes, alike on both nodes.
    """
    on = board.on.isoformat()
    return BoardTold(
        title=translate(N_("Which posts can operate?")),
        on=on,
        about=tuple(_about(board, translate, shared=shared)),
        shared=shared,
        groups=tuple(_groups(board, translate, names or {}, "" if shared else first)),
        columns=tuple(translate(each.label) for each in ESSENTIALS),
        bands=tuple(
            (translate(word), sum(each.band == band for each in ESSENTIALS))
            for band, word in BANDS.items()
        ),
        legend=tuple((state, CELLS[state].said(translate)) for state in CELLS),
        left_off=tuple(
            f"{_key(post)}: {why.said(translate)}" for post, why in sorted(board.left_off.items())
        ),
        helps=tuple(help_told(each, board, translate) for each in helps[:HELPS]),
        help_title=translate(N_("What would help most")),
    )


def _about(board: Board, translate: Translate, *, shared: bool) -> Iterable[str]:
    if not shared:
        yield translate(N_("Ours only"))
    elif board.logs:
        yield translate(N_("What both sides hold"))
    for log in board.logs:
        line = translate(N_("{party}: {size} entries, root {root}…"))
        yield line.format(party=log.party, size=log.size, root=log.root[:ROOT])


def _groups(
    board: Board, translate: Translate, names: Mapping[str, str], first: str
) -> Iterable[tuple[str, tuple[PostTold, ...]]]:
    for party in sorted(board.parties, key=lambda code: (code != first, code)):
        mine = [each for each in board.verdicts if each.sending == party]
        if mine:
            title = translate(N_("Posts: {sending}; receiving state: {receiving}"))
            here, there = (names.get(code, code) for code in (party, mine[0].receiving))
            named = title.format(sending=here, receiving=there)
            mine.sort(key=lambda each: (not each.cells, each.post))
            yield named, tuple(post_told(each, translate) for each in mine)


def post_told(verdict: Verdict, translate: Translate) -> PostTold:
    """Return one post's verdict in words."""
    return PostTold(
        name=verdict.name,
        kind=translate(naming.value_name("type", verdict.type)) if verdict.type else "",
        standing=verdict.standing,
        word=_capital(STANDINGS[verdict.standing].said(translate)),
        sentence=verdict.sentence.said(translate),
        why=in_a_line(each.said(translate) for each in verdict.why),
        cells=tuple(_cell(cell, translate) for cell in verdict.cells.values()),
        causes=tuple(_causes(verdict.cells, translate)),
    )


def in_a_line(sentences: Iterable[str]) -> str:
    """Return sentences one after the other, each with its stop; nothing where there are none."""
    return " ".join(one if one.endswith((".", "…")) else f"{one}." for one in sentences)


def _cell(cell: Cell, translate: Translate) -> CellTold:
    word, reason = CELLS[cell.state].said(translate), cell.reason.said(translate)
    return CellTold(state=cell.state, word=_capital(word), reason=reason)


def _causes(cells: Mapping[str, Cell], translate: Translate) -> Iterable[CauseTold]:
    for name, cell in cells.items():
        for cause in cell.causes:
            yield CauseTold(
                essential=translate(BY_ID[name].label),
                state=CELLS[cause.state].said(translate),
                what=cause.what.said(translate),
                remedy=cause.remedy.said(translate),
                move=", ".join(cause.move),
            )


def help_told(each: Help, board: Board, translate: Translate) -> str:
    """Return what would help in one line: what, whose move, where, and for how long it waited."""
    parts = [f"{each.what.said(translate)} ({', '.join(each.move)})"]
    if each.posts:
        could = translate(N_("posts that could operate again"))
        parts.append(f"{_capital(could)}: {_named(each.posts, board)}")
    if each.cells:
        parts.append(_where(each.cells, board, translate))
    elif each.eases:
        several = translate(N_("One of several causes:"))
        parts.append(f"{several} {_where(each.eases, board, translate)}")
    if each.days:
        parts.append(f"{_capital(translate(N_('days waited')))}: {each.days}")
    return ". ".join(parts)


def _where(cells: Iterable[tuple[str, str]], board: Board, translate: Translate) -> str:
    posts: dict[str, list[str]] = {}
    for post, essential in cells:
        posts.setdefault(essential, []).append(post)
    return "; ".join(
        f"{translate(each.label)}: {_named(posts[each.id], board)}"
        for each in ESSENTIALS
        if each.id in posts
    )


def _named(posts: Sequence[str], board: Board) -> str:
    names = {each.post: each.name for each in board.verdicts}
    said = ", ".join(names.get(post, _key(post)) for post in posts[:NAMED])
    return said if len(posts) <= NAMED else f"{said} … ({len(posts)})"


def _key(post: str) -> str:
    return post.partition("/")[2]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
