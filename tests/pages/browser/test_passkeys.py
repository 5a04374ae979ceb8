"""A passkey in a real browser: made, asked for, and the sentence where none can be made."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from legation.officers import queries, services
from legation.officers.models import Officer
from pages.browser.conftest import Desk, Watched

pytestmark = pytest.mark.browser

PASSWORD = "open sesame, please"
BELA = "Bela"


@pytest.fixture
def window(desk: Desk) -> Iterator[Watched]:
    """A browser with an authenticator of its own, in which nobody has signed in."""
    scene = desk.scene
    services.set_password(scene.node, name=BELA, password=PASSWORD, at=scene.node.clock())
    watched = desk.looks(None)
    page = watched.page
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield watched
    desk.leaves()


def signs_in(page: Page, password: str = PASSWORD) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(BELA)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def signs_out(page: Page) -> None:
    page.goto("/me/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in/"))


def adds_a_passkey(page: Page, name: str = "The blue key") -> None:
    """Add a passkey from the officer's own page, as a person does."""
    page.goto("/me/")
    page.get_by_role("link", name="Add a passkey").first.click()
    expect(page.get_by_role("heading", name="Your password again")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What to call it").fill(name)
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("The passkey is added")).to_be_visible()


def test_an_officer_adds_a_passkey_and_signs_in_with_it_alone(window: Watched, desk: Desk) -> None:
    page = window.page
    signs_in(page)
    page.goto("/me/")
    expect(page.get_by_text("and have no passkey")).to_be_visible()
    adds_a_passkey(page)
    expect(page.get_by_text("and have no passkey")).to_have_count(0)
    expect(page.get_by_role("rowheader", name="The blue key")).to_be_visible()
    assert window.wrong() == {}
    signs_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    bela = Officer.objects.get(username=BELA)
    (key,) = queries.passkeys(desk.scene.node, bela)
    assert key.used_at is not None
    last = queries.audit(desk.scene.node)[-1]
    assert (last.what, last.by, last.detail) == ("sign-in", BELA, {"by": "passkey"})
    assert window.outside(desk.origin) == []


def test_whoever_has_a_passkey_is_asked_for_it_beside_the_password(window: Watched) -> None:
    page = window.page
    signs_in(page)
    adds_a_passkey(page)
    signs_out(page)
    signs_in(page)
    expect(page.get_by_role("heading", name="Now your passkey")).to_be_visible()
    page.goto("/notices/")
    expect(page.get_by_role("heading", name="Now your passkey")).to_be_visible()
    assert window.wrong() == {}
    page.get_by_role("button", name="Use the passkey").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


def test_a_passkey_that_was_removed_opens_nothing(window: Watched) -> None:
    page = window.page
    signs_in(page)
    adds_a_passkey(page)
    page.get_by_role("link", name="Remove The blue key").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("The passkey is removed")).to_be_visible()
    signs_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("not known to this desk")).to_be_visible()


def test_a_device_without_a_passkey_is_told_what_to_do(desk: Desk) -> None:
    page = desk.looks(None).page
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")  # no authenticator at all: the browser refuses at once
    page.goto("/sign-in/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The browser gave no passkey")).to_be_visible()


def test_at_an_address_without_a_name_the_page_says_where_passkeys_work(desk: Desk) -> None:
    page = desk.looks(None).page
    port = desk.origin.rpartition(":")[2]
    page.goto(f"http://127.0.0.1:{port}/sign-in/")
    expect(page.get_by_text("Passkeys do not work at 127.0.0.1")).to_be_visible()
    expect(page.get_by_text(f"open http://xa.localhost:{port}/ instead")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
