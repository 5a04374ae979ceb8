"""What recomputing everything found: how much of what, and which rows differ."""

from dataclasses import dataclass, field
from typing import Any, Final

MOST_FAULTS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One row that is not what it must be. what: column, or what is wrong in a word."""

    table: str
    row: str
    what: str


@dataclass(slots=True)
class Report:
    """What was recomputed, and which rows differ (the first 200). checked: how many of what."""

    checked: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing differs."""
        return not self.faults

    def note(self, table: str, row: object, what: str) -> None:
        """Name a row that differs."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(table=table, row=str(row), what=what))

    def count(self, what: str, number: int = 1) -> None:
        """Count what was recomputed."""
        self.checked[what] = self.checked.get(what, 0) + number


def table_of(model: Any) -> str:
    """Return the name of a model's table, as the database knows it."""
    return str(model._meta.db_table)  # noqa: SLF001 - Django's documented name for it
