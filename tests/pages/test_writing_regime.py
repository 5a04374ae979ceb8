"""A journey is drafted under the rule that is in force on its day, unless its drafter says else."""

import json
import re
from datetime import timedelta
from typing import Any

from legation.officers import services as officers
from legation.officers.models import Draft
from legation.officers.wording import DraftedAct
from legation.record.canon import Json
from pages.conftest import Scene

ADDRESS = "/notices/new/movement/"


def a_journey(scene: Scene, **changes: str) -> dict[str, Any]:
    day = f"{scene.clock() + timedelta(days=30):%Y-%m-%d}"
    return {
        "post": "post/XA-MFA",
        "leaves_0": f"{day}T09:00",
        "leaves_1": "UTC",
        "returns_0": f"{day}T20:00",
        "returns_1": "UTC",
        "route": "Tver",
        "by_what": "Car",
        "purpose": "To see a school.",
        "travellers__rows": "1",
        "travellers__1__name": "Elif Demir",
        "travellers__1__function": "Attaché",
        **changes,
    }


def chosen(page: str) -> str:
    """Return which mode a browser would send of the form as it stands."""
    select = re.search(r'<select name="mode".*?</select>', page, re.DOTALL)
    assert select is not None
    found = re.search(r'<option value="(\w*)" selected', select[0])
    return "" if found is None else found[1]


def test_a_form_sent_as_it_stands_asks_for_the_leave_that_the_rule_demands(scene: Scene) -> None:
    there = scene.pair.b
    body: dict[str, Json] = {"by": "XB", "applies_to": "XA", "mode": "permission", "hours": 48}
    act = DraftedAct(type="regime.declared", on="regime/R1", body=body)
    draft = officers.draft(there, acts=[act], title="A rule", by="Cem", at=there.clock())
    scene.leaves(draft.id, side="b")
    scene.pair.sync()
    client = scene.client()
    mode = chosen(client.get(ADDRESS).content.decode())
    sent = client.post(ADDRESS, a_journey(scene, mode=mode))
    assert sent.status_code == 302
    made = Draft.objects.using("default").get(state="drafted")
    told = json.loads(bytes(made.acts.get().body))["fields"]
    assert (told["mode"], told["regime"], told["hours"]) == ("permission", "regime/R1", 48)


def options(page: str, name: str) -> list[tuple[str, str]]:
    """Return value and words of what a field lists; [] for one that is typed."""
    select = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)
    found = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)<', select[0] if select else "")
    return [(value, words) for value, words in found if value]


def test_the_rules_that_bind_us_are_listed_and_where_none_does_its_id_is_typed(
    scene: Scene,
) -> None:
    client = scene.client()
    assert options(client.get(ADDRESS).content.decode(), "regime") == []
    for name, side, by, to in (("R1", "b", "XB", "XA"), ("R2", "a", "XA", "XB")):
        node = getattr(scene.pair, side)
        body: dict[str, Json] = {"by": by, "applies_to": to, "mode": "permission", "rule": "Ask."}
        act = DraftedAct(type="regime.declared", on=f"regime/{name}", body=body)
        who = {"a": "Ada", "b": "Cem"}[side]
        draft = officers.draft(node, acts=[act], title="A rule", by=who, at=node.clock())
        scene.leaves(draft.id, side=side)
        scene.pair.sync()
    listed = options(client.get(ADDRESS).content.decode(), "regime")
    assert listed == [("regime/R1", "R1: Permission, Ask.")]


def test_requests_of_theirs_are_listed_to_be_tied_to_and_the_chosen_one_stays(
    scene: Scene,
) -> None:
    person = {"name": "Cem", "function": "Attaché", "category": "service"}
    address = "/notices/new/visa.staff/"
    client = scene.client()
    assert options(client.get(address).content.decode(), "paired_with") == []
    theirs = scene.sends("visa.staff", side="b", persons=[person])
    scene.sends("visa.staff", persons=[person])
    listed = options(client.get(address).content.decode(), "paired_with")
    assert listed == [(theirs, "XB-MFA/2026/001: Attaché")]
    draft = scene.drafts("visa.staff", persons=[person], paired_with=theirs)
    page = client.get(f"/notices/draft/{draft.partition('/')[2]}/change/").content.decode()
    assert f'value="{theirs}"' in page
