"""The map of posts and the strip of years: true places, told in words and without colour."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from legation.missions.drawing import marks, strip, world
from legation.missions.drawing.sphere import Sheet, encloses, inside, middle_of, sheet_between
from legation.missions.readiness.verdict import Standing


def parsed(drawn: str) -> ET.Element:
    return ET.fromstring(drawn)  # noqa: S314 - drawn here


STANDINGS = Standing.__args__  # type: ignore[attr-defined]  # the literals of the type


def place(key: str, side: str, lon: float, lat: float, standing: str = "operates") -> world.Place:
    return world.Place(
        key=key, name=key, side=side, lon=lon, lat=lat, standing=standing, told=f"{key}: {standing}"
    )


MOSCOW = place("Moscow", "a", 37.6, 55.75, "strained")
WASHINGTON = place("Washington", "b", -77.04, 38.9, "closed")


def test_distances_from_the_middle_are_those_of_the_source() -> None:
    """Snyder, page 186: a place at the angle c from the middle lies 2 sin(c/2) away from it."""
    sheet = Sheet(lon=-100, lat=40)
    x, y = sheet.at(-100, 10)
    assert (round(x, 6), round(y, 6)) == (0, round(2 * 0.2588190451, 6))
    assert sheet.at(-90, 40)[0] > 0
    for lon in range(-180, 181, 30):
        for lat in (-90, -40, 0, 40, 90):
            assert sum(part * part for part in sheet.at(lon, lat)) <= 4


def test_the_middle_of_two_far_places_lies_across_the_pole() -> None:
    lon, lat = middle_of([(0, 80), (180, 80)])
    assert (round(lat), round(lon) % 360) in {(90, lon) for lon in range(360)}
    assert middle_of([(0, 10), (180, -10)]) == (0, 90)


def test_near_a_pole_one_side_stands_left_and_elsewhere_north_is_up() -> None:
    over = sheet_between([(-95, 40)], [(60, 60)])
    (left, _), (right, _) = over.at(-95, 40), over.at(60, 60)
    assert left < right
    assert abs(over.at(-95, 40)[1] - over.at(60, 60)[1]) < 1e-9
    gulf = sheet_between([(45, 24)], [(53, 33)])
    assert gulf.turn == 0
    assert gulf.at(53, 33)[1] < gulf.at(45, 24)[1]


def test_what_is_cut_off_lies_in_the_box() -> None:
    cut = inside([(-5, -5), (5, -5), (5, 5), (-5, 5)], (0, 0, 2, 2))
    assert sorted(cut) == [(0, 0), (0, 2), (2, 0), (2, 2)]
    assert inside([(5, 5), (6, 5), (6, 6)], (0, 0, 2, 2)) == []


def test_every_pair_of_states_has_its_map() -> None:
    drawn = world.map_of([MOSCOW, WASHINGTON], {"a": "US", "b": "RU"})
    assert all(drawn.sides.values())
    assert [one.place.key for one in drawn.posts] == ["Moscow", "Washington"]
    assert drawn.posts[1].x < drawn.posts[0].x  # its party's land stands left
    unknown = world.map_of([MOSCOW, WASHINGTON], {"a": "XA", "b": "XB"})
    assert set(unknown.sides.values()) == {""}
    for drawn in (unknown, world.map_of([], {"a": "US", "b": "RU"}), world.map_of([], {})):
        parsed(world.svg(drawn, title="Map", told=[]))


LAND = {"Winnipeg": (-97, 50), "Sahara": (5, 23), "Siberia": (100, 62), "Pampa": (-64, -34)}
SEA = {"Atlantic": (-40, 45), "Pacific": (-150, 30), "Arabian Sea": (64, 15), "South": (20, -50)}
PAIRS = [("US", "RU"), ("CA", "IN"), ("IR", "SA"), ("NZ", "ES"), ("AU", "AR"), ("TR", "AM")]


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_land_is_land_and_sea_is_sea_around_any_pair(pair: tuple[str, str]) -> None:
    """Antarctica, for one, goes round the sheet of a pair near the other pole."""
    sides = dict(zip("ab", pair, strict=True))
    drawn = world.map_of([], sides)
    whole = "M0 0L840 0L840 660L0 660Z"
    paths = [path.replace("M0 0H840V660H0Z", whole) for path in (drawn.land, *drawn.sides.values())]
    rings = [
        [(float(x), float(y)) for x, y in (spot.split() for spot in ring.split("L"))]
        for path in paths
        for ring in re.findall("M([^Z]+)Z", path)
    ]
    sheet = world._sheet(((), ()), pair)
    frame = world._frame(sheet, (), pair)
    for places, land in ((LAND, True), (SEA, False)):
        for name, place in places.items():
            x, y = world._scaled(sheet.at(*place), frame)
            if 0 < x < world.WIDTH and 0 < y < world.HEIGHT:
                on_land = sum(encloses(ring, (x + 0.5, y + 0.5)) for ring in rings) % 2 == 1
                assert on_land == land, (name, pair)


def test_crimea_is_nobody_s_land_on_this_map() -> None:
    alone = {"a": "UA", "b": "RU"}
    point = (34.2, 45.1)
    for code in alone.values():
        for polygon in world.shapes()[code]:
            across = [x for x, _y in polygon[0]]
            down = [y for _x, y in polygon[0]]
            around = min(across) < point[0] < max(across) and min(down) < point[1] < max(down)
            assert not (around and len(polygon[0]) < 30), code


def test_no_name_covers_another_name_or_a_mark() -> None:
    crowd = [place(f"Post {n}", "a", 37 + n / 3, 55 + (n % 3) / 2) for n in range(12)]
    drawn = world.map_of([*crowd, WASHINGTON], {"a": "US", "b": "RU"})
    boxes: list[tuple[float, float, float, float]] = []
    for one in drawn.posts:
        boxes.append((one.x - 11, one.y - 11, one.x + 11, one.y + 11))
        if one.label is not None:
            x, y, anchor = one.label
            wide = round(len(one.place.name) * world.TYPE * world.LETTER)
            left = {"start": x, "end": x - wide, "middle": x - wide / 2}[anchor]
            boxes.append((left, y - world.TYPE * 3 / 4, left + wide, y))
    texts = [box for box in boxes if box[3] - box[1] < 22]
    assert len(texts) >= 4
    for n, box in enumerate(texts):
        for other in texts[n + 1 :]:
            assert (
                box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]
            )


def test_a_name_that_a_person_typed_is_text_in_the_drawing() -> None:
    odd = place('<script>alert("&")</script>', "a", 37.6, 55.75)
    drawn = world.svg(world.map_of([odd], {"a": "US", "b": "RU"}), title="<b>", told=["<i>"])
    assert "<script" not in drawn
    assert "<b>" not in drawn
    parsed(drawn)


def test_each_standing_has_a_form_of_its_own() -> None:
    """Without colour they are still told apart; unknown and planned alone share one."""

    def form(drawn: str) -> str:
        return re.sub(r"#[0-9a-f]{6}", "", drawn)

    forms = {name: form(marks.mark(name, 10, 10, 5)) for name in STANDINGS}
    assert len(set(forms.values())) == len(forms) - 1
    assert forms["unknown"] == forms["planned"]
    assert "stroke-dasharray" in forms["unknown"]
    assert forms["operates"] != forms["unknown"]


def a_stretch(standing: str, first: str, last: str) -> strip.Stretch:
    return strip.Stretch(
        standing=standing,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        word=standing,
        told=f"From {first} until {last}: {standing}.",
    )


STRETCHES = [
    a_stretch("operates", "2016-01-01", "2018-03-30"),
    a_stretch("closed", "2018-03-31", "2020-12-31"),
]
TIME = strip.Time(first=date(2016, 1, 1), last=date(2020, 12, 31))


def test_a_strip_is_as_wide_as_time_and_tells_its_stretches() -> None:
    drawn = strip.svg(STRETCHES, TIME, title="St Petersburg", marked=date(2019, 1, 1))
    tree = parsed(drawn)
    said = "".join(tree.itertext())
    assert "From 2018-03-31 until 2020-12-31: closed." in said
    one, other = (TIME.span(each.first, each.last) for each in STRETCHES)
    assert one[0] == 0
    assert one[0] + one[1] == other[0]
    assert other[0] + other[1] == strip.WIDTH


def test_time_runs_from_the_side_that_one_reads_from() -> None:
    turned = replace(TIME, right_to_left=True)
    early, late = date(2016, 2, 1), date(2020, 2, 1)
    assert TIME.at(early) < TIME.at(late)
    assert turned.at(early) > turned.at(late)


def test_a_strip_of_one_day_or_of_centuries_can_be_drawn() -> None:
    day = strip.Time(first=date(2020, 5, 5), last=date(2020, 5, 5))
    parsed(strip.svg([], day, title="One day"))
    long = strip.Time(first=date(1500, 1, 1), last=date(2026, 1, 1))
    assert 2 <= len(long.years()) <= strip.MOST_TICKS
    assert len(strip.Time(first=date(1, 1, 1), last=date.max).years()) > 0
