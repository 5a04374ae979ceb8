"""A backlog of released notices of 2 kB between two processes, to the last receipt."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from bench import Figure
from bench.line._node import GO, READY

NOTICES = 10_000
AT_ONCE = 200
SECONDS = 20
MEGABYTES = 300
PORTS = {"US": 9310, "RU": 9311}
WORDS = "The Embassy presents its compliments and has the honour to state the following. " * 9
START = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)


@dataclass
class Stage:
    """Two introduced nodes in folders, US with its backlog; closed."""

    folder: Path
    entries: int
    bytes: int


def figures(*, long: bool) -> Iterator[Figure]:
    del long  # the bar is for 10,000, and nothing less tells whether it is reached
    os.environ["DJANGO_SETTINGS_MODULE"] = "legation.settings"
    django.setup()
    with tempfile.TemporaryDirectory(prefix="legation-bench-") as name:
        stage = make(Path(name))
        yield Figure(name="bytes of one opening", value=stage.bytes / NOTICES, unit="bytes")
        yield from over_https(stage)
        yield from over_the_folder(stage)


def make(folder: Path, *, notices: int = NOTICES) -> Stage:
    """Make both nodes, and let US write its backlog."""
    from legation.acts.introduction import words
    from legation.line import services
    from legation.line.databases import forget
    from legation.line.models import Entry
    from legation.line.node import init_node, open_node

    nodes = {}
    for party, peer in (("US", "RU"), ("RU", "US")):
        init_node(
            folder / party,
            party=party,
            name=f"State {party}",
            peer=peer,
            line_url=f"https://127.0.0.1:{PORTS[party]}",
            passphrase="bench",  # noqa: S106 - of nodes that live as long as this run
            now=START,
        )
        nodes[party] = open_node(folder / party, party)
    files = {party: services.own_introduction(node) for party, node in nodes.items()}
    for party, peer in (("US", "RU"), ("RU", "US")):
        services.import_introduction(nodes[party], files[peer], at=START)
        for officer in ("Ada", "Bela"):
            said = " ".join(words(files[peer]))
            services.confirm_peer(nodes[party], said, by=officer, at=START)
    for first in range(0, notices, AT_ONCE):
        services.append(nodes["US"], [a_notice(n) for n in range(first, first + AT_ONCE)], at=START)
    openings = Entry.objects.using("US").values_list("opening", flat=True)
    written = sum(len(opening) for opening in openings.iterator())
    for party in nodes:
        forget(party)
    return Stage(folder, notices, written)


def a_notice(n: int) -> Any:
    """Return a released notice whose opening has about 2 kB."""
    from legation.line.services import NewAct

    return NewAct(
        type="notice.released",
        on=f"notice/US-{n:016x}",
        body={
            "kind": "note",
            "kind_version": 1,
            "post": "post/US-MFA",
            "fields": {"subject": f"Subject {n}", "message": WORDS},
            "texts": [{"lang": "en", "role": "original", "text": WORDS}],
        },
        numbered_post="post/US-MFA",
    )


def over_https(stage: Stage) -> Iterator[Figure]:
    with copies(stage) as (us, ru):
        results = run(
            [us, "--own", str(stage.entries), "--theirs", "1", "--port", str(PORTS["US"])],
            [ru, "--theirs", str(stage.entries), "--own", "1", "--port", str(PORTS["RU"])],
        )
    yield from bars("HTTPS", results)
    bare = bare_tls(stage.bytes)
    yield Figure(
        name="  bare TLS of the same bytes / HTTPS",
        value=bare / results["US"]["seconds"],
        note=f"bare {stage.bytes / bare / 1e6:,.0f} MB/s",
    )


def over_the_folder(stage: Stage) -> Iterator[Figure]:
    with copies(stage) as (us, ru):
        stick = stage.folder / "stick"
        stick.mkdir()
        results = run(
            [us, "--own", str(stage.entries), "--theirs", "1", "--folder", str(stick)],
            [ru, "--theirs", str(stage.entries), "--own", "1", "--folder", str(stick)],
        )
    yield from bars("folder", results)
    count, bare = bare_files(stage)
    yield Figure(
        name="  bare files, each synced, of the same bytes / folder",
        value=bare / results["US"]["seconds"],
        note=f"{count / bare:,.0f} files/s",
    )


def bars(carrier: str, results: dict[str, Any]) -> Iterator[Figure]:
    us, ru = results["US"], results["RU"]
    seconds = us["seconds"]
    yield Figure(
        name=f"{NOTICES:,} notices over {carrier}, first bundle to last receipt",
        value=seconds,
        unit="s",
        at_most=SECONDS,
        note=f"{NOTICES / seconds:,.0f}/s; CPU {us['cpu']:.1f} s sending, {ru['cpu']:.1f} s taking",
    )
    for party, doing in (("US", "sends"), ("RU", "takes")):
        yield Figure(
            name=f"  peak memory of the node that {doing}",
            value=results[party]["peak_mb"],
            unit="MB",
            at_most=MEGABYTES,
        )


@contextmanager
def copies(stage: Stage) -> Iterator[tuple[str, str]]:
    """Give copies of both nodes, used once."""
    homes = []
    for party in ("US", "RU"):
        home = stage.folder / f"run-{party}"
        shutil.copytree(stage.folder / party, home)
        about = json.loads((home / "node.json").read_text())
        fence = stage.folder / f"run-{party}.fence"
        shutil.copyfile(about["fence"], fence)
        (home / "node.json").write_text(json.dumps({**about, "fence": str(fence)}))
        homes.append(str(home))
    try:
        yield homes[0], homes[1]
    finally:
        for used in homes:
            shutil.rmtree(used)


def run(us: list[str], ru: list[str]) -> dict[str, Any]:
    """Run both nodes until both hold all; return what each measured."""
    processes = {
        party: subprocess.Popen(
            [sys.executable, "-m", "bench.line._node", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for party, arguments in (("US", us), ("RU", ru))
    }
    try:
        for process in processes.values():
            assert process.stdout is not None
            assert process.stdout.readline().strip() == READY
        for party in ("RU", "US"):  # who takes first, so that nobody is waited for
            tell(processes[party], GO)
        found = {}
        for party, process in processes.items():
            assert process.stdout is not None
            found[party] = json.loads(process.stdout.readline())
    finally:
        for process in processes.values():
            assert process.stdin is not None
            process.stdin.close()
        for process in processes.values():
            process.wait(30)
    return found


def tell(process: "subprocess.Popen[str]", word: str) -> None:
    assert process.stdin is not None
    process.stdin.write(word + "\n")
    process.stdin.flush()


def bare_tls(size: int) -> float:
    """Return the seconds in which a bare TLS 1.3 connection carries so many bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509 import load_pem_x509_certificate

    from legation.line.tls import Ends, Identity, Pin, client_context, self_signed, server_context

    key = Ed25519PrivateKey.generate()
    certificate = self_signed(key, "US", START)
    der = load_pem_x509_certificate(certificate.encode()).public_bytes(Encoding.DER)
    pin = Pin(party="US", certificate=der, key=key.public_key().public_bytes_raw())
    ends = Ends(identity=Identity(certificate=certificate, key=key), pins=(pin,))

    with socket.create_server(("127.0.0.1", 0)) as listening:

        def take() -> None:
            plain, _ = listening.accept()
            with server_context(ends).wrap_socket(plain, server_side=True) as other:
                left = size
                while left > 0:
                    left -= len(other.recv(65_536))
                other.sendall(b".")

        thread = threading.Thread(target=take)
        thread.start()
        begin = time.monotonic()
        plain = socket.create_connection(listening.getsockname())
        with client_context(ends).wrap_socket(plain) as sending:
            chunk = os.urandom(65_536)
            for at in range(0, size, len(chunk)):
                sending.sendall(chunk[: size - at])
            sending.recv(1)
        taken = time.monotonic() - begin
        thread.join()
    return taken


def bare_files(stage: Stage) -> tuple[int, float]:
    """Return how many files the backlog takes, and the seconds to write and sync them."""
    count, data = -(-stage.entries // 64), os.urandom(262_144)
    place = stage.folder / "bare"
    place.mkdir()
    begin = time.monotonic()
    for n in range(count):
        with (place / str(n)).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    taken = time.monotonic() - begin
    shutil.rmtree(place)
    return count, taken
