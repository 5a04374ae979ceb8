"""A register's page tells what holds today, in words; what held before stays in sight."""

from typing import Any

import pytest

from pages.conftest import Scene
from pages.test_registers_on_paper import states


def a_thing(**fields: Any) -> dict[str, Any]:
    return {"sending": "XA", "receiving": "XB", "fields": fields}


@pytest.fixture
def resumed(scene: Scene) -> Scene:
    """Passports were issued in full for two months of 2021, else in part; the head has left."""
    states(
        scene.node,
        "post.stated",
        "post/XA-WYE",
        a_thing(
            city={"value": "Wye"},
            head={"value": "Ada Lovelace", "from": "2019"},
            head_status={"value": "chargé", "from": "2020-05-01"},
            status={"value": "open", "from": "2019", "until": "2020"},
        ),
    )
    described = {"post": {"value": "post/XA-WYE"}, "kind": {"value": "passports"}}
    reduced = {"value": "reduced", "from": "2021-05-12"}
    states(scene.node, "service.stated", "service/XA-1", a_thing(**described, state=reduced))
    running = {"value": "running", "from": "2021-05-14", "until": "2021-07"}
    states(scene.node, "service.stated", "service/XA-1", a_thing(state=running))
    return scene


@pytest.mark.parametrize("page", ["/services/", "/posts/XA-WYE/"])
def test_a_list_shows_what_holds_today_and_counts_the_same(resumed: Scene, page: str) -> None:
    shown = resumed.client().get(page).content.decode()
    assert "since 12 May 2021" in shown
    assert "until July 2021" not in shown


def test_a_thing_without_a_name_is_called_by_its_kind(resumed: Scene) -> None:
    shown = resumed.client().get("/services/").content.decode()
    assert ">Passports</a>" in shown
    assert "<h1>Passports</h1>" in resumed.client().get("/services/XA-1/").content.decode()


def test_what_held_on_other_days_stays_in_sight(resumed: Scene) -> None:
    shown = resumed.client().get("/posts/XA-WYE/").content.decode()
    assert "Nothing stated for today by" in shown
    assert "Last:" in shown
    assert "from 2019 until 2020" in shown


def test_who_left_is_not_listed_as_the_head_of_a_post(resumed: Scene) -> None:
    shown = resumed.client().get("/posts/").content.decode()
    assert "Lovelace" not in shown
    assert "since 1 May 2020" in shown
