"""Payments for boxes of options, as points of one matter or as bonuses over several."""

from collections.abc import Mapping, Sequence

from legation.packages.interchange.building import Side
from legation.packages.model import Bonus, Matter, Number
from legation.packages.model import Side as Letter


class Boxes:
    """Collects what one side is paid, box by box."""

    def __init__(self, side: Letter, matters: tuple[Matter, ...]) -> None:
        self._side: Letter = side
        self._matters = matters
        self._table: list[list[Number]] = [[0] * len(each.options) for each in matters]
        self._bonuses: list[Bonus] = []

    def worth(self, place: int, row: Sequence[Number]) -> None:
        """Add what each option of one matter is worth."""
        self._table[place] = [
            one + other for one, other in zip(self._table[place], row, strict=True)
        ]

    def pay(
        self, points: Number, within: Mapping[int, frozenset[int]], *, outside: bool = False
    ) -> None:
        """Pay for the packages in a box: a matter's place -> its options; or for all others.

        outside: everywhere but inside, which is a constant and a payment taken back inside.
        """
        if outside:
            self.pay(points, {})
            points = -points
        narrow = {
            place: kept
            for place, kept in within.items()
            if len(kept) < len(self._matters[place].options)
        }
        if not all(narrow.values()) or not points:
            return
        if len(narrow) <= 1:
            place, kept = next(iter(narrow.items()), (0, None))
            row = self._table[place]
            for option in range(len(row)) if kept is None else kept:
                row[option] += points
            return
        when = tuple(
            (
                self._matters[place].id,
                tuple(self._matters[place].options[option] for option in sorted(kept)),
            )
            for place, kept in sorted(narrow.items())
        )
        name = f"{self._side}{len(self._bonuses) + 1:03}"
        self._bonuses.append(Bonus(name, self._side, when, points))

    def side(self, name: str, reserve: Number, full: Number | None) -> Side:
        """Return the side with everything it is paid."""
        table = tuple(tuple(row) for row in self._table)
        return Side(name, table, reserve, full, tuple(self._bonuses))
