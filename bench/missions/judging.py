"""Judging a board: any day of a large pair of states, and that time grows as its statements do.

The peer is `json` reading the same statements: no board is made without at least that.
"""

import json
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final, TypeVar

from bench import Figure
from bench.packages._drawing import growth

from legation.acts.values import Day
from legation.missions.readiness.facts import Facts, Ground, Line, Request, Rule, Said, Subject
from legation.missions.readiness.helping import what_would_help
from legation.missions.readiness.judge import judge_all
from legation.missions.readiness.verdict import Board
from legation.missions.readiness.writing import board_json
from legation.missions.readiness.years import strip
from legation.record import canon
from legation.record.canon import Json

T = TypeVar("T")
DRAWN: Final = Path(__file__).parents[1] / "results" / "judging-growth.svg"
FIRST: Final = date(2015, 1, 1)
LENGTH: Final = 4_000
ESSENTIALS: Final = ("entry_visas", "premises", "people", "movement", "money", "protection")
DAYS: Final = tuple(FIRST + timedelta(days=LENGTH * part // 12) for part in range(1, 12))


def figures(*, long: bool) -> Iterator[Figure]:
    """Yield the pair that the bars are set for, then growth from 10^3 statements on."""
    yield from _large_pair()
    yield from _growth(6 if long else 5)
    yield from _memory()


def _large_pair() -> Iterator[Figure]:
    facts = made(posts=60, slots=3_000, notices=20_000)
    first, _ = _timed(partial(judge_all, facts, DAYS[0]))
    yield Figure(name="60 posts, 3,000 slots, 20,000 notices: first", value=first * 1e3, unit="ms")
    taken = [_timed(partial(judge_all, facts, day))[0] for day in (*DAYS, *DAYS)]
    yield Figure(
        name="any other day, median",
        value=median(taken) * 1e3,
        unit="ms",
        at_most=20,
        note=f"the slowest {max(taken) * 1e3:.1f} ms",
    )
    written, _ = _timed(partial(_written_out, judge_all(facts, DAYS[-1])))
    yield Figure(
        name="any other day / writing such a board as JSON",
        value=median(taken) / written,
        at_most=1.5,
    )
    helped, found = _timed(partial(what_would_help, facts, DAYS[-1]))
    yield Figure(
        name="what would help", value=helped, unit="s", at_most=1, note=f"{len(found)} helps"
    )
    years, spans = _timed(partial(strip, "post/XA-001", facts, FIRST, DAYS[-1]))
    yield Figure(
        name="ten years of one post", value=years * 1e3, unit="ms", note=f"{len(spans)} spans"
    )


def _growth(most: int) -> Iterator[Figure]:
    each: dict[int, float] = {}
    ours: dict[int, float] = {}
    theirs: dict[int, float] = {}
    for power in range(3, most + 1):
        facts = made(posts=10 ** (power - 2), slots=10**power // 5, notices=10**power // 10)
        count = sum(len(said) for one in facts.subjects.values() for said in one.said.values())
        taken, _ = _timed(partial(judge_all, facts, DAYS[5]))
        text = json.dumps(_written(facts))
        peer, _ = _timed(partial(json.loads, text))
        each[power] = taken / count
        ours[count], theirs[count] = taken, peer
        yield Figure(
            name=f"a board from {count:,} statements, from nothing",
            value=taken,
            unit="s",
            note=f"{taken / peer:.1f} x json reading them",
        )
    # At 10^3 all of it lies in the processor's cache, which is no sign of how it grows.
    yield Figure(
        name=f"time for a statement at 10^{most} / at 10^4", value=each[most] / each[4], at_most=2
    )
    drawing = growth({"a board": ours, "json": theirs}, "Seconds over statements")
    DRAWN.parent.mkdir(exist_ok=True)
    DRAWN.write_text(drawing, encoding="utf-8")


def _memory() -> Iterator[Figure]:
    each: dict[int, float] = {}
    for power in (3, 4):
        facts = made(posts=10 ** (power - 2), slots=10**power // 5, notices=10**power // 10)
        count = sum(len(said) for one in facts.subjects.values() for said in one.said.values())
        tracemalloc.start()
        judge_all(facts, DAYS[5])
        each[power] = tracemalloc.get_traced_memory()[1] / count
        tracemalloc.stop()
    yield Figure(
        name="memory for a statement at 10^4 / at 10^3",
        value=each[4] / each[3],
        at_most=1.5,
        note=f"{each[4]:,.0f} bytes beside the facts themselves",
    )


def _written_out(board: Board) -> bytes:
    return canon.encode_large(board_json(board))


def made(*, posts: int, slots: int, notices: int) -> Facts:
    """Return facts of two states with so many of each, spread over the years."""
    subjects: dict[str, Subject] = {}
    names = [f"post/{'XA' if number % 2 else 'XB'}-{number:03d}" for number in range(posts)]
    for number, name in enumerate(names):
        subjects[name] = _post(name, number)
        for prefix, fields in _THINGS.items():
            thing = f"{prefix}/{name[5:]}"
            subjects[thing] = _subject(thing, {"post": [name], **fields}, number)
    for number in range(slots):
        name = f"slot/{names[number % posts][5:]}-{number}"
        subjects[name] = _subject(
            name,
            {
                "post": [names[number % posts]],
                "state": ["filled", "vacant", "filled"] if number % 4 else ["vacant"],
                "why_empty": ["visa_refused"],
            },
            number,
        )
    return Facts(
        parties=("XA", "XB"),
        subjects=subjects,
        rules=tuple(_rules()),
        requests=tuple(_notice(number, names[number % posts]) for number in range(notices)),
    )


_THINGS: Final[dict[str, dict[str, list[Json]]]] = {
    "premises": {"use": ["chancery"], "access": ["full", "denied", "full"], "title": ["own"]},
    "channel": {"state": ["works", "blocked", "slow", "works"], "bank": ["First Bank"]},
    "service": {"kind": ["visas"], "state": ["running", "reduced", "suspended"]},
}


def _post(name: str, number: int) -> Subject:
    return _subject(
        name,
        {
            "type": ["embassy" if number < 2 else "consulate_general"],
            "city": [f"City {number}"],
            "status": ["open"],
            "head_rank": ["consul_general", "vacant", "acting", "consul_general"],
            "communications": ["works", "limited", "works"],
            "protection": ["adequate", "reduced"],
            "archives": ["safe"],
            "custody": ["XC"],
            "custody_agreed": ["pending", "agreed"],
        },
        number,
    )


def _subject(name: str, fields: dict[str, list[Json]], seed: int) -> Subject:
    sending = name.partition("/")[2][:2]
    receiving = "XB" if sending == "XA" else "XA"
    said = {
        key: tuple(
            Said(
                value=value,
                from_=None if place == 0 else Day(_day(seed * 37 + place * 1_000).isoformat()),
                party=sending,
                index=place,
                ground=Ground(kind="act", party=sending, ref=f"{sending}:{seed}"),
            )
            for place, value in enumerate(values)
        )
        for key, values in fields.items()
    }
    authors = dict.fromkeys(fields, sending)
    return Subject(id=name, sending=sending, receiving=receiving, authors=authors, said=said)


def _day(count: int) -> date:
    return FIRST + timedelta(days=count % LENGTH)


def _rules() -> Iterator[Rule]:
    for by, other in (("XA", "XB"), ("XB", "XA")):
        yield Rule(
            id=f"regime/{by}",
            by=by,
            applies_to=other,
            subject="movement",
            mode="notification",
            radius_miles=25,
            ground=Ground(kind="act", party=by, ref=f"{by}:1"),
        )


def _notice(number: int, post: str) -> Request:
    released = _day(number * 7)
    answered = None if number % 10 == 0 else released + timedelta(days=number % 120)
    return Request(
        id=f"notice/{post[5:]}-{number:06d}",
        kind="made.up",
        title="Made up",
        essential=ESSENTIALS[number % len(ESSENTIALS)],
        by=post[5:7],
        post=post,
        released=released,
        lines=(Line(line=1, answer="granted", final=answered is not None, on=answered),),
    )


def _written(facts: Facts) -> list[Json]:
    return [
        {
            "id": one.id,
            "field": name,
            "value": each.value,
            "from": None if each.from_ is None else each.from_.text,
            "party": each.party,
            "index": each.index,
            "ref": each.ground.ref,
        }
        for one in facts.subjects.values()
        for name, several in one.said.items()
        for each in several
    ]


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    """Processor time, not the clock's: nothing here waits, and its neighbours may be busy."""
    begin = time.process_time()
    made = work()
    return time.process_time() - begin, made
