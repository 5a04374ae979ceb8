"""Staff in the registers: a number for both sides, a name for those of us who may see it."""

import re

import pytest

from legation.missions.models import OwnStatement
from legation.missions.persons import services as persons
from legation.officers.models import AuditRow
from pages.conftest import Scene
from pages.test_ours_only import on_paper
from pages.test_registers_own import begins, notes
from pages.test_sight import of_another_post

SLOT = "slot/XA-017"


@pytest.fixture
def staffed(scene: Scene) -> Scene:
    """Maria Moroz of the persons list holds a position; both are ours only."""
    begins(scene, city="Wye")
    person = persons.add(
        scene.node,
        given={"name": "MOROZ MARIA", "function": "Consul", "post": "XA-WYE"},
        by="Ada",
        at=scene.node.clock(),
    )
    page = scene.client().get("/own/new/person/").content.decode()
    assert "MOROZ MARIA" in page
    begins(scene, "person", person.partition("/")[2], function="Consul", category="consular")
    begins(scene, "slot", "017", post="post/XA-WYE", function="Consul", person=person)
    return scene


def looks(scene: Scene) -> int:
    return AuditRow.objects.filter(what="person.seen", about="staff").count()


@pytest.mark.parametrize("page", ["/staff/", "/slots/", "/slots/XA-017/", "/posts/XA-WYE/"])
def test_a_name_is_shown_to_who_may_see_it_and_the_look_is_written_down(
    staffed: Scene, page: str
) -> None:
    before = looks(staffed)
    answer = staffed.client().get(page)
    assert "MOROZ MARIA" in answer.content.decode()
    assert "MOROZ" not in on_paper(answer)
    assert looks(staffed) == before + 1


@pytest.mark.parametrize("page", ["/staff/", "/slots/", "/slots/XA-017/", "/posts/XA-WYE/"])
def test_an_auditor_and_another_post_see_a_number_and_no_look_is_noted(
    staffed: Scene, page: str
) -> None:
    before = looks(staffed)
    for client in (staffed.client("audits"), of_another_post(staffed)):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "MOROZ" not in answer.content.decode()
    assert looks(staffed) == before


def test_a_person_s_name_is_in_no_statement(staffed: Scene) -> None:
    kept = [str(row.statement) for row in OwnStatement.objects.all()]
    assert not any("MOROZ" in one for one in kept)
    assert any(re.search(r"person/XA-[0-9a-f]{16}", one) for one in kept)


def test_a_person_is_chosen_by_name_for_a_position(staffed: Scene) -> None:
    begins(staffed, "slot", "018", post="post/XA-WYE")
    page = staffed.client().get("/own/note/slot/XA-018/person/").content.decode()
    assert "MOROZ MARIA" in page
    person = re.search(r'value="(person/XA-[0-9a-f]{16})"', page)
    assert person is not None
    wrong = notes(staffed, "person", "slot/XA-018", value=person[1])
    assert wrong.status_code == 400
    assert "one position at a time" in wrong.content.decode()
