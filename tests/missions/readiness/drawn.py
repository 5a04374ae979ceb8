"""Facts of two states drawn by Hypothesis: most of what can be said, from days close together."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st

from legation.acts.notices import Spending
from legation.record.canon import Json
from missions.readiness.made import World

FIRST: Final = date(2025, 1, 1)
LENGTH: Final = 120
DAYS: Final = st.integers(0, LENGTH).map(lambda count: FIRST + timedelta(days=count))
POSTS: Final = {"post/XA-ONE": "XA", "post/XA-TWO": "XA", "post/XB-ONE": "XB"}
AT: Final = ["post/XA-ONE", "post/XA-TWO", "post/XB-ONE"]
THINGS: Final[Mapping[str, str]] = {
    **POSTS,
    "premises/P1": "XA",
    "premises/P2": "XA",
    "premises/P3": "XB",
    **{f"slot/XA-{number}": "XA" for number in range(6)},
    "person/XA-1": "XA",
    "person/XA-2": "XA",
    "channel/XA-1": "XA",
    "channel/XA-2": "XA",
    "channel/XB-1": "XB",
    "service/XA-1": "XA",
    "service/XA-2": "XA",
    "limit/XB-1": "XA",
    "limit/XB-2": "XA",
    "licence/XB-1": "XA",
}
_SOON: Final = [(FIRST + timedelta(days=count)).isoformat() for count in (10, 40, 100, 150)]
FIELDS: Final[Mapping[str, Mapping[str, Sequence[Json]]]] = {
    "post": {
        "type": ["embassy", "consulate", "office", "permanent_mission"],
        "status": ["open", "open", "open", "closed", "suspended", "planned"],
        "opened": ["2025-02", "2024", "long ago"],
        "status_seen": ["open", "closed"],
        "consent": ["given", "withdrawn", "pending"],
        "head": ["A. Person"],
        "head_status": ["on leave"],
        "head_rank": ["ambassador", "charge", "vacant", "acting", "consul"],
        "nominated": [True, False],
        "agrement": ["given", "declined", "pending"],
        "in_place": [0, 1, 5, 9, 20],
        "established": [0, 10, 20],
        "communications": ["works", "limited", "cut"],
        "archives": ["safe", "at_risk", "left_behind", "entered"],
        "protection": ["adequate", "reduced", "lacking"],
        "protection_given": ["full", "reduced", "withdrawn"],
        "custody": ["XC"],
        "custody_agreed": ["agreed", "refused", "pending"],
    },
    "premises": {
        "use": ["chancery", "office", "residence"],
        "post": AT,
        "access": ["full", "escorted", "denied", "entered_by_host"],
        "status": ["recognised", "revoked"],
        "closed": _SOON,
        "lists": [["six"]],
        "utilities": ["connected", "partly", "cut"],
        "lease_end": [*_SOON, "2025"],
        "title": ["own", "disputed"],
    },
    "slot": {
        "post": AT,
        "state": ["filled", "filled", "vacant"],
        "why_empty": ["visa_refused", "hiring_ban", "size_limit", "not_nominated"],
    },
    "person": {
        "slot": ["slot/XA-0", "slot/XA-1"],
        "state": ["in_post", "departed"],
        "acceptable": ["accepted", "persona_non_grata"],
    },
    "channel": {
        "post": AT,
        "state": ["works", "slow", "blocked", "rejected", "closed"],
        "purpose": ["all", "salaries", "contributions"],
        "licence": ["licence/XB-1"],
        "bank": ["A bank"],
    },
    "service": {
        "post": AT,
        "kind": ["visas", "all"],
        "state": ["running", "reduced", "suspended", "moved"],
    },
    "limit": {
        "kind": ["size", "local_hire", "visa_length"],
        "number": [2, 10],
        "counted": ["everybody"],
        "post": AT,
        "state": ["in_force", "suspended"],
        "effective": _SOON,
    },
    "licence": {"state": ["in_force", "revoked"], "expires": _SOON},
}
ESSENTIALS: Final = ["entry_visas", "premises", "people", "protection", "representation", "money"]


@st.composite
def worlds(draw: st.DrawFn, *, own: bool = True) -> World:
    """Draw a world. own: with what only we know, too."""
    world = World()
    for post, sending in POSTS.items():
        world.says(post, sending=sending, type="embassy", status="open", city="Wye")
    for slot in range(draw(st.integers(0, 6))):
        world.says(f"slot/XA-{slot}", post="post/XA-ONE", state=draw(st.sampled_from(FILLED)))
    for _ in range(draw(st.integers(0, 40))):
        _say_something(draw, world, own=own)
    for number in range(draw(st.integers(0, 3))):
        _rule(draw, world, number, own=own)
    for number in range(draw(st.integers(0, 6))):
        _ask(draw, world, number, own=own)
    return world


FILLED: Final = ["filled", "filled", "vacant"]


def _say_something(draw: st.DrawFn, world: World, *, own: bool) -> None:
    thing = draw(st.sampled_from(sorted(THINGS)))
    fields = FIELDS[thing.partition("/")[0]]
    name = draw(st.sampled_from(sorted(fields)))
    since = draw(st.none() | DAYS)
    until = draw(st.none() | DAYS)
    if since is not None and until is not None and until < since:
        until = None
    world.tell(
        thing,
        {name: draw(st.sampled_from(list(fields[name])))},
        sending=THINGS[thing],
        since=None if since is None else since.isoformat(),
        until=None if until is None else until.isoformat(),
        own=own and draw(st.booleans()),
    )


def _rule(draw: st.DrawFn, world: World, number: int, *, own: bool) -> None:
    since = draw(st.none() | DAYS)
    world.rule(
        f"regime/R{draw(st.integers(0, 1))}",
        draw(st.sampled_from(["free", "notification", "permission", "closed"])),
        by=draw(st.sampled_from(["XA", "XB"])),
        since=None if since is None else since.isoformat(),
        own=own and draw(st.booleans()),
        radius_miles=draw(st.sampled_from([None, 25])),
        quota=draw(st.sampled_from([None, (1, "week"), (2, "month")])),
    )


def _ask(draw: st.DrawFn, world: World, number: int, *, own: bool) -> None:
    post = draw(st.sampled_from(AT))
    released = draw(DAYS) - timedelta(days=60)
    answered = draw(st.lists(st.none() | st.integers(0, 90), min_size=1, max_size=2))
    ended = draw(st.none() | st.integers(0, 100))
    spends = Spending(regime="regime/R0", day=draw(DAYS), count=draw(st.integers(1, 2)))
    world.asks(
        f"X-{number}",
        draw(st.sampled_from(ESSENTIALS)),
        released,
        post=post,
        by=POSTS[post],
        answered=[None if each is None else released + timedelta(days=each) for each in answered],
        ended=None if ended is None else released + timedelta(days=ended),
        own=own and draw(st.booleans()),
        grants=draw(st.booleans()),
        withdrawn=draw(st.booleans()),
        spends=draw(st.sampled_from([None, spends])),
    )
