"""Notices behind a figure, as items that are made only when somebody opens it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import overload

from legation.missions.readiness.facts import Ground, Request
from legation.missions.readiness.figures import Item
from legation.missions.readiness.measured import Measured, Told, told_on


class Behind(Sequence[Item]):
    """Notices behind a figure as items, made when they are looked at. shares: lines of each."""

    def __init__(self, notices: Sequence[tuple[Request, int]]) -> None:
        self._notices = notices

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> "Behind": ...
    def __getitem__(self, place: int | slice) -> "Item | Behind":
        if isinstance(place, slice):
            return Behind(self._notices[place])
        return of_notice(*self._notices[place])

    def __len__(self) -> int:
        return len(self._notices)

    def __iter__(self) -> Iterator[Item]:
        return (of_notice(one, share) for one, share in self._notices)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple((one.id, share) for one, share in self._notices))

    @property
    def ours(self) -> bool:
        """Whether one of them stands on paper here, and not in the record."""
        return any(one.ours for one, _ in self._notices)


def of_notice(request: Request, share: int) -> Item:
    """Return a notice as one item of a figure."""
    ground = Ground(kind="paper" if request.ours else "notice", party=request.by, ref=request.id)
    return Item(
        thing=request.id,
        share=share,
        title=request.title,
        number=request.number,
        since=request.released.isoformat(),
        grounds=(ground,),
    )


Counted = Sequence[tuple[Request, Told]]


def counted(found: Iterable[Measured], on: date) -> Counted:
    """Return what each of some notices says on a day."""
    day = on.toordinal()
    return [
        (each.request, each.last if each.settled <= day else told_on(each.request, on))
        for each in found
    ]


def behind(told: Counted, share: Callable[[Told], int]) -> list[tuple[Request, int]]:
    """Return the notices of which some lines count, with how many."""
    return [(request, lines) for request, each in told if (lines := share(each))]
