"""An answer made elsewhere is read, checked without the solver, or refused in a sentence."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from legation.cli.main import main
from legation.errors import Refusal
from legation.packages import check, load, read_answer, solve

SCENARIOS = Path(__file__).parents[1] / "data" / "scenarios"
ISTANBUL = SCENARIOS / "istanbul.json"


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    return solve(load(ISTANBUL)).answer(packages=True)


def told(answer: dict[str, Any], **changed: object) -> bytes:
    return json.dumps({**answer, **changed}).encode()


def faults(data: bytes) -> set[str]:
    case = load(ISTANBUL)
    return {fault.code for fault in check(case, read_answer(data, case)).faults}


def test_what_solve_prints_is_right(answer: dict[str, Any]) -> None:
    assert faults(told(answer)) == set()
    assert faults(told(answer, packages=None, counts=None)) == set()


def test_each_part_that_is_not_right_is_found(answer: dict[str, Any]) -> None:
    points = answer["frontier"]
    far = [[10**9, 10**9]]
    assert "missing" in faults(told(answer, frontier=points[1:], packages=None, counts=None))
    assert "nash" in faults(told(answer, nash=points[:1]))
    assert "count" in faults(told(answer, counts=[7] * len(points)))
    assert "value" in faults(told(answer, packages=answer["packages"][::-1]))
    assert "status" in faults(told(answer, status="infeasible"))
    bare = dict.fromkeys(("packages", "counts"))
    wide = {**bare, "status": "epsilon", "guarantee": [1, 1], "frontier": far}
    assert "count" in faults(told(answer, **wide))


def test_a_point_that_no_package_has_is_found_where_not_all_can_be_looked_at() -> None:
    case = load(SCENARIOS / "grid-10x4.json")
    right = solve(case).answer()
    verdict = check(case, read_answer(told(right), case))
    assert (verdict.ok, verdict.whole) == (True, "proved")
    points: Any = right["frontier"]
    wrong = told(right, frontier=[*points[:-1], [points[-1][0], points[-1][1] + 1]])
    assert "package" in {fault.code for fault in check(case, read_answer(wrong, case)).faults}


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "another format": ({"format": "x"}, "legation-answer/1"),
    "another case": ({"case": "geneva"}, "“geneva”.*“istanbul”"),
    "no such status": ({"status": "good"}, "status.*exact"),
    "a frontier that is none": ({"frontier": 3}, "frontier: it is a list"),
    "a float": ({"nash": [[1.5, 2]]}, r"nash\[0\].*float 1\.5"),
    "three numbers": ({"nash": [[1, 2, 3]]}, r"nash\[0\].*two numbers"),
    "a list that is missing": ({"ks": None}, "ks: it is a list"),
    "packages too few": ({"packages": []}, "packages.*one entry for each"),
    "an unknown option": ({"frontier": [[1, 2]], "packages": [{}], "counts": None}, "one option"),
    "an unknown matter": (
        {"frontier": [[1, 2]], "packages": [{"x": "y"}], "counts": None},
        "no matter “x”",
    ),
    "a count of text": ({"counts": ["1"] * 24}, r"counts\[0\].*whole"),
    "a guarantee below nothing": ({"guarantee": [-1, 0]}, "guarantee.*never negative"),
    "digits without end": ({"nash": [["9" * 9_000, 1]]}, "of at most 4200"),
}


@pytest.mark.parametrize("fault", BAD)
def test_an_answer_that_cannot_be_looked_at_is_refused(fault: str, answer: dict[str, Any]) -> None:
    changed, words = BAD[fault]
    with pytest.raises(Refusal, match=f"(?s){words}") as refused:
        read_answer(told(answer, **changed), load(ISTANBUL))
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize("data", [b"", b"[", b"[]", b"\xff\xfe", b"3", b"[" * 10**5])
def test_what_is_no_answer_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal, match="Answer"):
        read_answer(data, load(ISTANBUL))


def test_the_command_takes_an_answer_from_a_file_or_its_input(
    answer: dict[str, Any],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "answer.json"
    file.write_bytes(told(answer))
    assert main(["packages", "check", str(ISTANBUL), str(file)]) == 0
    capsys.readouterr()
    file.write_bytes(told(answer, frontier=answer["frontier"][1:], packages=None, counts=None))
    assert main(["packages", "check", str(ISTANBUL), str(file), "--json"]) == 1
    assert "missing" in {each["code"] for each in json.loads(capsys.readouterr().out)["faults"]}
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(told(answer))))
    assert main(["packages", "check", str(ISTANBUL), "-"]) == 0
    file.write_bytes(b"{")
    assert main(["packages", "check", str(ISTANBUL), str(file)]) == 1
    assert "Traceback" not in capsys.readouterr().err
