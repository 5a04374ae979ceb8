"""Money in a notice is typed and read as people write it; the record holds minor units."""

import re
from typing import Any

import pytest

from legation.acts.kinds.notice_state import NoticeState
from legation.line.queries import book
from legation.officers.models import Draft
from pages.conftest import Scene
from pages.test_writing import place

ADDRESS = "/notices/new/payment.facilitation/"


def a_payment(**changes: Any) -> dict[str, Any]:
    return {
        "post": "post/XA-MFA",
        "post_concerned": "post/XA-WYE",
        "bank": "A bank",
        "purpose": "salaries",
        "amount": "42 000,50",
        "currency": "USD",
        "outcome": "rejected",
        "facts": "A transfer came back.",
        "request": "To name a channel.",
        **changes,
    }


def test_an_amount_is_typed_shown_again_and_read_as_people_write_it(scene: Scene) -> None:
    client = scene.client()
    client.post(ADDRESS, a_payment())
    draft = Draft.objects.get()
    again = client.get(f"/notices/draft/{place(draft.id)}/change/").content.decode()
    assert 'value="42\u202f000.50"' in again
    notice = scene.leaves(draft.id)
    held = book.thing(scene.node, notice)
    assert isinstance(held, NoticeState)
    assert isinstance(held.fields, dict)
    assert held.fields["amount"] == 4_200_050
    shown = client.get(f"/notices/{place(notice)}/").content.decode()
    assert "42\u202f000.50" in shown
    assert "4200050" not in shown


@pytest.mark.parametrize(
    ("amount", "currency", "field", "words"),
    [
        ("42000.505", "USD", "amount", "no fractions beyond"),
        ("much", "USD", "amount", "no amount of money"),
        ("42000", "", "currency", "Money has a currency"),
    ],
)
def test_what_is_no_sum_of_money_is_refused_at_its_field_and_stays(
    scene: Scene, amount: str, currency: str, field: str, words: str
) -> None:
    answer = scene.client().post(ADDRESS, a_payment(amount=amount, currency=currency))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'value="{amount}"' in page
    told = re.search(rf'id="id_\w*{field}-wrong".*?</p>', page, re.DOTALL)
    assert told is not None
    assert words in told[0]
    assert not Draft.objects.exists()
