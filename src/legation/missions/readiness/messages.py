"""Sentences of a judgement: a text with places and their values, translated where it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from legation.record.canon import Json

Value: TypeAlias = str | int
"""What fills a place. Days are written as they are stored; faces show them by locale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One sentence. code: stable, for programs. text: marked by `N_`, `{name}` for values.

    parts: places filled by sentences or words of their own, translated like this one.
    """

    code: str
    text: str
    values: Mapping[str, Value] = field(default_factory=dict)
    parts: Mapping[str, tuple["Message", ...]] = field(default_factory=dict)

    def said(self, translate: Callable[[str], str] = str) -> str:
        """Return the sentence in the language that `translate` speaks."""
        text = translate(self.text)
        if not self.values and not self.parts:
            return text
        parts = {
            name: ", ".join(part.said(translate) for part in parts)
            for name, parts in self.parts.items()
        }
        return text.format_map({**self.values, **parts})

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
