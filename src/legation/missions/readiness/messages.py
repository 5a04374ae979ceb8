"""Sentences of a judgement: a text with places and their values, translated where it is read.

A sentence may have a short form, for where there is little room: the same places, fewer words.
Both forms are declared together, and one piece fills both in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from legation.record.canon import Json

Value: TypeAlias = str | int
"""What fills a place. Days are written as they are stored; faces show them by locale."""
Translate: TypeAlias = Callable[[str], str]
Show: TypeAlias = Callable[[Value], object]


def _as_it_is(value: Value) -> object:
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One sentence. code: stable, for programs. text: marked by `N_`, `{name}` for values.

    parts: places filled by sentences or words of their own, translated like this one. short: its
    text where there is little room, "" for the same; `{year}` stands there for the year of `day`.
    """

    code: str
    text: str
    values: Mapping[str, Value] = field(default_factory=dict)
    parts: Mapping[str, tuple["Message", ...]] = field(default_factory=dict)
    short: str = ""

    def said(self, translate: Translate = str, show: Show = _as_it_is) -> str:
        """Return the sentence in the language that `translate` speaks. show: writes a value."""
        parts = {
            name: ", ".join(part.said(translate, show) for part in several)
            for name, several in self.parts.items()
        }
        return self._filled(translate(self.text), parts, show)

    def briefly(self, translate: Translate = str, show: Show = _as_it_is) -> str:
        """Return its short form, and those of its parts; arguments as of `said`."""
        parts = {
            name: ", ".join(part.briefly(translate, show) for part in several)
            for name, several in self.parts.items()
        }
        return self._filled(translate(self.short or self.text), parts, show)

    def _filled(self, text: str, parts: Mapping[str, str], show: Show) -> str:
        if not self.values and not parts:
            return text
        values = {name: show(value) for name, value in self.values.items()}
        return text.format_map({"year": str(self.values.get("day", ""))[:4], **values, **parts})

    def __str__(self) -> str:
        return self.said()

    def as_json(self) -> dict[str, Json]:
        """Return code, values and the English sentence: the same bytes on every machine."""
        found: dict[str, Json] = {
            "code": self.code,
            "text": self.said(),
            "values": dict(self.values),
        }
        if self.parts:
            found["parts"] = {
                name: [part.as_json() for part in parts] for name, parts in self.parts.items()
            }
        return found
