"""Read an answer that was made elsewhere (`legation-answer/1`), so that it can be checked."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any, Final, NoReturn

from legation.errors import N_, Refusal
from legation.packages.agreed import Agreed, Value
from legation.packages.model import Case, Package
from legation.packages.reading import MAX_FILE, Float, exact, once
from legation.packages.result import ANSWER, STATUSES, Point, Result
from legation.packages.validating import shown, validate

MAX_POINTS: Final = 1_000_000


def read_answer(data: bytes, case: Case, *, where: str = "answer") -> Result:
    """Read an answer to a case. Raises Refusal "answer": what it says cannot be looked at.

    Whether what it says is true, `check` tells.
    """
    validate(case)
    return _Reader(where, case).result(data)


class _Reader:
    def __init__(self, where: str, case: Case) -> None:
        self._where = shown(where)
        self._case = case
        self._options = [
            {option: n for n, option in enumerate(matter.options)} for matter in case.matters
        ]

    def result(self, data: bytes) -> Result:
        if len(data) > MAX_FILE:
            self._refuse("size", N_("an answer has at most {most} bytes."), most=MAX_FILE)
        try:
            top = json.loads(data, object_pairs_hook=once, parse_float=Float, parse_constant=Float)
        except (ValueError, RecursionError) as fault:
            self._refuse("json", N_("it is JSON ({why})."), why=str(fault)[:120])
        top = self._object(top, "answer")
        if top.get("format", ANSWER) != ANSWER:
            self._refuse("format", N_("its format is {format}."), format=ANSWER)
        if top.get("case", self._case.id) != self._case.id:
            self._refuse(
                "case",
                N_("it answers “{other}”, and the case is “{case}”."),
                other=shown(top["case"]),
                case=shown(self._case.id),
            )
        status = top.get("status")
        if status not in STATUSES:
            self._refuse("status", N_("it is one of {known}."), known=", ".join(STATUSES))
        return Result(
            self._case,
            status,
            self._frontier(top),
            Agreed(*(self._values(top, name) for name in Agreed.__dataclass_fields__)),
            method=shown(top.get("method", "")),
            reached=shown(top.get("reached", "")),
            guarantee=self._guarantee(top),
        )

    def _frontier(self, top: Mapping[str, Any]) -> tuple[Point, ...]:
        values = self._values(top, "frontier")
        packages: list[Package | None] = [None] * len(values)
        counts: list[int | None] = [None] * len(values)
        if top.get("packages") is not None:
            listed = self._parallel(top, "packages", len(values))
            packages = [self._package(each, n) for n, each in enumerate(listed)]
        if top.get("counts") is not None:
            for n, each in enumerate(self._parallel(top, "counts", len(values))):
                if type(each) is not int:
                    self._refuse(f"counts[{n}]", N_("a count is a whole number."))
                counts[n] = each
        return tuple(
            Point(a, b, None if package is None else partial(_same, package), partial(_same, count))
            for (a, b), package, count in zip(values, packages, counts, strict=True)
        )

    def _guarantee(self, top: Mapping[str, Any]) -> Value:
        if top.get("guarantee") is None:
            return 0, 0
        found = self._value(top["guarantee"], "guarantee")
        if min(found) < 0:
            self._refuse("guarantee", N_("it is never negative."))
        return found

    def _values(self, top: Mapping[str, Any], name: str) -> tuple[Value, ...]:
        listed = self._list(top.get(name), name)
        return tuple(self._value(each, f"{name}[{n}]") for n, each in enumerate(listed))

    def _value(self, value: object, where: str) -> Value:
        pair = self._list(value, where)
        if len(pair) != 2:
            self._refuse(where, N_("a point is two numbers, a and b."))
        try:
            return exact(pair[0]), exact(pair[1])
        except ValueError as fault:
            self._refuse(where, N_("it is an exact number ({why})."), why=str(fault))

    def _package(self, value: object, number: int) -> Package:
        where = f"packages[{number}]"
        given = self._object(value, where)
        for odd in given.keys() - self._case.place.keys():
            self._refuse(where, N_("the case has no matter “{matter}”."), matter=shown(odd))
        found = []
        for matter, options in zip(self._case.matters, self._options, strict=True):
            option = given.get(matter.id)
            if not isinstance(option, str) or option not in options:
                self._refuse(
                    f"{where}.{shown(matter.id)}", N_("it names one option of every matter.")
                )
            found.append(options[option])
        return tuple(found)

    def _parallel(self, top: Mapping[str, Any], name: str, length: int) -> list[Any]:
        listed = self._list(top[name], name)
        if len(listed) != length:
            self._refuse(name, N_("it has one entry for each of {count} points."), count=length)
        return listed

    def _object(self, value: object, where: str) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            self._refuse(where, N_("it is an object."))
        return value

    def _list(self, value: object, where: str) -> list[Any]:
        if not isinstance(value, list):
            self._refuse(where, N_("it is a list."))
        if len(value) > MAX_POINTS:
            self._refuse(where, N_("a list has at most {most} entries."), most=MAX_POINTS)
        return value

    def _refuse(self, where: str, rule: str, **values: object) -> NoReturn:
        refusal = Refusal(
            "answer",
            thing=N_("Answer {where}"),
            rule=rule,
            remedy=N_("Correct it there; nothing was checked."),
        )
        refusal.values = {"where": f"{self._where}, {where}", **values}
        raise refusal


def _same(value: Any) -> Any:
    return value
