"""Write a case as `legation-case/1`, the format that `read_case` reads."""

import json

from legation.packages.model import (
    SIDES,
    AtMost,
    Bonus,
    Case,
    Condition,
    Excludes,
    Requires,
    Rule,
    Together,
)
from legation.packages.result import told


def write_case(case: Case) -> bytes:
    """Return a case as JSON in UTF-8; reading it gives the same case."""
    value: dict[str, object] = {"format": "legation-case/1", "id": case.id}
    if case.title:
        value["title"] = case.title
    value["sides"] = {
        side: {
            "name": own.name,
            "reserve": told(own.reserve),
            **({} if own.full is None else {"full": told(own.full)}),
        }
        for side in SIDES
        for own in [case.sides[side]]
    }
    value["matters"] = [
        {
            "id": matter.id,
            **({"title": matter.title} if matter.title else {}),
            "options": list(matter.options),
            **{side: [told(each) for each in case.sides[side].table[place]] for side in SIDES},
        }
        for place, matter in enumerate(case.matters)
    ]
    value["rules"] = [_rule(rule) for rule in case.rules]
    if case.as_it_stands is not None:
        value["as_it_stands"] = case.named(case.as_it_stands)
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _when(condition: Condition) -> dict[str, list[str]]:
    return {matter: list(options) for matter, options in condition}


def _rule(rule: Rule) -> dict[str, object]:
    match rule:
        case Requires():
            own: dict[str, object] = {
                "rule": "requires",
                "if": _when(rule.if_),
                "then": _when(rule.then),
            }
        case Together():
            own = {"rule": "together", "when": _when(rule.when)}
        case Excludes():
            own = {"rule": "excludes", "when": _when(rule.when)}
        case AtMost():
            cost = {
                matter: {option: told(amount) for option, amount in costs}
                for matter, costs in rule.cost
            }
            own = {"rule": "at_most", "cost": cost, "cap": told(rule.cap)}
        case Bonus():
            own = {
                "rule": "bonus",
                "side": rule.side,
                "when": _when(rule.when),
                "points": told(rule.points),
            }
    return {"id": rule.id, **own}
