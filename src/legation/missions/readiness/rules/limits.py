"""Limits that the receiving state sets: of size, of local hiring, of visas."""

from typing import Final

from legation.acts.values import Day
from legation.errors import N_
from legation.missions.readiness.facts import Subject
from legation.missions.readiness.messages import Message, Value
from legation.missions.readiness.scene import Sheet
from legation.missions.readiness.words import word

AT_MOST: Final = N_("At most {number} ({counted}); {count} in place")
AT_MOST_SHORT: Final = N_("{count} in place, {number} allowed")
WITHIN: Final = word("within-limit", N_("The number is within the limit, or the limit is raised"))


def limits_of(sheet: Sheet, *kinds: str) -> list[Subject]:
    """Return the limits of some kinds that are in force for the post on the day, by id.

    A limit that names no post holds for all posts of the state that it is set for.
    """
    return [
        limit
        for limit in sheet.scene.linked("limit", everywhere=True)
        if sheet.scene.told("kind", limit).value in kinds and in_force(sheet, limit)
    ]


def in_force(sheet: Sheet, limit: Subject) -> bool:
    """Tell whether a limit is in force, and has taken effect where that day is stated."""
    if sheet.scene.told("state", limit).value != "in_force":
        return False
    effective = sheet.scene.told("effective", limit).value
    return not isinstance(effective, str) or Day(effective).first <= sheet.scene.sitting.on


def measure_of(sheet: Sheet, limit: Subject) -> str:
    """Return a limit's kind with its number, else its rule: what makes two of them the same."""
    kind, number, rule = (
        sheet.scene.told(name, limit).value for name in ("kind", "number", "rule")
    )
    return f"{kind}/{rule if number is None else number}"


def judge_size(sheet: Sheet) -> None:
    """Strain people where more are in place than a limit of size allows.

    A limit without a number, or staff without one, says nothing of that.
    """
    for limit in limits_of(sheet, "size"):
        number = sheet.scene.told("number", limit)
        bears_on = sheet.scene.told("post", limit).value
        count = in_place(sheet, None if bears_on is None else sheet.scene.post)
        if not isinstance(number.value, int) or count is None or count <= number.value:
            continue
        counted = sheet.scene.told("counted", limit)
        values: dict[str, Value] = {
            "number": number.value,
            "count": count,
            "counted": str(counted.value or "–"),
        }
        sheet.cause(
            f"{limit.id}.number",
            "strained",
            Message(code="over-limit", text=AT_MOST, short=AT_MOST_SHORT, values=values),
            WITHIN,
            move=(sheet.sending, sheet.receiving),
            lift=limit.id,
            told=number,
            grounds=[each.ground for each in counted.said],
            measure=measure_of(sheet, limit),
            article=("VCDR 11", "VCCR 20"),
        )


def in_place(sheet: Sheet, post: Subject | None) -> int | None:
    """Return how many are in place at a post, or at all of its state; None where not known."""
    scene = sheet.scene
    if post is not None:
        return _at(sheet, post)
    known = scene.sitting.staff
    sending = sheet.sending
    if sending not in known:
        posts = [each for each in scene.sitting.facts.of("post") if each.sending == sending]
        counts = [count for each in posts if (count := _at(sheet, each)) is not None]
        # What is known of some posts is the least that all have.
        known[sending] = sum(counts) if counts else None
    return known[sending]


def _at(sheet: Sheet, post: Subject) -> int | None:
    scene = sheet.scene
    told = scene.told("in_place", post).value
    if isinstance(told, int):
        return told
    slots = scene.index.slots(post.id, scene.day)
    return slots.filled if slots.total else None
