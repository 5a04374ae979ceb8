"""Decisions are numbered, short, and say what would change our mind."""

import re
from pathlib import Path

import pytest

from architecture.house import ROOT

NOTES = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PARTS = ["Forces", "What we do", "What we rejected", "What would change our mind"]


def test_they_are_numbered_without_a_gap() -> None:
    assert [path.name[:4] for path in NOTES] == [f"{n:04}" for n in range(1, len(NOTES) + 1)]


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_a_decision_fits_on_a_screen_and_says_four_things(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(r"# \S.*\n", text), "begins with the decision, as a sentence"
    assert re.findall(r"^## (.*)$", text, flags=re.MULTILINE) == PARTS
    assert len(text.splitlines()) <= 40
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name)
