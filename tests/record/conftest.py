"""One made-up record and its export, and how to ask what is wrong with one."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from legation.record import verify
from record.exports import Story, a_story, write_folder


@pytest.fixture(scope="session")
def story() -> Story:
    """The story with everything in it; a test that goes on with it makes its own."""
    return a_story()


@pytest.fixture(scope="session")
def export(story: Story) -> dict[str, bytes]:
    return story.files()


@pytest.fixture
def found(tmp_path: Path) -> Callable[[Mapping[str, bytes]], dict[str, str]]:
    """Return what the verifier finds wrong with files, by file."""

    def find(files: Mapping[str, bytes]) -> dict[str, str]:
        report = verify.verify(str(write_folder(files, tmp_path)), {})
        return {fault["file"]: fault["what"] for fault in report.faults}

    return find
