"""The command as a process: exit codes, pipes, start-up without what it does not need."""

import argparse
import json
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from legation.cli.main import build_parser

LEGATION = [sys.executable, "-m", "legation.cli"]


def run(
    *words: str, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*LEGATION, *words], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--help"], 0),
        (["notice", "kinds"], 0),
        (["-n", "nowhere", "status"], 1),
        (["status"], 2),
        (["nosuch"], 2),
        (["verify", "nowhere.zip"], 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else f"ends with {value}",
)
def test_exit_codes(tmp_path: Path, words: list[str], code: int) -> None:
    ended = run(*words, cwd=tmp_path)
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield the parser of every command, families left out."""
    families = [act for act in parser._actions if isinstance(act, argparse._SubParsersAction)]
    if not families:
        yield parser
    for family in families:
        for inner in family.choices.values():
            yield from commands(inner)


@pytest.mark.parametrize("parser", list(commands(build_parser())), ids=lambda parser: parser.prog)
def test_every_command_helps_with_examples_that_it_understands(
    parser: argparse.ArgumentParser,
) -> None:
    text = " ".join((parser.epilog or "").split()).replace("\\ ", "")
    examples = [words.partition(" | ")[0] for words in text.split("legation ")[1:]]
    runs = [build_parser().parse_args(shlex.split(words)).run for words in examples]
    assert parser.get_default("run") in runs


@pytest.mark.parametrize("parser", list(commands(build_parser())), ids=lambda parser: parser.prog)
def test_every_command_speaks_json(parser: argparse.ArgumentParser) -> None:
    assert "--json" in parser.format_help()


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*LEGATION, "notice", "schema", "note"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ошибка: не хватает обязательных аргументов: --party, --name"),
        ({"LANG": "tr_TR.UTF-8"}, "hata: şu bağımsız değişkenler gerekli: --party, --name"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C.UTF-8"}, "error: the following arguments are"),
    ],
    ids=["Russian", "Turkish", "English over all"],
)
def test_the_command_speaks_one_language_and_the_locale_names_it(
    tmp_path: Path, locale: dict[str, str], said: str
) -> None:
    ended = run("init", "xa", cwd=tmp_path, env=locale)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert ("usage" in ended.stderr) == ("error" in said)


def test_output_is_utf8_where_the_locale_is_not(tmp_path: Path) -> None:
    env = {
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "POSIX",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    ended = subprocess.run(
        [*LEGATION, "-n", "Москва", "status", "--json"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in ended.stderr
    assert ended.returncode in {1, 2}


@pytest.mark.parametrize("words", [["--help"], ["verify", "nowhere.zip"], ["notice", "kinds"]])
def test_what_needs_no_database_loads_no_django(tmp_path: Path, words: list[str]) -> None:
    code = (
        "import sys, json\nfrom legation.cli.main import main\n"
        "try:\n    main(json.loads(sys.argv[1]))\nexcept SystemExit:\n    pass\n"
        "print('DJANGO' if 'django' in sys.modules else 'WITHOUT', file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, json.dumps(words)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stderr.splitlines()[-1] == "WITHOUT"
