"""One node as a process, for `line.files`: `python -m bench.line._file_node HOME`."""

import argparse
import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import django

READY = "ready"
GO = "go"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--port", type=int)
    parser.add_argument("--size", type=int, default=0)
    parser.add_argument("--runs", type=int, default=1)
    said = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "legation.settings"
    django.setup()
    from legation.line.node import open_node

    node = open_node(said.home)
    if said.port:
        serve(node, said.port)
    else:
        send(node, said.size, said.runs)


def serve(node: Any, port: int) -> None:
    """Listen as a served node does; what begins with `bare` is read and dropped.

    `when` is answered with the moment when files were last held, on the clock that all have.
    """
    from legation.line.listener import LinePort
    from legation.line.loop import answer
    from legation.line.queries.reach import ends
    from legation.line.services import Intake

    held = [0.0]

    def note(step: str) -> None:
        if step == "chunks committed":
            held[0] = time.monotonic()

    node = replace(node, trip=note)
    intake = Intake(node)

    def answered(data: memoryview) -> bytes | None:
        if bytes(data[:4]) == b"when":
            return str(held[0]).encode()
        return None if bytes(data[:4]) == b"bare" else answer(node, data, intake)

    listening = LinePort(
        ("127.0.0.1", port),
        ends=lambda: ends(node),
        answer=answered,
        answered=intake.catch_up,
        refused=lambda refusal: print(refusal, file=sys.stderr),
    )
    listening.start()
    print(READY, flush=True)
    sys.stdin.read()
    listening.stop()


def send(node: Any, size: int, runs: int) -> None:
    """Release a note with a file, carry it, and then as many bytes without us."""
    print(READY, flush=True)
    sys.stdin.readline()
    print(json.dumps([carried(node, size) for _ in range(runs)]), flush=True)


def carried(node: Any, size: int) -> dict[str, float]:
    from bench.line.backlog import a_notice

    from legation.line import services
    from legation.line.core.bundle import FREIGHT_CLASS
    from legation.line.queries.reach import opposite, reach
    from legation.line.services import files
    from legation.line.visits import HttpsVisit, Tally, send_each

    at = node.clock()
    ref = files.stage(node, os.urandom(size), name=None, media_type="application/pdf", at=at)
    notice = a_notice(time.time_ns())
    body = {**notice.body, "files": [{"root": ref.root.text, "size": size, "type": ref.type}]}
    act = services.NewAct(
        type=notice.type, on=notice.on, body=body, version=2, numbered_post=notice.numbered_post
    )
    services.append(node, [act], at=at)
    visit = HttpsVisit(node, opposite(node))
    visit._send_all(Tally())
    for _ in range(4):  # as warm for us as for what it is compared with
        visit._carrier.send(b"bare" + bytes(FREIGHT_CLASS - 4))
    begin = time.monotonic()
    send_each(visit._carrier, services.each_freight(node))
    visit._send_all(Tally())
    ours = float(visit._carrier.send(b"when") or 0) - begin
    held = reach(node)
    assert held is not None
    assert held.asked == 0  # they say that they have all of it
    whole, rest = divmod(size, FREIGHT_CLASS)
    bodies = [b"bare" + os.urandom(FREIGHT_CLASS - 4)] * whole + [b"bare" + os.urandom(rest)]
    begin = time.monotonic()
    for body_ in bodies:
        visit._carrier.send(body_)
    bare = time.monotonic() - begin
    visit.close()
    return {"ours": ours, "bare": bare, "taking": taken(node.home, size)}


def taken(home: Path, size: int) -> float:
    """Return the seconds that opening, hashing and writing so many bytes take, nothing else."""
    from legation.acts.files import CHUNK
    from legation.line.core.chunks import chunk_hash
    from legation.line.filestore import FileStore
    from legation.line.sealing import Sealer, new_seal_key

    private, public = new_seal_key()
    to, of = ({"own": own, "peer": peer} for own, peer in (("US", "RU"), ("RU", "US")))
    sealed = Sealer(private, public, record="bench", **to).seal(os.urandom(4 * CHUNK))
    opener, store, root = Sealer(private, public, record="bench", **of), FileStore(home), "bench"
    begin = time.monotonic()
    for first in range(0, size // CHUNK, 4):
        plain = memoryview(opener.open(sealed))
        chunks = {first + at: plain[at * CHUNK : (at + 1) * CHUNK] for at in range(4)}
        for chunk in chunks.values():
            chunk_hash(chunk)
        store.write(root, chunks)
    store.sync(root, whole=False)
    seconds = time.monotonic() - begin
    store.destroy(root)
    return seconds


if __name__ == "__main__":
    main()
