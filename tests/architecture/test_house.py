"""Rules of the house that no linter knows."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from architecture.house import ROOT, SOURCE, modules, named, text_of, tracked

# Written apart, so that this file does not name what it forbids.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
    )
]
MACHINE_PATHS = ["/" + folder + "/" for folder in ("root", "work", "home", "opt/pypi", "Users")]

LIMITS = {"record/verify.py": 500}
LIMIT = 400

CLOCKS = re.compile(r"(datetime|date|timezone)\.(now|utcnow|today)|time\.(time|time_ns|ctime)")
# The one place where the wall clock enters; everything else takes time as an argument. Beside it,
# the port: Cheroot counts how long a connection may be silent in Unix seconds.
MAY_READ_THE_CLOCK = {"line/node.py", "line/listener.py"}


def test_no_file_names_a_package_registry() -> None:
    """Which index to ask is the reader's choice; a lock names versions and hashes only."""
    assert [
        f"{named(path)}: {host}"
        for path in tracked()
        for host in REGISTRIES
        if host in text_of(path)
    ] == []


def test_no_file_names_a_folder_of_somebody_s_machine() -> None:
    found = [
        f"{named(path)}: {folder}"
        for path in tracked()
        for folder in MACHINE_PATHS
        if re.search(rf"(?<![\w./:>}}]){re.escape(folder)}\w", text_of(path))
    ]
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_every_package_with_hashes_and_nothing_else(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    pins = [line for line in lines if not line.startswith(" ")]
    assert [line for line in pins if not re.fullmatch(r"[a-z0-9-]+==[\w.]+ \\", line)] == []
    assert {line.split(":")[0].strip() for line in lines if line.startswith(" ")} == {
        "--hash=sha256"
    }


def test_what_runs_is_the_same_version_where_it_is_tested() -> None:
    def pins(lock: str) -> set[str]:
        text = (ROOT / lock).read_text(encoding="utf-8")
        return set(re.findall(r"^[a-z0-9-]+==[\w.]+", text, flags=re.MULTILINE))

    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


def test_no_file_has_outgrown_its_reader() -> None:
    """A file with two ideas splits; the verifier is one file on purpose."""
    long = {
        named(path): lines
        for path in tracked()
        if path.suffix == ".py" and "migrations" not in path.parts
        if (lines := len(text_of(path).splitlines()))
        > LIMITS.get(str(path.relative_to(SOURCE)) if path.is_relative_to(SOURCE) else "", LIMIT)
    }
    assert long == {}


def test_every_package_says_in_half_a_line_what_it_is() -> None:
    silent = [
        named(path)
        for path in modules()
        if path.name == "__init__.py" and not ast.get_docstring(ast.parse(text_of(path)))
    ]
    assert silent == []


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {path.parent for path in modules()}
    assert [named(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def reads_of_the_clock(path: Path) -> list[str]:
    tree = ast.parse(text_of(path))
    return [
        f"{named(path)}:{node.lineno}: {ast.unparse(node.func)}()"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and CLOCKS.fullmatch(ast.unparse(node.func))
    ]


def test_time_is_an_argument() -> None:
    """A fold or a service that reads a clock gives two nodes two answers."""
    found = [
        read
        for path in modules()
        if str(path.relative_to(SOURCE)) not in MAY_READ_THE_CLOCK
        for read in reads_of_the_clock(path)
    ]
    assert found == []


def test_every_opt_out_of_a_lint_rule_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ignored = text[text.index("\nignore = [") : text.index("[tool.ruff.lint.per-file-ignores]")]
    bare = [line for line in ignored.splitlines() if line.startswith('  "') and "#" not in line]
    assert bare == []
    assert len(tomllib.loads(text)["tool"]["ruff"]["lint"]["ignore"]) <= 30


def test_a_silenced_type_error_says_which_and_why() -> None:
    bare = [
        f"{named(path)}:{number}"
        for path in modules()
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if "type: " + "ignore" in line
        and not re.search(r"type: ignore\[[\w, -]+\]\s+# \w|type: ignore\[[\w, -]+\]\s+- \w", line)
    ]
    assert bare == []


def test_no_refusal_is_swallowed_whole() -> None:
    """To clean up and raise it again is no swallowing; the line's own loop says why it may."""
    found = [
        f"{named(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and ast.unparse(node.body[-1]) != "raise"
        and "# noqa: BLE001 - " not in text_of(path).splitlines()[node.lineno - 1]
    ]
    assert found == []
