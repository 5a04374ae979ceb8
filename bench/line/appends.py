"""Durable appends to our own log: alone, and in groups that share one commit."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import django
from bench import Figure

START = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)
ROWS: dict[int, float | None] = {64: 15.0, 1024: 40.0}
ACTS: dict[int, float | None] = {64: 15.0, 1024: None}
ALONE = 200
OPENING = bytes(600)


def figures(*, long: bool) -> Iterator[Figure]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "legation.settings"
    django.setup()
    with tempfile.TemporaryDirectory(prefix="legation-bench-") as name:
        node = introduced(Path(name))
        most = 8192 if long else 2048
        yield from _compared("acts", partial(_append, node), ACTS, most, "folded, shown, durable")
        yield from _compared("rows", partial(_insert, node), ROWS, most, "WAL and FULL alone")


def _compared(
    what: str,
    write: Callable[[range], None],
    groups: dict[int, float | None],
    most: int,
    note: str,
) -> Iterator[Figure]:
    """Write singly and in groups, everything in one run; ratios say what a commit costs."""
    numbers = count()

    def rate(group: int, times: int) -> float:
        ranges = [range(at, at + group) for at in (next(numbers) * 10_000 for _ in range(times))]
        begin = time.perf_counter()
        for each in ranges:
            write(each)
        return group * times / (time.perf_counter() - begin)

    alone = rate(1, ALONE)
    yield Figure(name=f"single {what}", value=alone, unit=f"{what}/s", note=note)
    for group, bar in groups.items():
        grouped = rate(group, max(4, most // group))
        yield Figure(
            name=f"{what} in groups of {group} / single",
            value=grouped / alone,
            at_least=bar,
            note=f"{grouped:,.0f} {what}/s",
        )


def _append(node: Any, numbers: range) -> None:
    from legation.line.services import append

    append(node, [a_post(n) for n in numbers], at=START)


def _insert(node: Any, numbers: range) -> None:
    """Insert entries of another log, and nothing that follows from them."""
    from legation.line.databases import writing
    from legation.line.models import Entry
    from legation.line.services import bulk

    rows = [Entry(side="none", index=n, opening=OPENING, leaf=OPENING[:32]) for n in numbers]
    with writing(node.alias):
        bulk.insert(node.alias, rows)


def a_post(n: int) -> Any:
    """A statement on a post of its own: 300 bytes, no two alike."""
    from legation.line.services import NewAct
    from legation.record.canon import Json

    body: dict[str, Json] = {
        "sending": "US",
        "receiving": "RU",
        "fields": {"city": {"value": f"City {n}"}},
    }
    return NewAct(type="post.stated", on=f"post/US-P{n}", body=body)


def introduced(folder: Path) -> Any:
    """Return a node in a folder that has a confirmed peer."""
    from legation.acts.introduction import words
    from legation.line import services
    from legation.line.node import init_node, open_node

    nodes = {}
    for party, peer in (("US", "RU"), ("RU", "US")):
        home = folder / party
        init_node(home, party=party, name=party, peer=peer, passphrase="open", now=START)  # noqa: S106
        nodes[party] = open_node(home, f"bench_{party}")
    theirs = services.own_introduction(nodes["RU"])
    services.import_introduction(nodes["US"], theirs, at=START)
    for officer in ("Ada", "Bela"):
        services.confirm_peer(nodes["US"], " ".join(words(theirs)), by=officer, at=START)
    return nodes["US"]
