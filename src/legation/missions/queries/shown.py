"""What the pages of readiness read beside the board: places, premises on three axes, sizes of logs.

Where a thing stands (`coordinates`) is our own knowledge: it is on no shared board and in no act.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from legation.line.models import Entry, Log
from legation.line.node import Node
from legation.line.queries.once import once
from legation.missions.queries.board import board
from legation.missions.readiness.facts import Facts, Ground, Said, Subject
from legation.missions.readiness.helping import OPERABLE
from legation.record.canon import Json

AXES: Final = ("title", "status", "access")
EASTMOST: Final = 180
NORTHMOST: Final = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisView:
    """One axis of premises on a day: who may state it, what is said, the other side's views."""

    key: str
    author: str
    said: tuple["AxisSaid", ...]
    contested: tuple["AxisSaid", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisSaid:
    """One thing said of an axis. since: partial day, "" where it is not told."""

    value: Json
    party: str
    since: str
    ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingView:
    """Premises as the board shows them. stated: whether the registers have a page for them."""

    id: str
    name: str
    place: str
    sending: str
    lists: tuple[str, ...]
    stated: bool
    axes: tuple[AxisView, ...]


def buildings(facts: Facts, on: date, *, post: str = "") -> tuple[BuildingView, ...]:
    """Return premises as both sides, and we for ourselves, have them on a day; or of one post."""
    things = sorted(facts.of("premises"), key=lambda one: _natural(one.id))
    if post:
        things = [one for one in things if one.said.get("post") and one.value("post", on) == post]
    return tuple(_building(one, on) for one in things)


def listed(facts: Facts, on: date) -> dict[tuple[str, str], tuple[BuildingView, ...]]:
    """Return the premises on each list of each sending state: by (state, name of the list)."""
    found: dict[tuple[str, str], list[BuildingView]] = {}
    for one in facts.of("premises"):
        if one.said.get("lists"):
            view = _building(one, on)
            for name in view.lists:
                found.setdefault((one.sending, name), []).append(view)
    return {
        key: tuple(sorted(several, key=lambda view: _natural(view.id)))
        for key, several in sorted(found.items())
    }


def name_of(facts: Facts, thing: str, on: date) -> str:
    """Return the name or city by which people know a thing, or the end of its id."""
    one = facts.subjects.get(thing)
    named = (one and _text(one, name, on) for name in ("name", "city"))
    return next((text for text in named if text), None) or thing.partition("/")[2]


def is_stated(facts: Facts, thing: str) -> bool:
    """Tell whether either side has stated anything of a thing: then the registers have its page."""
    one = facts.subjects.get(thing)
    return one is not None and _is_stated(one)


def _is_stated(one: Subject) -> bool:
    return any(not each.ground.ours for several in one.said.values() for each in several)


def _building(one: Subject, on: date) -> BuildingView:
    texts = {name: _text(one, name, on) for name in ("name", "place", "city", "address")}
    lists = one.value("lists", on) if "lists" in one.said else None
    return BuildingView(
        id=one.id,
        name=texts["name"] or one.id.partition("/")[2],
        place=texts["place"] or texts["city"] or texts["address"],
        sending=one.sending,
        lists=tuple(str(name) for name in lists) if isinstance(lists, list | tuple) else (),
        stated=_is_stated(one),
        axes=tuple(_axis(one, name, on) for name in AXES if name in one.authors),
    )


def _text(one: Subject, name: str, on: date) -> str:
    found = one.value(name, on) if name in one.said else None
    return found if isinstance(found, str) else ""


def _axis(one: Subject, name: str, on: date) -> AxisView:
    told = one.now(name, on)
    return AxisView(
        key=name,
        author=told.author,
        said=tuple(_said(each) for each in told.said),
        contested=tuple(_said(each) for each in told.contested),
    )


def _said(each: Said) -> AxisSaid:
    return AxisSaid(
        value=each.value,
        party=each.party,
        since=each.from_.text if each.from_ is not None else "",
        ours=each.ground.ours,
    )


def _natural(name: str) -> tuple[str, int, str]:
    """Sort "P2" before "P10"."""
    head = name.rstrip("0123456789")
    return head, int(name[len(head) :][:18] or 0), name


def where(facts: Facts, thing: str, on: date) -> tuple[float, float] | None:
    """Return the longitude and latitude of a thing as we know them, or None."""
    one = facts.subjects.get(thing)
    if one is None or not one.said.get("coordinates"):
        return None
    fit = [each for each in one.said["coordinates"] if each.holds_on(on)]
    found = fit[-1].value if fit else None
    if not isinstance(found, dict):
        return None
    lon, lat = _degrees(found.get("lon"), EASTMOST), _degrees(found.get("lat"), NORTHMOST)
    return None if lon is None or lat is None else (lon, lat)


def _degrees(text: Json, most: int) -> float | None:
    try:
        found = Decimal(str(text))
    except InvalidOperation:
        return None
    return float(found) if found.is_finite() and abs(found) <= most else None


def operating(node: Node, on: date) -> tuple[int, int]:
    """Return how many posts operate on a day by all that we know, and how many there are."""
    verdicts = board(node, on).verdicts
    return sum(each.standing in OPERABLE for each in verdicts), len(verdicts)


def sizes_on(node: Node, on: date) -> dict[str, int]:
    """Return how many entries each log had by the end of a day, by what the entries say; {} alone.

    An entry is dated by its author: this is what the record says of itself, and proves nothing.
    """
    after = datetime.combine(on + timedelta(days=1), time(), tzinfo=UTC)
    later = Entry.objects.filter(side=OuterRef("side"), at__gte=f"{after:%Y-%m-%dT%H:%M:%SZ}")
    first = later.order_by("index").values("index")[:1]
    rows = Log.objects.using(node.alias).annotate(first=Coalesce(Subquery(first), F("size")))
    return once(node, ("sizes", on), lambda: dict(rows.values_list("party", "first")))


def notices_of(grounds: Iterable[Ground]) -> set[str]:
    """Return the ids of the notices among what something rests on."""
    return {each.ref for each in grounds if each.ref.startswith("notice/")}
