"""Small checks that together describe a file, and tell every fault by its line.

A `Check` looks at one value of a read file and adds to the walk's faults; it never stops the
others. Pure. The dossier's own shape is in `schema`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from legation.errors import N_, Refusal
from legation.missions.reader import Faults, Located, Path, shown
from legation.record.canon import Json

Check: TypeAlias = "Callable[[Walk, Path, Json], None]"


@dataclass(slots=True, kw_only=True)
class Walk:
    """What a check may look at: where things stand, and what other parts of the file declare.

    names: for each list of the file the ids or keys declared in it, with the line.
    parties: the codes of the file's two parties. notes: what is no fault, and good to know.
    currency: raises Refusal for the code of a currency that there is not.
    """

    located: Located
    faults: Faults
    names: dict[str, dict[str, int]] = field(default_factory=dict)
    parties: Collection[str] = ()
    notes: Faults = field(default_factory=Faults)
    currency: Callable[[str], object] = str

    def fault(self, path: Path, code: str, rule: str, remedy: str, **values: object) -> None:
        """Add one fault at `path`: a line, a place, the rule and the remedy."""
        if path not in self.located.spoiled:
            self._add(path, (code, rule, remedy), values, self.faults)

    def note(self, path: Path, code: str, rule: str, remedy: str, **values: object) -> None:
        """Add one note at `path`: what is no fault, and what follows from it."""
        self._add(path, (code, rule, remedy), values, self.notes)

    def _add(
        self, path: Path, said: tuple[str, str, str], values: Mapping[str, object], to: Faults
    ) -> None:
        code, rule, remedy = said
        line = self.located.line(path)
        to.add(
            line,
            shown(path),
            Refusal(
                code,
                thing=N_("Line {line}, {path}") if path else N_("Line {line}"),
                rule=rule,
                remedy=remedy,
                line=line,
                path=shown(path),
                others=(),
                **values,
            ),
        )


def _told(value: Json) -> str:
    """Name the type of a value as people call it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "an object"


def _wrong_type(
    walk: Walk,
    path: Path,
    value: Json,
    wanted: str,
    remedy: str = N_("Correct the value, or leave the key out: what is unknown is not stated."),
) -> None:
    walk.fault(
        path,
        "type",
        N_("{wanted} stands here; this is {told}."),
        remedy,
        wanted=wanted,
        told=_told(value),
    )


def empty(walk: Walk, path: Path) -> None:
    """Tell that a text has nothing in it."""
    walk.fault(
        path,
        "empty",
        N_("empty text says nothing."),
        N_("Leave the key out: what is unknown is not stated."),
    )


def text(limit: int, parse: Callable[[str], object] = str) -> Check:
    """Check for text of 1 to `limit` characters that `parse` accepts (it raises Refusal)."""

    def check(walk: Walk, path: Path, value: Json) -> None:
        if not isinstance(value, str):
            return _wrong_type(walk, path, value, N_("Text"))
        if not value.strip():
            return empty(walk, path)
        if len(value) > limit:
            return walk.fault(
                path,
                "too-long",
                N_("at most {limit} characters stand here; these are {length}."),
                N_("Shorten it."),
                limit=limit,
                length=len(value),
            )
        try:
            parse(value)
        except Refusal as refusal:
            walk.fault(path, refusal.code, refusal.rule, refusal.remedy, **refusal.values)
        return None

    return check


def anything(walk: Walk, path: Path, value: Json) -> None:
    """Accept any value: another check looks at it."""
    del walk, path, value


def whole(walk: Walk, path: Path, value: Json) -> None:
    """Check for a whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        _wrong_type(walk, path, value, N_("A whole number"))


def flag(walk: Walk, path: Path, value: Json) -> None:
    """Check for true or false."""
    if not isinstance(value, bool):
        _wrong_type(walk, path, value, N_("true or false"))


def one_of(*allowed: str) -> Check:
    """Check for one of a fixed list of words."""

    def check(walk: Walk, path: Path, value: Json) -> None:
        if not isinstance(value, str):
            _wrong_type(walk, path, value, N_("Text"))
        elif value not in allowed:
            walk.fault(
                path,
                "choice",
                N_("“{value}” is not among: {allowed}."),
                N_("Choose one of them."),
                value=value[:60],
                allowed=", ".join(allowed),
            )

    return check


def reference(to: str) -> Check:
    """Check for the id or key of something declared in the list `to` of the same file."""

    def check(walk: Walk, path: Path, value: Json) -> None:
        if not isinstance(value, str):
            _wrong_type(walk, path, value, N_("Text"))
        elif value not in walk.names.get(to, {}):
            walk.fault(
                path,
                "reference",
                N_("“{value}” is not declared in {to}."),
                N_("Declare it there, or correct the spelling."),
                value=value[:60],
                to=to,
            )

    return check


def party(*others: str) -> Check:
    """Check for the code of one of the file's parties, or one of a few other words."""

    def check(walk: Walk, path: Path, value: Json) -> None:
        one_of(*walk.parties, *others)(walk, path, value)

    return check


def many(item: Check, *, least: int = 0) -> Check:
    """Check for a list of `item`, of at least `least`."""

    def check(walk: Walk, path: Path, value: Json) -> None:
        if not isinstance(value, list):
            remedy = N_("Write it as a list, between [ and ], also where it has one item.")
            return _wrong_type(walk, path, value, N_("A list"), remedy)
        if len(value) < least:
            walk.fault(
                path,
                "too-few",
                N_("at least {least} stand here."),
                N_("Add what is missing."),
                least=least,
            )
        for index, one in enumerate(value):
            item(walk, (*path, index), one)
        return None

    return check


def keyed(item: Check) -> Check:
    """Check for an object whose keys are free and whose values are all `item`."""

    def check(walk: Walk, path: Path, value: Json) -> None:
        if not isinstance(value, dict):
            return _wrong_type(walk, path, value, N_("An object"))
        for key, one in value.items():
            item(walk, (*path, key), one)
        return None

    return check


def record(
    needed: Mapping[str, Check],
    optional: Mapping[str, Check] | None = None,
    *rules: Check,
) -> Check:
    """Check for an object with exactly these keys; `rules` look at the whole of it afterwards."""
    known = {**needed, **(optional or {})}

    def check(walk: Walk, path: Path, value: Json) -> None:
        if not isinstance(value, dict):
            return _wrong_type(walk, path, value, N_("An object"))
        for key, one in value.items():
            if key in known:
                known[key](walk, (*path, key), one)
            else:
                walk.fault(
                    (*path, key),
                    "unknown-key",
                    N_("this key has no meaning here."),
                    N_("Use one of {known}, or put it in the note."),
                    known=", ".join(known),
                )
        for key in needed:
            if key not in value:
                walk.fault(
                    path,
                    "missing-key",
                    N_("“{key}” is missing."),
                    N_("Add it."),
                    key=key,
                )
        for rule in rules:
            rule(walk, path, value)
        return None

    return check


def in_order(first: str, last: str) -> Check:
    """Check that partial date `first` does not lie after `last` in the same object.

    "2021" to "2021-06" is in order: where one is coarser, only what both tell is compared.
    """

    def check(walk: Walk, path: Path, value: Json) -> None:
        if not isinstance(value, dict):
            return
        start, end = value.get(first), value.get(last)
        if isinstance(start, str) and isinstance(end, str):
            common = min(len(start), len(end))
            if start[:common] > end[:common]:
                walk.fault(
                    (*path, last),
                    "order",
                    N_("the end, {end}, lies before the start, {start}."),
                    N_("Correct one of the two dates."),
                    start=start[:10],
                    end=end[:10],
                )

    return check
