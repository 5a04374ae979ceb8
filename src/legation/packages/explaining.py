"""Why an answer is as it is: what an option costs, which rules clash, who falls short, and where.

Everything here is computed by solving the case again with one thing changed; nothing is guessed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice

from legation.errors import N_, Refusal
from legation.packages.model import Case, Excludes, Number, Package
from legation.packages.repairing import RESERVES, Lower, Repair, Repairing, least, without
from legation.packages.result import Point, Result
from legation.packages.ruling import obeys, value
from legation.packages.solving import Limits, solved
from legation.packages.validating import fits, shown, validate


@dataclass(frozen=True, slots=True)
class Short:
    """A point of the frontier, and by how much each side falls short of its reserve (0: not)."""

    point: Point
    a: Number
    b: Number


@dataclass(frozen=True, slots=True)
class Explanation:
    """What can be said of an answer.

    short: where on the frontier who falls short. conflict: rules that clash, each of which is
    needed for the clash (infeasible cases). repairs: the smallest sets of rules whose dropping
    makes the case feasible, all of them. then: for each of these, as `reserves`. reserves: how
    much lower (a's, b's) reserve would give a rational point, no entry needing more of both than
    another (cases without one). smallest: the smallest changes, of rules and of reserves alike,
    that would leave a package that meets all the rest, all of them (cases without one).
    """

    status: str
    short: tuple[Short, ...] = ()
    conflict: tuple[str, ...] = ()
    repairs: tuple[tuple[str, ...], ...] = ()
    then: tuple[Lower, ...] = ()
    reserves: Lower = ()
    smallest: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A case with one thing changed, and its answer beside the first one.

    best, now: the most each side can have on the frontier, before and after; None where nothing
    is feasible.
    """

    what: str
    result: Result
    best: tuple[Number, Number] | None
    now: tuple[Number, Number] | None

    @property
    def loss(self) -> tuple[Number, Number] | None:
        """What each side's best falls by; negative where it grows."""
        if self.best is None or self.now is None:
            return None
        return self.best[0] - self.now[0], self.best[1] - self.now[1]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a package is not among the efficient ones. All empty: it is.

    broken: rules that it breaks. better: points of the frontier that are at least as good for
    both sides and better for one.
    """

    value: tuple[Number, Number]
    broken: tuple[str, ...]
    better: tuple[Point, ...]


def explain(case: Case, result: Result, limits: Limits | None = None) -> Explanation:
    """Explain an answer. Raises Refusal "limit" where a limit is met on the way."""
    validate(case)
    limits = limits or Limits()
    looking = Repairing(case, limits)
    short = _all_short(result)
    reserves = least((each.a, each.b) for each in short)
    if result.frontier and not reserves:
        return Explanation(result.status, tuple(each for each in short if each.a or each.b))
    smallest = looking.repairs(looking.smallest())
    if result.frontier:
        return Explanation(result.status, short, reserves=reserves, smallest=smallest)
    repairs = looking.repairs(looking.smallest(gone=frozenset(RESERVES)))
    return Explanation(
        result.status,
        conflict=looking.named(looking.clash(frozenset(RESERVES))),
        repairs=tuple(each.rules for each in repairs),
        then=tuple(each.lower for each in repairs),
        smallest=smallest,
    )


def _all_short(result: Result) -> tuple[Short, ...]:
    low = result.case.sides["a"].reserve, result.case.sides["b"].reserve
    return tuple(
        Short(point, max(low[0] - point.a, 0), max(low[1] - point.b, 0))
        for point in result.frontier
    )


def force(
    case: Case, result: Result, matter: str, option: str, limits: Limits | None = None
) -> Change:
    """Hold one matter at one option. Raises Refusal "matter", "option"."""
    return _changed(result, forced(case, matter, option), f"{matter} = {option}", limits)


def drop(case: Case, result: Result, rule: str, limits: Limits | None = None) -> Change:
    """Leave one rule out. Raises Refusal "rule"."""
    validate(case)
    known = {each.id for each in case.rules}
    if rule not in known:
        raise _unknown("rule", rule, known)
    return _changed(result, without(case, {rule}), f"without {rule}", limits)


def forced(case: Case, matter: str, option: str) -> Case:
    """Return the case in which a matter can only have one option."""
    validate(case)
    place = case.place.get(matter)
    if place is None:
        raise _unknown("matter", matter, case.place)
    options = case.matters[place].options
    if option not in options:
        raise _unknown("option", option, options)
    others = tuple(each for each in options if each != option)
    if not others:
        return case
    taken = {rule.id for rule in case.rules}
    name = next(name for n in count() if (name := f"forced-{n}") not in taken)
    return replace(case, rules=(*case.rules, Excludes(name, ((matter, others),))))


def why_not(case: Case, result: Result, package: Sequence[int]) -> WhyNot:
    """Say why a package is not on the frontier. Raises Refusal "package"."""
    validate(case)
    fits(case, package)
    worth = value(case, package)
    broken = tuple(rule.id for rule in case.rules if not obeys(case, package, rule))
    better = tuple(
        point
        for point in result.frontier
        if point.a >= worth[0] and point.b >= worth[1] and point.value != worth
    )
    return WhyNot(worth, broken, better)


def _changed(result: Result, case: Case, what: str, limits: Limits | None) -> Change:
    now = solved(case, limits)
    return Change(what, now, _best(result), _best(now))


def _best(result: Result) -> tuple[Number, Number] | None:
    if not result.frontier:
        return None
    return result.frontier[-1].a, result.frontier[0].b


def package_of(case: Case, named: dict[str, str]) -> Package:
    """Return the package that names one option of every matter. Raises Refusal."""
    found = []
    if odd := [each for each in named if each not in case.place]:
        raise _unknown("matter", odd[0], case.place)
    for matter in case.matters:
        option = named.get(matter.id)
        if option is None:
            raise _unknown("matter", matter.id, named)
        if option not in matter.options:
            raise _unknown("option", option, matter.options)
        found.append(matter.options.index(option))
    return tuple(found)


def _unknown(what: str, name: str, known: Iterable[str]) -> Refusal:
    return Refusal(
        what,
        thing=N_("“{name}”"),
        rule=N_("it is not among: {known}."),
        remedy=N_("Choose one of these."),
        name=shown(name),
        known=shown(", ".join(islice(known, 20))),
    )
