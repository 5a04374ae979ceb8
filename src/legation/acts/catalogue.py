"""All types of acts, kinds of notices and registers, found by looking into packages.

Whoever adds a kind adds a file and edits no list. The walk looks at the modules directly in
`legation.acts.kinds` and `legation.acts.notice_kinds`; tests pass packages of their own.
"""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, TypeVar

from legation.acts.base import Act
from legation.acts.codec import fields_of, has_personal, json_schema
from legation.acts.formulae import unsaid
from legation.acts.notices import NoticeKind
from legation.acts.state import Thing
from legation.errors import N_, Refusal

PACKAGES: Final = ("legation.acts.kinds", "legation.acts.notice_kinds")
BESIDE: Final = frozenset(
    {
        "kind", "post", "to", "texts", "languages", "asked_by", "refers", "reference", "files",
        "paper", "why",
    }
)  # fmt: skip
"""What a draft of any kind, or who types one in from paper, says beside the kind's own fields."""
RESERVED: Final = (
    "keys.stop",
    "log.frozen",
    "log.affirmed",
    "act.restated",
    "instrument.escrowed",
    "instrument.signed",
    "instrument.abort",
    "instrument.asked",
    "instrument.token",
    "instrument.terminated",
)
"""Types whose names and places are taken (stolen keys, restating, signing together): until they
are written they are refused as any unknown type, and no other meaning may take their names."""


K = TypeVar("K")
C = TypeVar("C")


class NewerRecord(Exception):  # noqa: N818 - says what is the matter
    """The record holds what this program once told the other side it reads, and cannot read.

    No fault of the act: the program is older than its own log. It must not fold on, or it
    would call without effect what the other node holds valid.
    """


@dataclass(frozen=True)
class Catalogue:
    """What a program can read.

    acts: (type, version) -> class. notices: (kind, version) -> class. things: prefix -> class.
    """

    acts: Mapping[tuple[str, int], type[Act]]
    notices: Mapping[tuple[str, int], type[NoticeKind]]
    things: Mapping[str, type[Thing]]

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """Everything that this program can read, as a node tells the other: sorted."""
        names = [f"{name}/{version}" for name, version in (*self.acts, *self.notices)]
        return tuple(sorted(names))

    def act(self, name: str, version: int) -> type[Act]:
        """Return a type of act that the record holds. Raises NewerRecord for an unknown one."""
        found = self.acts.get((name, version))
        if found is None:
            raise NewerRecord(f"{name}/{version}")
        return found

    def notice(self, code: str, version: int) -> type[NoticeKind]:
        """Return a kind that the record holds. Raises NewerRecord for an unknown one."""
        found = self.notices.get((code, version))
        if found is None:
            raise NewerRecord(f"{code}/{version}")
        return found

    def title(self, name: str) -> str:
        """Return a type's name for officers, untranslated; the type itself for an unknown one."""
        found = [cls.title for (each, _), cls in self.acts.items() if each == name]
        return found[-1] if found else name

    def newest_kind(self, code: str) -> type[NoticeKind]:
        """Return the newest version of a kind. Raises Refusal "kind" for an unknown one."""
        versions = [version for each, version in self.notices if each == code]
        if not versions:
            raise Refusal(
                "kind",
                thing=N_("Notice of kind “{kind}”"),
                rule=N_("there is no such kind; the kinds are {kinds}."),
                remedy=N_("Choose one of them."),
                kind=code[:80],
                kinds=", ".join(sorted({each for each, _ in self.notices})),
            )
        return self.notices[code, max(versions)]


@cache
def catalogue(*packages: str) -> Catalogue:
    """Return the catalogue of the product's packages and of `packages` (dotted names)."""
    acts: dict[tuple[str, int], type[Act]] = {}
    notices: dict[tuple[str, int], type[NoticeKind]] = {}
    things: dict[str, type[Thing]] = {}
    for cls in _classes((*PACKAGES, *packages)):
        if issubclass(cls, Act) and cls.type:
            _add(acts, (cls.type, cls.version), cls)
        elif issubclass(cls, NoticeKind) and cls.code:
            _check_names(cls)
            _add(notices, (cls.code, cls.version), cls)
        elif issubclass(cls, Thing) and cls.prefix:
            _add(things, cls.prefix, cls)
    return Catalogue(acts, notices, things)


def act_types() -> Mapping[tuple[str, int], type[Act]]:
    """Return the product's types of acts: (type, version) -> class."""
    return catalogue().acts


def notice_kinds() -> Mapping[tuple[str, int], type[NoticeKind]]:
    """Return the product's kinds of notices: (kind, version) -> class."""
    return catalogue().notices


def newest_kind(code: str) -> type[NoticeKind]:
    """Return the newest version of a kind of notice. Raises Refusal "kind"."""
    return catalogue().newest_kind(code)


def spoken() -> tuple[str, ...]:
    """Return what the introduction and `record.speaks` list, sorted."""
    return catalogue().spoken


def _classes(packages: Sequence[str]) -> Iterator[type[object]]:
    for name in packages:
        package = importlib.import_module(name)
        for info in pkgutil.iter_modules(package.__path__, f"{name}."):
            module = importlib.import_module(info.name)
            for value in vars(module).values():
                if isinstance(value, type) and value.__module__ == module.__name__:
                    yield value


def _check_names(cls: type[NoticeKind]) -> None:
    """Check that no field of a form bears the name of what every draft says beside it."""
    taken = {place.key for place in fields_of(cls)} & BESIDE
    if taken:
        raise TypeError(f"{cls.__name__}: the fields {sorted(taken)} stand beside every form")
    _check_said(cls, cls.formulae, cls.said_beside)
    for answer in cls.answers:
        # What is about a person travels beside a notice; an answer says it by the line's number.
        _check_said(answer, answer.formulae, ())
        if has_personal(answer):
            raise TypeError(f"{answer.__name__}: an answer has no personal fields")


def _check_said(form: type[object], formulae: Mapping[str, str], beside: Sequence[str]) -> None:
    codes = unsaid(form, formulae, beside)
    if codes:
        raise TypeError(f"{form.__name__}: no words for the choices in {codes}; see InWords")


def _add(found: dict[K, type[C]], key: K, cls: type[C]) -> None:
    """Add a class and compile it, so that a wrong hint fails at start and not at an act."""
    if key in found:
        raise TypeError(f"{cls.__qualname__} and {found[key].__qualname__} are both {key}")
    json_schema(cls)
    found[key] = cls
