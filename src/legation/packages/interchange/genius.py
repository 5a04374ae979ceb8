"""Read a GENIUS domain and two utility spaces (XML), as GENIUS 10.4 computes them.

1. A discrete issue: weight × evaluation / largest evaluation of the issue; 0 throughout where
   that largest is below 0.00001. Source: EvaluatorDiscrete.
2. An integer issue: weight × (offset + slope × (value - lower bound)), held within 0 and 1.
   Source: EvaluatorInteger.
3. Hyper-rectangles: INCLUDES pays inside the box, EXCLUDES everywhere but inside it, bounds
   included; a box without bounds always pays. Points stay as in the file and `maxutility`
   becomes `full`, so a reserve is a share of it. Source: NonlinearUtilitySpace.
4. Nothing is capped at 1, and discounts over time are not read.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final
from xml.etree.ElementTree import Element

from legation.errors import N_
from legation.packages.interchange.boxes import Boxes
from legation.packages.interchange.building import Side, assembled, checked
from legation.packages.interchange.exactly import near, number, refused, simplest
from legation.packages.interchange.xml import all_of, children, parsed
from legation.packages.model import SIDES, Case, Matter, Number
from legation.packages.model import Side as Letter
from legation.packages.validating import MAX_OPTIONS

SMALLEST: Final = Fraction(1, 100_000)


def read_genius(
    domain: bytes, profiles: tuple[bytes, bytes], *, names: tuple[str, str, str]
) -> Case:
    """Return the case of a domain and two profiles. names: of the three files, for refusals.

    Raises Refusal "size", "xml" or "file".
    """
    root = parsed(domain, names[0])
    matters = checked(names[0], [_matter(each, names[0]) for each in all_of(root, "issue")])
    found = [
        _Profile(data, name, side, matters).side()
        for data, name, side in zip(profiles, names[1:], SIDES, strict=True)
    ]
    return assembled(names[0].removesuffix(".xml"), matters, *found)


def _kind(issue: Element) -> str:
    for key in ("type", "etype", "vtype"):
        if issue.get(key):
            return str(issue.get(key)).lower()
    return "discrete"


def _name(issue: Element, where: str) -> str:
    name = (issue.get("name") or "").strip()
    if not name:
        refused(where, N_("an issue has a name."))
    return name


def _matter(issue: Element, where: str) -> Matter:
    name = _name(issue, where)
    title = (issue.get("description") or "").strip()
    match _kind(issue):
        case "discrete":
            items = children(issue, "item")
            values = tuple(each.get("value", "") for each in items)
        case "integer":
            low, high = bounds(issue, f"{where}, issue {name}")
            own = tuple(each.get("name", "") for each in children(issue, "option"))
            whole = tuple(str(each) for each in range(low, high + 1))
            values = own if len(own) == len(whole) else whole
        case kind:
            refused(
                f"{where}, issue {name}",
                N_("an issue of kind “{kind}” has no list of options; discrete or integer does."),
                kind=kind[:40],
            )
    return Matter(name, values, title)


def bounds(issue: Element, where: str) -> tuple[int, int]:
    """Return the first and the last value of an integer issue."""
    spread = next(iter(children(issue, "range")), issue)
    low, high = (_whole(spread.get(key), where) for key in ("lowerbound", "upperbound"))
    if not 0 <= high - low < MAX_OPTIONS:
        refused(where, N_("its bounds hold 1 to {most} values."), most=MAX_OPTIONS)
    return low, high


def _whole(text: str | None, where: str) -> int:
    found = number(text, where)
    if not isinstance(found, int):
        refused(where, N_("its bounds are whole numbers."))
    return found


class _Profile:
    """One utility space, read against the domain's matters."""

    def __init__(self, data: bytes, where: str, side: Letter, matters: tuple[Matter, ...]) -> None:
        self._where = where
        self._side: Letter = side
        self._matters = matters
        self._root = parsed(data, where)
        self._issues = self._matched()

    def side(self) -> Side:
        """Return what the side's file says."""
        whole = next(all_of(self._root, "utility"), None)
        return self._additive() if whole is None else self._boxes(whole)

    def _matched(self) -> list[Element]:
        issues = list(all_of(self._root, "issue"))
        named: dict[str, Element] = {}
        for issue in issues:
            name = _name(issue, self._where)
            if name in named:
                refused(self._where, N_("two matters are called “{name}”."), name=name[:60])
            named[name] = issue
        wanted = [matter.id for matter in self._matters]
        if set(wanted) != set(named):
            odd = next(iter(sorted(set(wanted) ^ set(named))))
            refused(
                self._where,
                N_("it has the issues of its domain; “{name}” stands in one alone."),
                name=odd[:60],
            )
        return [named[name] for name in wanted]

    def _additive(self) -> Side:
        for each in self._root.iter():
            if "constraint" in (each.get("type") or "").lower():
                refused(self._where, N_("it has constraints that this cannot say; convert it."))
        weights = self._weights()
        table = tuple(
            self._row(issue, matter, weights.get(issue.get("index", ""), 0))
            for issue, matter in zip(self._issues, self._matters, strict=True)
        )
        full = self._exact(self._root, "full", 1)
        return Side(self._name(), table, self._reserve(full), full)

    def _weights(self) -> dict[str, Number]:
        found: dict[str, Number] = {}
        for each in all_of(self._root, "weight"):
            index = each.get("index", "")
            found[index] = number(each.get("value"), f"{self._where}, weight {index[:20]}")
        return found

    def _row(self, issue: Element, matter: Matter, weight: Number) -> tuple[Number, ...]:
        where = f"{self._where}, issue {matter.id}"
        if _kind(issue) == "integer":
            return self._line(issue, matter, weight, where)
        evaluations: dict[str, Number] = {}
        points: dict[str, Number] = {}
        for item in children(issue, "item"):
            option = item.get("value", "")
            if option in evaluations:
                refused(where, N_("it has the option “{option}” twice."), option=option[:60])
            evaluations[option] = number(item.get("evaluation"), f"{where}, option {option[:60]}")
            if item.get("points") is not None:
                points[option] = number(item.get("points"), f"{where}, option {option[:60]}")
        if missing := [each for each in matter.options if each not in evaluations]:
            refused(where, N_("it does not evaluate “{option}”."), option=missing[0][:60])
        most = max(evaluations.values())
        row = tuple(
            simplest(Fraction(weight) * evaluations[each] / most) if most >= SMALLEST else 0
            for each in matter.options
        )
        return self._agreeing(row, [points.get(each) for each in matter.options], where)

    def _agreeing(
        self, row: tuple[Number, ...], points: list[Number | None], where: str
    ) -> tuple[Number, ...]:
        """Return the exact points that this program wrote beside the decimals, if they agree."""
        exact = [each for each in points if each is not None]
        if len(exact) < len(row):
            return row
        full = self._exact(self._root, "full", 1)
        shift = exact[0] - row[0] * full
        for value, point in zip(row, exact, strict=True):
            if not near(point - shift, value * full, full):
                refused(where, N_("its points and its evaluations disagree; drop one of them."))
        return tuple(exact)

    @staticmethod
    def _line(issue: Element, matter: Matter, weight: Number, where: str) -> tuple[Number, ...]:
        line = next(iter(children(issue, "evaluator")), None)
        slope = Fraction(0 if line is None else number(line.get("slope"), where))
        offset = Fraction(0 if line is None else number(line.get("offset"), where))
        return tuple(
            simplest(weight * min(max(offset + slope * step, Fraction(0)), Fraction(1)))
            for step in range(len(matter.options))
        )

    def _boxes(self, whole: Element) -> Side:
        where = f"{self._where}, utility"
        places = {issue.get("index", ""): n for n, issue in enumerate(self._issues)}
        lows = []
        for issue, matter in zip(self._issues, self._matters, strict=True):
            low, high = bounds(issue, f"{self._where}, issue {matter.id}")
            if high - low + 1 != len(matter.options):
                refused(f"{self._where}, issue {matter.id}", N_("its bounds are the domain's."))
            lows.append(low)
        boxes = Boxes(self._side, self._matters)
        unit = number(whole.get("unit", "1"), where)
        for box, factor in self._rectangles(whole, Fraction(1)):
            paid = number(box.get("utility"), where) * number(box.get("weight", "1"), where)
            within: dict[int, frozenset[int]] = {}
            inside = children(box, "includes")
            outside = children(box, "excludes")
            for bound in outside or inside:
                place = places.get(bound.get("index", ""))
                if place is None:
                    refused(where, N_("a bound names an issue of the domain."))
                least, most = (number(bound.get(key), where) for key in ("min", "max"))
                kept = frozenset(
                    n
                    for n in range(len(self._matters[place].options))
                    if least <= n + lows[place] <= most
                )
                within[place] = within.get(place, kept) & kept
            boxes.pay(simplest(paid * factor * unit), within, outside=bool(outside))
        full = simplest(number(whole.get("maxutility"), where) * unit)
        return boxes.side(self._name(), self._reserve(full), full)

    def _rectangles(self, element: Element, factor: Fraction) -> Iterator[tuple[Element, Fraction]]:
        for box in children(element, "hyperrectangle"):
            yield box, factor
        for inner in children(element, "ufun"):
            sums = (inner.get("aggregation") or "sum").lower()
            if sums != "sum":
                refused(self._where, N_("boxes are added up, not “{kind}”."), kind=sums[:20])
            weight = number(inner.get("weight", "1"), self._where)
            # The outermost weight is not applied: GENIUS reads it and does not use it.
            outermost = element.tag.lower() == "utility"
            yield from self._rectangles(inner, factor if outermost else factor * weight)

    def _reserve(self, full: Number) -> Number:
        own = next(all_of(self._root, "reservation"), None)
        if own is None:
            return 0
        if own.get("points") is not None:
            return number(own.get("points"), f"{self._where}, reservation")
        return simplest(full * number(own.get("value"), f"{self._where}, reservation"))

    def _name(self) -> str:
        return self._root.get("owner") or self._where.removesuffix(".xml")

    def _exact(self, element: Element, key: str, otherwise: Number) -> Number:
        text = element.get(key)
        return otherwise if text is None else number(text, f"{self._where}, {key}")
