"""What every test may ask for: golden files, a browser; and what none may do: reach outside."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
CHROMIUM = shutil.which("chromium")
NO_BROWSER = "no chromium here: sudo apt-get install --no-install-recommends chromium"

# A developer meets new examples on every run; the build server tries the same ones, so that a red
# build speaks of the change and not of luck; `make fuzz` takes the time.
settings.register_profile("here", deadline=None, max_examples=60)
settings.register_profile(
    "ci", deadline=None, max_examples=60, derandomize=True, print_blob=True, database=None
)
settings.register_profile(
    "long", deadline=None, max_examples=20_000, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "here"))

# A test opens its own nodes; it never meets the one a developer happens to run.
os.environ.pop("LEGATION_NODE", None)

# A machine that is busy is slow, not wrong: what a page comes to show is waited for this long (ms).
PATIENCE = 60_000


@pytest.fixture(autouse=True)
def _no_node_is_named() -> Iterator[None]:
    """A command run in this process names its node in the environment; the next test's does not."""
    yield
    os.environ.pop("LEGATION_NODE", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden", action="store_true", help="write tests/golden instead of comparing"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the browser's tests on one worker, so that one browser is started, and skip if none."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A test of pages that did not run is said loudly, not counted quietly."""
    skipped = [
        r for r in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(r.longrepr)
    ]
    if skipped:
        terminalreporter.section("BROWSER TESTS DID NOT RUN", sep="*", red=True, bold=True)
        terminalreporter.line(f"{len(skipped)} skipped; {NO_BROWSER}")


Golden = Callable[[str, bytes], None]


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare bytes with a file under tests/golden, or write it (marker and `make golden`)."""

    def compare(name: str, data: bytes) -> None:
        path = GOLDEN / name
        if request.config.getoption("--golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            return
        assert path.exists(), f"tests/golden/{name} is missing: run `make golden`, read its diff"
        assert path.read_bytes() == data, (
            f"tests/golden/{name} differs: what is released never changes"
        )

    return compare


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """Debian's chromium, headless, driven by Playwright; a test makes its own context in it."""
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 - only these tests pay

    # Playwright keeps an event loop in this thread for as long as it runs, and Django then refuses
    # to touch a database in it. The tests that follow in this process are not asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-gpu",
                "--disable-quic",
                "--disable-sync",
                "--no-first-run",
                # Chromium refuses to sandbox itself as root; the pages are our own.
                *(["--no-sandbox"] if os.geteuid() == 0 else []),
            ],
        )
        yield browser
        browser.close()
