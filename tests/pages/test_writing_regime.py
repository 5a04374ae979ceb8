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
