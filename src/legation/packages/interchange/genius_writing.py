"""Write a case for GENIUS: a domain and a utility space for each side, in XML.

1. Without bonuses: discrete issues; the largest evaluation of each is 1 (see `scaling`).
   `points` beside an evaluation keeps the exact number; GENIUS passes over it.
2. With bonuses: integer issues, and boxes whose utilities are whole: `unit` says of what.
   Options that do not lie side by side become several boxes, no two of which overlap.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product
from math import lcm, prod
from typing import Final
from xml.sax.saxutils import quoteattr

from legation.errors import N_, Refusal
from legation.packages.interchange.exactly import decimal
from legation.packages.interchange.scaling import Scaled, bonuses_only, scaled
from legation.packages.model import SIDES, Bonus, Case, Number, Side
from legation.packages.result import told

MAX_BOXES: Final = 100_000


def write_genius(case: Case) -> dict[str, bytes]:
    """Return file's name -> bytes: `domain.xml`, `a.xml`, `b.xml`.

    Raises Refusal "rules" naming those that GENIUS cannot say, "text" for names XML cannot hold.
    """
    bonuses_only(case, "GENIUS")
    boxed = bool(case.rules)
    issues = list(_issues(case, boxed=boxed))
    files = {
        "domain.xml": _file(
            "negotiation_template",
            f'<utility_space number_of_issues="{len(issues)}">',
            _objective(case, [*issues]),
            "</utility_space>",
        )
    }
    for side in SIDES:
        own = scaled(case, side)
        files[f"{side}.xml"] = _boxes(case, side, own) if boxed else _additive(case, side, own)
    return files


def _file(root: str, *parts: str, attributes: str = "") -> bytes:
    text = "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f"<{root}{attributes}>",
            *parts,
            f"</{root}>",
            "",
        )
    )
    return text.encode("utf-8")


def _text(value: str) -> str:
    if any((letter < " ") or "\ud800" <= letter <= "\udfff" or letter in "￾￿" for letter in value):
        raise Refusal(
            "text",
            thing=N_("“{name}”"),
            rule=N_("XML cannot hold a control character."),
            remedy=N_("Write the name without it."),
            name=value[:60].encode("ascii", "backslashreplace").decode(),
        )
    return quoteattr(value)


def _objective(case: Case, parts: Sequence[str]) -> str:
    kinds = 'etype="objective" type="objective" description=""'
    head = f'<objective index="0" {kinds} name={_text(case.id)}>'
    return "\n".join((head, *parts, "</objective>"))


def _opened(case: Case, place: int, kind: str) -> str:
    matter = case.matters[place]
    title = f" description={_text(matter.title)}" if matter.title else ""
    kinds = f'etype="{kind}" type="{kind}" vtype="{kind}"'
    return f'<issue index="{place + 1}" {kinds} name={_text(matter.id)}{title}'


def _issues(case: Case, *, boxed: bool) -> Iterator[str]:
    for place, matter in enumerate(case.matters):
        if boxed:
            yield _integer(case, place)
            continue
        items = [
            f'<item index="{n}" value={_text(option)}/>'
            for n, option in enumerate(matter.options, 1)
        ]
        yield "\n".join((f"{_opened(case, place, 'discrete')}>", *items, "</issue>"))


def _integer(case: Case, place: int) -> str:
    options = case.matters[place].options
    head = f'{_opened(case, place, "integer")} lowerbound="0" upperbound="{len(options) - 1}">'
    return "\n".join((head, *(f"<option name={_text(each)}/>" for each in options), "</issue>"))


def _reservation(case: Case, side: Side, own: Scaled, shift: Number) -> str:
    reserve = case.sides[side].reserve
    value = decimal((reserve - shift) / own.full)
    return f'<reservation value="{value}" points="{told(reserve)}"/>'


def _owner(case: Case, side: Side) -> str:
    return f" owner={_text(case.sides[side].name)}"


def _additive(case: Case, side: Side, own: Scaled) -> bytes:
    parts = []
    for place, matter in enumerate(case.matters):
        rows = zip(
            matter.options, own.evaluations[place], case.sides[side].table[place], strict=True
        )
        items = [
            f'<item index="{n}" value={_text(option)} evaluation="{decimal(evaluation)}"'
            f' points="{told(points)}"/>'
            for n, (option, evaluation, points) in enumerate(rows, 1)
        ]
        parts.append("\n".join((f"{_opened(case, place, 'discrete')}>", *items, "</issue>")))
    parts += [
        f'<weight index="{n}" value="{decimal(weight)}"/>'
        for n, weight in enumerate(own.weights, 1)
    ]
    attributes = f'{_owner(case, side)} full="{told(own.full)}"'
    return _file(
        "utility_space",
        _objective(case, parts),
        '<discount_factor value="1.0"/>',
        _reservation(case, side, own, own.shift),
        attributes=attributes,
    )


def _boxes(case: Case, side: Side, own: Scaled) -> bytes:
    paid = list(_paid(case, side))
    unit = lcm(own.full.denominator, *(Fraction(points).denominator for _, points in paid))
    parts = [_integer(case, place) for place in range(len(case.matters))]
    parts.append(f'<utility maxutility="{own.full * unit}" unit="1/{unit}">')
    parts.append('<ufun type="PlainUfun" weight="1" aggregation="sum">')
    for bounds, points in paid:
        parts.append(f'<hyperRectangle utility="{points * unit}">')
        parts += [
            f'<INCLUDES index="{place + 1}" min="{low}" max="{high}"/>'
            for place, (low, high) in bounds
        ]
        parts.append("</hyperRectangle>")
    parts += ["</ufun>", "</utility>"]
    return _file(
        "utility_space",
        _objective(case, parts),
        '<discount_factor value="1.0"/>',
        _reservation(case, side, own, 0),
        attributes=f'{_owner(case, side)} type="nonlinear"',
    )


def _paid(case: Case, side: Side) -> Iterator[tuple[list[tuple[int, tuple[int, int]]], Number]]:
    """Yield each box of places and bounds, with its points."""
    for place, row in enumerate(case.sides[side].table):
        for option, points in enumerate(row):
            if points:
                yield [(place, (option, option))], points
    left = MAX_BOXES
    for rule in case.rules:
        if not isinstance(rule, Bonus) or rule.side != side:
            continue
        places = [case.place[matter] for matter, _ in rule.when]
        runs = [
            _runs([case.matters[place].options.index(each) for each in kept])
            for place, (_, kept) in zip(places, rule.when, strict=True)
        ]
        left -= prod(len(each) for each in runs)
        if left < 0:
            raise Refusal(
                "rules",
                thing=N_("Case {case}"),
                rule=N_("its bonuses make more than {most} boxes."),
                remedy=N_("List options that belong together side by side."),
                case=case.id,
                most=MAX_BOXES,
            )
        for bounds in product(*runs):
            yield list(zip(places, bounds, strict=True)), rule.points


def _runs(options: list[int]) -> list[tuple[int, int]]:
    """Return places as runs (first, last) that lie side by side."""
    kept = sorted(set(options))
    breaks = [n for n, (one, other) in enumerate(pairwise(kept), 1) if other > one + 1]
    starts, ends = [0, *breaks], [*breaks, len(kept)]
    return [(kept[first], kept[last - 1]) for first, last in zip(starts, ends, strict=True)]
