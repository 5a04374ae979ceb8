"""Premises, judged by whether there is a place, accessible and lawful to use.

1. A chancery, office or consular premises is a place to work in; others help it.
2. Access decides, then status; who holds title stands apart and never decides.
3. One that had to be left is shut until access is stated from a later day; one that the sending
   state left of its own will counts neither way.
4. Of several places to work in, one that may be used keeps the post from being blocked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from legation.acts.values import Day
from legation.errors import N_
from legation.missions.readiness import words
from legation.missions.readiness.facts import Subject, Told
from legation.missions.readiness.messages import Message
from legation.missions.readiness.rules.waits import judge_waits
from legation.missions.readiness.scene import Scene, Sheet, Weight
from legation.missions.readiness.words import word

WORKING: Final = frozenset({"chancery", "office", "consular"})
OPEN: Final[Mapping[str, Message]] = {
    "full": word("access-full", N_("Full access")),
    "escorted": word("access-escorted", N_("Access only under escort"), N_("Under escort")),
    "on_request": word("access-on-request", N_("Access only on request"), N_("On request")),
}
SHUT: Final[Mapping[str, Message]] = {
    "denied": word("access-denied", N_("Access denied")),
    "entered_by_host": word(
        "entered-by-host", N_("Entered by the receiving state"), N_("Entered by host")
    ),
}
REVOKED: Final = word("status-revoked", N_("Status revoked"))
CLOSED: Final = word("had-to-leave", N_("Had to be left"))
UTILITIES: Final[Mapping[str, Message]] = {
    "partly": word("utilities-partly", N_("Utilities partly cut")),
    "cut": word("utilities-cut", N_("Utilities cut")),
}
CONNECTED: Final = word("utilities-back", N_("Utilities are connected"))
LEASE_ENDS: Final = (N_("The lease ends on {day}"), N_("Lease ends {day}"), "lease-ends")
LEASE_ENDED: Final = (N_("The lease ended on {day}"), N_("Lease ended {day}"), "lease-ended")
LEASE_RENEWED: Final = word("lease-renewed", N_("The lease is renewed, or another place is found"))
GRANTED: Final = word("access-granted", N_("Access is granted, or other premises are found"))
GRANTED_LIST: Final = N_("Access to the list “{list}”")
NAMED: Final = N_("{premises}: {what}")
UNNAMED: Final = "{what}"
Standing = Literal["good", "less", "shut", "unknown", "disputed", "left"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """How one of the premises stands. told: the field that decides it."""

    premises: Subject
    working: bool
    standing: Standing
    told: Told
    field: str
    what: Message | None
    lift: str


def judge_buildings(sheet: Sheet) -> None:
    """Judge by the places to work in, then by the others."""
    buildings = [_stands(sheet, each) for each in sheet.scene.linked("premises")]
    places = [each for each in buildings if each.working and each.standing != "left"]
    standings = [
        "good" if sheet.lifted(each.lift) and each.standing in ("shut", "less") else each.standing
        for each in places
    ]
    blocked = bool(standings) and all(each == "shut" for each in standings)
    for each in buildings:
        weight: Weight = "blocked" if blocked and each.working else "strained"
        _note(sheet, each, weight)
    if "disputed" in standings:
        sheet.disputed()
    if "good" not in standings and "less" not in standings:
        sheet.silence(sheet.receiving if places else sheet.sending)
        sheet.unknown(words.not_stated([sheet.receiving if places else sheet.sending]))
    for each in buildings:
        if each.standing != "left":
            _utilities(sheet, each.premises)
            _lease(sheet, each.premises)
    judge_waits(sheet)


def _stands(sheet: Sheet, premises: Subject) -> Building:
    """Tell how premises stand: access, then status, then whether they had to be left."""
    scene = sheet.scene
    working = scene.told("use", premises).value in WORKING
    read = sheet.decisive if working else sheet.read
    access, status = read("access", premises), sheet.read("status", premises)
    closed = scene.told("closed", premises)

    def building(standing: Standing, field: str, told: Told, what: Message | None) -> Building:
        return Building(
            premises=premises,
            working=working,
            standing=standing,
            told=told,
            field=field,
            what=what,
            lift=_lift(scene, premises, working=working),
        )

    if access.disputed or status.disputed:
        return building("disputed", "access", access, None)
    if _left(scene, closed, access):
        own = closed.said[0].by == premises.sending
        day = words.since_day(CLOSED, str(closed.value))
        if str(access.value) in SHUT:
            return building("shut", "access", access, words.since(SHUT[str(access.value)], access))
        return building("left" if own else "shut", "closed", closed, day)
    if str(access.value) in SHUT:
        return building("shut", "access", access, words.since(SHUT[str(access.value)], access))
    if status.value == "revoked":
        return building("shut", "status", status, words.since(REVOKED, status))
    if access.value == "full":
        return building("good", "access", access, OPEN["full"])
    if str(access.value) in OPEN:
        return building("less", "access", access, words.since(OPEN[str(access.value)], access))
    return building("unknown", "access", access, None)


def _left(scene: Scene, closed: Told, access: Told) -> bool:
    """Tell whether premises had been left by the day, and no access was stated since."""
    if not isinstance(closed.value, str):
        return False
    left = Day(closed.value).first
    again = str(access.value) in OPEN and all(each.since > left for each in access.said)
    return left <= scene.sitting.on and not again


def _lift(scene: Scene, premises: Subject, *, working: bool) -> str:
    """Return what is lifted together: a list drawn up, one place to work in, or all others."""
    lists = scene.told("lists", premises).value
    if isinstance(lists, list) and lists:
        return f"list/{premises.sending}-{lists[0]}"
    return premises.id if working else f"others/{scene.post.id.partition('/')[2]}"


def _note(sheet: Sheet, building: Building, weight: Weight) -> None:
    if building.standing in ("good", "unknown", "disputed", "left") or building.what is None:
        if building.standing == "good" and building.working and building.what is not None:
            sheet.good(building.what)
        return
    name, told = sheet.scene.told("name", building.premises).value, building.told
    what, remedy = building.what, GRANTED
    if isinstance(name, str):
        what = Message(
            code=what.code,
            text=NAMED,
            short=UNNAMED,
            values={"premises": name},
            parts={"what": (what,)},
        )
    if building.lift.startswith("list/"):
        listed = building.lift.partition("-")[2]
        remedy = Message(code="list-granted", text=GRANTED_LIST, values={"list": listed})
    since = Day(str(told.value)).first if building.field == "closed" else None
    sheet.cause(
        f"{building.premises.id}.{building.field}",
        weight,
        what,
        remedy,
        move=(sheet.receiving,),
        lift=building.lift,
        told=told,
        since=since,
    )


def _utilities(sheet: Sheet, premises: Subject) -> None:
    told = sheet.read("utilities", premises)
    found = UTILITIES.get(str(told.value))
    if told.disputed:
        sheet.disputed()
    elif found is not None:
        sheet.cause(
            f"{premises.id}.utilities",
            "strained",
            words.since(found, told),
            CONNECTED,
            move=(sheet.receiving,),
            told=told,
            article=("VCDR 25", "VCCR 28"),
        )


def _lease(sheet: Sheet, premises: Subject) -> None:
    """Strain premises whose lease has ended, or ends within the days of the threshold."""
    told = sheet.read("lease_end", premises)
    if told.disputed:
        sheet.disputed()
    if not isinstance(told.value, str):
        return
    last, on = Day(told.value).last, sheet.scene.sitting.on
    if last - _days(sheet.scene.number("lease_ends")) > on:
        return
    text, short, code = LEASE_ENDED if last < on else LEASE_ENDS
    sheet.cause(
        f"{premises.id}.lease_end",
        "strained",
        Message(code=code, text=text, short=short, values={"day": told.value}),
        LEASE_RENEWED,
        move=(sheet.sending, sheet.receiving),
        told=told,
        since=last if last < on else None,
        article=("VCDR 21", "VCCR 30"),
    )


def _days(count: int) -> timedelta:
    return timedelta(days=count)
