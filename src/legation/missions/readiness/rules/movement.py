"""Movement, judged by whether staff can travel to do the job.

1. Of several rules that hold on a day, the one that began last applies. Two that began on one day
   and ask different things contradict each other.
2. What a state declared itself goes before what we know of the same rule.
3. A quota strains from when nothing is left of it in its period.
4. No rule known is not the same as free movement: it is unknown.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from legation.acts.kinds.regime import Quota
from legation.acts.regimes import period
from legation.errors import N_
from legation.missions.readiness import words
from legation.missions.readiness.facts import Request, Rule
from legation.missions.readiness.messages import Message, Value
from legation.missions.readiness.rules.waits import ground_of
from legation.missions.readiness.scene import Sheet, Weight
from legation.missions.readiness.words import word

SUBJECT: Final = "movement"
FREE: Final = word("movement-free", N_("Free movement"))
ON_NOTICE: Final = word("movement-notice", N_("Journeys are notified"), N_("By notification"))
BEYOND: Final = N_("Notice beyond {miles} miles, {hours} hours before")
BEYOND_SHORT: Final = N_("{miles} miles, {hours} h notice")
BEYOND_ONLY: Final = N_("Notice beyond {miles} miles")
HOURS: Final = N_("Notice {hours} hours before")
USED_UP: Final = N_("Quota used up: {used} of {count}")
PERMISSION: Final = word(
    "movement-permission", N_("Journeys only by permission"), N_("By permission")
)
CLOSED: Final = word("movement-closed", N_("No journeys"))
EASED: Final = word("movement-eased", N_("The rule is eased or ended"))
NOTICE_INSTEAD: Final = word("movement-notify", N_("Notification in place of permission"))
ARTICLE: Final = ("VCDR 26", "VCCR 34")


def judge_movement(sheet: Sheet) -> None:
    """Judge by the rule that applies to the post's staff."""
    rules = applying(sheet)
    for rule in rules:
        sheet.rest_on(rule.ground)
    if not any(rule.ground.stated for rule in rules):
        sheet.silence(sheet.receiving)
    if not rules:
        sheet.unknown(words.not_stated([sheet.receiving]))
    elif len({(rule.mode, rule.radius_miles, rule.hours) for rule in rules}) > 1:
        sheet.disputed()
    else:
        _weigh(sheet, rules[-1])


def applying(sheet: Sheet) -> list[Rule]:
    """Return the rules that began last of all that hold: one, or several that began together."""
    scene = sheet.scene
    fit = [
        rule
        for rule in scene.sitting.facts.rules
        if rule.subject == SUBJECT
        and rule.by == sheet.receiving
        and rule.holds_on(scene.sitting.on)
    ]
    declared = {rule.id for rule in fit if rule.ground.stated}
    fit = [rule for rule in fit if rule.ground.stated or rule.id not in declared]
    newest = max((_since(rule) for rule in fit), default=None)
    return sorted(
        (rule for rule in fit if _since(rule) == newest),
        key=lambda rule: (rule.id, rule.ground.ref),
    )


def _since(rule: Rule) -> date:
    return date.min if rule.from_ is None else rule.from_.first


def _weigh(sheet: Sheet, rule: Rule) -> None:
    weight: Weight = "blocked" if rule.mode == "closed" else "strained"
    what, remedy = _said(rule), EASED
    if rule.mode == "permission":
        remedy = NOTICE_INSTEAD
    told = what if rule.from_ is None else words.since_day(what, rule.from_.text)
    spent = _spent(sheet, rule)
    if spent is not None:
        weigh_quota(sheet, rule, spent)
    if what in (FREE, ON_NOTICE):
        sheet.good(told)
    else:
        sheet.cause(
            f"{rule.id}.mode",
            weight,
            told,
            remedy,
            move=(sheet.receiving,),
            lift=rule.id,
            grounds=[rule.ground],
            subject=rule.id,
            article=ARTICLE,
            measure=f"{SUBJECT}/{rule.mode}/{rule.radius_miles}/{rule.hours}",
            since=None if rule.from_ is None else rule.from_.first,
        )


def _spent(sheet: Sheet, rule: Rule) -> list[Request] | None:
    """Return what took of the rule's quota in the period of the day; None without a quota.

    A journey counts from its notice on, unless that was withdrawn or refused.
    """
    if rule.quota is None:
        return None
    on = sheet.scene.sitting.on
    first, last = period_of(rule.quota, on)
    return [
        each
        for each in sheet.scene.index.spending(rule.id, sheet.sending)
        if each.spends is not None
        and first <= each.spends.day <= last
        and each.released <= on
        and not (each.withdrawn and each.ended is not None and each.ended <= on)
        and not each.refused(on)
    ]


def period_of(quota: tuple[int, str], on: date) -> tuple[date, date]:
    """Return the first and last day of a quota's period."""
    count, per = quota
    return period(Quota(count=count, per=per), on)  # type: ignore[arg-type] # as it was declared


def weigh_quota(sheet: Sheet, rule: Rule, spent: list[Request]) -> None:
    """Strain movement where nothing is left of the quota."""
    count = 0 if rule.quota is None else rule.quota[0]
    used = sum(each.spends.count for each in spent if each.spends is not None)
    if used < count:
        return
    sheet.cause(
        f"{rule.id}.quota",
        "strained",
        Message(code="quota-used-up", text=USED_UP, values={"used": used, "count": count}),
        EASED,
        move=(sheet.receiving,),
        lift=rule.id,
        grounds=[rule.ground, *map(ground_of, spent)],
        subject=rule.id,
        article=ARTICLE,
    )


def _said(rule: Rule) -> Message:
    match rule.mode:
        case "free":
            return FREE
        case "closed":
            return CLOSED
        case "permission":
            return PERMISSION
        case "notification":
            return _notice(rule)


def _notice(rule: Rule) -> Message:
    """Say how a notification narrows movement; one without radius or hours narrows nothing."""
    values: Mapping[str, Value] = {
        name: value
        for name, value in (("miles", rule.radius_miles), ("hours", rule.hours))
        if value is not None
    }
    texts = {
        ("miles", "hours"): (BEYOND, BEYOND_SHORT),
        ("miles",): (BEYOND_ONLY, ""),
        ("hours",): (HOURS, ""),
    }
    found = texts.get(tuple(values))
    if found is None:
        return ON_NOTICE
    text, short = found
    return Message(code="notice-beyond", text=text, short=short, values=values)
