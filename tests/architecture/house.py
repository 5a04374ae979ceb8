"""The files of the repository, as the tests of the house read them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "legation"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is or will be in a clone; in an archive without git, every file here."""
    if (ROOT / ".git").exists():
        # Whoever owns the checkout (a build server's clone often has another owner).
        list_files = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
        names = subprocess.run(
            [*list_files, "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split("\0")
        found = [ROOT / name for name in names if name]
    else:
        found = [p for p in ROOT.rglob("*") if p.is_file() and ".venv" not in p.parts]
    return tuple(path for path in sorted(found) if path.is_file() and not path.is_symlink())


def text_of(path: Path) -> str:
    """Return what a file says, or nothing when it is not text (a font, a picture)."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def modules() -> list[Path]:
    """Return our own Python of the product, without what Django generates."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py" and path.is_relative_to(SOURCE) and "migrations" not in path.parts
    ]


def templates() -> list[Path]:
    return [path for path in tracked() if "templates" in path.parts and path.suffix == ".html"]
