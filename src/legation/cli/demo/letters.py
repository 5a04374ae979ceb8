"""The notes of a demonstration. Every one says that it is invented; none is a fact."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from legation.record.canon import Json

Form: TypeAlias = dict[str, Json]

REGISTRY_HOURS: Final[Form] = {
    "post": "post/US-MOW",
    "subject": "Demonstration: hours of the registry",
    "message": (
        "This note is invented, to show how one crosses. The Embassy asks at which hours the"
        " registry of the Ministry takes notes on paper while the line is silent."
    ),
}
HOURS_REPLY: Final[Form] = {
    "answer": "answered",
    "reply": "Demonstration: the registry takes notes on paper on working days from 9 to 17.",
}
TEST_OF_THE_LINE: Final[Form] = {
    "post": "post/RU-MFA",
    "subject": "Demonstration: a test of the line",
    "message": (
        "This note is invented. The Ministry proposes that both sides try once a month whether"
        " a note carried on a stick arrives, and says how long it took."
    ),
}
TEST_NOTED: Final[Form] = {"answer": "noted", "remark": "Demonstration: an answer will follow."}
PIONEER_POINT: Final[Form] = {
    "post": "post/RU-WAS",
    "premises": "premises/P1",
    "name": "Pioneer Point",
    "purpose": "Demonstration, invented: to see the roof and the heating before the winter.",
    "from": "2027-01-18T10:00-05:00",
    "until": "2027-01-18T14:00-05:00",
    "visitors": 4,
    "vehicles": 1,
}
WAREHOUSES: Final[Form] = {
    "post": "post/US-MOW",
    "premises": "premises/P11",
    "name": "Dorozhnaya Street warehouses",
    "purpose": "Demonstration, invented: to take an inventory of what is stored there.",
    "from": "2027-01-20T10:00+03:00",
    "until": "2027-01-20T16:00+03:00",
    "visitors": 2,
}
DACHA: Final[Form] = {
    "post": "post/US-MOW",
    "premises": "premises/P10",
    "name": "Serebryany Bor dacha",
    "purpose": "Demonstration, invented: to inspect the roof.",
    "from": "2027-01-25T10:00+03:00",
    "until": "2027-01-25T12:00+03:00",
    "visitors": 2,
}
DACHA_GRANTED: Final[Form] = {
    "answer": "granted",
    "from": "2027-01-26T10:00+03:00",
    "until": "2027-01-26T11:00+03:00",
    "escorted": True,
    "conditions": "Demonstration, invented: by appointment at the gate.",
}
SALARIES: Final[Form] = {
    "post": "post/US-MOW",
    "post_concerned": "post/US-MOW",
    "bank": "Demonstration, invented: account of the Embassy at a bank in Moscow",
    "purpose": "salaries",
    "amount": 4_200_000,
    "currency": "USD",
    "outcome": "rejected",
    "facts": "This note is invented. A transfer for the salaries of guards came back.",
    "request": "Demonstration: the Embassy asks to learn by which bank salaries can be paid.",
}
GATE: Final[Form] = {
    "post": "post/RU-WAS",
    "post_concerned": "post/RU-WAS",
    "protects": ["premises", "persons"],
    "place": "Demonstration, invented: gate of the Embassy in Washington",
    "from": "2027-01-15T17:00-05:00",
    "until": "2027-01-15T21:00-05:00",
    "threat": "This note is invented. A demonstration at the gate has been announced.",
    "request": "Demonstration: the Embassy asks that the gate be kept free and guarded.",
}
GATE_GUARDED: Final[Form] = {
    "answer": "measures",
    "measures": "Demonstration, invented: guards at the gate, and the street kept free.",
}
AGREMENT: Final[Form] = {
    "post": "post/US-MOW",
    "post_concerned": "post/US-MOW",
    "name": "Demonstration, invented",
}
AGREMENT_GIVEN: Final[Form] = {"answer": "given"}
AGREMENT_DECLINED: Final[Form] = {"answer": "declined"}
IN_THE_DARK: Final[Form] = {
    "post": "post/US-MOW",
    "subject": "Demonstration: carried by hand",
    "message": "This note is invented. It was released while the line was cut.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """What one side sends and gets on paper: answered, waiting, just released; and theirs."""

    answered: Form
    reply: Form
    waiting: Form
    fresh: Form
    theirs: Form


def _fresh(post: str) -> Form:
    return {
        "post": post,
        "subject": "Demonstration: keys of the gate",
        "message": "This note is invented. It was released and has not been handed over yet.",
    }


def _theirs(post: str) -> Form:
    return {
        "post": post,
        "subject": "Demonstration: a note that came on paper",
        "message": "This note is invented. It was typed in from paper, and waits for our answer.",
    }


ALONE: Final[dict[str, Alone]] = {
    "US": Alone(
        answered=REGISTRY_HOURS,
        reply=HOURS_REPLY,
        waiting=WAREHOUSES,
        fresh=_fresh("post/US-MOW"),
        theirs=_theirs("post/RU-MFA"),
    ),
    "RU": Alone(
        answered={**REGISTRY_HOURS, "post": "post/RU-WAS"},
        reply=HOURS_REPLY,
        waiting=PIONEER_POINT,
        fresh=_fresh("post/RU-WAS"),
        theirs=_theirs("post/US-MFA"),
    ),
}
"""By party: the demonstration of one side that has nobody at the other end."""
