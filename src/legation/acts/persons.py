"""Persons in a form: their numbers in the body, their files beside it, their places in a text.

The first person of a form is `{p1.…}` in its texts, the next `{p2.…}`: in the order of the
fields, outer before inner, as `codec.split` sets them apart.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, is_dataclass

from legation.acts.codec import fields_of
from legation.acts.files import FileRef


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a form. number: 16 digits, "" before release. place: from 1, as in texts.

    path: where in the form, as ("persons", "1", "dependants", "2"); () for the form itself.
    cls: the dataclass whose personal fields the person's file holds.
    """

    number: str
    place: int
    path: tuple[str, ...]
    cls: type[object]

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of what is personal."""
        return tuple(place.key for place in fields_of(self.cls) if place.personal)


def persons_of(form: object) -> tuple[Person, ...]:
    """Return the persons of a form or an answer, in the order of their places."""
    return tuple(
        Person(str(getattr(value, "person", "")), place, path, type(value))
        for place, (path, value) in enumerate(_walk(form, ()), 1)
    )


def file_of(number: str, files: Iterable[FileRef]) -> FileRef | None:
    """Return the file about a person, or None where none is named."""
    return next((ref for ref in files if ref.person == number), None)


def _walk(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(value, tuple):
        for place, inner in enumerate(value, 1):
            yield from _walk(inner, (*path, str(place)))
    elif is_dataclass(value) and not isinstance(value, type):
        fields = fields_of(type(value))
        if any(each.personal for each in fields):
            yield path, value
        for each in fields:
            if not each.personal:
                yield from _walk(getattr(value, each.name), (*path, each.key))
