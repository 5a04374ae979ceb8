"""A desk that listens, and Debian's chromium in front of it."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
from cheroot.wsgi import Server
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from conftest import PATIENCE
from pages.conftest import Scene

AXE = Path(__file__).with_name("axe-4.14.1.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}
# Way of looking: window, colours, direction, medium.
MODES = {
    "print": (WIDE, "light", "ltr", "print"),
    "light": (WIDE, "light", "ltr", "screen"),
    "dark": (WIDE, "dark", "ltr", "screen"),
    "phone": (NARROW, "light", "ltr", "screen"),
    "right to left": (WIDE, "light", "rtl", "screen"),
}
# What passes is not described, which takes five times as long as to find what does not.
HOW = {"runOnly": RULES, "resultTypes": ["violations"]}


@dataclass
class Watched:
    """A page, and everything that it asked for or complained about."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def outside(self, origin: str) -> list[str]:
        """Return what was asked of anybody but this node."""
        return [url for url in self.asked if not url.startswith(origin)]

    def opens(self, address: str) -> None:
        """Open an address, until its fonts are there."""
        self.page.goto(address)
        self.page.evaluate("document.fonts.ready")

    def wrong(self) -> dict[str, list[str]]:
        """Return what is wrong with the page that is open, in every way of looking at it."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = {mode: self._wrong_in(mode) for mode in MODES}
        found["console"] = [line for line in self.said if "with a status of 40" not in line]
        self.said.clear()
        return {mode: lines for mode, lines in found.items() if lines}

    def _wrong_in(self, mode: str) -> list[str]:
        window, colours, direction, medium = MODES[mode]
        self.page.set_viewport_size(window)
        self.page.emulate_media(color_scheme=cast("Any", colours), media=cast("Any", medium))
        self.page.evaluate("way => { document.documentElement.dir = way }", direction)
        wider = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return self._violations(medium) + (
            [f"{wider} pixels wider than the window"] if wider > 0 else []
        )

    def _violations(self, medium: str) -> list[str]:
        """Run axe-core over the page as it is now; return what it finds, in a line each."""
        how = {**HOW, "rules": {"target-size": {"enabled": medium == "screen"}}}
        found = self.page.evaluate("how => axe.run(document, how)", how)
        return [
            f"{each['id']}: {node['target']} {_why(node)}"
            for each in found["violations"]
            for node in each["nodes"]
        ]


def _why(node: dict[str, Any]) -> str:
    checks = node["any"] or node["all"] or node["none"]
    return str(checks[0]["message"]) if checks else ""


@dataclass
class Desk:
    """The scene's desk at an address, and the browser that looks at it."""

    scene: Scene
    origin: str
    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)

    def looks(self, role: str | None = "drafts", **how: Any) -> Watched:
        """Open a browser window in which the officer of that role has signed in."""
        context = self.browser.new_context(
            base_url=self.origin, viewport=WIDE, reduced_motion="reduce", **how
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        if role is not None:
            self.signs_in(context, self.scene.client(role))
        watched = Watched(context.new_page())
        page = watched.page
        page.on("request", lambda request: watched.asked.append(request.url))
        page.on("console", lambda message: watched.said.append(message.text))
        page.on("pageerror", lambda error: watched.said.append(str(error)))
        return watched

    def leaves(self) -> None:
        """Close all windows: a page that is open goes on asking for its live parts."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()

    def signs_in(self, context: BrowserContext, client: Client) -> None:
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.origin}]
        )


def serve(scene: Scene, browser: Browser) -> Iterator[Desk]:
    server = Server(("127.0.0.1", 0), get_wsgi_application(), numthreads=4)
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    desk = Desk(scene, f"http://xa.localhost:{server.bind_addr[1]}", browser)
    yield desk
    desk.leaves()
    server.stop()
    thread.join(10)


@pytest.fixture
def desk(scene: Scene, chromium: Browser) -> Iterator[Desk]:
    """A desk of its own, for a test that changes something."""
    yield from serve(scene, chromium)


@pytest.fixture(scope="module")
def served(quiet: Scene, chromium: Browser) -> Iterator[Desk]:
    yield from serve(quiet, chromium)


@pytest.fixture
def quiet_desk(served: Desk) -> Iterator[Desk]:
    """A desk that nobody changes."""
    yield served
    served.leaves()


def words(page: Page) -> str:
    """Return what a person reads on a page, as one line."""
    return re.sub(r"\s+", " ", page.inner_text("body"))
