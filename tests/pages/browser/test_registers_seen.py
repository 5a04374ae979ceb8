"""Registers on paper and rules that overlap, as they are seen."""

import pytest
from playwright.sync_api import expect

from legation.line.services import book
from legation.line.services.append import NewAct
from pages.browser.conftest import Desk
from pages.test_registers_on_paper import A_POST, a_rule, states

pytestmark = pytest.mark.browser


def test_what_is_on_paper_is_marked_and_does_not_print(desk: Desk) -> None:
    node = desk.scene.node
    on_paper = NewAct(type="post.stated", on="post/XA-WYE", body={**A_POST})
    book.enter(node, [on_paper], by="Ada", at=node.clock())
    for name, start in (("R1", "2026-01-01"), ("R2", "2026-06-01")):
        states(node, "regime.declared", f"regime/{name}", a_rule(**{"from": start}))
    watched = desk.looks("drafts", java_script_enabled=True)
    watched.opens("/posts/")
    expect(watched.page.get_by_text("both govern")).to_be_visible()
    assert watched.wrong() == {}
    watched.opens("/posts/XA-WYE/")
    expect(watched.page.get_by_role("button", name="Restate it in the record")).to_be_visible()
    assert watched.wrong() == {}
    city = watched.page.locator("dd .private").first
    expect(city).to_be_visible()
    watched.page.emulate_media(media="print")
    expect(city).to_be_hidden()
