"""Answers to lines that another officer has answered meanwhile are not taken for a change."""

import re
from typing import Any

from legation.notices import services as notices
from legation.officers import services as officers
from legation.officers.models import Draft
from pages.conftest import ROLES, Scene


def test_answers_begun_before_all_was_answered_do_not_change_what_was_answered(
    scene: Scene,
) -> None:
    rows = [
        {
            "name": f"Ada {n}",
            "born": "1985-04-23",
            "passport_no": f"U12345{n}",
            "function": "Attaché",
            "category": "diplomatic",
        }
        for n in "78"
    ]
    notice = scene.sends("visa.staff", side="b", persons=rows)
    where = f"/notices/{notice.partition('/')[2]}/answers/"
    client, node = scene.client(), scene.node

    def shown() -> str:
        found = re.search(r'name="begun" value="([^"]*)"', client.get(where).content.decode())
        assert found is not None
        return found[1]

    begun = shown()
    refused: Any = [{"line": line, "answer": "refused"} for line in (1, 2)]
    draft = notices.draft_answer(
        node, notice=notice, data={"lines": refused}, by=ROLES["drafts"], at=node.clock()
    )
    for step in (officers.clear, officers.release):
        step(node, draft_id=draft.id, by=ROLES["clears"], at=node.clock())
    held = Draft.objects.count()
    given = {"all__answer": "refused", "line1__answer": "same", "line2__answer": "same"}
    answer = client.post(where, {**given, "begun": begun})
    assert answer.status_code == 400
    assert "answered since you opened this page" in answer.content.decode()
    assert Draft.objects.count() == held
    assert shown() == "change 1 2"
    assert client.post(where, {**given, "begun": shown()}).status_code == 302
