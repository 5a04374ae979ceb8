"""Notices that wait for an answer: the same rule for every essential where one is needed.

Where silence lets things happen (staff told of, journeys notified, a bag announced) nothing waits.
"""

from bisect import bisect_left

from legation.missions.readiness import words
from legation.missions.readiness.facts import Ground, Request
from legation.missions.readiness.scene import Sheet, Weight


def judge_waits(sheet: Sheet) -> None:
    """Strain an essential on which a notice has waited for longer than its threshold."""
    most = sheet.scene.number(f"wait_{sheet.essential.id}")
    note_late(sheet, waiting(sheet), [("strained", most)])


def waiting(sheet: Sheet) -> list[Request]:
    """Return the notices of the post that wait for an answer on the essential, oldest first."""
    scene = sheet.scene
    return scene.index.waiting(scene.post.id, sheet.essential.id, scene.day)


def note_late(sheet: Sheet, open_: list[Request], limits: list[tuple[Weight, int]]) -> bool:
    """Note notices that have waited for more days than a limit; the first limit passed counts.

    limits: in order of their weight. Tells whether there was such a notice.
    """
    # Answering what waits longest alone would leave the next: all late ones are lifted.
    late = _longer(sheet, open_, limits[-1][1])
    for weight, most in limits:
        if _longer(sheet, late, most):
            _note(sheet, late, weight)
            return True
    return False


def _longer(sheet: Sheet, open_: list[Request], days: int) -> list[Request]:
    """Return those that have waited for more days; they are the first, since all are by age."""
    before = sheet.scene.day - days
    return open_[: bisect_left(open_, before, key=lambda request: request.released.toordinal())]


def _note(sheet: Sheet, late: list[Request], weight: Weight) -> None:
    on = sheet.scene.sitting.on
    oldest = late[0]
    key = f"waiting/{sheet.scene.post.id.partition('/')[2]}.{sheet.essential.id}"
    count = sum(each.waiting(on) for each in late)
    sheet.cause(
        key,
        weight,
        words.waiting(count, oldest.days(on)),
        words.ANSWERED,
        move=(sheet.receiving,),
        lift=oldest.id if len(late) == 1 else key,
        grounds=[ground_of(each) for each in late],
        subject=oldest.id,
        since=oldest.released,
    )


def ground_of(request: Request) -> Ground:
    """Return the notice as something that a cell rests on."""
    return Ground(kind="paper" if request.ours else "notice", party=request.by, ref=request.id)
