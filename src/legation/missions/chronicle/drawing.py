"""Lay facts out on a drawn line of time: two lanes of equal height, one between them. Pure.

1. The lane above is one party's deeds, the lane below the other's, the one between what both
   did or nobody is named for. Both lanes have the same height, whoever did more.
2. Time is cut into slots a mark wide. Marks of one slot stand on each other, away from the axis,
   so none covers another; what does not fit is one mark that says how many, and leads closer.
3. A date that is known to the month only stands in the middle of that month, and is dashed.
4. Right to left, time runs from the right. Lengths are in units of the drawing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby
from typing import Final

from legation.missions.chronicle.entries import Fact, Round, span_of
from legation.missions.chronicle.kinds import TALKS, shape_of

CELL: Final = 26
"""A mark with its surroundings: large enough to be pointed at (WCAG 2.2, 2.5.8)."""
GUTTER: Final = 76
PLOT: Final = 1040
WIDTH: Final = GUTTER + PLOT
AXIS: Final = 30
MOST: Final = 5
"""Marks that stand on one another; more are told by a number."""
SLOTS: Final = 40
MONTHS: Final = 12
DECADE: Final = 10
LONG_YEARS: Final = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something to draw. lane: "a", "b" or "both". on: partial date. target: what it opens."""

    key: str
    lane: str
    on: str
    title: str
    kind: str
    shape: str
    is_round: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What is looked at. name: "", "2010s", "2017" or "2017-08". first, last: its days."""

    name: str
    first: date
    last: date

    @property
    def outer(self) -> str:
        """The name of the next larger window."""
        if len(self.name) == len("2017-08"):
            return self.name[:4]
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One stretch of the axis, and the window it opens ("" for none). on: what it is called."""

    on: str
    opens: str
    x: float
    width: float
    middle: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A mark in its place, by the middle of its cell. more: how many it stands for, else 0."""

    mark: Mark
    x: float
    y: float
    dashed: bool
    more: int = 0
    opens: str = ""

    @property
    def left(self) -> float:
        """Where its cell begins."""
        return self.x - CELL / 2

    @property
    def top(self) -> float:
        """Where its cell begins, from above."""
        return self.y - CELL / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many marks of each lane a stretch of time has: the drawing in words."""

    on: str
    a: int
    both: int
    b: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The whole drawing. lanes: "a", "both", "b" -> top and height. left_out: undrawn facts."""

    window: Window
    width: int
    height: float
    lanes: Mapping[str, tuple[float, float]]
    ticks: tuple[Tick, ...]
    marks: tuple[Placed, ...]
    counted: tuple[Counted, ...]
    left_out: int
    head: float
    plot: tuple[float, float]


def marks_of(
    facts: Iterable[Fact], rounds: Iterable[Round], lanes: Mapping[str, str]
) -> list[Mark]:
    """Return what is drawn: every fact, and every round in place of its own sitting.

    lanes: party -> "a" or "b".
    """
    rounds = list(rounds)
    sat = {fact for one in rounds for fact in one.facts}
    drawn = [
        Mark(
            key=fact.key,
            lane=lanes.get(fact.actor, "both"),
            on=fact.on,
            title=fact.title,
            kind=fact.kind,
            shape=shape_of(fact.kind).name,
        )
        for fact in facts
        if not (fact.key in sat and fact.kind == "talks_held")
    ]
    drawn += [
        Mark(
            key=one.key,
            lane="both",
            on=one.on,
            title=one.label,
            kind="talks_held",
            shape=TALKS.name,
            is_round=True,
        )
        for one in rounds
    ]
    return sorted(drawn, key=lambda mark: mark.on)


def window_of(name: str, marks: Sequence[Mark]) -> Window | None:
    """Return the window of this name, or all there is; None when there is nothing to look at."""
    years = [int(mark.on[:4]) for mark in marks if mark.on]
    if not years:
        return None
    named = _named(name)
    if named is not None:
        return named
    return Window(name="", first=date(min(years), 1, 1), last=date(max(years), MONTHS, 31))


def _named(name: str) -> Window | None:
    decade = name.endswith("0s") and len(name) == len("2010s")
    digits = name.removesuffix("s") if decade else name
    parts = digits.split("-")
    if not name or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if [len(part) for part in parts] not in ([4], [4, 2]) or int(parts[0]) < DECADE:
        return None
    if len(parts) > 1 and not 1 <= int(parts[1]) <= MONTHS:
        return None
    first, last = span_of(digits)
    if decade:
        last = date(first.year + DECADE - 1, MONTHS, 31)
    return Window(name=name, first=first, last=last)


def _stretches(window: Window) -> list[tuple[str, str, int]]:
    """Return the stretches of a window: what each is called and opens, and its slots."""
    if len(window.name) == len("2017-08"):
        return [(f"{window.name}-{day:02}", "", 1) for day in range(1, window.last.day + 1)]
    if len(window.name) == len("2017"):
        each = SLOTS // MONTHS
        return [(f"{window.name}-{n:02}",) * 2 + (each,) for n in range(1, MONTHS + 1)]
    years = range(window.first.year, window.last.year + 1)
    if len(years) <= LONG_YEARS:
        return [(f"{year:04}",) * 2 + (max(1, SLOTS // len(years)),) for year in years]
    decades = sorted({year - year % DECADE for year in years})
    each = max(1, SLOTS // len(decades))
    return [(f"{decade:04}s", f"{decade:04}s", each) for decade in decades]


def draw(marks: Sequence[Mark], window: Window, *, right_to_left: bool) -> Drawing:
    """Lay the marks of a window out."""
    seen, left_out = _within(marks, window)
    slots = _slots(window)
    width = PLOT / len(slots)
    stacks = _stacked(seen, slots)
    tall = dict.fromkeys(("a", "both", "b"), 0)
    for (lane, _slot), stack in stacks.items():
        tall[lane] = max(tall[lane], min(len(stack), MOST))
    side = max(tall["a"], tall["b"], 1) * CELL + CELL / 2
    between = max(tall["both"], 1) * CELL + CELL / 2
    lanes = {"a": (0.0, side), "both": (side, between), "b": (side + between, side)}
    height = 2 * side + between + AXIS

    def across(x: float) -> float:
        return WIDTH - x if right_to_left else x

    placed = [
        _place(
            stack,
            n,
            x=across(GUTTER + (slot + 0.5) * width),
            lane=(lane, *lanes[lane]),
            opens=slots[slot][1],
        )
        for (lane, slot), stack in stacks.items()
        for n in range(min(len(stack), MOST))
    ]
    order = sorted(placed, key=lambda one: (one.mark.on, one.y))
    return Drawing(
        window=window,
        width=WIDTH,
        height=height,
        lanes=lanes,
        ticks=tuple(_ticks(window, width, right_to_left=right_to_left)),
        marks=tuple(order),
        counted=tuple(_counted(stacks, slots)),
        left_out=left_out,
        head=across(GUTTER / 2),
        plot=(0.0 if right_to_left else float(GUTTER), float(PLOT)),
    )


def _within(marks: Sequence[Mark], window: Window) -> tuple[list[Mark], int]:
    """Return the marks whose whole date lies inside, and how many are told too coarsely."""
    seen, coarse = [], 0
    for mark in marks:
        first, last = span_of(mark.on)
        if window.first <= first and last <= window.last:
            seen.append(mark)
        elif first <= window.last and window.first <= last:
            coarse += 1
    return seen, coarse


def _slots(window: Window) -> list[tuple[str, str, date, date]]:
    """Return the slots: what their stretch is called and opens, first and last day."""
    out = []
    for name, opens, count in _stretches(window):
        whole = _named(name) or Window(name=name, first=span_of(name)[0], last=span_of(name)[1])
        first, last = whole.first.toordinal(), whole.last.toordinal()
        days = last - first + 1
        for n in range(count):
            begin = first + n * days // count
            end = first + (n + 1) * days // count - 1
            out.append((name, opens, date.fromordinal(begin), date.fromordinal(max(begin, end))))
    return out


def _stacked(
    marks: Iterable[Mark], slots: Sequence[tuple[str, str, date, date]]
) -> dict[tuple[str, int], list[Mark]]:
    """Return what stands in each slot of each lane."""
    ends = [last for _name, _opens, _first, last in slots]
    stacks: dict[tuple[str, int], list[Mark]] = {}
    for mark in marks:
        first, last = span_of(mark.on)
        middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2)
        slot = next((n for n, end in enumerate(ends) if middle <= end), len(ends) - 1)
        stacks.setdefault((mark.lane, slot), []).append(mark)
    return stacks


def _place(
    stack: Sequence[Mark], n: int, *, x: float, lane: tuple[str, float, float], opens: str
) -> Placed:
    """Place the n-th mark of a stack: away from the axis, or around the middle between.

    lane: its name, top and height. opens: the window that shows what does not fit.
    """
    name, top, height = lane
    shown = min(len(stack), MOST)
    if name == "a":
        y = top + height - CELL * (n + 0.5) - CELL / 4
    elif name == "b":
        y = top + CELL * (n + 0.5) + CELL / 4
    else:
        y = top + height / 2 + CELL * (n - (shown - 1) / 2)
    more = len(stack) - MOST + 1 if n == MOST - 1 and len(stack) > MOST else 0
    first, last = span_of(stack[n].on)
    return Placed(
        mark=stack[n],
        x=round(x, 1),
        y=y,
        dashed=first != last,
        more=more,
        opens=opens if more else "",
    )


def _ticks(window: Window, width: float, *, right_to_left: bool) -> Iterable[Tick]:
    at = float(GUTTER)
    for name, opens, count in _stretches(window):
        x = WIDTH - at - count * width if right_to_left else at
        yield Tick(
            on=name,
            opens=opens if opens != window.name else "",
            x=round(x, 1),
            width=round(count * width, 1),
            middle=round(x + count * width / 2, 1),
        )
        at += count * width


def _counted(
    stacks: Mapping[tuple[str, int], Sequence[Mark]],
    slots: Sequence[tuple[str, str, date, date]],
) -> Iterable[Counted]:
    numbered = groupby(range(len(slots)), key=lambda n: slots[n][0])
    for name, group in numbered:
        mine = list(group)
        count = {
            lane: len(list(chain.from_iterable(stacks.get((lane, n), ()) for n in mine)))
            for lane in ("a", "both", "b")
        }
        if any(count.values()):
            yield Counted(on=name, **count)
