"""The forms under a notice: they begin with what was asked, and say where something is wrong."""

import re

from pages.conftest import Scene, an_access
from pages.test_writing import place, said


def test_leave_is_granted_for_the_hours_that_were_asked_unless_others_are_typed(
    scene: Scene,
) -> None:
    notice = scene.sends("premises.access", side="b", **an_access())
    page = scene.client().get(f"/notices/{place(notice)}/").content.decode()
    granted = page[page.index('id="granted-from_0"') - 200 :]
    for name, value in (("from_0", "2026-12-01T15:00"), ("until_0", "2026-12-01T17:00")):
        assert re.search(rf'name="{name}" value="{value}"', granted)


def test_what_is_wrong_far_down_a_page_is_led_to_and_told_above_its_form(scene: Scene) -> None:
    notice = scene.sends("premises.access", side="b", **an_access())
    address = f"/notices/{place(notice)}/"
    client = scene.client()
    assert f'action="{address}answer/#answer"' in client.get(address).content.decode()
    form = {"answer": "granted", "from_0": "", "until_0": "2026-12-01T17:00", "until_1": "UTC"}
    answer = client.post(f"{address}answer/", form)
    assert answer.status_code == 400
    assert "Nothing is kept yet: 2 fields need another look. From , Escorted" in said(answer)
    page = answer.content.decode()
    led = re.findall(r'<a href="#(granted-\w+)">', page)
    assert len(led) == 2
    assert all(f'id="{each}"' in page for each in led)


def test_each_line_says_whom_it_is_for_and_names_nobody(scene: Scene) -> None:
    persons = [
        {"name": "Elif Demir", "function": "Nurse", "category": "consular"},
        {"name": "Deniz Kaya", "function": "Driver", "category": "service"},
    ]
    notice = scene.sends("visa.staff", side="b", persons=persons)
    told = said(scene.client().get(f"/notices/{place(notice)}/"))
    assert "1 Nurse, Consular No answer" in told
    assert "2 Driver, Service No answer" in told
    assert "Demir" not in told
