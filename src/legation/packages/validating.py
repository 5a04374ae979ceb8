"""What every case must be before anything is computed, wherever it came from: file or program.

Every fault is told with its place in the case. A case that passed is not looked at again.
"""

from collections.abc import Iterable, Sequence
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
    Excludes,
    Matter,
    Number,
    Points,
    Requires,
    Together,
)

MAX_MATTERS: Final = 10_000
MAX_OPTIONS: Final = 1_000_000
MAX_RULES: Final = 10_000
LARGEST: Final = 10**1_000
MAX_COMMON: Final = 10_000
MAX_FAULTS: Final = 100
KEPT: Final = 60
"""So much of a name that somebody gave is repeated."""
_PASSED: Final = "_passed"


def validate(case: Case) -> None:
    """Raise Refusal "case" if a case is not well made: its first fault, the rest in `others`."""
    if not isinstance(case, Case):
        raise refusal("case", shown(case), N_("it is a `Case`."))
    if _PASSED in vars(case):
        return
    raise_first(faults_of(case, shown(case.id)))
    passed(case)


def passed(case: Case) -> None:
    """Remember that a case has no faults; beside its cached properties, since it is frozen."""
    vars(case)[_PASSED] = True


def raise_first(faults: Sequence[Refusal]) -> None:
    """Raise the first of these faults, if any, with the others."""
    if faults:
        first, *others = faults[:MAX_FAULTS]
        first.others = tuple(others)
        raise first


def fits(case: Case, package: Sequence[int]) -> None:
    """Raise Refusal "package" unless a package has one option's place for every matter."""
    if not _is_package(package, case.matters):
        raise Refusal(
            "package",
            thing=N_("The package {package}"),
            rule=N_("it names the place of one option of every matter."),
            remedy=N_("Correct it; nothing was computed."),
            package=shown(package),
        )


def faults_of(case: Case, where: str) -> list[Refusal]:
    """Return what is wrong with a case; `where` names it."""
    looking = _Looking(where)
    looking.whole(case)
    if not looking.faults:
        looking.common(case)
    return looking.faults


def shown(value: object) -> str:
    """Return what somebody gave, cut to what a sentence can hold."""
    if type(value) is int and value.bit_length() > 4 * KEPT:
        return f"an integer of {value.bit_length()} bits"
    try:
        text = str(value)
    except ValueError:
        text = type(value).__name__
    return text if len(text) <= KEPT else f"{text[:KEPT]}…"


def is_text(value: object) -> bool:
    """Tell whether it is text without half characters, which JSON can hold and no file can."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def refusal(code: str, where: str, rule: str, **values: object) -> Refusal:
    """Return a refusal that names a place in a case."""
    found = Refusal(
        code,
        thing=N_("Case {where}"),
        rule=rule,
        remedy=N_("Correct it there; nothing was computed."),
    )
    found.values = {"where": where, **values}
    return found


class _Looking:
    """Looks at one case and keeps every fault until the end."""

    def __init__(self, where: str) -> None:
        self._where = where
        self.faults: list[Refusal] = []
        self._options: dict[str, frozenset[str]] = {}

    def whole(self, case: Case) -> None:
        for name, text in (("id", case.id), ("title", case.title)):
            self._text(text, name)
        matters = self._matters(case.matters)
        sides = case.sides if hasattr(case.sides, "get") else {}
        for odd in (each for each in sides if each not in SIDES):
            self._fault(f"sides.{shown(odd)}", N_("the sides are a and b."))
        for side in SIDES:
            self._side(sides.get(side), f"sides.{side}", matters)
        self._rules(case.rules)
        if case.as_it_stands is not None and not _is_package(case.as_it_stands, matters):
            self._fault("as_it_stands", N_("it names one option of every matter."))

    def _matters(self, listed: Sequence[Matter]) -> Sequence[Matter]:
        if not _is_list(listed) or not 1 <= len(listed) <= MAX_MATTERS:
            self._fault("matters", N_("a case has 1 to {most} matters."), most=MAX_MATTERS)
            return ()
        for place, matter in enumerate(listed):
            if not isinstance(matter, Matter):
                self._fault(f"matters[{place}]", N_("it is a `Matter`."))
                return ()
            if not matter.id or not is_text(matter.id):
                self._fault(f"matters[{place}]", N_("a matter has an id, which is text."))
                continue
            where = f"matters.{shown(matter.id)}"
            if matter.id in self._options:
                self._fault(where, N_("no two matters have one id."))
            self._text(matter.title, f"{where}.title")
            self._options[matter.id] = self._names(matter.options, f"{where}.options")
        return listed

    def _names(self, listed: Sequence[str], where: str) -> frozenset[str]:
        if not _is_list(listed) or not 1 <= len(listed) <= MAX_OPTIONS:
            self._fault(where, N_("a matter has 1 to {most} options."), most=MAX_OPTIONS)
            return frozenset()
        names = frozenset(each for each in listed if isinstance(each, str))
        if len(names) != len(listed):
            self._fault(where, N_("options are texts that differ within their matter."))
        self._text("".join(names), where)
        return names

    def _side(self, own: Points | None, where: str, matters: Sequence[Matter]) -> None:
        if not isinstance(own, Points):
            self._fault(where, N_("it is there, and it is a side's `Points`."))
            return
        self._text(own.name, f"{where}.name")
        self._number(own.reserve, f"{where}.reserve")
        if own.full is not None:
            self._number(own.full, f"{where}.full")
        if not _is_list(own.table) or len(own.table) != len(matters):
            rows = len(own.table) if _is_list(own.table) else 0
            self._fault(
                f"{where}.table",
                N_("there are {matters} matters and {rows} rows of points; each has its own."),
                matters=len(matters),
                rows=rows,
            )
            return
        for matter, row in zip(matters, own.table, strict=True):
            self._row(row, matter, where[-1])

    def _row(self, row: Sequence[Number], matter: Matter, side: str) -> None:
        if not _is_list(row) or len(row) != len(matter.options):
            self._fault(
                f"matters.{shown(matter.id)}.{side}",
                N_("there are {options} options and {points} points; each option has its own."),
                options=len(matter.options),
                points=len(row) if _is_list(row) else 0,
            )
        elif not _are_short(row):
            for place, each in enumerate(row):
                self._number(each, f"matters.{shown(matter.id)}.{side}[{place}]")

    def _rules(self, listed: Sequence[object]) -> None:
        if not _is_list(listed) or len(listed) > MAX_RULES:
            self._fault("rules", N_("a case has at most {most} rules."), most=MAX_RULES)
            return
        seen: set[str] = set()
        for place, rule in enumerate(listed):
            name = getattr(rule, "id", None)
            if not name or not is_text(name):
                self._fault(f"rules[{place}]", N_("a rule has an id, which is text."))
                continue
            where = f"rules.{shown(name)}"
            if name in seen:
                self._fault(where, N_("no two rules have one id."))
            seen.add(name)
            self._rule(rule, where)

    def _rule(self, rule: object, where: str) -> None:
        match rule:
            case Requires():
                self._condition(rule.if_, f"{where}.if")
                self._condition(rule.then, f"{where}.then")
            case Together() | Excludes():
                self._condition(rule.when, f"{where}.when")
            case AtMost():
                self._at_most(rule, where)
            case Bonus():
                if rule.side not in SIDES:
                    self._fault(f"{where}.side", N_("a bonus goes to side a or b."))
                self._number(rule.points, f"{where}.points")
                self._condition(rule.when, f"{where}.when")
            case _:
                self._fault(
                    f"{where}.rule",
                    N_("“{name}” is no rule; rules are {known}."),
                    name=type(rule).__name__[:KEPT],
                    known="Requires, Together, Excludes, AtMost, Bonus",
                )

    def _condition(self, value: object, where: str) -> None:
        for matter, options in self._entries(
            value, where, N_("a condition names at least one matter; this is about nothing.")
        ):
            here = f"{where}.{shown(matter)}"
            if not _is_list(options) or not all(isinstance(each, str) for each in options):
                self._fault(here, N_("an option is named by its text."))
                continue
            if not options:
                self._fault(here, N_("it names at least one option."))
            self._known(matter, options, here)

    def _at_most(self, rule: AtMost, where: str) -> None:
        self._number(rule.cap, f"{where}.cap")
        for matter, costs in self._entries(
            rule.cost, f"{where}.cost", N_("a cap names at least one cost.")
        ):
            here = f"{where}.cost.{shown(matter)}"
            if not _is_list(costs) or not all(_is_list(each) and len(each) == 2 for each in costs):
                self._fault(here, N_("it is pairs of an option and its cost."))
                continue
            self._known(matter, [option for option, _ in costs], here)
            self._once([option for option, _ in costs], here)
            for option, amount in costs:
                self._number(amount, f"{here}.{shown(option)}")
                if _is_number(amount) and amount < 0:
                    self._fault(here, N_("a cost is never negative."))

    def _entries(self, value: object, where: str, nothing: str) -> list[tuple[Any, Any]]:
        """Return the pairs of a condition or a cost: each names its matter."""
        if not isinstance(value, tuple | list) or not all(
            _is_list(each) and len(each) == 2 for each in value
        ):
            self._fault(where, N_("it is pairs, each of a matter and what it says of it."))
            return []
        if not value:
            self._fault(where, nothing)
        self._once([matter for matter, _ in value], where)
        return list(value)

    def _once(self, names: Sequence[object], where: str) -> None:
        texts = [each for each in names if isinstance(each, str)]
        if len(set(texts)) < len(texts):
            twice = next(each for n, each in enumerate(texts) if each in texts[:n])
            self._fault(where, N_("it names “{name}” twice."), name=shown(twice))

    def _known(self, matter: object, options: Iterable[object], where: str) -> None:
        known = self._options.get(matter) if isinstance(matter, str) else None
        if known is None:
            self._fault(where, N_("the case has no matter “{matter}”."), matter=shown(matter))
            return
        unknown = [each for each in options if not isinstance(each, str) or each not in known]
        if unknown:
            self._fault(where, N_("the matter has no option “{option}”."), option=shown(unknown[0]))

    def common(self, case: Case) -> None:
        """Look whether numbers are short enough to be added up and written down."""
        lists: list[tuple[str, Iterable[Number]]] = [
            (
                f"rules.{shown(rule.id)}",
                (rule.cap, *(n for _, costs in rule.cost for _, n in costs)),
            )
            for rule in case.rules
            if isinstance(rule, AtMost)
        ]
        for side in SIDES:
            own = case.sides[side]
            paid = [r.points for r in case.rules if isinstance(r, Bonus) and r.side == side]
            odd = (row for row in own.table if set(map(type, row)) != {int})
            rest = (*paid, own.reserve, own.full or 0)
            lists.append((f"sides.{side}", chain(chain.from_iterable(odd), rest)))
        for where, numbers in lists:
            found = 1
            for denominator in {each.denominator for each in numbers}:
                found = lcm(found, denominator)
                if found.bit_length() > MAX_COMMON:
                    self._fault(
                        where,
                        N_("its fractions have a common denominator of at most {most} bits."),
                        most=MAX_COMMON,
                    )
                    break

    def _text(self, value: object, where: str) -> None:
        if not is_text(value):
            self._fault(where, N_("a name is text that can be written down."))

    def _number(self, value: object, where: str) -> None:
        if not _is_number(value):
            self._fault(
                where,
                N_("{value} is no exact number: those are `int` and `Fraction`."),
                value=shown(value),
            )
        elif not _are_short((value,)):
            self._fault(where, N_("its numbers are too large."))

    def _fault(self, where: str, rule: str, **values: object) -> None:
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(refusal("case", f"{self._where}, {where}", rule, **values))


def _is_list(value: object) -> bool:
    return isinstance(value, tuple | list)


def _is_number(value: Any) -> bool:
    return type(value) is int or isinstance(value, Fraction)


def _are_short(row: Sequence[Any]) -> bool:
    """Tell whether all are exact numbers that may be added up."""
    if set(map(type, row)) == {int}:
        return bool(-LARGEST < min(row) and max(row) < LARGEST)
    return all(_is_number(each) and -LARGEST < each.numerator < LARGEST for each in row)


def _is_package(package: Any, matters: Sequence[Matter]) -> bool:
    return (
        _is_list(package)
        and len(package) == len(matters)
        and all(
            type(option) is int and 0 <= option < len(matter.options)
            for option, matter in zip(package, matters, strict=True)
        )
    )
