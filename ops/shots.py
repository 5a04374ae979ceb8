"""Take the pictures in docs/pictures from two running nodes of the demonstration.

usage: shots.py [FOLDER]   (default: docs/pictures). Serves a fresh demonstration while it works.
"""

import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypedDict

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

Scheme = Literal["light", "dark"]


class Officer(TypedDict):
    """Who can sign in."""

    name: str
    password: str


class Served(TypedDict):
    """A node of the demonstration: where its desk is, and its officers."""

    desk: str
    officers: list[Officer]


ROOT = Path(__file__).resolve().parents[1]
WIDE: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 390, "height": 844}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]

# Name of the picture, path of the page, size of the window, colours.
SHOTS: list[tuple[str, str, ViewportSize, Scheme]] = [
    ("today", "/", WIDE, "light"),
    ("today-dark", "/", WIDE, "dark"),
    ("today-phone", "/", PHONE, "light"),
    ("notices", "/notices/", WIDE, "light"),
    ("notice", "first notice", WIDE, "light"),
    ("readiness", "/readiness/?at=2025-04-10", WIDE, "light"),
    ("readiness-phone", "/readiness/?at=2025-04-10", PHONE, "light"),
    ("premises", "/premises/", WIDE, "light"),
    ("record", "/record/", WIDE, "light"),
    ("line", "/line/", WIDE, "light"),
]


def signed_in(browser: Browser, node: Served, size: ViewportSize, scheme: Scheme) -> Page:
    """Return a page in which the second officer of a node has signed in."""
    context = browser.new_context(viewport=size, color_scheme=scheme, device_scale_factor=1.5)
    page = context.new_page()
    officer = node["officers"][1]
    page.goto(f"{node['desk']}sign-in/")
    page.fill("input[name=login]", officer["name"])
    page.fill("input[name=password]", officer["password"])
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    return page


def take(node: Served, folder: Path) -> None:
    """Take every picture from one node."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        for name, path, size, scheme in SHOTS:
            page = signed_in(browser, node, size, scheme)
            if path == "first notice":
                page.goto(f"{node['desk']}notices/")
                page.locator("main a[href^='/notices/'][href*='-']").first.click()
            else:
                page.goto(f"{node['desk']}{path.lstrip('/')}")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / f"{name}.png")
            page.context.close()
            print(f"{name}.png")
        browser.close()


def ready(lines: Iterable[str]) -> list[Served]:
    """Return the nodes that the demonstration tells of, once it is ready, as JSON on many lines."""
    said = ""
    for line in lines:
        said += line
        if line == "}\n":
            nodes: list[Served] = json.loads(said)["nodes"]
            return nodes
    raise SystemExit("The demonstration did not start; it says why above.")


def main() -> int:
    """Serve a demonstration, take the pictures, stop it; return the exit code."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        command = [sys.executable, "-m", "legation.cli", "demo", "--dir", f"{made}/d", "--json"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
            try:
                take(ready(demo.stdout or ())[0], folder)
            finally:
                demo.send_signal(signal.SIGINT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
