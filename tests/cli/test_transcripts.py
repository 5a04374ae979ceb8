"""What the terminal shows, word for word: usage, the way of a note, refusals.

A transcript begins with what it shows. Lines with `$` are commands, `<` gives them standard
input, the rest is what they print (standard error first) and, if not 0, the exit code. Names
such as ID1 or HASH stand for what differs between runs. `make golden` writes them anew.
"""

from pathlib import Path

import pytest

from terminal import Terminal

HERE = Path(__file__).parent / "transcripts"


@pytest.mark.parametrize("path", sorted(HERE.glob("*.txt")), ids=lambda path: path.stem)
def test_the_terminal_shows(path: Path, terminal: Terminal, request: pytest.FixtureRequest) -> None:
    wanted = path.read_text("utf-8")
    found = played(wanted, terminal)
    if request.config.getoption("--golden"):
        path.write_text(found, "utf-8")
    assert found == wanted


def played(transcript: str, terminal: Terminal) -> str:
    """Run a transcript's commands; return it with what they really print."""
    lines = transcript.split("\n")
    heading = [line for line in lines if line.startswith("#")]
    told = ["\n".join(heading)]
    for place, line in enumerate(lines):
        if not line.startswith("$ "):
            continue
        after = lines[place + 1] if place + 1 < len(lines) else ""
        given = after.removeprefix("< ") if after.startswith("< ") else ""
        said = terminal.line(line.removeprefix("$ "), given=given)
        told.append(f"{line}\n" + (f"< {given}\n" if given else "") + said.rstrip("\n"))
    return "\n\n".join(part.rstrip("\n") for part in told) + "\n"
