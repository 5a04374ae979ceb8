"""docs/operate.md names only what is there: commands, options, files, settings, reasons."""

import re
from pathlib import Path

import pytest

from legation.cli.main import build_parser

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
FENCED = re.findall(r"^```\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
INLINE = re.findall(r"`(legation [^`]+)`", TEXT.replace("\n", " "))
COMMANDS = sorted(
    {line for block in FENCED for line in block.splitlines() if line.startswith("legation ")}
    | {re.sub(r"\s+", " ", line) for line in INLINE}
)


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_guide_is_one(line: str) -> None:
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)][1:]
    build_parser().parse_args(words)


def test_the_files_and_settings_that_it_names_are_there() -> None:
    for name in set(re.findall(r"ops/[\w@.]+\w", TEXT)):
        assert (ROOT / name).is_file(), name
    source = (ROOT / "src/legation/settings.py").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(LEGATION_\w+)`", TEXT, re.MULTILINE))
    assert named == set(re.findall(r'environ(?:\.get\(|\[)"(LEGATION_\w+)"', source))


def test_every_reason_of_healthz_is_explained() -> None:
    source = (ROOT / "src/legation/desk/queries/ready.py").read_text(encoding="utf-8")
    reasons = set(re.findall(r'(?:add\(|reasons=\()"([a-z-]+)"', source)) | {"silent", "own-short"}
    assert reasons == {"database", "frozen", "resuming", "disk", "silent", "own-short"}
    for reason in reasons:
        assert f"`{reason}`" in TEXT


def test_the_example_for_a_proxy_hands_on_nothing_that_a_client_wrote() -> None:
    conf = (ROOT / "ops" / "nginx.conf").read_text(encoding="utf-8")
    assert "X-Forwarded-For   $remote_addr;" in conf
    assert "$proxy_add_x_forwarded_for" not in conf
    assert "access_log off;" in conf
