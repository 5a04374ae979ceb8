"""Read a case from JSON (`legation-case/1`): bounded, exact, every fault told at once.

A number is a JSON integer or a string, "3/7" or "0.105"; a JSON float is refused, since what it
meant is not what it holds.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import lcm
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

MAX_FILE: Final = 64 << 20
MAX_MATTERS: Final = 10_000
MAX_OPTIONS: Final = 1_000_000
MAX_RULES: Final = 10_000
MAX_DIGITS: Final = 4_200
LARGEST: Final = 10**1_000
MAX_COMMON: Final = 10_000
MAX_FAULTS: Final = 100
FORMAT: Final = "legation-case/1"
_EXACT: Final = re.compile(r"-?\d+(?:/\d+|\.\d+)?", re.ASCII)


def read_case(data: bytes, *, where: str = "case") -> Case:
    """Read a case. Raises Refusal "json" or "case": the first fault, the rest in `others`."""
    if len(data) > MAX_FILE:
        raise _refusal("size", where, N_("a case has at most {most} bytes."), most=MAX_FILE)
    try:
        value = json.loads(data, parse_float=_Float, parse_constant=_Float, object_pairs_hook=once)
    except (ValueError, RecursionError) as fault:
        raise _refusal("json", where, N_("it is JSON ({why})."), why=str(fault)[:120]) from fault
    return _Reader(where).case(value)


@dataclass(frozen=True, slots=True)
class _Float:
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


def common(case: Case) -> None:
    """Raise Refusal "case" if numbers are too long to be added up and written down."""
    capped = [rule for rule in case.rules if isinstance(rule, AtMost)]
    lists: list[tuple[str, Sequence[Number]]] = [
        (f"rules.{rule.id}", [rule.cap, *(each for _, costs in rule.cost for _, each in costs)])
        for rule in capped
    ]
    for side in SIDES:
        own = case.sides[side]
        bonuses = [
            rule.points for rule in case.rules if isinstance(rule, Bonus) and rule.side == side
        ]
        own_numbers = (*chain.from_iterable(own.table), *bonuses, own.reserve, own.full or 0)
        lists.append((f"sides.{side}", own_numbers))
    for where, numbers in lists:
        if not all(-LARGEST < each.numerator < LARGEST for each in numbers):
            raise _refusal("case", f"{case.id[:60]}, {where}", N_("its numbers are too large."))
        found = 1
        for denominator in {each.denominator for each in numbers}:
            found = lcm(found, denominator)
            if found.bit_length() > MAX_COMMON:
                raise _refusal(
                    "case",
                    f"{case.id[:60]}, {where}",
                    N_("its fractions have a common denominator of at most {most} bits."),
                    most=MAX_COMMON,
                )


def exact(value: object) -> Number:
    """Return the exact number of JSON's integer or text. Raises ValueError."""
    if type(value) is int and -LARGEST < value < LARGEST:
        return value
    if type(value) is not str or len(value) > MAX_DIGITS or not _EXACT.fullmatch(value):
        raise ValueError(
            f'{_shown(value)} is neither an integer nor text as "3/7" or "0.105"'
            f" of at most {MAX_DIGITS} characters"
        )
    try:
        found = Fraction(value)
    except ZeroDivisionError:
        raise ValueError(f"{value[:40]!r} divides by zero") from None
    return found.numerator if found.denominator == 1 else found


def _is_text(text: str) -> bool:
    """Tell whether a text is without half characters, which JSON can hold and no file can."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shown(value: object) -> str:
    return f"an integer of {value.bit_length()} bits" if type(value) is int else str(value)[:40]


class _Reader:
    """Reads one case and keeps every fault until the end."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._faults: list[Refusal] = []
        self._options: dict[str, frozenset[str]] = {}

    def case(self, value: object) -> Case:
        top = self._object(value, N_("the case"))
        if top.get("format", FORMAT) != FORMAT:
            self._fault("format", N_("its format is legation-case/1."))
        matters, tables = self._matters(top.get("matters"))
        sides: dict[Side, Points] = {}
        given = self._object(top.get("sides"), "sides")
        if odd := [each for each in given if each not in SIDES]:
            self._fault(f"sides.{odd[0][:40]}", N_("the sides are a and b."))
        for side in SIDES:
            own = self._object(given.get(side), f"sides.{side}")
            sides[side] = Points(
                name=self._words(own.get("name", side), f"sides.{side}.name"),
                table=tuple(tables[side]),
                reserve=self._number(own.get("reserve", 0), f"sides.{side}.reserve"),
                full=None
                if own.get("full") is None
                else self._number(own["full"], f"sides.{side}.full"),
            )
        rules = self._rules(top.get("rules", []))
        name = self._words(top.get("id", self._where), "id")
        title = self._words(top.get("title", ""), "title")
        stands = self._as_it_stands(top.get("as_it_stands"), matters)
        if self._faults:
            first, *others = self._faults
            first.others = tuple(others)
            raise first
        found = Case(
            id=name,
            matters=tuple(matters),
            sides=sides,
            rules=tuple(rules),
            title=title,
            as_it_stands=stands,
        )
        common(found)
        return found

    def _matters(self, value: object) -> tuple[list[Matter], dict[Side, list[tuple[Number, ...]]]]:
        listed = self._list(value, "matters")
        tables: dict[Side, list[tuple[Number, ...]]] = {"a": [], "b": []}
        if not 1 <= len(listed) <= MAX_MATTERS:
            self._fault("matters", N_("a case has 1 to {most} matters."), most=MAX_MATTERS)
            return [], tables
        matters: list[Matter] = []
        for place, each in enumerate(listed):
            own = self._object(each, f"matters[{place}]")
            name = own.get("id")
            where = f"matters.{name}" if isinstance(name, str) else f"matters[{place}]"
            if not isinstance(name, str) or not name or not _is_text(name):
                self._fault(where, N_("a matter has an id, which is text."))
                name = f"[{place}]"
            if name in self._options:
                self._fault(where, N_("no two matters have one id."))
            options = self._names(own.get("options"), f"{where}.options")
            self._options[name] = frozenset(options)
            matters.append(
                Matter(name, options, self._words(own.get("title", ""), f"{where}.title"))
            )
            for side in SIDES:
                tables[side].append(self._row(own.get(side), len(options), f"{where}.{side}"))
        return matters, tables

    def _row(self, value: object, length: int, where: str) -> tuple[Number, ...]:
        listed = self._list(value, where)
        if len(listed) != length:
            self._fault(
                where,
                N_("there are {options} options and {points} points; each option has its own."),
                options=length,
                points=len(listed),
            )
            return (0,) * length
        return tuple(
            each
            if type(each) is int and -LARGEST < each < LARGEST
            else self._number(each, f"{where}[{place}]")
            for place, each in enumerate(listed)
        )

    def _names(self, value: object, where: str) -> tuple[str, ...]:
        listed = self._list(value, where)
        if not 1 <= len(listed) <= MAX_OPTIONS:
            self._fault(where, N_("a matter has 1 to {most} options."), most=MAX_OPTIONS)
            return ("",)
        names = tuple(each for each in listed if isinstance(each, str))
        if not _is_text("".join(names)):
            self._fault(where, N_("a name is text that can be written down."))
        if len(set(names)) != len(listed):
            self._fault(where, N_("options are texts that differ within their matter."))
        return names or ("",)

    def _rules(self, value: object) -> list[Rule]:
        listed = self._list(value, "rules")
        if len(listed) > MAX_RULES:
            self._fault("rules", N_("a case has at most {most} rules."), most=MAX_RULES)
            return []
        rules: list[Rule] = []
        seen: set[str] = set()
        for place, each in enumerate(listed):
            own = self._object(each, f"rules[{place}]")
            name = own.get("id")
            if not isinstance(name, str) or not name or not _is_text(name):
                self._fault(f"rules[{place}]", N_("a rule has an id, which is text."))
                continue
            if name in seen:
                self._fault(f"rules.{name}", N_("no two rules have one id."))
            seen.add(name)
            rule = self._rule(own, name, f"rules.{name}")
            if rule is not None:
                rules.append(rule)
        return rules

    def _rule(self, own: Mapping[str, Any], name: str, where: str) -> Rule | None:
        def when(key: str) -> Condition:
            return self._condition(own.get(key), f"{where}.{key}")

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
                side = own.get("side")
                if side not in SIDES:
                    self._fault(f"{where}.side", N_("a bonus goes to side a or b."))
                points = self._number(own.get("points"), f"{where}.points")
                return Bonus(name, "b" if side == "b" else "a", when("when"), points)
            case other:
                self._fault(
                    f"{where}.rule",
                    N_("“{name}” is no rule; rules are {known}."),
                    name=str(other)[:40],
                    known="requires, together, excludes, at_most, bonus",
                )
                return None

    def _condition(self, value: object, where: str) -> Condition:
        given = self._object(value, where)
        if not given:
            self._fault(where, N_("a condition names at least one matter; this is about nothing."))
        found = []
        for matter, options in given.items():
            listed = self._list(options, f"{where}.{matter}")
            names = tuple(each for each in listed if isinstance(each, str))
            if len(names) < len(listed):
                self._fault(f"{where}.{matter}", N_("an option is named by its text."))
            self._known(matter, names, f"{where}.{matter}")
            if not names:
                self._fault(f"{where}.{matter}", N_("it names at least one option."))
            found.append((matter, names))
        return tuple(found)

    def _at_most(self, own: Mapping[str, Any], name: str, where: str) -> AtMost:
        given = self._object(own.get("cost"), f"{where}.cost")
        if not given:
            self._fault(f"{where}.cost", N_("a cap names at least one cost."))
        cost = []
        for matter, costs in given.items():
            here = f"{where}.cost.{matter}"
            listed = self._object(costs, here)
            self._known(matter, tuple(listed), here)
            amounts = tuple(
                (option, self._number(amount, f"{here}.{option}"))
                for option, amount in listed.items()
            )
            if any(amount < 0 for _, amount in amounts):
                self._fault(here, N_("a cost is never negative."))
            cost.append((matter, amounts))
        return AtMost(name, tuple(cost), self._number(own.get("cap"), f"{where}.cap"))

    def _known(self, matter: str, options: Sequence[str], where: str) -> None:
        known = self._options.get(matter)
        if known is None:
            self._fault(where, N_("the case has no matter “{matter}”."), matter=matter[:60])
            return
        unknown = [each for each in options if each not in known]
        if unknown:
            self._fault(
                where,
                N_("the matter has no option “{option}”."),
                option=unknown[0][:60],
            )

    def _as_it_stands(self, value: object, matters: Sequence[Matter]) -> tuple[int, ...] | None:
        if value is None:
            return None
        given = self._object(value, "as_it_stands")
        found = []
        for matter in matters:
            option = given.get(matter.id)
            if option not in matter.options:
                self._fault(f"as_it_stands.{matter.id}", N_("it names one option of every matter."))
                return None
            found.append(matter.options.index(option))
        return tuple(found)

    def _words(self, value: object, where: str) -> str:
        if isinstance(value, str) and _is_text(value):
            return value
        self._fault(where, N_("a name is text that can be written down."))
        return ""

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
            self._faults.append(_refusal("case", f"{self._where}, {where}", rule, **values))


def _refusal(code: str, where: str, rule: str, **values: object) -> Refusal:
    refusal = Refusal(
        code,
        thing=N_("Case {where}"),
        rule=rule,
        remedy=N_("Correct it there; nothing was computed."),
    )
    refusal.values = {"where": where, **values}
    return refusal
