"""A terminal in a folder with three nodes: `lone` (no peer yet), `a` and `b` (introduced)."""

import json
import os
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

import nodes
from legation.cli.main import main

CHANGING = (
    # What differs between runs, and what a transcript shows in its place.
    (re.compile(r"(?<=[a-z]/)X[AB]-[0-9a-f]{16}"), "ID"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "HASH"),
    (re.compile(r"\b[0-9a-f]{16}\b"), "RECORD"),
    (re.compile(r"\b[0-9a-f]{12}\b"), "START"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), "TIME"),
    (re.compile(r"\b[a-z2-7]{4}(?:-[a-z2-7]{4}){3}\b"), "PASSWORD"),
    (re.compile(r"(?<=^  )(?:[a-z]{3,8} ){11}[a-z]{3,8}$", re.MULTILINE), "TWELVE WORDS"),
)


@dataclass(frozen=True)
class Ended:
    """What a command left behind: its exit code, and what it wrote where."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, object]:
        """What it printed, as one JSON object."""
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value

    @property
    def refused(self) -> str:
        """The code of the refusal it printed."""
        refused = self.json["refused"]
        assert self.code == 1
        assert isinstance(refused, dict)
        return str(refused["code"])


@dataclass
class Terminal:
    """Runs commands in this process, in a folder of its own."""

    folder: Path
    capture: pytest.CaptureFixture[bytes]
    monkeypatch: pytest.MonkeyPatch
    names: dict[str, str] = field(default_factory=dict)

    def __call__(self, *words: str, given: str | bytes = b"") -> Ended:
        """Run `legation WORDS`. given: on standard input."""
        data = given.encode() if isinstance(given, str) else given
        self.monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(data)))
        self.capture.readouterr()
        try:
            code = main(words)
        except SystemExit as ended:  # as argparse does
            code = int(ended.code or 0)
        said = self.capture.readouterr()
        return Ended(code, said.out.decode(), said.err.decode())

    def line(self, line: str, *, given: str = "") -> str:
        """Run one line of a transcript; return what it said, with changing parts named."""
        words = [self.names.get(word, word) for word in shlex.split(line)]
        ended = self(*words[1:], given=given)
        told = ended.err + ended.out
        return self.named(told) + (f"[{ended.code}]\n" if ended.code else "")

    def named(self, text: str) -> str:
        """Put names in place of what differs between runs; a transcript's commands use them."""
        text = text.replace(str(self.folder), "DIR")
        for pattern, name in CHANGING:
            for value in dict.fromkeys(pattern.findall(text)):
                text = text.replace(value, self._name(name, value))
        return text

    def _name(self, name: str, value: str) -> str:
        if name != "ID":
            return name
        known = {real: label for label, real in self.names.items()}
        for prefix in ("draft/", "notice/"):
            if prefix + value in known:
                return known[prefix + value].removeprefix(prefix)
        label = f"ID{len(self.names) // 2 + 1}"
        for prefix in ("draft/", "notice/"):
            self.names[prefix + label] = prefix + value
        return label


@pytest.fixture
def terminal(
    templates: Path,
    tmp_path: Path,
    django_db_blocker: DjangoDbBlocker,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Terminal]:
    """A terminal whose folder holds the three nodes."""
    for name in ("lone", "a", "b"):
        nodes.copy_node(templates / name, tmp_path / name)
    (tmp_path / "stick").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("LEGATION_PASSPHRASE", "test")
    kept, settings = connections["default"], connections.settings["default"]
    with django_db_blocker.unblock():
        yield Terminal(tmp_path, capsysbinary, monkeypatch)
        connections["default"].close()
    # Commands open their node as "default"; the other tests' database comes back.
    connections["default"] = kept
    connections.settings["default"] = settings
    os.environ.pop("LEGATION_NODE", None)
