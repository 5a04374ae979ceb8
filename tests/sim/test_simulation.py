"""The simulation catches what it must, replays what it found, and finds nothing in the line.

The long form is `make sim`; here each test takes a few schedules.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from legation.line.core import protocol
from legation.line.core.protocol import Judged, Outcome
from legation.line.filestore import FileStore
from sim import schedule
from sim.rules import Violation
from sim.world import run

SERVICES = "legation.line.services."
SOON = 100
"""Schedules within which a planted fault is caught, at the latest."""


def first_violation(most: int = SOON) -> str:
    for seed in range(1, most + 1):
        try:
            run(seed)
        except Violation as violation:
            return str(violation)
    return ""


def test_some_schedules_break_no_invariant() -> None:
    assert first_violation(24) == ""


def test_a_seed_gives_the_same_schedule_again() -> None:
    assert run(7).steps == run(7).steps


def plant(monkeypatch: pytest.MonkeyPatch, name: str, fault: object) -> None:
    """Put a fault in the place of a function, wherever the line's services call it."""
    places = [
        module
        for path, module in sys.modules.items()
        if path.startswith(SERVICES) and hasattr(module, name)
    ]
    assert places, f"nothing calls {name}"
    for module in places:
        monkeypatch.setattr(module, name, fault)


def test_entries_taken_twice_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault planted in the core: what is held already counts as new."""
    judge = protocol.judge_run

    def forgetful(*args: object, **facts: object) -> Judged:
        judged = judge(*args, **facts)  # type: ignore[arg-type] # a fault
        return replace(judged, new_from=0) if judged.outcome is Outcome.TAKE else judged

    plant(monkeypatch, "judge_run", forgetful)
    assert first_violation()


def test_a_node_that_never_says_what_it_has_seen_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A fault planted in the core."""
    monkeypatch.setattr(protocol, "seen_is_due", lambda **facts: False)
    assert "not converged" in first_violation()


def test_a_restored_node_that_signs_at_once_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault planted in the core; with more restores than chance gives, so that it is soon met."""
    often = replace(schedule._HIGHEST, backup=0.9, restore=0.5)
    monkeypatch.setattr(schedule, "_HIGHEST", often)
    plant(monkeypatch, "term_stands", lambda facts: True)
    plant(monkeypatch, "fence_matches", lambda facts: True)
    assert "signed two histories" in first_violation()


@contextmanager
def _half_kept(alias: str) -> Iterator[None]:
    """Stand in for a transaction, and commit every statement by itself."""
    del alias
    yield


def test_a_transaction_that_keeps_half_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault planted in the storage: what a crash interrupts stays half done."""
    plant(monkeypatch, "writing", _half_kept)
    assert first_violation()


def test_a_fence_that_is_not_written_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault planted in the storage: nothing tells a restored node that it was restored."""
    plant(monkeypatch, "write_durably", lambda *file: None)
    assert first_violation()


def test_a_chunk_that_is_said_to_be_here_before_it_is_kept_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A fault planted in the store: rows speak of bytes that are not on the disk."""
    write = FileStore.write

    def zeros(store: FileStore, root: str, chunks: dict[int, bytes]) -> None:
        write(store, root, {index: bytes(len(chunk)) for index, chunk in chunks.items()})

    monkeypatch.setattr(FileStore, "write", zeros)
    assert first_violation()


def test_a_file_that_is_never_asked_for_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault planted in the services."""
    plant(monkeypatch, "wants_now", lambda facts, *, turn: ())
    assert "not converged" in first_violation()
