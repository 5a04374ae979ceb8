"""Find as one types: from the request to the rows, on a desk with many notices.

10,000 notices in two languages, 2,000 persons of our own list, 100,000 entries; and how the time
grows from a hundred notices to them. Each figure is the median over words as they are typed.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench import Figure
from bench.pages import ROUNDS, _fill, _prepare

if TYPE_CHECKING:
    from django.test import Client

    from legation.line.node import Node

TYPED = ("f", "fe", "fen", "fence", "fence 17", "Щ", "щерб", "Shcherbakov 199", "017", "nothing so")
PERSONS = 2_000
NAMES = ("Щербаков", "Хрущёв", "Ельцин", "Zhukov", "Müller", "Diyarbakırlı", "Okafor", "Whitfield")


def figures(*, long: bool) -> Iterator[Figure]:
    """Yield the time of a keystroke at growing sizes."""
    _prepare()
    from django.test import Client

    import nodes
    from legation.officers.models import Officer
    from legation.web.nodes import provide

    sizes = ((100, 1_000), (1_000, 10_000), (10_000, 100_000))
    found = []
    for notices, entries in sizes if long else sizes[:2]:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            nodes.make_templates(folder)
            node = nodes.open_copy(folder / "a", folder / "default", nodes.Clock())
            provide(node)
            _fill(node, notices, entries)
            _persons(node, PERSONS * notices // 10_000)
            client = Client(HTTP_HOST="xa.localhost")
            client.force_login(Officer.objects.get(username="Ada"))
            times = {typed: _typed(client, typed) for typed in TYPED}
            provide(None)
        slowest = max(times, key=lambda typed: times[typed])
        found.append(median(times.values()))
        yield Figure(
            name=f"a keystroke, {notices:,} notices in {entries:,} entries",
            value=found[-1],
            unit="ms",
            at_most=50,
            note=f"slowest: {slowest!r}, {times[slowest]:.0f} ms",
        )
    yield Figure(name="a keystroke at the most notices / at the fewest", value=found[-1] / found[0])


def _typed(client: "Client", typed: str) -> float:
    """Return the milliseconds until the rows for what was typed are there, the median of some."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        answer = client.get("/find/", {"q": typed}, headers={"HX-Request": "true"})
        times.append(1000 * (time.perf_counter() - begin))
        assert answer.status_code == 200
    return median(times)


def _persons(node: "Node", count: int) -> None:
    """Put names of persons into the index, as a list of ours does."""
    from legation.line.databases import writing
    from legation.search import services
    from legation.search.document import Document

    with writing(node.alias):
        services.put(
            node,
            (
                Document(
                    key=f"person/{number}",
                    kind="Person",
                    title=f"{NAMES[number % len(NAMES)]} {number}",
                    page="missions:post",
                    arg=f"XA-{number}",
                    ours_only=True,
                    personal=True,
                )
                for number in range(count)
            ),
        )
