"""What a table says of a post in one line, put into the facts of a judgement."""

from collections.abc import Callable
from datetime import date

from legation.missions.readiness.judge import judge
from legation.missions.readiness.verdict import Cell
from legation.record.canon import Json
from missions.readiness.made import ON, World

POST = "post/XA-MIS"
Change = Callable[[World], World]
BLOCKED = "blocked"
STRAINED = "strained"
IN_ORDER = "in_order"
UNKNOWN = "unknown"
DISPUTED = "disputed"


def cell(world: World, essential: str, on: date = ON) -> Cell:
    return judge(POST, world.facts, on).cells[essential]


def post(**fields: Json) -> Change:
    return lambda world: world.tell(POST, fields, since="2025-02-01")


def thing(name: str, **fields: Json) -> Change:
    return lambda world: world.tell(name, {"post": POST, **fields}, since="2025-02-01")


def both(*changes: Change) -> Change:
    def change(world: World) -> World:
        for each in changes:
            each(world)
        return world

    return change


def places(filled: int, vacant: int = 0, silent: int = 0, why: str = "visa_refused") -> Change:
    def change(world: World) -> World:
        for number in range(filled + vacant + silent):
            name = f"slot/XA-MIS-{number:03d}"
            world.says(name, post=POST)
            if number < filled:
                world.says(name, state="filled")
            elif number < filled + vacant:
                world.says(name, state="vacant", why_empty=why)
        return world

    return change


def rule(mode: str, radius_miles: int | None = None, hours: int | None = None) -> Change:
    return lambda world: world.rule(
        "regime/B2", mode, since="2025-02-01", radius_miles=radius_miles, hours=hours
    )


def asked(essential: str, days: int) -> Change:
    released = date.fromordinal(ON.toordinal() - days)
    return lambda world: world.asks("XA-77", essential, released)
