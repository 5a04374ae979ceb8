"""Pages: server time and queries, on a desk with many notices and entries.

Short: 1,000 notices in 10,000 entries; long: 10,000 in 100,000. Time is the median over requests
that go through every middleware, beside the CPU probe of the run.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench import Figure

if TYPE_CHECKING:
    from legation.line.node import Node
    from legation.line.services import NewAct

AT_ONCE = 250
ROUNDS = 9


def _prepare() -> None:
    """Let Django come up."""
    import django

    django.setup()


def figures(*, long: bool) -> Iterator[Figure]:
    """Yield the median time and the queries of each page, and how fast the desk was filled."""
    _prepare()
    from django.db import connections
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    import nodes
    from legation.officers.models import Officer
    from legation.web.nodes import provide

    notices, entries = (10_000, 100_000) if long else (1_000, 10_000)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        nodes.make_templates(folder)
        node = nodes.open_copy(folder / "a", folder / "default", nodes.Clock())
        provide(node)
        begin = time.perf_counter()
        first = _fill(node, notices, entries)
        taken = time.perf_counter() - begin
        yield Figure(name="entries appended, 250 at once", value=entries / taken, unit="per s")

        client = Client(HTTP_HOST="xa.localhost")
        client.force_login(Officer.objects.get(username="Ada"))
        for path in _pages(first):
            client.get(path)
            times, cpu = [], []
            with CaptureQueriesContext(connections["default"]) as queries:
                answer = client.get(path)
                asked = len(queries)  # the log is emptied by the next request
            for _ in range(ROUNDS):
                begin, worked = time.perf_counter(), time.process_time()
                client.get(path)
                times.append(time.perf_counter() - begin)
                cpu.append(time.process_time() - worked)
            milliseconds = 1000 * median(times)
            note = f"status {answer.status_code}, {1000 * median(cpu):.0f} ms of CPU"
            yield Figure(name=path, value=milliseconds, unit="ms", at_most=100, note=note)
            yield Figure(name=path, value=asked, unit="queries", at_most=15)
        provide(None)


def _fill(node: "Node", notices: int, entries: int) -> str:
    """Append that many notices, and statements about posts until there are so many entries.

    Returns the id of the first notice.
    """
    from legation.line.services import append
    from line.acts import a_note, a_post

    def written() -> "Iterator[NewAct]":
        for number in range(entries):
            if number < notices:
                yield a_note("XA", number + 1, "The fence of the embassy was moved. " * 50)
            else:
                yield a_post("XA-CAP", "XA", "XB", city=f"City {number}")

    waiting: list[NewAct] = []
    for act in written():
        waiting.append(act)
        if len(waiting) == AT_ONCE:
            append(node, waiting, at=node.clock())
            waiting = []
    return f"notice/XA-{1:016x}"


def _pages(notice: str) -> list[str]:
    key = notice.partition("/")[2]
    return [
        "/",
        "/band/",
        "/notices/",
        "/notices/?move=theirs&due=soon",
        "/notices/?text=fence+moved",
        "/clocks/",
        "/find/?q=fence",
        f"/notices/{key}/",
        f"/notices/{key}/print/",
        "/notices/new/premises.access/",
        "/drafts/",
        "/posts/",
        "/posts/XA-CAP/",
        "/premises/",
        "/record/",
        "/record/own/",
        "/record/own/5000/",
        "/line/",
    ]
