"""People, judged by whether there are enough accredited staff.

1. Slots count where both the filled and the vacant are stated; else the numbers that the sending
   state gives (in place, of how many), which count too where they name more places than there
   are slots.
2. A slot of which nothing is told counts neither as filled nor as vacant: where the answer hangs
   on such slots, it is unknown.
"""

from collections.abc import Mapping
from typing import Final

from legation.errors import N_
from legation.missions.readiness import words
from legation.missions.readiness.facts import Ground, Subject
from legation.missions.readiness.index import Slots
from legation.missions.readiness.messages import Message
from legation.missions.readiness.rules.limits import judge_size, limits_of
from legation.missions.readiness.rules.single import Mover, movers
from legation.missions.readiness.scene import Sheet, Weight
from legation.missions.readiness.words import word

IN_PLACE: Final = N_("{count} of {number} in place")
ONLY: Final = N_("{count} in place; of how many is not stated")
ONLY_SHORT: Final = N_("{count} in place")
EMPTY: Final = N_("{count} of {number} places empty: {why}")
EMPTY_SHORT: Final = N_("{count} of {number} places empty")
NOT_ACCEPTED: Final = N_("Not accepted by the receiving state: {count}")
NOT_ACCEPTED_SHORT: Final = N_("Not accepted: {count}")
REPLACED: Final = word("replaced", N_("Others are sent in their place"))
NOBODY_LEADS: Final = word("nobody-leads", N_("Few staff, and no head of post"))
HEAD_TAKES_UP: Final = word("head-takes-up", N_("A head takes up the post"))
FILLED: Final = word("staffed", N_("The places are filled"))
NO_BAN: Final = word("no-ban", N_("The ban is lifted or eased"))
NO_LOCAL_STAFF: Final = word(
    "no-local-staff", N_("No staff may be hired locally"), N_("No local staff")
)
HIRING: Final = "local_hire"
BAN_ARTICLE: Final = ("VCDR 11", "VCCR 20")
WHY: Final[Mapping[str, tuple[Message, Message, Mover]]] = {
    "visa_pending": (
        word("visa-pending", N_("a visa is asked for")),
        word("visas-granted", N_("The visas are granted")),
        "receiving",
    ),
    "visa_refused": (
        word("visa-refused", N_("a visa was refused")),
        word("visas-granted", N_("The visas are granted")),
        "receiving",
    ),
    "visa_expired": (
        word("visa-expired", N_("a visa ran out")),
        word("visas-granted", N_("The visas are granted")),
        "receiving",
    ),
    "hiring_ban": (word("hiring-ban", N_("a ban on hiring")), NO_BAN, "receiving"),
    "size_limit": (
        word("size-limit", N_("a limit of size")),
        word("limit-raised", N_("The limit is raised or lifted")),
        "receiving",
    ),
    "not_nominated": (word("not-nominated", N_("nobody is named")), FILLED, "sending"),
    "ordered_out": (word("ordered-out", N_("ordered to leave")), FILLED, "both"),
    "": (word("no-reason", N_("no reason is stated")), FILLED, "sending"),
}
BY_LIMIT: Final = {"hiring_ban": HIRING, "size_limit": "size"}


def judge_people(sheet: Sheet) -> None:
    """Judge by the share of places that are filled, then by what stands against more."""
    scene = sheet.scene
    slots = scene.index.slots(scene.post.id, scene.day)
    established = scene.told("established").value
    if slots.total and not (isinstance(established, int) and established > slots.total):
        _by_slots(sheet, slots)
    else:
        _by_numbers(sheet)
    _bans(sheet)
    judge_size(sheet)
    _not_accepted(sheet)


def level(sheet: Sheet, filled: int, total: int) -> Weight | None:
    """Return what a share of filled places means by the thresholds; None: it is in order."""
    if 100 * filled >= sheet.scene.number("staff_in_order") * total:
        return None
    few = 100 * filled < sheet.scene.number("staff_strained") * total
    return "blocked" if few else "strained"


def _by_slots(sheet: Sheet, slots: Slots) -> None:
    if slots.ours:
        sheet.count_ours()
        sheet.silence(sheet.sending)
    lifts = {why: _lift(sheet, why) for why in slots.vacant or {}}
    back = sum(count for why, count in (slots.vacant or {}).items() if sheet.lifted(lifts[why]))
    filled = slots.filled + back
    least, most = (level(sheet, each, slots.total) for each in (filled, filled + slots.silent))
    vacant = {why: n for why, n in (slots.vacant or {}).items() if not sheet.lifted(lifts[why])}
    if least is None:
        sheet.good(_in_place(filled, slots.total))
    elif most is None and slots.doubted:
        sheet.disputed()
    elif most is None:
        sheet.silence(sheet.sending)
        sheet.unknown(words.not_stated([sheet.sending]))
    else:
        _vacancies(sheet, vacant, lifts, slots.total, most)
        if most == "strained":
            _need_a_head(sheet)


def _vacancies(
    sheet: Sheet, vacant: Mapping[str, int], lifts: Mapping[str, str], total: int, weight: Weight
) -> None:
    scene = sheet.scene
    rests = _grounds_of_vacancies(sheet)
    for why, count in vacant.items():
        reason, remedy, mover = WHY.get(why, WHY[""])
        said = {"count": count, "number": total}
        sheet.cause(
            f"{scene.post.id}.vacant_{why or 'places'}",
            weight,
            Message(
                code="empty", text=EMPTY, short=EMPTY_SHORT, values=said, parts={"why": (reason,)}
            ),
            remedy,
            move=movers(sheet, mover),
            lift=lifts[why],
            grounds=rests.get(why, ()),
            matter="visas" if why.startswith("visa") else None,
        )


def _grounds_of_vacancies(sheet: Sheet) -> dict[str, list[Ground]]:
    scene = sheet.scene
    found: dict[str, list[Ground]] = {}
    for why, grounds in scene.index.vacant(scene.post.id, scene.day):
        found.setdefault(why, []).extend(grounds)
    return found


def _lift(sheet: Sheet, why: str) -> str:
    """Return what is lifted with a reason: the limit in force where there is one."""
    for limit in limits_of(sheet, BY_LIMIT.get(why, "")):
        return limit.id
    return f"{sheet.scene.post.id}.vacant_{why or 'places'}"


def _by_numbers(sheet: Sheet) -> None:
    """Judge by how many the sending state says are in place, and of how many."""
    in_place, established = sheet.decisive("in_place"), sheet.decisive("established")
    if in_place.disputed or established.disputed:
        sheet.disputed()
        return
    count, number = in_place.value, established.value
    if not isinstance(count, int):
        sheet.unknown(words.not_stated([sheet.sending]))
        return
    if isinstance(number, int) and number > 0:
        what, weight = _in_place(count, number), level(sheet, count, number)
    else:
        # Nobody in place is too few of any number.
        values = {"count": count}
        what = Message(code="in-place-only", text=ONLY, short=ONLY_SHORT, values=values)
        weight = "blocked" if count == 0 and number != 0 else None
        if weight is None:
            sheet.unknown(what)
            return
    if weight is None:
        sheet.good(words.since(what, in_place))
        return
    sheet.cause(
        f"{sheet.scene.post.id}.in_place",
        weight,
        words.since(what, in_place),
        FILLED,
        move=movers(sheet, "both"),
        told=in_place,
        grounds=[each.ground for each in established.said],
    )
    if weight == "strained" and not sheet.lifted(f"{sheet.scene.post.id}.in_place"):
        _need_a_head(sheet)


def _in_place(count: int, number: int) -> Message:
    return Message(code="in-place", text=IN_PLACE, values={"count": count, "number": number})


def _need_a_head(sheet: Sheet) -> None:
    """Few staff without a head are too few: the threshold asks for both."""
    rank = sheet.read("head_rank")
    if rank.value == "vacant":
        sheet.cause(
            f"{sheet.scene.post.id}.head_rank",
            "blocked",
            NOBODY_LEADS,
            HEAD_TAKES_UP,
            move=movers(sheet, "both"),
            told=rank,
            matter="head_of_mission",
        )


def _bans(sheet: Sheet) -> None:
    for limit in limits_of(sheet, HIRING):
        state = sheet.read("state", limit)
        sheet.cause(
            f"{limit.id}.state",
            "strained",
            words.since(NO_LOCAL_STAFF, state),
            NO_BAN,
            move=(sheet.receiving,),
            lift=limit.id,
            told=state,
            matter="local_staff",
            article=BAN_ARTICLE,
            measure=HIRING,
        )


def _not_accepted(sheet: Sheet) -> None:
    """Count persons whom the receiving state does not accept and who have not left."""
    scene = sheet.scene
    found = [
        person
        for person in scene.index.linked("person", scene.post.id)
        if "acceptable" in person.said and _is_not_accepted(sheet, person)
    ]
    if found:
        told = [scene.told("acceptable", person) for person in found]
        sheet.cause(
            f"{scene.post.id}.persons",
            "strained",
            Message(
                code="not-accepted",
                text=NOT_ACCEPTED,
                short=NOT_ACCEPTED_SHORT,
                values={"count": len(found)},
            ),
            REPLACED,
            move=(sheet.sending,),
            grounds=[each.ground for one in told for each in one.said],
            article=("VCDR 9", "VCCR 23"),
        )


def _is_not_accepted(sheet: Sheet, person: Subject) -> bool:
    scene = sheet.scene
    acceptable = scene.told("acceptable", person).value
    if acceptable not in ("not_acceptable", "persona_non_grata"):
        return False
    slot = scene.sitting.facts.subjects.get(str(scene.told("slot", person).value))
    if slot is None or scene.told("post", slot).value != scene.post.id:
        return False
    return scene.told("state", person).value != "departed"
