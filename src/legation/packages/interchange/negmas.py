"""Read a NegMAS domain and two utility functions (YAML), as NegMAS 0.16 computes them.

1. LinearAdditiveUtilityFunction: Σ weight × value, plus a bias; nothing is divided by a largest
   value. A value is a table, or slope × value + bias.
2. HyperRectangleUtilityFunction: a pair of numbers is a range without its ends; a list is a set.
3. A reserve of minus infinity, or none, is the least that the side can have.
4. A first line `#legation/1 {…}` holds the exact numbers behind rounded decimals.
"""

import json
from fractions import Fraction
from typing import Final

from legation.errors import N_
from legation.packages.interchange.boxes import Boxes
from legation.packages.interchange.building import Side, assembled, checked
from legation.packages.interchange.exactly import near, number, refused, simplest
from legation.packages.interchange.yaml import Given, Plain, Tree, parsed
from legation.packages.model import SIDES, Case, Matter, Number
from legation.packages.model import Side as Letter
from legation.packages.reading import exact
from legation.packages.validating import MAX_OPTIONS

MARK: Final = b"#legation/1 "
NONE: Final = frozenset({"", "~", "null", "-.inf", "-.Inf", "-.INF"})


def read_negmas(domain: bytes, ufuns: tuple[bytes, bytes], *, names: tuple[str, str, str]) -> Case:
    """Return the case of a domain and two utility functions. names: of the three files.

    Raises Refusal "size", "yaml" or "file".
    """
    issues = _list(_map(parsed(domain, names[0]), names[0]).get("issues"), f"{names[0]}, issues")
    matters = checked(names[0], [_matter(each, names[0]) for each in issues])
    found = [
        _Function(data, name, side, matters).side()
        for data, name, side in zip(ufuns, names[1:], SIDES, strict=True)
    ]
    return assembled(names[0].rpartition(".")[0] or names[0], matters, *found)


def _map(value: Given, where: str) -> dict[str, Tree]:
    if not isinstance(value, dict):
        refused(where, N_("it is a mapping."))
    return value


def _list(value: Given, where: str) -> list[Tree]:
    if not isinstance(value, list):
        refused(where, N_("it is a list."))
    return value


def _text(value: Given, where: str) -> str:
    if not isinstance(value, str):
        refused(where, N_("it is text."))
    return value


def _number(value: Given, where: str) -> Number:
    return number(value if isinstance(value, str) else None, where)


def _kind(own: dict[str, Tree]) -> str:
    kind = own.get("type", "")
    return kind.rpartition(".")[2] if isinstance(kind, str) else ""


def _matter(value: Given, where: str) -> Matter:
    own = _map(value, f"{where}, issues")
    name = _text(own.get("name"), f"{where}, an issue's name")
    here = f"{where}, issue {name[:60]}"
    values = own.get("values")
    if _kind(own).startswith("Continuous"):
        refused(here, N_("a continuous issue has no list of options."))
    if isinstance(values, str):
        return Matter(name, _whole(0, _number(values, here) - 1, here))
    listed = _list(values, here)
    if _kind(own).startswith("Contiguous") and len(listed) == 2:
        return Matter(name, _whole(_number(listed[0], here), _number(listed[1], here), here))
    return Matter(name, tuple(str(_text(each, here)) for each in listed))


def _whole(low: Number, high: Number, where: str) -> tuple[str, ...]:
    if not (isinstance(low, int) and isinstance(high, int) and 0 <= high - low < MAX_OPTIONS):
        refused(where, N_("its bounds hold 1 to {most} values."), most=MAX_OPTIONS)
    return tuple(str(each) for each in range(low, high + 1))


class _Function:
    """One utility function, read against the domain's matters."""

    def __init__(self, data: bytes, where: str, side: Letter, matters: tuple[Matter, ...]) -> None:
        self._where = where
        self._side: Letter = side
        self._matters = matters
        self._own = _map(parsed(data, where), where)
        self._exact = self._beside(data)
        full = self._exact.get("full", 1)
        self._full = self._told(full)

    def _beside(self, data: bytes) -> dict[str, object]:
        """Return the exact numbers of the first line, if it has any."""
        if not data.startswith(MARK):
            return {}
        try:
            found = json.loads(data.partition(b"\n")[0][len(MARK) :])
        except (ValueError, RecursionError):
            refused(f"{self._where}, line 1", N_("its exact numbers are JSON."))
        return found if isinstance(found, dict) else {}

    def _told(self, value: object) -> Number:
        try:
            return exact(value)
        except ValueError as fault:
            refused(f"{self._where}, line 1", N_("it is an exact number ({why})."), why=fault)

    def side(self) -> Side:
        """Return what the side's file says."""
        boxes = Boxes(self._side, self._matters)
        match _kind(self._own):
            case "LinearAdditiveUtilityFunction":
                self._additive(boxes)
            case "LinearUtilityFunction" | "AffineUtilityFunction":
                self._own["values"] = [{"type": Plain("IdentityFun")} for _ in self._matters]
                self._additive(boxes)
            case "HyperRectangleUtilityFunction":
                self._rectangles(boxes)
            case kind:
                refused(
                    self._where,
                    N_("“{kind}” is no function this can say; additive and hyper-rectangles are."),
                    kind=kind[:60],
                )
        boxes.pay(self._full * self._number("bias", Plain("0")), {})
        name = self._own.get("name")
        found = boxes.side(name if isinstance(name, str) else "", 0, self._full)
        reserve = self._reserve(found)
        return Side(found.name, found.table, reserve, found.full, found.bonuses)

    def _number(self, key: str, otherwise: str) -> Number:
        return _number(self._own.get(key, otherwise), f"{self._where}, {key}")

    def _reserve(self, side: Side) -> Number:
        given = self._own.get("reserved_value", Plain("null"))
        if "reserve" in self._exact:
            return self._told(self._exact["reserve"])
        if isinstance(given, Plain) and given in NONE:
            least = sum((Fraction(min(row)) for row in side.table), Fraction(0))
            return simplest(least + sum(min(0, each.points) for each in side.bonuses))
        return self._full * self._number("reserved_value", "0")

    def _ordered(self, key: str, otherwise: str | None = None) -> list[Tree]:
        """Return what stands for each matter: a list in the domain's order, or by name."""
        given = self._own.get(key)
        where = f"{self._where}, {key}"
        if given is None and otherwise is not None:
            return [Plain(otherwise) for _ in self._matters]
        if isinstance(given, dict):
            if set(given) != {matter.id for matter in self._matters}:
                refused(where, N_("it has the issues of its domain."))
            return [given[matter.id] for matter in self._matters]
        listed = _list(given, where)
        if len(listed) != len(self._matters):
            refused(where, N_("it has the issues of its domain."))
        return listed

    def _additive(self, boxes: Boxes) -> None:
        weights = self._ordered("weights", "1")
        points = self._exact.get("points")
        for place, (matter, weight, values) in enumerate(
            zip(self._matters, weights, self._ordered("values"), strict=True)
        ):
            where = f"{self._where}, issue {matter.id[:60]}"
            factor = self._full * _number(weight, where)
            row = [simplest(factor * each) for each in self._values(values, matter, where)]
            if isinstance(points, list):
                row = self._agreeing(row, points[place : place + 1], where)
            boxes.worth(place, row)

    def _values(self, value: Given, matter: Matter, where: str) -> list[Number]:
        own = _map(value, where)
        kind = _kind(own)
        if kind == "ConstFun":
            return [_number(own.get("bias"), where)] * len(matter.options)
        if kind in ("AffineFun", "LinearFun", "IdentityFun"):
            slope = _number(own.get("slope", Plain("1")), where)
            bias = _number(own.get("bias", Plain("0")), where)
            return [slope * number(each, where) + bias for each in matter.options]
        if kind not in ("TableFun", ""):
            refused(where, N_("“{kind}” is no value that this can say."), kind=kind[:60])
        table = _map(own.get("mapping", own), where)
        if set(table) - {"type"} != set(matter.options) - {"type"}:
            refused(where, N_("its table has the issue's options."))
        return [_number(table.get(each), where) for each in matter.options]

    def _agreeing(self, row: list[Number], beside: list[object], where: str) -> list[Number]:
        """Return the exact numbers beside a row, if they agree but for a constant."""
        given = beside[0] if beside else None
        if not isinstance(given, list) or len(given) != len(row):
            refused(where, N_("its points and its values disagree; drop one of them."))
        told = [self._told(each) for each in given]
        shift = told[0] - row[0]
        for value, point in zip(row, told, strict=True):
            if not near(point - shift, value, self._full):
                refused(where, N_("its points and its values disagree; drop one of them."))
        return told

    def _rectangles(self, boxes: Boxes) -> None:
        where = f"{self._where}, outcome_ranges"
        ranges = _list(self._own.get("outcome_ranges"), where)
        paid = _list(self._own.get("utilities", self._own.get("mappings")), where)
        weights = self._own.get("weights")
        factors = weights if isinstance(weights, list) and weights else [Plain("1")] * len(paid)
        if not len(ranges) == len(paid) == len(factors):
            refused(where, N_("each range has one utility and one weight."))
        row = [
            simplest(self._full * _number(each, where) * _number(factor, where))
            for each, factor in zip(paid, factors, strict=True)
        ]
        if "utilities" in self._exact:
            row = self._agreeing(row, [self._exact["utilities"]], where) if row else row
        for points, within in zip(row, ranges, strict=True):
            boxes.pay(points, self._within(within, where))

    def _within(self, value: Given, where: str) -> dict[int, frozenset[int]]:
        if isinstance(value, Plain) and value in NONE:
            return {}
        found = {}
        for key, kept in _map(value, where).items():
            place = next((n for n, each in enumerate(self._matters) if each.id == key), None)
            if isinstance(key, Plain) and key.isdecimal() and int(key) < len(self._matters):
                place = int(key)
            if place is None:
                refused(where, N_("a range names an issue of the domain."))
            options = self._matters[place].options
            found[place] = frozenset(
                n for n, option in enumerate(options) if _is_in(option, kept, where)
            )
        return found


def _is_in(option: str, kept: Given, where: str) -> bool:
    if isinstance(kept, str):
        return option == kept
    listed = _list(kept, where)
    if len(listed) == 2 and all(isinstance(each, Plain) and _is_number(each) for each in listed):
        if not _is_number(option):
            return False
        low, high = (_number(each, where) for each in listed)
        return low < number(option, where) < high
    return any(_is_in(option, each, where) for each in listed)


def _is_number(text: str) -> bool:
    return text.replace("-", "", 1).replace(".", "", 1).isdecimal()
