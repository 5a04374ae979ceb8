"""The board's pages on a desk with many posts, slots and notices: any day, and after any change.

Short: 6 posts, 300 slots, 2,000 notices; long: 60, 3,000, 20,000. Time is the median over requests
that go through every middleware, beside the CPU probe of the run.
"""

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from bench import Figure

if TYPE_CHECKING:
    from django.test import Client

    from legation.line.node import Node
    from legation.line.services import Entered, NewAct
    from legation.record.canon import Json

AT_ONCE: Final = 250
OPEN: Final = 20
"""One notice of so many is left open."""
ROUNDS: Final = 11
PAGES: Final = ("/readiness/", "/ledger/")
FIRST: Final = date(2026, 11, 1)
ACCESS: "Final[dict[str, Json]]" = {
    "premises": "premises/P1",
    "name": "The residence",
    "purpose": "To see the state of the roof.",
    "from": "2026-12-01T10:00-05:00",
    "until": "2026-12-01T12:00-05:00",
    "visitors": 3,
}


def figures(*, long: bool) -> Iterator[Figure]:
    """Yield the time of each page on any day and after a change, and what it rests on."""
    import django

    django.setup()
    from django.test import Client

    import nodes
    from legation.officers.models import Officer
    from legation.web.nodes import provide

    posts, slots, notices = (60, 3_000, 20_000) if long else (6, 300, 2_000)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        nodes.make_templates(folder)
        node = nodes.open_copy(folder / "a", folder / "default", nodes.Clock())
        provide(node)
        taken = timed(lambda: _fill(node, posts, slots, notices))
        yield Figure(
            name=f"{posts} posts, {slots:,} slots, {notices:,} notices sent", value=taken, unit="s"
        )
        client = Client(HTTP_HOST="xa.localhost")
        client.force_login(Officer.objects.get(username="Ada"))
        yield from _of_facts(node)
        yield from _of_pages(node, client)
        provide(None)


def _of_facts(node: "Node") -> Iterator[Figure]:
    from legation.missions.queries.board import board, help_most
    from legation.missions.queries.snapshot import facts
    from legation.missions.sheets.paper import board_pdf
    from legation.missions.sheets.told import told
    from legation.missions.snapshots.queries.memory import Memory

    yield Figure(
        name="all read, by a process that begins",
        value=timed(lambda: Memory().facts(node, own=True)),
        unit="s",
    )
    facts(node)
    day = FIRST + timedelta(days=200)
    yield Figure(
        name="what would help", value=timed(lambda: help_most(node, day)), unit="s", at_most=1
    )
    of = board(node, day)
    sheet = told(of, help_most(node, day), translate=str, shared=False)
    made = timed(lambda: board_pdf(sheet, on=day, lang="en"))
    yield Figure(name="the sheet, the first of a process", value=made, unit="s", at_most=1.5)
    sizes = {log.party: log.size // 2 for log in facts(node).logs}
    again = timed(lambda: facts(node, as_recorded=sizes))
    yield Figure(name="all as it was known at half of the record", value=again, unit="s")


def _of_pages(node: "Node", client: "Client") -> Iterator[Figure]:
    days = [FIRST + timedelta(days=97 * n) for n in range(ROUNDS)]
    for page in PAGES:
        client.get(page)
        answers: list[int] = []

        def any_day(on: date, page: str = page, seen: list[int] = answers) -> None:
            seen.append(client.get(page, {"at": on.isoformat()}).status_code)

        times = [_both(lambda on=on: any_day(on)) for on in days]  # type: ignore[misc]
        note = f"status {answers[-1]}"
        yield _page(f"{page} on any day", times, note)
        times = []
        for n, on in enumerate(days):
            _append(node, [_states(n % 6, city=f"City {on}")])
            times.append(_both(lambda on=on: any_day(on)))  # type: ignore[misc]
        yield _page(f"{page}, the first after a post changed", times, note)
        times = []
        for n, on in enumerate(days):
            _append(node, [_asks(10**9 + 10**6 * len(page) + n, 0)])
            times.append(_both(lambda on=on: any_day(on)))  # type: ignore[misc]
        yield _page(f"{page}, the first after a notice left", times, note)


def _page(name: str, times: list[tuple[float, float]], note: str) -> Figure:
    walls, cpus = zip(*times, strict=True)
    most = f"{1000 * median(cpus):.0f} ms of CPU, the slowest {1000 * max(walls):.0f} ms"
    value = 1000 * median(walls)
    return Figure(name=name, value=value, unit="ms", at_most=150, note=f"{note}, {most}")


def _both(work: Callable[[], object]) -> tuple[float, float]:
    """Return how long it takes by the clock, and of that on the processor."""
    worked = time.process_time()
    return timed(work), time.process_time() - worked


def timed(work: Callable[[], object]) -> float:
    """Return how long it takes, once, in seconds."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def append_all(node: "Node", acts: "Iterable[NewAct]") -> None:
    """Append acts, many at once."""
    for some in _batches(acts):
        _append(node, some)


def acts_of(posts: int, slots: int, notices: int) -> "Iterator[NewAct]":
    """Yield acts that state posts and slots, and send notices."""
    yield from _states_all(posts, slots)
    yield from (_asks(n, n % posts) for n in range(notices))


def _fill(node: "Node", posts: int, slots: int, notices: int) -> None:
    """State posts with their premises and slots, and send notices, of which most wait no more."""
    append_all(node, _states_all(posts, slots))
    for some in _batches(_asks(n, n % posts) for n in range(notices)):
        sent = _append(node, some)
        _append(node, [_takes_back(one) for n, one in enumerate(sent) if n % OPEN])


def _batches(acts: "Iterable[NewAct]") -> "Iterator[list[NewAct]]":
    waiting = iter(acts)
    while some := list(islice(waiting, AT_ONCE)):
        yield some


def _append(node: "Node", acts: "list[NewAct]") -> "list[Entered]":
    from legation.line.services import append

    return append(node, acts, at=node.clock())


def _states_all(posts: int, slots: int) -> "Iterator[NewAct]":
    for n in range(posts):
        yield _states(n, city=f"City {n}", type="consulate_general", status="open")
        yield _stated(f"premises/XA-{n}", post=_post(n), use="chancery", title="own")
    for n in range(slots):
        state = "vacant" if n % 4 == 0 else "filled"
        yield _stated(f"slot/XA-{n}", post=_post(n % posts), state=state)


def _post(n: int) -> str:
    return f"post/XA-{n:03d}"


def _states(n: int, **fields: str) -> "NewAct":
    return _stated(_post(n), **fields)


def _stated(thing: str, **fields: str) -> "NewAct":
    from legation.line.services import NewAct

    told: dict[str, Json] = {name: {"value": value} for name, value in fields.items()}
    body: dict[str, Json] = {"sending": "XA", "receiving": "XB", "fields": told}
    return NewAct(type=f"{thing.partition('/')[0]}.stated", on=thing, body=body)


def _asks(number: int, post: int) -> "NewAct":
    from legation.line.services import NewAct

    return NewAct(
        type="notice.released",
        on=f"notice/XA-{number:016x}",
        body={
            "kind": "premises.access",
            "kind_version": 1,
            "post": _post(post),
            "fields": {**ACCESS, "premises": f"premises/XA-{post}"},
            "texts": [{"lang": "en", "role": "original", "text": "To ask to be let in."}],
        },
        numbered_post=_post(post),
    )


def _takes_back(sent: "Entered") -> "NewAct":
    from legation.line.services import NewAct

    return NewAct(type="notice.withdrawn", on=sent.on, re=sent.leaf, body={})
