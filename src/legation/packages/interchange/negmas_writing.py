"""Write a case for NegMAS: a domain and a utility function for each side, in YAML.

1. Each matter's largest value is 1, so that a loader that divides by it and one that does not
   agree; its weight is what it is worth of `full`.
2. Bonuses make it hyper-rectangles over sets of options; other rules cannot be said.
3. A first line keeps the exact numbers behind the decimals; NegMAS reads it as a comment.
"""

import json
from fractions import Fraction

from legation.packages.interchange.exactly import decimal
from legation.packages.interchange.negmas import MARK
from legation.packages.interchange.scaling import Scaled, bonuses_only, scaled
from legation.packages.model import SIDES, Bonus, Case, Number, Side
from legation.packages.result import told


def write_negmas(case: Case) -> dict[str, bytes]:
    """Return file's name -> bytes: `domain.yml`, `a.yml`, `b.yml`.

    Raises Refusal "rules" naming those that NegMAS cannot say.
    """
    bonuses_only(case, "NegMAS")
    files = {"domain.yml": _domain(case)}
    for side in SIDES:
        bonuses = [each for each in case.rules if isinstance(each, Bonus) and each.side == side]
        own = scaled(case, side)
        files[f"{side}.yml"] = (
            _rectangles(case, side, own, bonuses) if bonuses else _additive(case, side, own)
        )
    return files


def _quoted(text: str) -> str:
    return json.dumps(text)


def _domain(case: Case) -> bytes:
    lines = ["type: DiscreteCartesianOutcomeSpace", f"name: {_quoted(case.id)}", "issues:"]
    for matter in case.matters:
        lines += [f"- name: {_quoted(matter.id)}", "  type: CategoricalIssue", "  values:"]
        lines += [f"  - {_quoted(option)}" for option in matter.options]
    return _lines(lines)


def _additive(case: Case, side: Side, own: Scaled) -> bytes:
    points = [[told(each) for each in row] for row in case.sides[side].table]
    lines = _head(case, side, own, points=points)
    lines += ["type: LinearAdditiveUtilityFunction", "weights:"]
    lines += [f"- {decimal(weight)}" for weight in own.weights]
    lines.append("values:")
    for matter, row in zip(case.matters, own.evaluations, strict=True):
        lines += ["- type: TableFun", "  mapping:"]
        lines += [
            f"    {_quoted(option)}: {decimal(each)}"
            for option, each in zip(matter.options, row, strict=True)
        ]
    return _lines(lines)


def _rectangles(case: Case, side: Side, own: Scaled, bonuses: list[Bonus]) -> bytes:
    boxes: list[tuple[dict[int, tuple[str, ...]], Number]] = [
        ({place: (option,)}, points)
        for place, (matter, row) in enumerate(
            zip(case.matters, case.sides[side].table, strict=True)
        )
        for option, points in zip(matter.options, row, strict=True)
        if points
    ]
    boxes += [
        ({case.place[matter]: kept for matter, kept in each.when}, each.points) for each in bonuses
    ]
    lines = _head(case, side, own, utilities=[told(points) for _, points in boxes])
    lines += ["type: HyperRectangleUtilityFunction", "utilities:"]
    lines += [f"- {decimal(Fraction(points) / own.full)}" for _, points in boxes]
    lines.append("outcome_ranges:")
    for within, _points in boxes:
        for first, (place, kept) in enumerate(within.items()):
            sets = ", ".join(_quoted(option) for option in kept)
            lines.append(f"{'  ' if first else '- '}{place}: [{sets}]")
    return _lines(lines)


def _head(case: Case, side: Side, own: Scaled, **exact: object) -> list[str]:
    points = case.sides[side]
    beside = {"full": told(own.full), "reserve": told(points.reserve), **exact}
    shift = own.shift if "points" in exact else 0
    return [
        MARK.decode() + json.dumps(beside),
        f"name: {_quoted(points.name)}",
        f"reserved_value: {decimal((points.reserve - shift) / own.full)}",
    ]


def _lines(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8")
