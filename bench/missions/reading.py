"""Reading all that a board rests on, and folding an earlier cut of the record: growth with acts.

Short: 10^3 and 10^4 acts; long: 10^5 too. The peer is `json` reading the things as they lie.
"""

import json
import tempfile
import tracemalloc
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench import Figure
from bench.missions.boards import acts_of, append_all, timed

if TYPE_CHECKING:
    from legation.line.node import Node


def figures(*, long: bool) -> Iterator[Figure]:
    """Yield time and memory for an act at each size, and how they grow."""
    import django

    django.setup()

    import nodes
    from legation.line.databases import forget

    most = 5 if long else 4
    each: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        nodes.make_templates(folder)
        for power in range(3, most + 1):
            node = nodes.open_copy(folder / "a", folder / f"n{power}", nodes.Clock())
            append_all(node, acts_of(10**power // 100, 0, 10**power))
            each[power] = yield from _of(node, 10**power)
            forget(node.alias)
    for what in each[3]:
        grown = each[most][what] / each[3][what]
        name = f"{what}, for an act at 10^{most} / at 10^3"
        yield Figure(name=name, value=grown, at_most=2)


def _of(node: "Node", count: int) -> Generator[Figure, None, dict[str, float]]:
    """Yield the figures of one size; return each of them for one act."""
    from legation.line.queries.state import cut
    from legation.missions.snapshots.queries.memory import Memory
    from legation.missions.snapshots.queries.rows import of_record

    read = timed(lambda: Memory().facts(node, own=True))
    peer = timed(lambda: [json.dumps(body) for body in of_record(node, None)])
    yield Figure(
        name=f"{count:,} acts: all read",
        value=read,
        unit="s",
        note=f"{read / peer:.1f} x json reading and writing them",
    )
    sizes = {node.party: count}
    folded = timed(partial(cut, node, sizes))
    yield Figure(name=f"{count:,} acts: folded to a cut", value=folded, unit="s")
    most = _peak(lambda: Memory().facts(node, own=True))
    yield Figure(name=f"{count:,} acts: memory of all read", value=most / 2**20, unit="MiB")
    return {"time to read": read / count, "time to fold": folded / count, "memory": most / count}


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
