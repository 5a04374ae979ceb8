"""Read two NegoLog profiles (JSON): value = issue weight × option value, as `Preference` does."""

import json
from fractions import Fraction
from typing import Any, Final

from legation.errors import N_
from legation.packages.interchange.building import Side, assembled, checked
from legation.packages.interchange.exactly import number, refused, simplest
from legation.packages.model import Case, Matter, Number
from legation.packages.reading import once

MAX_JSON: Final = 16 << 20


class Digits(str):
    """The text of a number as JSON wrote it."""

    __slots__ = ()


def read_negolog(profiles: tuple[bytes, bytes], *, names: tuple[str, str]) -> Case:
    """Return the case of two profiles. Raises Refusal "size", "json" or "file"."""
    a, b = (_object(data, name) for data, name in zip(profiles, names, strict=True))
    matters = checked(names[0], _matters(a, names[0]))
    sides = [_side(own, name, matters) for own, name in zip((a, b), names, strict=True)]
    return assembled(names[0].removesuffix(".json"), matters, *sides)


def _object(data: bytes, where: str) -> dict[str, Any]:
    if len(data) > MAX_JSON:
        refused(where, N_("a profile has at most {most} bytes."), code="size", most=MAX_JSON)
    try:
        found = json.loads(
            data,
            parse_float=Digits,
            parse_int=Digits,
            parse_constant=Digits,
            object_pairs_hook=once,
        )
    except (ValueError, RecursionError) as fault:
        refused(where, N_("it is JSON ({why})."), code="json", why=str(fault)[:120])
    return _fields(found, where)


def _fields(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        refused(where, N_("it is an object."))
    return value


def _matters(own: dict[str, Any], where: str) -> list[Matter]:
    weights = _fields(own.get("issueWeights"), f"{where}, issueWeights")
    issues = _fields(own.get("issues"), f"{where}, issues")
    return [
        Matter(name, tuple(_fields(issues.get(name), f"{where}, issues.{name[:60]}")))
        for name in weights
    ]


def _side(own: dict[str, Any], where: str, matters: tuple[Matter, ...]) -> Side:
    weights = _fields(own.get("issueWeights"), f"{where}, issueWeights")
    issues = _fields(own.get("issues"), f"{where}, issues")
    table = []
    for matter in matters:
        here = f"{where}, issues.{matter.id[:60]}"
        values = _fields(issues.get(matter.id), here)
        if set(values) != set(matter.options):
            refused(here, N_("both profiles have the same options."))
        weight = _exact(weights.get(matter.id), f"{where}, issueWeights.{matter.id[:60]}")
        table.append(
            tuple(
                simplest(Fraction(weight) * _exact(values[each], f"{here}.{each[:60]}"))
                for each in matter.options
            )
        )
    if len(weights) != len(matters) or len(issues) < len(matters):
        refused(where, N_("both profiles have the same issues."))
    reserve = _exact(own.get("reservationValue", Digits("0")), f"{where}, reservationValue")
    return Side(where.removesuffix(".json"), tuple(table), reserve)


def _exact(value: object, where: str) -> Number:
    return number(value if isinstance(value, Digits) else None, where)
