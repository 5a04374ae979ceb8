"""Calendars: the days on which a state's offices are closed, so both nodes count alike."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Le, MaxLen

from legation.acts.base import Act, not_entitled, subject
from legation.acts.shapes import Fault, Faults
from legation.acts.state import Placed, State, Thing
from legation.acts.values import Day, Line80, Party, Sources
from legation.errors import N_

Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day on which offices are closed, and its name."""

    day: Day
    name: Line80


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One year of a state's calendar.

    weekend: days of the week that are not worked. days: closed days, in order. worked: days of
    a weekend that are worked all the same.
    """

    year: Annotated[int, Ge(1900), Le(2999)]
    weekend: Annotated[tuple[Weekday, ...], MaxLen(4)] = ("sat", "sun")
    days: Annotated[tuple[Holiday, ...], MaxLen(120)] = ()
    worked: Annotated[tuple[Day, ...], MaxLen(30)] = ()
    sources: Sources = ()

    def check(self, faults: Faults) -> None:
        """Note days that are not whole days of this year."""
        for name, days in (("days", [each.day for each in self.days]), ("worked", self.worked)):
            for place, day in enumerate(days, 1):
                if len(day) != 10 or day.first.year != self.year:
                    rule = N_("a closed or worked day is a whole day of the year {year}.")
                    fault = Fault("day", rule, N_("Correct the date."), {"year": self.year})
                    fault.path = [str(place), name]
                    faults.append(fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar(Thing):
    """One year of a state's calendar, `calendar/US-2026`, as that state declares it."""

    prefix = "calendar"
    by: Party
    declared: Year
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDeclared(Year, Act):
    """A state declares a year of its own calendar. `on`: `calendar/US-2026`."""

    type: ClassVar[str] = "calendar.declared"
    title: ClassVar[str] = N_("Calendar declared")

    def apply(self, state: State, at: Placed) -> None:
        """Put the year in the place of what was declared before."""
        name = subject(at, "calendar")
        if name != f"calendar/{at.party}-{self.year}":
            raise not_entitled(
                N_("Calendar {name}"),
                N_("a state declares its own calendar, named by its code and the year."),
                name=name,
            )
        told = state.find(Calendar, name)
        if told is not None and not at.had_seen(at.party, told.index):
            return  # the record's later word stands over one on paper
        year = Year(
            year=self.year,
            weekend=self.weekend,
            days=self.days,
            worked=self.worked,
            sources=self.sources,
        )
        state.put(Calendar(id=name, by=Party(at.party), declared=year, index=at.index))
