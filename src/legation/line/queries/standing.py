"""The folded state as a mapping over rows: a thing is read and decoded when somebody asks.

Two views: what all acts held here give (`Current`), and what the settled part gives alone
(`Settled`). Both are snapshots within one transaction: what was read is kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, TypeVar, overload

from legation.acts.catalogue import Catalogue
from legation.acts.state import Thing
from legation.line.models import StandingThing
from legation.line.queries.stored import thing_of

_D = TypeVar("_D")
Stored: TypeAlias = bytes | memoryview | None
_BATCH = 500


class StandingThings(Mapping[str, Thing]):
    """Things by id, read from rows on demand."""

    def __init__(self, alias: str, readable: Catalogue | None = None) -> None:
        self._alias = alias
        self._catalogue = readable
        self._known: dict[str, Thing | None] = {}
        self.looked_at: set[str] = set()
        """Ids that somebody asked for, there or not."""

    @staticmethod
    def choose(settled: Stored, tail: Stored) -> Stored:
        """Return the bytes that this view shows of a row."""
        raise NotImplementedError

    def prefetch(self, ids: Iterable[str]) -> None:
        """Read the things of these ids at once, those that are not there included."""
        wanted = [each for each in dict.fromkeys(ids) if each not in self._known]
        for at in range(0, len(wanted), _BATCH):
            self._read(wanted[at : at + _BATCH])

    def named(self, prefix: str) -> list[str]:
        """Return the ids of the things of one register, sorted."""
        rows = StandingThing.objects.using(self._alias).filter(id__startswith=f"{prefix}/")
        return list(rows.order_by("id").values_list("id", flat=True))

    @overload
    def get(self, key: str, /) -> Thing | None: ...
    @overload
    def get(self, key: str, /, default: Thing | _D) -> Thing | _D: ...
    def get(self, key: str, /, default: object = None) -> object:
        """Return the thing of this id, or the default."""
        self.looked_at.add(key)
        found = self.held(key)
        return default if found is None else found

    def held(self, key: str) -> Thing | None:
        """Return the thing of this id as `get` does, for one who does not fold."""
        if key not in self._known:
            self._read([key])
        return self._known[key]

    def __getitem__(self, key: str) -> Thing:
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        rows = StandingThing.objects.using(self._alias).order_by("id")
        for name, settled, tail in rows.values_list("id", "settled", "tail").iterator(_BATCH):
            if self.choose(settled, tail) is not None:
                yield name

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _read(self, ids: list[str]) -> None:
        rows = StandingThing.objects.using(self._alias).filter(id__in=ids)
        found = {
            name: self.choose(settled, tail)
            for name, settled, tail in rows.values_list("id", "settled", "tail")
        }
        for each in ids:
            data = found.get(each)
            self._known[each] = None if data is None else thing_of(each, data, self._catalogue)


class Current(StandingThings):
    """What all acts held here give."""

    @staticmethod
    def choose(settled: Stored, tail: Stored) -> Stored:
        """Return the tail's bytes where they differ from the settled ones."""
        return settled if tail is None else tail


class Settled(StandingThings):
    """What the settled part gives alone."""

    @staticmethod
    def choose(settled: Stored, tail: Stored) -> Stored:  # noqa: ARG004 - the view
        """Return the settled bytes."""
        return settled
