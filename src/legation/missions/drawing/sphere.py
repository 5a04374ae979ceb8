"""The globe on a flat sheet: Lambert's azimuthal projection, which keeps areas equal. Pure.

Source: J. P. Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395, 1987),
pages 182-187, equations 24-2 to 24-4, for a sphere of radius 1. Degrees in, radii out; x grows
to the right and y downwards, as in a drawing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import Final, TypeAlias

Point: TypeAlias = tuple[float, float]

FARTHEST: Final = radians(130)
"""What lies farther from the middle is drawn at this distance: shapes there tear otherwise."""
TINY: Final = 1e-9
POLAR: Final = 50.0
"""From this latitude on no direction of a sheet is north, and it may be turned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A projection. lon, lat: its middle. turn: radians by which the sheet is turned."""

    lon: float
    lat: float
    turn: float = 0.0

    def at(self, lon: float, lat: float) -> Point:
        """Return where a place lies on the sheet."""
        phi, middle, east = radians(lat), radians(self.lat), radians(lon - self.lon)
        x = cos(phi) * sin(east)
        y = cos(middle) * sin(phi) - sin(middle) * cos(phi) * cos(east)
        towards = sin(middle) * sin(phi) + cos(middle) * cos(phi) * cos(east)
        away = hypot(x, y)
        if towards < cos(FARTHEST):
            factor = 2 * sin(FARTHEST / 2) / away if away > TINY else 0.0
            x, y = (x * factor, y * factor) if factor else (2 * sin(FARTHEST / 2), 0.0)
        else:
            factor = sqrt(2 / (1 + towards))
            x, y = x * factor, y * factor
        c, s = cos(self.turn), sin(self.turn)
        return x * c - y * s, -x * s - y * c


def turned_out(ring: Sequence[Point], drawn: Sequence[Point], sheet: Sheet) -> bool:
    """Tell whether a shape lies outside of its outline as it is drawn.

    ring: in degrees. A shape around the place opposite to the middle is all that lies beyond its
    outline: on the sheet that outline goes round the middle, which is not in the shape.
    """
    return encloses(drawn, (0.0, 0.0)) and not encloses(ring, (sheet.lon, sheet.lat))


def middle_of(places: Iterable[Point]) -> Point:
    """Return the (longitude, latitude) in the middle of several, each of the same weight.

    Places that face each other across the globe have none: then it is the North Pole.
    """
    x = y = z = 0.0
    for lon, lat in places:
        x += cos(radians(lat)) * cos(radians(lon))
        y += cos(radians(lat)) * sin(radians(lon))
        z += sin(radians(lat))
    if hypot(x, y, z) < TINY:
        return 0.0, 90.0
    return degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y)))


def sheet_between(one: Sequence[Point], other: Sequence[Point]) -> Sheet:
    """Return the sheet centred between two groups of places.

    North is up, save where the middle is near a pole: there the first group stands left.
    """
    ends = [middle_of(group) for group in (one, other) if group]
    lon, lat = middle_of(ends)
    straight = Sheet(lon=lon, lat=lat)
    if abs(lat) < POLAR or len(ends) < len((one, other)):
        return straight
    (x, y), (end_x, end_y) = (straight.at(*end) for end in ends)
    return Sheet(lon=lon, lat=lat, turn=atan2(end_y - y, end_x - x))


def encloses(ring: Sequence[Point], point: Point) -> bool:
    """Tell whether a ring goes round a point, by the edges that a ray from it crosses."""
    x, y = point
    found = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            found = not found
    return found


def inside(ring: Sequence[Point], box: tuple[float, float, float, float]) -> list[Point]:
    """Return the part of a ring inside a box (left, top, right, bottom); empty where none is.

    Source: I. E. Sutherland, G. W. Hodgman, Reentrant polygon clipping, CACM 17 (1974).
    """
    found = list(ring)
    for axis, side, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        if not found:
            return []
        kept: list[Point] = []
        before = found[-1]
        for point in found:
            here, there = sign * (point[axis] - side), sign * (before[axis] - side)
            if here * there < 0:
                part = there / (there - here)
                kept.append(
                    (
                        before[0] + part * (point[0] - before[0]),
                        before[1] + part * (point[1] - before[1]),
                    )
                )
            if here >= 0:
                kept.append(point)
            before = point
        found = kept
    return found
