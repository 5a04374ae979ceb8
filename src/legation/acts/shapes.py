"""What a type hint demands, compiled once: reading, writing and JSON schema of one place.

A shape reads a JSON value into a Python one and notes every fault instead of stopping at the
first; it writes the Python value back; it says itself as JSON schema (draft 2020-12).
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from legation.acts.text import find_hidden
from legation.acts.values import Matches, Written
from legation.errors import N_, Refusal
from legation.record.canon import Json


@dataclass(slots=True)
class Fault:
    """One thing wrong with an input: where, which rule, what to do."""

    code: str
    rule: str
    remedy: str
    values: dict[str, object] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    """Names of the places, innermost first; numbers of list places count from 1."""

    def refusal(self, where: str) -> Refusal:
        """Return the fault as a refusal; `where` names the input."""
        place = ".".join(reversed(self.path))
        thing = N_("{where}, field “{field}”") if place else N_("{where}")
        refusal = Refusal(self.code, thing=thing, rule=self.rule, remedy=self.remedy)
        refusal.values = {**self.values, "where": where, "field": place}
        return refusal


Faults = list[Fault]


@dataclass(slots=True)
class Aside:
    """What is split off an act because it is about persons: number of person -> fields."""

    numbers: Iterator[str]
    persons: dict[str, dict[str, Json]] = field(default_factory=dict)


class Shape(ABC):
    """A compiled type hint."""

    __slots__ = ()

    @abstractmethod
    def read(self, value: object, faults: Faults) -> object:
        """Return the Python value; note what is wrong in `faults` and return anything."""

    @abstractmethod
    def write(self, value: object) -> Json:
        """Return the JSON value of a Python one that this shape could have read."""

    @abstractmethod
    def schema(self) -> dict[str, Json]:
        """Return the JSON schema of this place."""

    def split(self, value: object, aside: Aside) -> Json:
        """Return the JSON value without what is personal, which goes to `aside`."""
        del aside
        return self.write(value)

    @property
    def personal(self) -> bool:
        """Whether anything below is marked `Personal`."""
        return False


def wrong_type(faults: Faults, rule: str) -> None:
    """Note that a value has the wrong JSON type."""
    faults.append(Fault("wrong-type", rule, N_("Correct the type of this field.")))


@dataclass(frozen=True, slots=True)
class Text(Shape):
    """Plain text with limits in code points."""

    least: int
    most: int
    matches: Matches | None
    as_drafted: bool
    """Whether hidden characters are refused (they are judged once, at drafting)."""

    def read(self, value: object, faults: Faults) -> object:
        """Return the text."""
        if type(value) is not str:
            wrong_type(faults, N_("this is text."))
            return ""
        if not self.least <= len(value) <= self.most:
            self._note_length(len(value), faults)
        elif self.matches is not None and not re.fullmatch(self.matches.pattern, value, re.ASCII):
            faults.append(Fault("form", self.matches.rule, N_("Write it in that form.")))
        if self.as_drafted:
            found = find_hidden(value)
            if found is not None:
                faults.append(
                    Fault(
                        "hidden-character",
                        N_("{character} at place {place} prints as nothing or misleads."),
                        N_("Delete it and type that place anew."),
                        {"place": found[0], "character": found[1]},
                    )
                )
        return value

    def _note_length(self, length: int, faults: Faults) -> None:
        if length < self.least:
            rule = N_("this has at least {limit} characters; {length} stand here.")
            fault = Fault("too-short", rule, N_("Fill it in, or leave the field out."))
            fault.values = {"limit": self.least, "length": length}
        else:
            rule = N_("this has at most {limit} characters; {length} stand here.")
            fault = Fault("too-long", rule, N_("Shorten it by {over}."))
            fault.values = {"limit": self.most, "length": length, "over": length - self.most}
        faults.append(fault)

    def write(self, value: object) -> Json:
        """Return the text, plain."""
        assert isinstance(value, str)
        return str.__str__(value)

    def schema(self) -> dict[str, Json]:
        """Return a string schema."""
        out: dict[str, Json] = {"type": "string"}
        if self.least:
            out["minLength"] = self.least
        out["maxLength"] = self.most
        if self.matches is not None:
            out["pattern"] = f"^(?:{self.matches.pattern})$"
        return out


_new: Final = str.__new__


@dataclass(frozen=True, slots=True)
class WrittenText(Shape):
    """A value with a rule of its own that is written as text: a day, a party, an id."""

    cls: type[Written]
    kind: str | None
    """For an id, the kind of thing that it must name."""
    match: Callable[[str], object]
    holds: Callable[[str], bool]

    @classmethod
    def of(cls, written: type[Written], kind: str | None) -> "WrittenText":
        """Return the shape of a class."""
        return cls(written, kind, written.pattern.fullmatch, written.holds)

    def read(self, value: object, faults: Faults) -> object:
        """Return the value."""
        if type(value) is not str:
            wrong_type(faults, N_("this is text."))
            return value
        if self.match(value) is None or not self.holds(value):
            cls = self.cls
            faults.append(Fault(cls.code, cls.rule, cls.remedy))
            return value
        if self.kind is not None and value.partition("/")[0] != self.kind:
            rule, remedy = N_("this names a thing as {kind}/…."), N_("Choose one of that kind.")
            faults.append(Fault("id", rule, remedy, {"kind": self.kind}))
        return _new(self.cls, value)  # checked just now, and the fold reads many

    def write(self, value: object) -> Json:
        """Return the text, plain."""
        assert isinstance(value, str)
        return str.__str__(value)

    def schema(self) -> dict[str, Json]:
        """Return a string schema with the class's pattern."""
        pattern = self.cls.pattern.pattern
        if self.kind is not None:
            pattern = self.kind + "/" + pattern.partition("/")[2]
        return {"type": "string", "pattern": f"^(?:{pattern})$"}


@dataclass(frozen=True, slots=True)
class Integer(Shape):
    """A whole number between two others."""

    least: int
    most: int

    def read(self, value: object, faults: Faults) -> object:
        """Return the number."""
        if type(value) is not int:
            wrong_type(faults, N_("this is a whole number."))
        elif not self.least <= value <= self.most:
            rule = N_("this is at least {least} and at most {most}.")
            fault = Fault("range", rule, N_("Write a number between the two."))
            fault.values = {"least": self.least, "most": self.most}
            faults.append(fault)
        return value

    def write(self, value: object) -> Json:
        """Return the number."""
        assert isinstance(value, int)
        return value

    def schema(self) -> dict[str, Json]:
        """Return an integer schema."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Boolean(Shape):
    """Yes or no."""

    def read(self, value: object, faults: Faults) -> object:
        """Return the truth value."""
        if type(value) is not bool:
            wrong_type(faults, N_("this is true or false."))
        return value

    def write(self, value: object) -> Json:
        """Return the truth value."""
        assert isinstance(value, bool)
        return value

    def schema(self) -> dict[str, Json]:
        """Return a boolean schema."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Choice(Shape):
    """One of a few words. said: how a note says each of them, by language."""

    words: tuple[str, ...]
    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def read(self, value: object, faults: Faults) -> object:
        """Return the word."""
        if type(value) is not str or value not in self.words:
            rule, remedy = N_("this is one of {words}."), N_("Choose one of them.")
            faults.append(Fault("choice", rule, remedy, {"words": ", ".join(self.words)}))
        return value

    def write(self, value: object) -> Json:
        """Return the word."""
        assert isinstance(value, str)
        return str.__str__(value)

    def schema(self) -> dict[str, Json]:
        """Return an enumeration."""
        return {"type": "string", "enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Listing(Shape):
    """A tuple of any length within limits."""

    item: Shape
    least: int
    most: int

    def read(self, value: object, faults: Faults) -> object:
        """Return a tuple."""
        if type(value) is not list:
            wrong_type(faults, N_("this is a list."))
            return ()
        if not self.least <= len(value) <= self.most:
            rule = N_(
                "this list has at least {least} and at most {most} entries; {length} stand here."
            )
            fault = Fault("entries", rule, N_("Shorten or complete the list."))
            fault.values = {"least": self.least, "most": self.most, "length": len(value)}
            faults.append(fault)
            return ()
        read, out, before = self.item.read, [], len(faults)
        for place, inner in enumerate(value, 1):
            out.append(read(inner, faults))
            if len(faults) > before:
                for fault in faults[before:]:
                    fault.path.append(str(place))
                before = len(faults)
        return tuple(out)

    def write(self, value: object) -> Json:
        """Return a list."""
        assert isinstance(value, Sequence)
        write = self.item.write
        return [write(inner) for inner in value]

    def split(self, value: object, aside: Aside) -> Json:
        """Return a list without what is personal."""
        assert isinstance(value, Sequence)
        return [self.item.split(inner, aside) for inner in value]

    def schema(self) -> dict[str, Json]:
        """Return an array schema."""
        out: dict[str, Json] = {"type": "array", "items": self.item.schema()}
        if self.least:
            out["minItems"] = self.least
        out["maxItems"] = self.most
        return out

    @property
    def personal(self) -> bool:
        """Whether the entries hold anything personal."""
        return self.item.personal


@dataclass(frozen=True, slots=True)
class Table(Shape):
    """A mapping from text, written as a list of {"key", "value"} sorted by key.

    Keys of the record's JSON are field names; what is named by data stands in a list.
    """

    item: Shape

    def read(self, value: object, faults: Faults) -> object:
        """Return a dict."""
        if type(value) is not list:
            wrong_type(faults, N_("this is a list."))
            return {}
        out: dict[str, object] = {}
        for entry in value:
            key = entry.get("key") if type(entry) is dict else None
            if type(entry) is not dict or type(key) is not str or entry.keys() != {"key", "value"}:
                wrong_type(faults, N_('each entry is {{"key": …, "value": …}}.'))
                return {}
            out[key] = self.item.read(entry["value"], faults)
        if list(out) != sorted(out) or len(out) != len(value):
            faults.append(Fault("order", N_("keys are sorted and differ."), N_("Sort them.")))
        return out

    def write(self, value: object) -> Json:
        """Return the list of pairs."""
        assert isinstance(value, Mapping)
        return [{"key": key, "value": self.item.write(value[key])} for key in sorted(value)]

    def schema(self) -> dict[str, Json]:
        """Return an array schema of pairs."""
        pair: dict[str, Json] = {
            "type": "object",
            "properties": {"key": {"type": "string"}, "value": self.item.schema()},
            "required": ["key", "value"],
            "additionalProperties": False,
        }
        return {"type": "array", "items": pair}


@dataclass(frozen=True, slots=True)
class Raw(Shape):
    """Any JSON value, kept as it stands; never changed by whoever holds it."""

    def read(self, value: object, faults: Faults) -> object:
        """Return the value itself."""
        del faults
        return value

    def write(self, value: object) -> Json:
        """Return the value itself."""
        return value  # type: ignore[return-value] # Raw stands for the hint Json only

    def schema(self) -> dict[str, Json]:
        """Return the schema that allows everything."""
        return {}
