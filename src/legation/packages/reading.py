"""Read a case from JSON (`legation-case/1`): bounded, exact, every fault told at once.

Here stands what is JSON's own; what every case must be, `validating` says. A number is a JSON
integer or a string, "3/7" or "0.105"; a JSON float is refused, since what it meant is not what
it holds.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from legation.errors import N_, Refusal
from legation.packages.model import (
    SIDES,
    AtMost,
    Bonus,
    Case,
    Condition,
    Excludes,
    Matter,
    Number,
    Points,
    Requires,
    Rule,
    Side,
    Together,
)
from legation.packages.validating import (
    LARGEST,
    MAX_FAULTS,
    MAX_RULES,
    faults_of,
    passed,
    raise_first,
    refusal,
    shown,
)

MAX_FILE: Final = 64 << 20
MAX_DIGITS: Final = 4_200
FORMAT: Final = "legation-case/1"
_EXACT: Final = re.compile(r"-?\d+(?:/\d+|\.\d+)?", re.ASCII)


def read_case(data: bytes, *, where: str = "case") -> Case:
    """Read a case. Raises Refusal "json" or "case": the first fault, the rest in `others`."""
    if len(data) > MAX_FILE:
        raise refusal("size", where, N_("a case has at most {most} bytes."), most=MAX_FILE)
    try:
        value = json.loads(data, parse_float=Float, parse_constant=Float, object_pairs_hook=once)
    except (ValueError, RecursionError) as fault:
        raise refusal("json", where, N_("it is JSON ({why})."), why=str(fault)[:120]) from fault
    return _Reader(shown(where)).case(value)


@dataclass(frozen=True, slots=True)
class Float:
    """A JSON float, kept as its text so that the refusal can say where it stood."""

    text: str

    def __str__(self) -> str:
        return f"the float {self.text[:40]}"


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object's pairs as a dictionary. Raises ValueError if a key comes twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise ValueError(f"the key {name[:60]!r} is given twice in one object")
            seen.add(name)
    return found


def exact(value: object) -> Number:
    """Return the exact number of JSON's integer or text. Raises ValueError."""
    if type(value) is int and -LARGEST < value < LARGEST:
        return value
    if type(value) is not str or len(value) > MAX_DIGITS or not _EXACT.fullmatch(value):
        raise ValueError(
            f'{shown(value)} is neither an integer nor text as "3/7" or "0.105"'
            f" of at most {MAX_DIGITS} characters"
        )
    try:
        found = Fraction(value)
    except ZeroDivisionError:
        raise ValueError(f"{value[:40]!r} divides by zero") from None
    return found.numerator if found.denominator == 1 else found


class _Reader:
    """Reads one case and keeps every fault until the end."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._faults: list[Refusal] = []

    def case(self, value: object) -> Case:
        top = self._object(value, N_("the case"))
        if top.get("format", FORMAT) != FORMAT:
            self._fault("format", N_("its format is legation-case/1."))
        listed = self._list(top.get("matters"), "matters")
        given = [self._object(each, f"matters[{place}]") for place, each in enumerate(listed)]
        matters = tuple(
            Matter(each.get("id", ""), _tuple(each.get("options")), each.get("title", ""))
            for each in given
        )
        sides = self._sides(top.get("sides"), matters, given)
        found = Case(
            id=top.get("id", self._where),
            matters=matters,
            sides=sides,
            rules=self._rules(top.get("rules", [])),
            title=top.get("title", ""),
            as_it_stands=self._as_it_stands(top.get("as_it_stands"), matters),
        )
        raise_first([*self._faults, *faults_of(found, self._where)])
        passed(found)
        return found

    def _sides(
        self, value: object, matters: Sequence[Matter], given: Sequence[Mapping[str, Any]]
    ) -> dict[Side, Points]:
        sides = self._object(value, "sides")
        if odd := [each for each in sides if each not in SIDES]:
            self._fault(f"sides.{shown(odd[0])}", N_("the sides are a and b."))
        found: dict[Side, Points] = {}
        for side in SIDES:
            own = self._object(sides.get(side), f"sides.{side}")
            found[side] = Points(
                name=own.get("name", side),
                table=tuple(
                    self._row(each.get(side), f"matters.{shown(matter.id)}.{side}")
                    for matter, each in zip(matters, given, strict=True)
                ),
                reserve=self._number(own.get("reserve", 0), f"sides.{side}.reserve"),
                full=None
                if own.get("full") is None
                else self._number(own["full"], f"sides.{side}.full"),
            )
        return found

    def _row(self, value: object, where: str) -> tuple[Number, ...]:
        return tuple(
            each if type(each) is int else self._number(each, f"{where}[{place}]")
            for place, each in enumerate(self._list(value, where))
        )

    def _rules(self, value: object) -> tuple[Rule, ...]:
        listed = self._list(value, "rules")
        if len(listed) > MAX_RULES:
            self._fault("rules", N_("a case has at most {most} rules."), most=MAX_RULES)
            return ()
        found = []
        for place, each in enumerate(listed):
            own = self._object(each, f"rules[{place}]")
            before = len(self._faults)
            rule = self._rule(own, own.get("id", ""), f"rules.{shown(own.get('id', place))}")
            if rule is not None and len(self._faults) == before:
                found.append(rule)
        return tuple(found)

    def _rule(self, own: Mapping[str, Any], name: str, where: str) -> Rule | None:
        def when(key: str) -> Condition:
            given = self._object(own.get(key), f"{where}.{key}")
            return tuple((matter, _tuple(options)) for matter, options in given.items())

        match own.get("rule"):
            case "requires":
                return Requires(name, when("if"), when("then"))
            case "together":
                return Together(name, when("when"))
            case "excludes":
                return Excludes(name, when("when"))
            case "at_most":
                return self._at_most(own, name, where)
            case "bonus":
                points = self._number(own.get("points"), f"{where}.points")
                return Bonus(name, own.get("side", ""), when("when"), points)
            case other:
                self._fault(
                    f"{where}.rule",
                    N_("“{name}” is no rule; rules are {known}."),
                    name=shown(other),
                    known="requires, together, excludes, at_most, bonus",
                )
                return None

    def _at_most(self, own: Mapping[str, Any], name: str, where: str) -> AtMost:
        given = self._object(own.get("cost"), f"{where}.cost")
        cost = []
        for matter, costs in given.items():
            here = f"{where}.cost.{shown(matter)}"
            amounts = tuple(
                (option, self._number(amount, f"{here}.{shown(option)}"))
                for option, amount in self._object(costs, here).items()
            )
            cost.append((matter, amounts))
        return AtMost(name, tuple(cost), self._number(own.get("cap"), f"{where}.cap"))

    def _as_it_stands(self, value: object, matters: Sequence[Matter]) -> tuple[int, ...] | None:
        if value is None:
            return None
        given = self._object(value, "as_it_stands")
        found = []
        for matter in matters:
            option = given.get(matter.id) if isinstance(matter.id, str) else None
            if not isinstance(matter.options, tuple) or option not in matter.options:
                where = f"as_it_stands.{shown(matter.id)}"
                self._fault(where, N_("it names one option of every matter."))
                return None
            found.append(matter.options.index(option))
        return tuple(found)

    def _number(self, value: object, where: str) -> Number:
        try:
            return exact(value)
        except ValueError as fault:
            self._fault(where, N_("it is an exact number ({why})."), why=str(fault))
            return 0

    def _object(self, value: object, where: str) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self._fault(where, N_("it is an object."))
        return {}

    def _list(self, value: object, where: str) -> list[Any]:
        if isinstance(value, list):
            return value
        self._fault(where, N_("it is a list."))
        return []

    def _fault(self, where: str, rule: str, **values: object) -> None:
        if len(self._faults) < MAX_FAULTS:
            self._faults.append(refusal("case", f"{self._where}, {where}", rule, **values))


def _tuple(value: Any) -> Any:
    """Return a list as a tuple; what is none is refused where it is looked at."""
    return tuple(value) if isinstance(value, list) else value
