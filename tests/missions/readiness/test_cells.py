"""Each rule of judging, in every state that it knows: what is said, and what the cell then is."""

import pytest

from missions.readiness.changes import (
    BLOCKED,
    IN_ORDER,
    STRAINED,
    UNKNOWN,
    Change,
    asked,
    both,
    cell,
    places,
    post,
    rule,
    thing,
)
from missions.readiness.made import in_order

CASES: list[tuple[str, str, Change, str]] = [
    ("an ambassador", "representation", post(head_rank="ambassador"), IN_ORDER),
    ("a chargé", "representation", post(head_rank="charge"), STRAINED),
    ("an acting head", "representation", post(head_rank="acting"), STRAINED),
    ("no head", "representation", post(head_rank="vacant"), BLOCKED),
    ("nine of ten in place", "people", post(in_place=9), IN_ORDER),
    ("eight of ten in place", "people", post(in_place=8), IN_ORDER),
    ("seven of ten in place", "people", post(in_place=7), STRAINED),
    ("one of ten in place", "people", post(in_place=1), STRAINED),
    ("nobody in place", "people", post(in_place=0), BLOCKED),
    ("few, and no head", "people", post(in_place=5, head_rank="vacant"), BLOCKED),
    ("few, and a chargé", "people", post(in_place=5, head_rank="charge"), STRAINED),
    ("enough, and no head", "people", post(in_place=9, head_rank="vacant"), IN_ORDER),
    ("eight of ten slots filled", "people", both(places(8, 2), post(established=10)), IN_ORDER),
    ("seven of ten slots filled", "people", places(7, 3), STRAINED),
    ("none of ten slots filled", "people", places(0, 11), BLOCKED),
    ("eight filled, two not told of", "people", places(8, 0, 2), IN_ORDER),
    ("seven filled, three not told of", "people", places(7, 0, 3), UNKNOWN),
    ("five filled, two not told of", "people", places(5, 3, 2), STRAINED),
    ("none filled, two not told of", "people", places(0, 18, 2), STRAINED),
    ("fewer slots than places", "people", both(places(0, 5), post(established=10)), IN_ORDER),
    (
        "a ban on hiring locally",
        "people",
        lambda world: world.says("limit/XB-1", kind="local_hire", state="in_force"),
        STRAINED,
    ),
    (
        "a ban on hiring locally that is suspended",
        "people",
        lambda world: world.says("limit/XB-1", kind="local_hire", state="suspended"),
        IN_ORDER,
    ),
    (
        "a ban on hiring locally from next month",
        "people",
        lambda world: world.says(
            "limit/XB-1", kind="local_hire", state="in_force", effective="2025-05"
        ),
        IN_ORDER,
    ),
    (
        "a ban on hiring locally for another post",
        "people",
        thing("limit/XB-1", kind="local_hire", state="in_force", post="post/XA-FAR"),
        IN_ORDER,
    ),
    (
        "more than a limit of size",
        "people",
        thing("limit/XB-1", kind="size", number=8, counted="everybody", state="in_force"),
        STRAINED,
    ),
    (
        "as many as a limit of size",
        "people",
        thing("limit/XB-1", kind="size", number=9, counted="everybody", state="in_force"),
        IN_ORDER,
    ),
    (
        "more than a limit for all posts",
        "people",
        lambda world: world.says("limit/XB-1", kind="size", number=8, state="in_force"),
        STRAINED,
    ),
    (
        "somebody not accepted who has not left",
        "people",
        lambda world: places(1)(world).says(
            "person/XA-1", slot="slot/XA-MIS-000", state="in_post", acceptable="persona_non_grata"
        ),
        STRAINED,
    ),
    (
        "somebody not accepted who has left",
        "people",
        lambda world: places(1)(world).says(
            "person/XA-1", slot="slot/XA-MIS-000", state="departed", acceptable="persona_non_grata"
        ),
        IN_ORDER,
    ),
    ("a visa asked for 60 days ago", "entry_visas", asked("entry_visas", 60), IN_ORDER),
    ("a visa asked for 61 days ago", "entry_visas", asked("entry_visas", 61), STRAINED),
    ("a visa asked for 90 days ago", "entry_visas", asked("entry_visas", 90), STRAINED),
    ("a visa asked for 91 days ago", "entry_visas", asked("entry_visas", 91), BLOCKED),
    (
        "a limit of the length of visas",
        "entry_visas",
        lambda world: world.says("limit/XB-1", kind="visa_length", state="in_force"),
        STRAINED,
    ),
    (
        "a limit of the number of visas",
        "entry_visas",
        lambda world: world.says("limit/XB-1", kind="visa_number", state="in_force"),
        STRAINED,
    ),
    ("full access", "premises", thing("premises/A1", access="full"), IN_ORDER),
    ("access under escort", "premises", thing("premises/A1", access="escorted"), STRAINED),
    ("access on request", "premises", thing("premises/A1", access="on_request"), STRAINED),
    ("access denied", "premises", thing("premises/A1", access="denied"), BLOCKED),
    ("entered", "premises", thing("premises/A1", access="entered_by_host"), BLOCKED),
    ("status revoked", "premises", thing("premises/A1", status="revoked"), BLOCKED),
    ("had to be left", "premises", thing("premises/A1", closed="2025-03"), BLOCKED),
    ("to be left next month", "premises", thing("premises/A1", closed="2025-05"), IN_ORDER),
    (
        "had to be left, and opened again",
        "premises",
        thing("premises/A1", closed="2025-01", access="full"),
        IN_ORDER,
    ),
    ("had to be left on the day", "premises", thing("premises/A1", closed="2025-02-01"), BLOCKED),
    (
        "had to be left on the day from which access is stated",
        "premises",
        thing("premises/A1", closed="2025-02-01", access="full"),
        BLOCKED,
    ),
    (
        "an office left of one's own will",
        "premises",
        lambda world: thing("premises/A2", use="office")(world).says(
            "premises/A2", closed="2025-01", by="XA"
        ),
        IN_ORDER,
    ),
    (
        "an office left on demand",
        "premises",
        lambda world: thing("premises/A2", use="office")(world).says(
            "premises/A2", closed="2025-01", by="XB"
        ),
        STRAINED,
    ),
    ("title disputed", "premises", thing("premises/A1", title="disputed"), IN_ORDER),
    ("utilities cut", "premises", thing("premises/A1", utilities="cut"), STRAINED),
    ("utilities partly cut", "premises", thing("premises/A1", utilities="partly"), STRAINED),
    ("a lease for a year", "premises", thing("premises/A1", lease_end="2026-04"), IN_ORDER),
    ("a lease for 91 days", "premises", thing("premises/A1", lease_end="2025-07-10"), IN_ORDER),
    ("a lease for 90 days", "premises", thing("premises/A1", lease_end="2025-07-09"), STRAINED),
    ("a lease that ended", "premises", thing("premises/A1", lease_end="2025-03-01"), STRAINED),
    (
        "one of two places to work in denied",
        "premises",
        thing("premises/A2", use="office", access="denied"),
        STRAINED,
    ),
    (
        "a residence denied",
        "premises",
        thing("premises/A2", use="residence", access="denied"),
        STRAINED,
    ),
    (
        "the only place denied, another not told of",
        "premises",
        both(thing("premises/A1", access="denied"), thing("premises/A2", use="office")),
        STRAINED,
    ),
    ("lines work", "communications", post(communications="works"), IN_ORDER),
    ("lines limited", "communications", post(communications="limited"), STRAINED),
    ("lines cut", "communications", post(communications="cut"), BLOCKED),
    ("a bag told of 90 days ago", "communications", asked("communications", 90), IN_ORDER),
    ("a journey told of 90 days ago", "movement", asked("movement", 90), IN_ORDER),
    ("an arrival told of 90 days ago", "people", asked("people", 90), IN_ORDER),
    ("archives at risk", "archives", post(archives="at_risk"), STRAINED),
    ("archives left behind", "archives", post(archives="left_behind"), BLOCKED),
    ("archives entered", "archives", post(archives="entered"), BLOCKED),
    ("a channel slow", "money", thing("channel/XA-1", state="slow"), STRAINED),
    ("the channel blocked", "money", thing("channel/XA-1", state="blocked"), BLOCKED),
    ("the channel rejected", "money", thing("channel/XA-1", state="rejected"), BLOCKED),
    ("the channel closed", "money", thing("channel/XA-1", state="closed"), BLOCKED),
    ("one of two channels closed", "money", thing("channel/XA-2", state="closed"), STRAINED),
    (
        "a channel for contributions closed",
        "money",
        thing("channel/XA-2", state="closed", purpose="contributions"),
        IN_ORDER,
    ),
    (
        "a channel for all posts closed",
        "money",
        lambda world: world.says("channel/XA-2", state="closed"),
        STRAINED,
    ),
    (
        "a licence for a month and a day",
        "money",
        both(
            thing("channel/XA-1", licence="licence/XB-1"),
            lambda world: world.says("licence/XB-1", state="in_force", expires="2025-05-11"),
        ),
        IN_ORDER,
    ),
    (
        "a licence for 30 days",
        "money",
        both(
            thing("channel/XA-1", licence="licence/XB-1"),
            lambda world: world.says("licence/XB-1", state="in_force", expires="2025-05-10"),
        ),
        STRAINED,
    ),
    (
        "a licence revoked",
        "money",
        both(
            thing("channel/XA-1", licence="licence/XB-1"),
            lambda world: world.says("licence/XB-1", state="revoked"),
        ),
        STRAINED,
    ),
    ("free movement", "movement", rule("free"), IN_ORDER),
    ("journeys notified", "movement", rule("notification"), IN_ORDER),
    (
        "notice beyond 25 miles",
        "movement",
        rule("notification", radius_miles=25, hours=24),
        STRAINED,
    ),
    ("permission", "movement", rule("permission"), STRAINED),
    ("no journeys", "movement", rule("closed"), BLOCKED),
    (
        "a service reduced",
        "citizen_services",
        thing("service/XA-MIS-all", state="reduced"),
        STRAINED,
    ),
    ("the service moved", "citizen_services", thing("service/XA-MIS-all", state="moved"), BLOCKED),
    (
        "one of two services suspended",
        "citizen_services",
        thing("service/XA-MIS-visas", kind="visas", state="suspended"),
        STRAINED,
    ),
    (
        "a detained national waits 5 days",
        "citizen_services",
        asked("citizen_services", 5),
        STRAINED,
    ),
    ("protection reduced", "protection", post(protection="reduced"), STRAINED),
    ("protection lacking", "protection", post(protection="lacking"), BLOCKED),
    ("protection withdrawn", "protection", post(protection_given="withdrawn"), BLOCKED),
    ("protection asked for 2 days ago", "protection", asked("protection", 2), STRAINED),
    ("a custodian not agreed yet", "continuity", post(custody_agreed="pending"), STRAINED),
    ("a custodian refused", "continuity", post(custody_agreed="refused"), BLOCKED),
]


@pytest.mark.parametrize(
    ("essential", "change", "state"),
    [pytest.param(*case[1:], id=f"{case[1]}: {case[0]}") for case in CASES],
)
def test_what_is_said_decides_a_cell(essential: str, change: Change, state: str) -> None:
    assert cell(change(in_order()), essential).state == state
