"""What a judgement says: of one essential, of one post, of a whole board."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from legation.missions.readiness.facts import Ground, LogSize
from legation.missions.readiness.messages import Message

CellState: TypeAlias = Literal[
    "in_order", "strained", "blocked", "not_applicable", "unknown", "disputed"
]
Standing: TypeAlias = Literal[
    "operates", "strained", "cannot", "unknown", "planned", "suspended", "closed"
]
"""strained: operates under strain. cannot: cannot operate. unknown: nothing tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One reason why an essential is not in order, which could be lifted.

    key: stable and the same on both nodes, "channel/RU-1.state". lift: what is lifted together
    with it wherever it bears ("regime/RU3"): causes of several cells may share one. what: the
    reason in one line. remedy: what lifts it. move: whose move it is, both where either can.
    matter: code of the matter that carries it, or "". since: from when. subject: id of the thing,
    rule or notice. article: as "VCDR 26". ours: it rests on what only we know. measure: what is
    applied, with its terms ("visa_length/3"), where a state applies it to all staff of the other:
    the same text on both sides is the same measure, mirrored; else "".
    """

    key: str
    lift: str
    essential: str
    state: Literal["strained", "blocked"]
    what: Message
    remedy: Message
    move: tuple[str, ...]
    matter: str = ""
    since: date | None = None
    subject: str = ""
    article: str = ""
    grounds: tuple[Ground, ...] = ()
    ours: bool = False
    measure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One essential of one post.

    reason: in one line. silent: parties that might state what decides it and have not. contested:
    the other side has a view of its own of what it rests on. ours: it rests on what only we know.
    """

    essential: str
    state: CellState
    reason: Message
    articles: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    grounds: tuple[Ground, ...] = ()
    silent: tuple[str, ...] = ()
    contested: bool = False
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Can this post operate? by, since: of a closed or suspended one. cells: by essential.

    sentence: the verdict in one line, as a person reads it first. type, city: as stated. why: for
    which reasons a post is shut, a sentence each, as those who stated it say.
    twin: another post of the board is in the same city, so that the city alone does not name it.
    """

    post: str
    sending: str
    receiving: str
    type: str
    city: str
    standing: Standing
    sentence: Message
    by: str = ""
    since: str = ""
    cells: Mapping[str, Cell] = field(default_factory=dict)
    grounds: tuple[Ground, ...] = ()
    ours: bool = False
    twin: bool = False
    why: tuple[Message, ...] = ()

    @property
    def key(self) -> str:
        """Its id, without what sort of thing it is."""
        return self.post.partition("/")[2]

    @property
    def name(self) -> str:
        """What people call it: its city, with its id where two stand there; else its id."""
        return f"{self.city} ({self.key})" if self.twin else self.city or self.key

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Every cause, in the order of the essentials."""
        return tuple(cause for cell in self.cells.values() for cause in cell.causes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All posts of both sides on one day, by sending state and id.

    logs: how far both logs were read; the same bytes for the same pair of them. left_off: posts
    that are not judged on that day -> why.
    """

    on: date
    parties: tuple[str, str]
    verdicts: tuple[Verdict, ...]
    thresholds: Mapping[str, int]
    logs: tuple[LogSize, ...] = ()
    left_off: Mapping[str, Message] = field(default_factory=dict)

    def verdict(self, post: str) -> Verdict | None:
        """Return one post's verdict, or None where it is not on the board."""
        return next((each for each in self.verdicts if each.post == post), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Something that would help, judged again with it lifted.

    lifts: one key, two that help only together, or those of a measure that both sides apply alike
    (mirrored). posts: that become operable. cells: (post,
    essential) that improve. days: how long the oldest has waited. move, matter: as of the causes.
    draft: code of the kind of notice that would ask for it, or "". because: what stands now.
    eases: (post, essential) that lose one of several causes and stand as before.
    """

    lifts: tuple[str, ...]
    what: Message
    posts: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]
    days: int
    move: tuple[str, ...]
    matter: str = ""
    draft: str = ""
    about: tuple[str, ...] = ()
    ours: bool = False
    because: tuple[Message, ...] = ()
    eases: tuple[tuple[str, str], ...] = ()
    mirrored: bool = False
