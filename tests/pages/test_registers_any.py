"""Every register has its list, its forms and its pages, whatever its acts say it holds."""

import pytest

from legation.acts.shapes import Boolean, Choice, Integer, Listing, Shape, Text, WrittenText
from legation.acts.values import Currency, Day, Id
from legation.missions import naming, queries
from legation.missions.addresses import register_address, thing_address
from legation.missions.fields import never_stated, registers, side_of, stateable, value_shape
from legation.missions.models import OwnStatement
from legation.officers.models import Draft
from pages.conftest import Scene
from pages.test_registers_own import begins, numbers


def sample(shape: Shape) -> str | None:
    """Return what somebody would type into a field of this shape; None for one of several."""
    if isinstance(shape, WrittenText):
        made = {Day: "2024-05-01", Currency: "USD", Id: f"{shape.kind}/XA-WYE"}
        return next((text for cls, text in made.items() if issubclass(shape.cls, cls)), None)
    if isinstance(shape, Choice):
        return shape.words[0]
    if isinstance(shape, Integer):
        return str(shape.least)
    if isinstance(shape, Boolean):
        return "true"
    if isinstance(shape, Listing):
        return sample(shape.item)
    if isinstance(shape, Text):
        return None if shape.matches else "Something"
    return None


def samples(prefix: str) -> dict[str, str]:
    """Return a value for those fields of a register that need no other field to be right."""
    found = {place.key: sample(value_shape(place)) for place in stateable(prefix)}
    left_out = {"why_empty", "person"}  # they say when another field must say something else
    return {key: value for key, value in found.items() if value and key not in left_out}


def key_of(prefix: str) -> str:
    return "XB-ONE" if registers()[prefix].named_by == "receiving" else "XA-ONE"


@pytest.fixture
def posted(scene: Scene) -> Scene:
    """There is a post that things may belong to."""
    begins(scene, city="Wye")
    return scene


@pytest.mark.parametrize("prefix", registers())
def test_a_thing_of_every_register_is_noted_listed_shown_and_stated(
    posted: Scene, prefix: str
) -> None:
    client = posted.client()
    assert client.get(f"/own/new/{prefix}/").status_code == 200
    given = samples(prefix)
    key = "" if prefix == "person" else "ONE"
    answer = begins(posted, prefix, key, **given)
    assert answer.status_code == 302, answer.content.decode()
    rows = OwnStatement.objects.filter(prefix=prefix).exclude(thing="post/XA-WYE")
    thing = rows[0].thing
    assert {row.field for row in rows} == given.keys()
    assert thing.partition("/")[2] in client.get(register_address(prefix)).content.decode()
    page = client.get(thing_address(thing)).content.decode()
    for field in given:
        assert naming.field_name(field, prefix) in page
    ours = {field for field in given if side_of(thing, field) == "sending"}
    if ours:
        ids = [str(numbers(thing)[field]) for field in ours]
        client.post("/own/state/", {"row": ids})
        posted.leaves(Draft.objects.get(state="drafted").id)
        posted.pair.sync()
        there = queries.thing(posted.pair.b, thing)
        assert {field.key for field in there.fields.values() if field.stated} == ours


@pytest.mark.parametrize("prefix", registers())
def test_every_field_of_every_register_has_its_form(posted: Scene, prefix: str) -> None:
    begins(posted, prefix, "" if prefix == "person" else "ONE", **samples(prefix))
    thing = OwnStatement.objects.filter(prefix=prefix).last()
    assert thing is not None
    for place in (*stateable(prefix), *never_stated(prefix)):
        address = f"/own/note/{thing.thing}/{place.key}/"
        assert posted.client().get(address).status_code == 200, address


def test_the_list_of_a_register_shows_fields_that_there_are() -> None:
    for prefix in registers():
        listed = set(naming.LISTED.get(prefix, ()))
        assert listed <= {place.key for place in stateable(prefix)}, prefix


def test_every_name_that_is_given_is_of_a_field_that_there_is() -> None:
    known = {
        name
        for prefix in registers()
        for place in (*stateable(prefix), *never_stated(prefix))
        for name in (place.key, f"{prefix}.{place.key}")
    }
    of_statements = {"from", "until", "by", "basis", "sources", "note", "value"}
    of_values = {"amount", "day", "lat", "lon"}
    assert set(naming.FIELDS) - known - of_statements - of_values == set()
