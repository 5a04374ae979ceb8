"""README.md is true: its map, its commands, its links."""

import re
import runpy
import shlex
import subprocess
from pathlib import Path

import pytest

from architecture.house import ROOT, tracked
from legation.cli.main import build_parser

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [path for path in tracked() if path.suffix == ".md"]


def test_the_map_is_made_of_the_packages_docstrings() -> None:
    made = runpy.run_path(str(ROOT / "ops" / "readme_map.py"))["map_text"]()
    assert made in README, "run `make readme-map`"


def test_every_make_command_exists() -> None:
    targets = set(
        re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
    )
    named = {
        (path.name, target)
        for path in PAGES
        for target in re.findall(
            r"(?:`|^)make ([a-z][a-z-]+)", path.read_text("utf-8"), flags=re.MULTILINE
        )
    }
    assert {(page, target) for page, target in named if target not in targets} == set()


def test_the_build_server_runs_the_command_of_the_first_screen() -> None:
    first_screen = README.split("\n## ")[0]
    assert "make demo" in first_screen
    assert "make test" in first_screen
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_no_link_leads_nowhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_the_makefile_is_understood() -> None:
    subprocess.run(["make", "-n", "help"], cwd=ROOT, check=True, capture_output=True)


def command_lines(page: Path) -> list[list[str]]:
    """Return the words of each `legation …` command that a page shows in a block of code."""
    blocks = re.findall(
        r"^ *```\n(.*?)^ *```", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    lines = "\n".join(blocks).replace("|\n", "| ").replace("\\\n", " ").splitlines()
    parts = (part.strip() for line in lines for part in re.split(r"\s\|\s?|&&", line))
    return [shlex.split(part, comments=True)[1:] for part in parts if part.startswith("legation ")]


SHOWN = [(page, words) for page in PAGES for words in command_lines(page)]


@pytest.mark.parametrize(
    ("page", "words"), SHOWN, ids=[f"{page.name}: {' '.join(words)}" for page, words in SHOWN]
)
def test_every_command_that_a_page_shows_is_understood(page: Path, words: list[str]) -> None:
    del page  # its name is in the test's
    build_parser().parse_args(words)


def test_the_commands_of_the_five_minutes_are_found() -> None:
    assert len(command_lines(ROOT / "README.md")) >= 7
