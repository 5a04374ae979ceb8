"""Set the numbers that posts are judged by: with the other side, or stricter for ourselves."""

from datetime import datetime

from legation.acts.catalogue import act_types
from legation.acts.codec import from_json, to_json
from legation.errors import N_, Refusal
from legation.line.databases import writing
from legation.line.node import Node
from legation.missions.models import OwnThreshold
from legation.missions.queries.thresholds import ACCEPTED, threshold_thing, thresholds
from legation.missions.readiness.thresholds import BY_NAME, Threshold
from legation.missions.services.registers import rehearse_acts
from legation.officers import services as officers
from legation.officers.models import Draft, Officer
from legation.officers.permissions import DRAFT, require
from legation.officers.services.audit import note_down
from legation.officers.services.lookup import find_officer
from legation.officers.wording import DraftedAct


def set_own_threshold(
    node: Node, *, name: str, value: int | None, by: Officer | str, at: datetime
) -> None:
    """Keep a stricter number for our own board; None takes it away.

    Raises Refusal "unknown-threshold", "range", "not-stricter", "suspended" or "role".
    """
    with writing(node.alias):
        officer = find_officer(node, by)
        require(officer, DRAFT)
        threshold = _known(name)
        rows = OwnThreshold.objects.using(node.alias)
        if value is None:
            rows.filter(name=name).delete()
        else:
            _check_range(threshold, value)
            _check_stricter(node, threshold, value)
            rows.update_or_create(
                name=name,
                defaults={"value": value, "entered_by": officer.username, "entered_at": at},
            )
        detail = {"value": value}
        note_down(node, what="threshold.own", by=officer, at=at, about=name, detail=detail)


def accept_threshold(
    node: Node, *, name: str, value: int, by: Officer | str, at: datetime
) -> Draft:
    """Draft our word on a number of the shared board; it counts once both say the same.

    Raises Refusal "unknown-threshold", "range", "drafted", and what the rehearsal finds.
    """
    threshold = _known(name)
    _check_range(threshold, value)
    if any(one.waits for one in thresholds(node) if one.threshold.name == name):
        raise _refusal(
            "drafted",
            threshold,
            N_("a draft of ours about it is open."),
            N_("Release or discard that draft first."),
        )
    cls = act_types()[ACCEPTED, 1]
    body = to_json(from_json(cls, {"name": name, "value": value}, name))
    act = DraftedAct(type=ACCEPTED, on=threshold_thing(name), body=body)
    with writing(node.alias):
        row = officers.draft(node, acts=[act], title=f"{name}: {value}", by=by, at=at)
        rehearse_acts(node, [act], at)
    return row


def _known(name: str) -> Threshold:
    found = BY_NAME.get(name)
    if found is None:
        raise Refusal(
            "unknown-threshold",
            thing=N_("{name}"),
            rule=N_("no board is judged by such a number."),
            remedy=N_("Choose one of {known}."),
            name=name[:80],
            known=", ".join(BY_NAME),
        )
    return found


def _check_range(threshold: Threshold, value: int) -> None:
    if not threshold.least <= value <= threshold.most:
        raise _refusal(
            "range",
            threshold,
            N_("this is at least {least} and at most {most}."),
            N_("Write a number between the two."),
        )


def _check_stricter(node: Node, threshold: Threshold, value: int) -> None:
    shared = next(one.shared for one in thresholds(node) if one.threshold == threshold)
    if value == shared or threshold.sterner(value, shared) != value:
        refusal = _refusal(
            "not-stricter",
            threshold,
            N_("on the shared board it is {shared}, and our own is only ever stricter."),
            N_("Write a stricter number, or agree another with the other side."),
        )
        refusal.values["shared"] = shared
        raise refusal


def _refusal(code: str, threshold: Threshold, rule: str, remedy: str) -> Refusal:
    return Refusal(
        code,
        thing=N_("{name}"),
        rule=rule,
        remedy=remedy,
        name=threshold.name,
        least=threshold.least,
        most=threshold.most,
    )
