"""Every example of docs/dossier.md is accepted; all that is wrong with a file is told at once."""

import json
from pathlib import Path
from typing import Any

import pytest

from legation.missions.history import check
from legation.missions.sections import CHRONICLE, DECLARED, REGISTERS

DOCS = Path(__file__).resolve().parents[2] / "docs" / "dossier.md"
EXAMPLES = [
    block.split("```", maxsplit=1)[0]
    for block in DOCS.read_text(encoding="utf-8").split("```json\n")[1:]
]


def beside(example: str) -> dict[str, Any]:
    """Put a part beside the whole example that the file begins with."""
    whole: dict[str, Any] = json.loads(EXAMPLES[0])
    return {**whole, **json.loads(example)}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: str(next(iter(json.loads(text)))))
def test_an_example_of_the_documentation_is_without_a_fault(example: str) -> None:
    report = check(json.dumps(beside(example)).encode())
    assert [str(one.refusal) for one in report.errors] == []


def test_every_part_of_a_dossier_has_its_example() -> None:
    shown = {key for example in EXAMPLES for key in json.loads(example)}
    named = {one.name for one in (*REGISTERS, *DECLARED)} | set(CHRONICLE)
    assert named | {"sources", "open_questions", "parties", "covers"} <= shown


def test_all_faults_of_the_chronicle_are_told_at_once_by_line() -> None:
    bad = beside(EXAMPLES[0])
    bad["sources"]["wire"]["url"] = "javascript:alert(1)"
    bad["facts"][0] |= {"actor": "XC", "date": "2020-02-30", "posts": ["post/NO"], "kin": "x"}
    bad["discrepancies"] = [
        {"id": "D1", "topic": "t", "facts": ["F9"], "variants": [{"value": "one", "sources": []}]}
    ]
    bad["rounds"] = [
        {"id": "R", "label": "r", "date": "2021", "outcome": [{"by": "XA"}, {"position": "p"}, 3]}
    ]
    text = json.dumps(bad, indent=1)
    report = check(text.encode())
    told = {problem.path: problem for problem in report.errors}
    lines = text.splitlines()
    for path, word in {
        "sources.wire.url": "javascript",
        "facts[1].actor": "XC",
        "facts[1].date": "02-30",
        "facts[1].posts[1]": "post/NO",
        "facts[1].kin": "kin",
        "discrepancies[1].facts[1]": "F9",
        "rounds[1].outcome[3]": "3",
    }.items():
        assert path in told, sorted(told)
        assert word in lines[told[path].line - 1], path
    assert {"discrepancies[1].variants", "rounds[1].outcome[1]", "rounds[1].outcome[2]"} <= set(
        told
    )


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "//a.example",
        "https://a b",
        'https://a"b',
        "data:text/html,x",
        "a.example",
    ],
)
def test_only_an_address_of_the_web_may_become_a_link(url: str) -> None:
    bad = beside(EXAMPLES[0])
    bad["sources"]["wire"]["url"] = url
    assert [one.refusal.code for one in check(json.dumps(bad).encode()).errors] == ["url"]
