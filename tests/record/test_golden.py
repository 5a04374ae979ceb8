"""Bytes that never change: vectors for whoever writes a second implementation."""

from collections.abc import Callable

import pytest

from legation.record.act import leaf_data
from legation.record.merkle import root_of
from record.exports import INSTANT, Story, a_story

pytestmark = pytest.mark.golden

PARTS = [
    "introductions/XA.json",
    "keys/XA/0.json",
    "keys/XA/1.json",
    "logs/XA/checkpoint",
    "logs/XA/acts/0.tlog-proof",
    "logs/XA/acts/2.tlog-proof",
    "logs/XB/acts/1.tlog-proof",
    "manifest.json",
]


@pytest.mark.parametrize("path", PARTS)
def test_a_file_of_an_export_is_what_it_always_was(
    golden: Callable[[str, bytes], None], path: str
) -> None:
    assert INSTANT == "2026-11-23T17:45:00Z"
    golden(f"record/{path}", a_story().files()[path])


def test_openings_leaves_and_roots_are_what_they_always_were(
    golden: Callable[[str, bytes], None],
) -> None:
    """A line an act: opening, leaf data, root of the log up to it, all in hex."""
    story: Story = a_story()
    lines = [
        f"{opening.encode().hex()} {leaf_data(opening).hex()} {root_of(leaves).hash.hex()}\n"
        for index, opening in enumerate(story.a.openings)
        for leaves in [story.a.leaves[: index + 1]]
    ]
    golden("record/acts.txt", "".join(lines).encode())
