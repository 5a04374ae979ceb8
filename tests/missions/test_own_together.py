"""What an officer notes must fit what is known already, of this thing and of others."""

from dataclasses import dataclass
from typing import Any

import pytest

from legation.errors import Refusal
from legation.missions import queries
from legation.missions.fields import registers
from missions.test_own import notes
from notices.conftest import Desks

MOSCOW, PETERSBURG = "post/US-MOW", "post/US-LED"
SLOT, OTHER, PERSON = "slot/US-MOW-017", "slot/US-MOW-018", "person/US-00000000000000aa"
LICENCE, CHANNEL = "licence/RU-13", "channel/US-VTB"
Note = tuple[str, str, Any, dict[str, Any]]


def told(thing: str, field: str, value: Any, **more: Any) -> Note:
    return thing, field, value, more


@dataclass(frozen=True)
class Case:
    """Notes that fit, then one that does not."""

    name: str
    before: tuple[Note, ...]
    wrong: Note
    said: str

    @property
    def needs(self) -> set[str]:
        """The registers that it is about."""
        return {one[0].partition("/")[0] for one in (*self.before, self.wrong)}


CLOSED = told(PETERSBURG, "status", "closed", from_="2018-03-31", by="RU")
CASES = (
    Case(
        "a position at a closed post",
        (CLOSED,),
        told(SLOT, "post", PETERSBURG),
        "post/US-LED is closed on",
    ),
    Case(
        "a position filled after its post was closed",
        (CLOSED, told(SLOT, "post", PETERSBURG, from_="2015", until="2018-03-30")),
        told(SLOT, "state", "filled", from_="2019"),
        "nobody holds a position there",
    ),
    Case(
        "a person in two positions",
        (told(SLOT, "person", PERSON, from_="2024"),),
        told(OTHER, "person", PERSON, from_="2025"),
        "a person holds one position at a time",
    ),
    Case(
        "a person whose position another holds",
        (told(SLOT, "person", "person/US-00000000000000bb"),),
        told(PERSON, "slot", SLOT),
        "a person holds one position at a time",
    ),
    Case(
        "a licence that ends before it begins",
        (told(LICENCE, "state", "in_force", from_="2025-06-01"),),
        told(LICENCE, "expires", "2025-05-31"),
        "it ends before it begins",
    ),
    Case(
        "a licence that begins after it ends",
        (told(LICENCE, "expires", "2025-05-31"),),
        told(LICENCE, "state", "in_force", from_="2025-06-01"),
        "it ends before it begins",
    ),
    Case(
        "money without a currency",
        (),
        told(CHANNEL, "monthly_need", {"amount": 100}),
        "this field must be there",
    ),
    Case(
        "money with a fraction of a cent",
        (),
        told(CHANNEL, "monthly_need", {"amount": 100.5, "currency": "USD"}),
        "this is a whole number",
    ),
    Case(
        "money in a currency that there is not",
        (),
        told(CHANNEL, "currency", "USX"),
        "no currency of ISO 4217",
    ),
    Case(
        "a position of the other side's post",
        (),
        told(SLOT, "post", "post/RU-WAS"),
        "it is the other party’s",
    ),
    Case(
        "a service before its post was there",
        (told(MOSCOW, "opened", "1934"), told("service/US-MOW-visas", "post", MOSCOW)),
        told("service/US-MOW-visas", "state", "running", from_="1933"),
        "is before post/US-MOW existed",
    ),
    Case(
        "a post's head before the post was planned",
        (told(MOSCOW, "status", "planned", from_="1933-11"),),
        told(MOSCOW, "head", "A head", from_="1932"),
        "is before post/US-MOW existed",
    ),
)
FIT = (
    Case(
        "one position after the other",
        (told(SLOT, "person", PERSON, from_="2024", until="2024-12"),),
        told(OTHER, "person", PERSON, from_="2025"),
        "",
    ),
    Case(
        "a position while its post was open",
        (CLOSED,),
        told(SLOT, "post", PETERSBURG, from_="2015", until="2018-03-30"),
        "",
    ),
    Case("a vacant position", (told(SLOT, "person", "none"),), told(OTHER, "person", "none"), ""),
    Case(
        "a building older than its post",
        (told(MOSCOW, "opened", "1934"), told("premises/P1", "post", MOSCOW)),
        told("premises/P1", "title", "lease", from_="1900"),
        "",
    ),
)


def known(cases: tuple[Case, ...]) -> list[Any]:
    return [pytest.param(case, id=case.name) for case in cases if case.needs <= {*registers()}]


def tell(desks: Desks, note: Note) -> None:
    thing, field, value, more = note
    notes(desks.a, thing, field, value, **more)


@pytest.mark.parametrize("case", known(CASES))
def test_what_does_not_fit_is_refused_and_not_kept(desks: Desks, case: Case) -> None:
    for one in case.before:
        tell(desks, one)
    with pytest.raises(Refusal) as refusal:
        tell(desks, case.wrong)
    assert case.said in str(refusal.value)
    assert len(queries.own_statements(desks.a.node)) == len(case.before)


@pytest.mark.parametrize("case", known(FIT))
def test_what_fits_is_kept(desks: Desks, case: Case) -> None:
    for one in (*case.before, case.wrong):
        tell(desks, one)
    assert len(queries.own_statements(desks.a.node)) == len(case.before) + 1
