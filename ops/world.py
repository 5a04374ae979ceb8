"""Cut the shapes of states that the map of posts draws from Natural Earth's smallest scale.

usage: world.py NODE_MODULES   (npm install world-atlas@2.0.2 there first)
Writes src/legation/missions/data/world.json. Natural Earth is in the public domain; the package
that carries it as TopoJSON is under the ISC licence.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

import pycountry

ROOT: Final = Path(__file__).resolve().parents[1]
MADE: Final = ROOT / "src" / "legation" / "missions" / "data" / "world.json"
SOURCE: Final = "Natural Earth 1:110m, admin 0 countries, by world-atlas 2.0.2; public domain"
NOBODY: Final = ""
DISPUTED: Final = ((340, 451),)
"""Places (tenths of a degree) whose ring is drawn as nobody's: states differ on whose it is.

Crimea, which the atlas draws as it is held and most states do not see so (UN General Assembly,
resolution 68/262). The map of posts says nothing about borders.
"""
LARGE: Final = 100
FEWEST: Final = 4
"""Points that a ring needs: three corners and the first of them again."""

Ring = list[tuple[int, int]]


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """Return every arc in tenths of a degree, longitude first.

    An arc is stored as steps on a grid. Source: TopoJSON specification, 2.1.2 and 2.1.4.
    """
    (scale_x, scale_y), (left, bottom) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((round((x * scale_x + left) * 10), round((y * scale_y + bottom) * 10)))
        found.append(points)
    return found


def ring_of(numbers: list[int], arcs: list[Ring]) -> Ring:
    """Join arcs to a ring without points that follow on themselves; ~n is arc n backwards."""
    ring: Ring = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += [point for n, point in enumerate(points) if not ring or n or point != ring[-1]]
    return [point for n, point in enumerate(ring) if not n or point != ring[n - 1]]


def polygons_of(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Return a geometry's polygons, each a list of rings, each a list of numbers of arcs."""
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return list(geometry["arcs"]) if geometry["type"] == "MultiPolygon" else []


def code_of(geometry: dict[str, Any]) -> str:
    """Return the two letters of ISO 3166 by the three digits that the atlas gives, or ""."""
    found = pycountry.countries.get(numeric=str(geometry.get("id", "")))
    return found.alpha_2 if found else NOBODY


def disputed(ring: list[int]) -> bool:
    """Tell whether a small ring lies around a disputed place."""
    left, right, bottom, top = min(ring[::2]), max(ring[::2]), min(ring[1::2]), max(ring[1::2])
    small = right - left < LARGE and top - bottom < LARGE
    return small and any(left < x < right and bottom < y < top for x, y in DISPUTED)


def main() -> int:
    """Read the atlas, write the shapes; return the exit code."""
    atlas = Path(sys.argv[1]) / "world-atlas" / "countries-110m.json"
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    shapes: dict[str, list[list[list[int]]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        for polygon in polygons_of(geometry):
            rings = [ring_of(numbers, arcs) for numbers in polygon]
            flat = [[n for point in ring for n in point] for ring in rings if len(ring) >= FEWEST]
            if flat:
                code = NOBODY if disputed(flat[0]) else code_of(geometry)
                shapes.setdefault(code, []).append(flat)
    told = {"source": SOURCE, "unit": "tenths of a degree: longitude, latitude", "shapes": shapes}
    text = json.dumps(told, separators=(",", ":"), sort_keys=True).replace("]]],", "]]],\n")
    MADE.write_text(text + "\n", encoding="utf-8")
    print(len(shapes), "shapes,", MADE.stat().st_size, "bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
