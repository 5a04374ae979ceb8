"""Intake in a process of its own, with bounds: a file that swells or loops takes nothing along.

The process is given the bytes and a name, and hands back what `take_in` returns or refuses. It
has no node, no key and no network; it may take so much memory and time, and no more. The name
goes in with the bytes: what stands in a command, everybody on the machine can read.
"""

import json
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from threading import BoundedSemaphore
from typing import Any, Final

from legation.errors import N_, Refusal
from legation.officers.intake.taking import too_large
from legation.officers.intake.told import LARGEST, Pictured, Removed, Taken, Warned, refused

SECONDS: Final = 60
MEMORY: Final = 1_500_000_000
"""Bytes of address space: an A3 scan at 600 dots an inch in colour takes 210 million, twice."""
FILE: Final = 64_000_000
AT_ONCE: Final = 3
"""Processes at a time: of the desk's ten threads most stay free, and memory is bounded too."""
PATIENCE: Final = 20.0
WORKER: Final = "legation.officers.intake.worker"


def take_in_apart(data: bytes, name: str, *, seconds: int = SECONDS) -> Taken:
    """Return a file as `take_in` does, from a process with bounds.

    Raises Refusal as `take_in`, and "file-heavy" where the bounds were not enough.
    """
    if len(data) > LARGEST:
        raise too_large(name, len(data))
    about, rest = _apart(data, "take", name, seconds=seconds)
    return Taken(
        data=rest,
        media_type=about["media_type"],
        name=about["name"],
        was=about["was"],
        pages=about["pages"],
        removed=tuple(Removed(**each) for each in about["removed"]),
        warnings=tuple(Warned(**each) for each in about["warnings"]),
    )


def pictured_apart(data: bytes, page: int, name: str, *, seconds: int = SECONDS) -> Pictured:
    """Return one page of a document, or a picture, as a PNG drawn in a process with bounds.

    page: from 1. Raises Refusal "no-such-page", "file-type", "image-broken", "image-size",
    "document-broken", "file-heavy".
    """
    about, rest = _apart(data, str(page), name, seconds=seconds)
    return Pictured(png=rest, page=about["page"], pages=about["pages"])


_turns = BoundedSemaphore(AT_ONCE)


@contextmanager
def _a_turn(name: str, patience: float = PATIENCE) -> Iterator[None]:
    """Wait for one of the few places. Raises Refusal "file-busy"."""
    if not _turns.acquire(timeout=patience):
        raise refused(
            "file-busy",
            N_("this node is reading or drawing as many files as it does at once."),
            N_("Try again in a minute; nothing was lost."),
            name=name,
        )
    try:
        yield
    finally:
        _turns.release()


def _apart(data: bytes, what: str, name: str, *, seconds: int) -> tuple[dict[str, Any], bytes]:
    try:
        with _a_turn(name):
            done = subprocess.run(  # noqa: S603 - this very program, by its own interpreter
                [sys.executable, "-I", "-c", _START, what],
                input=given_bytes(name, data),
                capture_output=True,
                timeout=seconds,
                check=False,
                cwd="/",
                env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1"},
            )
    except subprocess.TimeoutExpired as fault:
        raise _heavy(name) from fault
    if done.returncode or len(done.stdout) < 4:
        raise _heavy(name)
    (length,) = struct.unpack(">I", done.stdout[:4])
    try:
        about = json.loads(done.stdout[4 : 4 + length])
    except ValueError as fault:
        raise _heavy(name) from fault
    if "refused" in about:
        why = about["refused"]
        refusal = Refusal(why["code"], thing=why["thing"], rule=why["rule"], remedy=why["remedy"])
        refusal.values = why["values"]
        raise refusal
    return about, done.stdout[4 + length :]


_START: Final = f"""
import sys
sys.path[:0] = {[path for path in sys.path if path]!r}
from {WORKER} import main
main(sys.argv[1])
"""


def given_bytes(name: str, data: bytes) -> bytes:
    """Return what the process reads: u32 length, the name, then the file."""
    said = name.encode(errors="replace")
    return struct.pack(">I", len(said)) + said + data


def pictured_bytes(shown: Pictured) -> bytes:
    """Return a drawn page as the process writes it."""
    return _framed({"page": shown.page, "pages": shown.pages}, shown.png)


def told_bytes(taken: Taken) -> bytes:
    """Return what the process writes: u32 length, JSON, then the clean bytes."""
    about = asdict(taken)
    del about["data"]
    return _framed(about, taken.data)


def _framed(about: dict[str, Any], data: bytes) -> bytes:
    head = json.dumps(about).encode()
    return struct.pack(">I", len(head)) + head + data


def refused_bytes(refusal: Refusal) -> bytes:
    """Return a refusal as the process writes it."""
    about = {
        "code": refusal.code,
        "thing": refusal.thing,
        "rule": refusal.rule,
        "remedy": refusal.remedy,
        "values": {
            key: value if isinstance(value, int) else str(value)
            for key, value in refusal.values.items()
        },
    }
    return _framed({"refused": about}, b"")


def _heavy(name: str) -> Refusal:
    return refused(
        "file-heavy",
        N_("to read it takes more memory or time than a file may take here."),
        N_("Print it to a new PDF with fewer dots an inch, or split it."),
        name=name,
    )
