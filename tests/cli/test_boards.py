"""`board` and its like: the same bytes on both nodes, and nothing of ours in what is shared."""

import json
import time
from pathlib import Path

import pytest

from terminal import Terminal

DOSSIER = {
    "dossier": 1,
    "title": "A and B",
    "parties": [{"code": "XA", "name": "Ax"}, {"code": "XB", "name": "Bex"}],
    "posts": [
        {
            "id": "post/XA-1",
            "sending": "XA",
            "receiving": "XB",
            "city": "Bexton",
            "type": "embassy",
            "status": "open",
        },
        {
            "id": "post/XA-2",
            "sending": "XA",
            "receiving": "XB",
            "city": "Secretville",
            "district": "Whispered",
        },
    ],
}
SHARED = ("--shared", "--at", "2027-01-01")
FORMS = {"json": "--json", "svg": "--svg", "pdf": "--pdf", "txt": "--text"}


@pytest.fixture
def known(terminal: Terminal) -> Terminal:
    """Node a holds one post in the record, and another that only it knows of."""
    one = {**DOSSIER, "posts": DOSSIER["posts"][:1], "title": "One"}  # type: ignore[index]
    draft = terminal("-n", "a", "dossier", "load", "-", "--as", "Ada", given=json.dumps(one))
    for words in (
        ("clear", str(draft.json["draft"]), "--as", "Bela"),
        ("release", str(draft.json["draft"]), "--as", "Ada"),
    ):
        assert terminal("-n", "a", *words).code == 0
    terminal("-n", "a", "dossier", "load", "-", "--as", "Ada", given=json.dumps(DOSSIER))
    carries(terminal)
    return terminal


def carries(terminal: Terminal) -> None:
    """Let both nodes take what the other left in a folder."""
    for _ in range(3):
        for node in "ab":
            assert (
                terminal("-n", node, "line", "sync", "--carrier", "folder", "--path", "stick").code
                == 0
            )


def made(terminal: Terminal, node: str, form: str, *words: str) -> bytes:
    out = Path(f"{node}-{form}-{len(list(Path().iterdir()))}")
    ended = terminal("-n", node, "board", *words, FORMS[form], "-o", str(out))
    assert ended.code == 0, ended.err
    return out.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_the_shared_board_is_the_same_bytes_on_both_nodes(known: Terminal, form: str) -> None:
    both = [made(known, node, form, *SHARED) for node in "ab"]
    assert both[0] == both[1]
    assert b"Secretville" not in both[0]
    assert b"Whispered" not in both[0]
    ours = made(known, "a", form, "--at", "2027-01-01")
    assert ours != both[0]
    if form != "pdf":
        assert b"Secretville" in ours
        assert b"Bexton" in both[0]
        assert (b"ours_only" if form == "json" else b"Ours only") in ours
        assert b"urs only" not in both[0]


def test_the_shared_json_is_what_is_printed_and_names_both_logs(known: Terminal) -> None:
    printed = [known("-n", node, "board", *SHARED, "--json").out for node in "ab"]
    assert printed[0] == printed[1]
    logs = json.loads(printed[0])["logs"]
    assert [(log["party"], len(log["root"])) for log in logs] == [("XA", 64), ("XB", 64)]
    assert [log["size"] > 0 for log in logs] == [True, True]


@pytest.mark.parametrize("command", [("ledger",), ("premises", "list"), ("payments",)])
def test_what_is_only_ours_is_in_no_shared_answer(known: Terminal, command: tuple[str]) -> None:
    shared = [known("-n", node, *command, *SHARED, "--json").out for node in "ab"]
    assert shared[0] == shared[1]
    assert "Secretville" not in shared[0]
    assert "own" not in {
        ground["kind"] for row in json.loads(shared[0]).get("rows", []) for ground in _grounds(row)
    }


def _grounds(row: object) -> list[dict[str, str]]:
    if isinstance(row, dict):
        mine = row.get("grounds", [])
        return [*mine, *(each for inner in row.values() for each in _grounds(inner))]
    return [each for inner in row for each in _grounds(inner)] if isinstance(row, list) else []


def test_a_post_only_we_know_of_is_shown_to_us_alone(known: Terminal) -> None:
    day = ("--at", "2027-01-01")
    assert "Whispered" in known("-n", "a", "post", "show", "XA-2", *day).out
    assert known("-n", "a", "post", "show", "XA-2", *SHARED, "--json").refused == "not-on-the-board"
    assert known("-n", "b", "post", "show", "XA-2", *day, "--json").refused == "not-on-the-board"


def test_the_board_as_it_was_known_before_the_post_was_stated(known: Terminal) -> None:
    told = known("-n", "b", "board", "--as-recorded", "XA:0,XB:0", "--json").json
    assert told["posts"] == []
    assert known("-n", "b", "board", "--json").json["posts"] != []


def test_text_fits_eighty_columns(known: Terminal) -> None:
    lines = known("-n", "a", "board").out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("Which posts can operate? ")
    assert "Posts: XA; receiving state: XB" not in lines  # parties are named, not only coded


def test_a_file_is_never_written_over(known: Terminal) -> None:
    Path("board.pdf").write_bytes(b"mine")
    ended = known("-n", "a", "board", "--pdf", "-o", "board.pdf")
    assert (ended.code, Path("board.pdf").read_bytes()) == (1, b"mine")
    assert known("-n", "a", "board", "--json", "--svg").code == 2


def test_a_sheet_takes_no_longer_than_a_breath(known: Terminal) -> None:
    made(known, "a", "pdf")
    begin = time.process_time()
    made(known, "a", "pdf")
    assert time.process_time() - begin < 1.5
