"""Secret files: made for their owner alone, read with a bound, never written over."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from legation.errors import Refusal
from legation.officers.files import read_private, write_private


def test_a_secret_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "officers" / "Ada.token"
    write_private(path, b"secret\n")
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_private(path, limit=100) == b"secret\n"


def test_a_secret_file_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "Ada.token"
    write_private(path, b"first")
    with pytest.raises(Refusal, match="never written over") as refused:
        write_private(path, b"second")
    assert refused.value.code == "file-exists"
    assert path.read_bytes() == b"first"


def _absent(path: Path) -> None:
    path.unlink()


def _open_to_others(path: Path) -> None:
    path.chmod(0o640)


def _a_link(path: Path) -> None:
    aside = path.with_suffix(".aside")
    path.rename(aside)
    path.symlink_to(aside)


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir(mode=0o700)


def _a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path, 0o600)


def _too_long(path: Path) -> None:
    path.write_bytes(b"x" * 101)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_absent, "no-token"),
        (_open_to_others, "token-mode"),
        (_a_link, "no-token"),
        (_a_folder, "token-mode"),
        (_a_pipe, "token-mode"),
        (_too_long, "token-size"),
    ],
    ids=["absent", "others can read it", "a link", "a folder", "a pipe", "too long"],
)
def test_a_token_file_is_refused_when(
    tmp_path: Path, spoil: Callable[[Path], None], code: str
) -> None:
    path = tmp_path / "Ada.token"
    write_private(path, b"secret")
    spoil(path)
    with pytest.raises(Refusal) as refused:
        read_private(path, limit=100)
    assert refused.value.code == code
