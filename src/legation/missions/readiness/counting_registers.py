"""How a ledger counts registers and rules: alike for both parties.

1. A thing counts if its author's statement for the day says so.
2. Where that is silent the thing is told apart as not stated, where it contradicts itself as
   disputed. Where no thing tells anything, the figure has no value.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from legation.errors import N_
from legation.missions.readiness.facts import Rule, Subject, Told
from legation.missions.readiness.figures import Figure, Item, Unit, Way, since
from legation.record.canon import Json

IN_FORCE: Final = "in_force"
TERMS: Final = ("mode", "radius_miles", "hours", "quota", "per")
"""Terms of a regime in which two may be alike or differ."""
LIMIT_TERMS: Final = ("kind", "number", "counted", "local_staff", "one_post")
"""Terms of a limit, likewise: which post it is of is no matter, only whether it is of one."""


@dataclass(frozen=True, slots=True)
class Value:
    """Values of a field that make one figure."""

    code: str
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Things of a register by what their author states of one field on the day.

    among: other fields and the values that they must have for a thing to count at all.
    """

    prefix: str
    field: str
    shown: tuple[Value, ...]
    counted: str
    among: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unit: Unit = "things"

    def figures(self, way: Way) -> tuple[Figure, ...]:
        """Count the things of each value, and those of which nothing is stated."""
        told = [
            (thing, way.told(thing, self.field))
            for thing in way.things(self.prefix)
            if self._counts(thing, way)
        ]
        stated = [(thing, one) for thing, one in told if not one.silent]
        disputed = sum(one.disputed for _, one in stated)
        return tuple(
            Figure(
                code=shown.code,
                label=shown.label,
                unit=self.unit,
                value=len(items) if stated else None,
                silence="" if stated else "not_stated",
                counted=self.counted,
                items=items,
                unstated=len(told) - len(stated),
                disputed=disputed,
            )
            for shown in self.shown
            for items in [self._items(stated, shown)]
        )

    def _counts(self, thing: Subject, way: Way) -> bool:
        return all(way.told(thing, name).value in values for name, values in self.among)

    def _items(self, stated: Iterable[tuple[Subject, Told]], shown: Value) -> tuple[Item, ...]:
        return tuple(
            of_thing(thing, self.field, told)
            for thing, told in stated
            if told.value in shown.values
        )


def of_thing(
    thing: Subject, field: str, told: Told, details: tuple[tuple[str, Json], ...] = ()
) -> Item:
    """Return a thing of a register as one item of a figure."""
    return Item(
        thing=thing.id,
        share=1,
        field=field,
        value=told.value,
        since=since(told),
        details=details,
        grounds=told.grounds,
        contested=bool(told.contested),
    )


@dataclass(frozen=True, slots=True)
class Closed:
    """Posts of `to` that are closed or suspended, and by whose measure."""

    def figures(self, way: Way) -> tuple[Figure, ...]:
        """Count those that `by` brought about, its own state, a third state, or nobody names."""
        told = [(post, way.told(post, "status")) for post in way.things("post")]
        stated = [(post, one) for post, one in told if not one.silent]
        unstated = len(told) - len(stated)
        found: dict[str, list[Item]] = {code: [] for code, _label in _BY_WHOM}
        for post, one in stated:
            if one.value in ("closed", "suspended"):
                by_whom = {way.by: str(one.value), way.to: "own", None: "unsaid"}
                code = by_whom.get(one.said[0].by, "third")
                found[code].append(of_thing(post, "status", one))
        disputed = sum(one.disputed for _, one in stated)
        return tuple(
            Figure(
                code=code,
                label=label,
                unit="things",
                value=len(found[code]) if stated else None,
                silence="" if stated else "not_stated",
                counted=POSTS,
                items=tuple(found[code]),
                unstated=unstated,
                disputed=disputed,
            )
            for code, label in _BY_WHOM
            if found[code] or code in ("closed", "suspended")
        )


POSTS: Final = N_("Posts by the status that their own state gives them, and by whose measure.")
_BY_WHOM: Final = (
    ("closed", N_("Closed at its demand")),
    ("suspended", N_("Suspended at its demand")),
    ("own", N_("Closed or suspended by their own state")),
    ("third", N_("Closed or suspended by a third state")),
    ("unsaid", N_("Closed or suspended, by whom not stated")),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of some kinds that `by` has set: how many are in force, and each one's number."""

    kinds: tuple[str, ...]

    def figures(self, way: Way) -> tuple[Figure, ...]:
        """Count the limits in force, and give each number with what is counted."""
        told = [
            (limit, limit.now("state", way.on))
            for limit in way.things("limit")
            if limit.value("kind", way.on) in self.kinds
        ]
        silent = sum(one.silent for _, one in told)
        stated = len(told) > silent
        holding = [(limit, one) for limit, one in told if _in_force(limit, one, way)]
        items = tuple(of_thing(limit, "state", one, _terms(limit, way)) for limit, one in holding)
        count = Figure(
            code=IN_FORCE,
            label=N_("In force"),
            unit="things",
            value=len(items) if stated else None,
            silence="" if stated else "not_stated",
            counted=N_("Limits that the receiving state states to be in force on the day."),
            items=items,
            unstated=silent,
            disputed=sum(one.disputed for _, one in told),
            content=[*(_content(limit, way) for limit, _ in holding)] if holding else None,
        )
        caps = tuple(
            figure
            for place, (limit, one) in enumerate(holding, start=1)
            for figure in _cap(limit, one, way, place)
        )
        return (count, *caps)


def _in_force(limit: Subject, told: Told, way: Way) -> bool:
    begins = limit.value("effective", way.on) if "effective" in limit.said else None
    begun = not isinstance(begins, str) or begins[:10] <= way.on.isoformat()[: len(begins)]
    return told.value == IN_FORCE and begun


def _content(limit: Subject, way: Way) -> dict[str, Json]:
    """Return the terms in which two limits may be alike or differ."""
    values: dict[str, Json] = {
        name: limit.value(name, way.on) if name in limit.said else None for name in LIMIT_TERMS
    }
    return {**values, "one_post": bool(limit.said.get("post"))}


def _terms(limit: Subject, way: Way) -> tuple[tuple[str, Json], ...]:
    names = ("kind", "number", "counted", "local_staff", "post", "exempt", "rule")
    told = ((name, limit.value(name, way.on)) for name in names if name in limit.said)
    return tuple((name, value) for name, value in told if value is not None)


def _cap(limit: Subject, state: Told, way: Way, place: int) -> tuple[Figure, ...]:
    if "number" not in limit.said:
        return ()
    number = limit.now("number", way.on)
    value = number.value
    if not isinstance(value, int):
        return ()
    words = limit.value("counted", way.on) if "counted" in limit.said else None
    grounds = tuple(dict.fromkeys((*state.grounds, *number.grounds)))
    item = Item(
        thing=limit.id,
        share=value,
        field="number",
        value=value,
        since=since(number) or since(state),
        details=_terms(limit, way),
        grounds=grounds,
        contested=bool(number.contested),
    )
    figure = Figure(
        code=f"cap_{place}",
        label=N_("Limit"),
        unit="staff",
        value=value,
        counted="" if words else N_("What is counted is not stated."),
        own_words=str(words or ""),
        items=(item,),
    )
    return (figure,)


@dataclass(frozen=True, slots=True)
class Regimes:
    """Rules on a subject that `by` applies to the staff of `to`."""

    subject: str

    def figures(self, way: Way) -> tuple[Figure, ...]:
        """Count the rules in force; the one that began last is compared."""
        declared = [
            rule
            for rule in way.facts.rules
            if (rule.by, rule.applies_to, rule.subject) == (way.by, way.to, self.subject)
        ]
        holding = sorted((rule for rule in declared if rule.holds_on(way.on)), key=_begun)
        figure = Figure(
            code=IN_FORCE,
            label=N_("In force"),
            unit="things",
            value=len(holding) if declared else None,
            silence="" if declared else "not_stated",
            counted=N_("Rules declared for the day; of several the one that began last holds."),
            items=tuple(_of_rule(rule) for rule in reversed(holding)),
            content=terms_of(holding[-1]) if holding else None,
        )
        return (figure,)


def _begun(rule: Rule) -> tuple[str, str]:
    first = "" if rule.from_ is None else rule.from_.first.isoformat()
    return (first, rule.id)


def terms_of(rule: Rule) -> dict[str, Json]:
    """Return the terms in which two rules may be alike or differ."""
    count, per = rule.quota or (None, None)
    values = (rule.mode, rule.radius_miles, rule.hours, count, per)
    return dict(zip(TERMS, values, strict=True))


def _of_rule(rule: Rule) -> Item:
    details = tuple((name, value) for name, value in terms_of(rule).items() if value is not None)
    words: tuple[tuple[str, Json], ...] = (("rule", rule.rule),) if rule.rule else ()
    return Item(
        thing=rule.id,
        share=1,
        field="mode",
        value=rule.mode,
        since=str(rule.from_ or ""),
        details=(*details, *words),
        grounds=(rule.ground,),
    )
