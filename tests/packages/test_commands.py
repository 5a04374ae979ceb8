"""`legation packages` with files of every format: convert, plot, and solve what was converted."""

import json
from pathlib import Path

import pytest

from legation.cli.main import main
from legation.packages import load
from packages.interchange import samples

SCENARIOS = Path(__file__).parents[1] / "data" / "scenarios"
LAPTOP = str(SCENARIOS / "laptop-2012.json")


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["packages", *words])
    return code, capsys.readouterr().out


@pytest.mark.parametrize("form", ["genius", "negmas"])
def test_a_converted_case_has_the_same_answer(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "folder"
    assert ran(capsys, "convert", LAPTOP, "--to", form, "-o", str(out))[0] == 0
    _code, before = ran(capsys, "solve", LAPTOP, "--json")
    code, after = ran(capsys, "solve", str(out), "--json")
    assert code == 0
    assert json.loads(after)["frontier"] == json.loads(before)["frontier"]
    files = sorted(map(str, out.iterdir()))
    domain = next(each for each in files if "domain" in each)
    sides = [each for each in files if each != domain]
    assert ran(capsys, "solve", domain, *sides, "--json")[1] != ""
    assert ran(capsys, "convert", LAPTOP, "--to", form, "-o", str(out))[0] == 1


def test_two_profiles_become_a_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "profileA.json").write_bytes(samples.NEGOLOG_A)
    (tmp_path / "profileB.json").write_bytes(samples.NEGOLOG_B)
    out = tmp_path / "out" / "case.json"
    out.parent.mkdir()
    assert ran(capsys, "convert", str(tmp_path), "--to", "case", "-o", str(out))[0] == 0
    assert json.loads(out.read_bytes())["matters"][0]["a"] == ["3/100", "3/10"]


@pytest.mark.parametrize(
    "words",
    [
        ("--seconds", "nan"),
        ("--seconds", "-1"),
        ("--seconds", "inf"),
        ("--memory", "0"),
        ("--memory", "-5"),
    ],
)
def test_a_limit_that_is_none_is_wrong_usage(words: tuple[str, str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["packages", "solve", LAPTOP, *words])


def test_a_combination_names_each_matter_of_the_case_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    named = [f"{matter.id}={matter.options[0]}" for matter in load(LAPTOP).matters]
    assert ran(capsys, "explain", LAPTOP, "--why-not", *named)[0] == 0
    assert ran(capsys, "explain", LAPTOP, "--why-not", *named, "other=1")[0] == 1
    assert ran(capsys, "explain", LAPTOP, "--why-not", *named, named[0])[0] == 1


def test_a_check_of_an_answer_that_is_not_there_is_no_success(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, said = ran(capsys, "check", LAPTOP, "--seconds", "0.0000001", "--json")
    assert (code, json.loads(said)["whole"]) == (1, "not checked")


def test_a_folder_of_something_else_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(capsys, "solve", str(tmp_path))[0] == 1


def test_a_frontier_is_drawn_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "frontier.svg"
    assert ran(capsys, "plot", LAPTOP, "-o", str(out))[0] == 0
    assert out.read_text("utf-8").startswith("<svg ")
    assert ran(capsys, "plot", LAPTOP, "-o", str(out))[0] == 1


@pytest.mark.parametrize(
    "words",
    [
        ("path", LAPTOP, "--to", "9" * 5_000),
        ("path", LAPTOP, "--to", "1," + "9" * 5_000),
        ("explain", LAPTOP, "--drop", "9" * 5_000),
        ("explain", LAPTOP, "--force", "9" * 5_000),
        ("explain", LAPTOP, "--force", "9=" + "9" * 5_000),
        ("explain", LAPTOP, "--why-not", "9=" + "9" * 5_000),
        ("check", LAPTOP, "9" * 5_000 + ".json"),
        ("solve", "9" * 5_000),
    ],
)
def test_what_is_refused_is_not_repeated_without_end(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["packages", *words]) == 1
    said = capsys.readouterr()
    assert 0 < len(said.out + said.err) < 1_000
