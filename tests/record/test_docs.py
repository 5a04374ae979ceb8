"""The documentation of the record does what it says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import legation.record
from legation.record.b64 import to_base64
from record.exports import Story, write_folder

DOCS = Path(__file__).parents[2] / "docs" / "record.md"
TEXT = DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize("acts", [1, 2, 7])
def test_the_check_by_hand_works_and_notices_a_changed_act(tmp_path: Path, acts: int) -> None:
    story = Story()
    for number in range(acts):
        story.write(story.a, "notice.released", {"text": f"act {number}"})
    block = re.search(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert block is not None
    script = block[1].replace("logs/US/", "logs/XA/")
    out = write_folder(story.files(), tmp_path)
    path = out / "logs/XA/acts/0.tlog-proof"

    def last_line() -> str:
        ran = subprocess.run(
            [sys.executable, "-I", "-c", script], cwd=out, capture_output=True, check=True
        )
        return ran.stdout.decode().splitlines()[-1]

    assert last_line() == "True"
    other = story.opening(story.a, story.a.openings[0].head, {"text": "another"}).encode()
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[1] = f"extra {to_base64(other)}"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert last_line() == "False"


def test_every_module_of_the_record_is_named() -> None:
    folder = Path(legation.record.__path__[0])
    told = set(re.findall(r"`([a-z0-9_]+)`", TEXT.partition("**A leaf")[0]))
    helpers = {"b64", "fields", "words", "verify", "__init__"}
    assert {path.stem for path in folder.glob("*.py")} - helpers <= told
