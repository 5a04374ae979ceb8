"""The posts of two states on a map, from real shapes, centred between them. Pure.

1. Both states' land has its party's hue, all other land one tone: nothing is said about borders.
2. A post is a mark whose form alone tells how it stands; a name stands beside it where it covers
   no other mark and no other name, else it is told in the mark's title and in the list.
3. Lengths are in units of the drawing, whole numbers. Colours come from the style sheet of the
   page; the plain ones that are written into the drawing serve where it stands alone.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final, TypeAlias

from legation.missions.drawing.marks import mark
from legation.missions.drawing.sphere import Point, Sheet, inside, sheet_between, turned_out

Box: TypeAlias = tuple[float, float, float, float]

WIDTH: Final = 840
HEIGHT: Final = 660
PADDING: Final = 0.09
NARROWEST: Final = 0.16
"""Half the width of the smallest part of the globe that is shown, in radii."""
LETTER: Final = 0.6
"""Width of a letter, in heights of the type: what a name needs is only estimated."""
TYPE: Final = 25
RADIUS: Final = 11
GAP: Final = 6
SIDES: Final = ((1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1), (0, -1), (0, 1))
SMALL: Final = 3
HUES: Final = {"a": "#a6b7cc", "b": "#c5abc0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A post to draw. key: its id. name: what people call it. side: "a" or "b", its party's hue.

    standing: as a verdict says it. told: the sentence that its mark bears as its title.
    """

    key: str
    name: str
    side: str
    lon: float
    lat: float
    standing: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A mark in its place. label: where its name begins, and from which side; None for no name."""

    place: Place
    x: int
    y: int
    label: tuple[int, int, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """What is drawn: all land, each side's land, the posts."""

    land: str
    sides: Mapping[str, str]
    posts: tuple[Named, ...]


@cache
def shapes() -> Mapping[str, Sequence[Sequence[Sequence[Point]]]]:
    """Return the land of each state (ISO 3166, "" for nobody's): polygons, rings, degrees."""
    text = files("legation.missions").joinpath("data/world.json").read_text(encoding="utf-8")
    return {
        code: [
            [
                [(x / 10, y / 10) for x, y in zip(ring[::2], ring[1::2], strict=True)]
                for ring in polygon
            ]
            for polygon in polygons
        ]
        for code, polygons in json.loads(text)["shapes"].items()
    }


def map_of(places: Iterable[Place], sides: Mapping[str, str]) -> Map:
    """Lay the posts out. sides: "a", "b" -> code of the party whose land has that hue."""
    posts = tuple(sorted(places, key=lambda place: place.key))
    groups = tuple(
        tuple((one.lon, one.lat) for one in posts if one.side == side) for side in ("a", "b")
    )
    # A post stands in the other state's land: its side's hue is not that of the ground under it.
    sheet = _sheet(groups, tuple(sides.get(side, "") for side in ("a", "b")))
    frame = _frame(sheet, posts, tuple(sides.values()))
    land, own = _land(sheet, frame, tuple(sorted(sides.items())))
    spots = [_scaled(sheet.at(one.lon, one.lat), frame) for one in posts]
    return Map(land=land, sides=dict(own), posts=_named(posts, spots))


def _sheet(groups: Sequence[Sequence[Point]], codes: Sequence[str]) -> Sheet:
    """Return the sheet between both states' land, or between posts where a state has no shape."""
    ends = [_main_ring(code) or group for code, group in zip(codes, reversed(groups), strict=True)]
    return sheet_between(ends[0], ends[1])


@cache
def _main_ring(code: str) -> tuple[Point, ...]:
    """Return the outline of the largest piece of a state's land."""
    rings = [tuple(polygon[0]) for polygon in shapes().get(code, ())] if code else []
    return max(rings, key=len, default=())


def _frame(sheet: Sheet, posts: Iterable[Place], codes: Iterable[str]) -> Box:
    """Return the part of the sheet that is shown: all posts, and both states' main land."""
    points = [sheet.at(one.lon, one.lat) for one in posts]
    points += [sheet.at(*point) for code in codes for point in _main_ring(code)]
    across, down = [x for x, _y in points] or [0.0], [y for _x, y in points] or [0.0]
    half = max(
        (max(across) - min(across)) / 2,
        (max(down) - min(down)) / 2 * WIDTH / HEIGHT,
        NARROWEST,
    ) * (1 + PADDING)
    x, y = (max(across) + min(across)) / 2, (max(down) + min(down)) / 2
    tall = half * HEIGHT / WIDTH
    return x - half, y - tall, x + half, y + tall


def _scaled(point: Point, frame: Box) -> tuple[int, int]:
    scale = WIDTH / (frame[2] - frame[0])
    return round((point[0] - frame[0]) * scale), round((point[1] - frame[1]) * scale)


@cache
def _land(
    sheet: Sheet, frame: Box, sides: tuple[tuple[str, str], ...]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the outlines of all other land and of each side's, as paths."""
    paths = {code: _paths(polygons, sheet, frame) for code, polygons in shapes().items()}
    mine = dict(sides).values()
    rest = "".join(path for code, path in paths.items() if code not in mine)
    return rest, tuple((side, paths.get(code, "")) for side, code in sides)


def _paths(polygons: Sequence[Sequence[Sequence[Point]]], sheet: Sheet, frame: Box) -> str:
    found = []
    for polygon in polygons:
        for ring in polygon:
            drawn = [sheet.at(*point) for point in ring]
            if turned_out(ring, drawn, sheet):
                found.append(f"M0 0H{WIDTH}V{HEIGHT}H0Z")
            seen = inside(drawn, frame)
            spots = [_scaled(point, frame) for point in seen]
            kept = [spot for n, spot in enumerate(spots) if spot != spots[n - 1]]
            if len(kept) >= SMALL:
                found.append("M" + "L".join(f"{x} {y}" for x, y in kept) + "Z")
    return "".join(found)


def _named(posts: Sequence[Place], spots: Sequence[tuple[int, int]]) -> tuple[Named, ...]:
    """Give each mark its name, on the first side where there is room for it."""
    taken = [(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in spots]
    out = []
    for place, (x, y) in zip(posts, spots, strict=True):
        width = round(len(place.name) * TYPE * LETTER)
        label = None
        for right, down in SIDES:
            box = _box(x, y, width, right, down)
            if _fits(box, taken, (x, y)):
                taken.append(box)
                label = _start(box, right)
                break
        out.append(Named(place=place, x=x, y=y, label=label))
    return tuple(out)


def _box(x: int, y: int, width: int, right: int, down: int) -> tuple[int, int, int, int]:
    """Return the box of a name on one side of a mark."""
    away = RADIUS + GAP
    left = x + away if right > 0 else x - away - width if right < 0 else x - width // 2
    top = y + down * (away if not right else away // 2 + GAP) - TYPE // 2
    if not right:
        top += down * GAP
    return left, top, left + width, top + TYPE


def _start(box: tuple[int, int, int, int], right: int) -> tuple[int, int, str]:
    """Return where the letters begin: the baseline, and which end of the name stands there."""
    baseline = box[3] - TYPE // 4
    if right > 0:
        return box[0], baseline, "start"
    if right < 0:
        return box[2], baseline, "end"
    return (box[0] + box[2]) // 2, baseline, "middle"


def _fits(
    box: tuple[int, int, int, int],
    taken: Iterable[tuple[int, int, int, int]],
    own: tuple[int, int],
) -> bool:
    if box[0] < 0 or box[1] < 0 or box[2] > WIDTH or box[3] > HEIGHT:
        return False
    around = (own[0] - RADIUS, own[1] - RADIUS, own[0] + RADIUS, own[1] + RADIUS)
    return not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
        for other in taken
        if other != around
    )


def svg(drawn: Map, *, title: str, told: Iterable[str]) -> str:
    """Return the drawing. title: what it shows. told: the same in sentences, for who sees none."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" class="pmap"'
        ' role="img" aria-labelledby="pmap-t pmap-d" direction="ltr"'
        ' font-family="Inter, sans-serif">'
    )
    parts = [
        head,
        f'<title id="pmap-t">{escape(title)}</title>',
        f'<desc id="pmap-d">{escape(" ".join(told))}</desc>',
        f'<rect class="sea" width="{WIDTH}" height="{HEIGHT}" fill="#edf2f3"/>',
        f'<path class="land" fill="#d6dbd8" fill-rule="evenodd" d="{drawn.land}"/>',
    ]
    parts += [
        f'<path class="land is-{side}" fill="{HUES[side]}" fill-rule="evenodd" d="{path}"/>'
        for side, path in drawn.sides.items()
        if path
    ]
    parts += [_drawn(one) for one in drawn.posts]
    return "".join((*parts, "</svg>"))


def _drawn(one: Named) -> str:
    name = ""
    if one.label is not None:
        x, y, anchor = one.label
        name = (
            f'<text x="{x}" y="{y}" font-size="{TYPE}" text-anchor="{anchor}">'
            f"{escape(one.place.name)}</text>"
        )
    return (
        f'<g class="post s-{escape(one.place.standing)}"><title>{escape(one.place.told)}</title>'
        f"{mark(one.place.standing, one.x, one.y, RADIUS)}{name}</g>"
    )
