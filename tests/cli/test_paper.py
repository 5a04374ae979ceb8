"""A draft gets a file, a notice becomes a sheet: the same on a terminal as on the pages."""

from pathlib import Path

import pytest

from legation.errors import Refusal
from legation.officers.intake import read_bounded
from terminal import Terminal


def test_a_file_that_is_not_there_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="Check the path"):
        read_bounded(tmp_path / "nothing.pdf")


def test_attach_and_print_explain_themselves(terminal: Terminal) -> None:
    assert "what was taken out" in terminal.line("legation draft attach --help")
    assert "PDF/A" in terminal.line("legation notice print --help")
