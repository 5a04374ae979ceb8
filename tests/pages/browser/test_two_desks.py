"""Two nodes, each a process of its own with its own folder, and a browser at each desk."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ports import free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SOON = 20_000
STAGE = """
import sys
from pathlib import Path
from legation.cli.node import load_django
load_django()
from legation.cli.demo import setting
setting.stage(Path(sys.argv[1]), step=lambda _: None)
"""


@dataclass
class Ministry:
    """One node at work, and how to reach its desk."""

    code: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def desk(self, browser: Browser, name: str) -> Page:
        """Sign an officer in, as a person does, and return their window."""
        page = browser.new_context(base_url=f"http://{self.code}.localhost:{self.port}").new_page()
        page.goto("/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(f"{name.lower()}-demo")
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", name="Today")).to_be_visible()
        return page

    def stops(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def serve(folder: Path, code: str, line_port: int) -> Ministry:
    port = free_port()
    words = ["serve", str(folder / code), "--port", str(port), "--line-port", str(line_port)]
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith("LEGATION")
    }
    log = folder / f"{code}.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "legation.cli", *words, "--heartbeat", "1"],
            stdout=said,
            stderr=said,
            env=environment,
        )
    return Ministry(code, port, process, log)


def wait_for(ministry: Ministry) -> None:
    for _ in range(300):
        with socket.socket() as knock:
            knock.settimeout(0.2)
            if knock.connect_ex(("127.0.0.1", ministry.port)) == 0:
                return
        assert ministry.process.poll() is None, ministry.log.read_text()
        signal.sigtimedwait([], 0.1)
    raise AssertionError("the desk never answered")


@pytest.fixture
def ministries(tmp_path: Path) -> Iterator[tuple[Ministry, Ministry]]:
    """The demonstration's two nodes, each served by a process of its own."""
    folder = tmp_path / "demo"
    subprocess.run([sys.executable, "-c", STAGE, str(folder)], check=True)
    ports = json.loads((folder / "demo.json").read_text())["line_ports"]
    both = (serve(folder, "us", ports["US"]), serve(folder, "ru", ports["RU"]))
    try:
        for ministry in both:
            wait_for(ministry)
        yield both
    finally:
        for ministry in both:
            if ministry.process.poll() is None:
                ministry.stops()


def same_entries(page: Page) -> str:
    band = page.locator("#band")
    expect(band).to_contain_text(re.compile(r"Same \d+ entries on both sides"), timeout=SOON)
    found = re.search(r"Same (\d+) entries", band.inner_text())
    assert found is not None
    return found[1]


def test_a_request_crosses_is_granted_and_a_cut_is_said_on_the_page(
    ministries: tuple[Ministry, Ministry], chromium: Browser
) -> None:
    us, ru = ministries
    ada, bela = (us.desk(chromium, name) for name in ("Ada", "Bela"))
    lev, dana = (ru.desk(chromium, name) for name in ("Lev", "Dana"))

    ada.goto("/notices/new/premises.access/")
    ada.get_by_label("Premises").select_option("premises/P10")
    ada.get_by_label("Name").fill("Serebryany Bor dacha")
    ada.get_by_label("Purpose").fill("To see the state of the roof.")
    for field, hour in (("from", "10:00"), ("until", "12:00")):
        ada.locator(f"[name={field}_0]").fill(f"2027-01-20T{hour}")
        ada.locator(f"[name={field}_1]").select_option("Europe/Moscow")
    ada.get_by_role("button", name="Keep as a draft").click()
    expect(ada.locator("main")).to_contain_text("a clearing officer reads and clears")
    draft = ada.url

    bela.goto(draft)
    bela.get_by_role("button", name="Clear these bytes").click()
    ada.reload()
    ada.get_by_role("button", name="Release").click()
    expect(ada.locator(".said")).to_contain_text("Released: entry")

    # Lev has touched nothing: what arrives shows by itself.
    answer = lev.locator("#answer").get_by_role("link", name=re.compile("^Answer.*Serebryany"))
    expect(answer).to_be_visible(timeout=SOON)
    answer.click()
    lev.locator("#answer summary", has_text="Granted").click()
    for field, hour in (("from", "10:00"), ("until", "11:00")):
        lev.locator(f"[name={field}_0]").fill(f"2027-01-21T{hour}")
        lev.locator(f"[name={field}_1]").select_option("Europe/Moscow")
    lev.locator("#answer details[open] input[name=escorted][value=true]").check()
    lev.locator("#answer details[open]").get_by_role("button", name="Keep as a draft").click()
    draft = lev.url
    dana.goto(draft)
    dana.get_by_role("button", name="Clear these bytes").click()
    dana.get_by_role("button", name="Release").click()

    expect(ada.locator("#live .standing")).to_contain_text("Answered", timeout=SOON)
    expect(ada.locator("#live")).to_contain_text("Granted")
    expect(ada.locator("#live")).to_contain_text("Escorted: yes")
    # A receipt that is still on its way is in one band a few seconds before the other.
    for _ in range(SOON // 1_000):
        both = (same_entries(ada), same_entries(lev))
        if both[0] == both[1]:
            break
        ada.wait_for_timeout(1_000)
    assert both[0] == both[1]

    ru.stops()
    expect(ada.locator("#band")).to_contain_text("Line of contact is silent", timeout=SOON)
