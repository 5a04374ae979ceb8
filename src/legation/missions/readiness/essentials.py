"""The eleven essentials of a mission's work, with the articles that carry them.

Articles of the Vienna Conventions on Diplomatic (VCDR) and on Consular Relations (VCCR). That an
article carries an essential is a reading, not the text's own word.
"""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from legation.errors import N_

Band: TypeAlias = Literal["vital", "work", "worse"]
"""vital: needed to operate at all. work: needed to do the work. worse: if it gets worse."""
BANDS: Final[dict[Band, str]] = {
    "vital": N_("Needed to operate at all"),
    "work": N_("Needed to do the work"),
    "worse": N_("Needed if it gets worse"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Essential:
    """One essential. diplomatic, consular: all articles; main: the first to read of each.

    short: the head of its column. matter: code of the matter that usually carries it, or "".
    """

    id: str
    label: str
    question: str
    band: Band
    short: str
    diplomatic: tuple[str, ...]
    consular: tuple[str, ...]
    main: tuple[str, str]
    matter: str = ""

    def articles(self, *, consular: bool | None) -> tuple[str, ...]:
        """Return the articles for a consular post, a diplomatic one, or one of unknown type."""
        if consular is None:
            return (*self.diplomatic, *self.consular)
        return self.consular if consular else self.diplomatic

    def article(self, *, consular: bool | None) -> str:
        """Return the article to read first."""
        return self.main[1] if consular else self.main[0]


def _all(treaty: str, numbers: str) -> tuple[str, ...]:
    return tuple(f"{treaty} {number}" for number in numbers.split())


def _essential(
    name: str,
    label: str,
    question: str,
    band: Band,
    *,
    short: str,
    vcdr: str,
    vccr: str,
    main: tuple[int, int],
    matter: str = "",
) -> Essential:
    return Essential(
        id=name,
        label=label,
        question=question,
        band=band,
        short=short,
        diplomatic=_all("VCDR", vcdr),
        consular=_all("VCCR", vccr),
        main=(f"VCDR {main[0]}", f"VCCR {main[1]}"),
        matter=matter,
    )


ESSENTIALS: Final = (
    _essential(
        "representation",
        N_("Head of mission"),
        N_("Is someone empowered to lead and to sign?"),
        "vital",
        short="VCDR 4, 19",
        vcdr="4 13 14 19 20",
        vccr="10 11 12 13 15",
        main=(19, 15),
        matter="head_of_mission",
    ),
    _essential(
        "people",
        N_("People"),
        N_("Are there enough accredited staff, of each kind?"),
        "vital",
        short="VCDR 7–11",
        vcdr="7 8 9 10 11 37 38 39 43 44",
        vccr="19 20 22 23 24 25 26",
        main=(7, 19),
        matter="staffing",
    ),
    _essential(
        "premises",
        N_("Premises"),
        N_("Is there a place, accessible and lawful to use?"),
        "vital",
        short="VCDR 21, 22",
        vcdr="1 12 20 21 22 23 30 41 45",
        vccr="4 27 29 30 31 32 55 59",
        main=(22, 31),
        matter="property",
    ),
    _essential(
        "communications",
        N_("Communications"),
        N_("Can the post talk to its capital and the host?"),
        "vital",
        short="VCDR 27",
        vcdr="27 41",
        vccr="35 38",
        main=(27, 35),
    ),
    _essential(
        "entry_visas",
        N_("Visas and entry"),
        N_("Can a replacement actually get in?"),
        "work",
        short="VCDR 7, 10",
        vcdr="7 9 10 25 39 40",
        vccr="19 23 24 28 54",
        main=(7, 19),
        matter="visas",
    ),
    _essential(
        "money",
        N_("Money"),
        N_("Can the post receive, hold and pay money?"),
        "work",
        short="VCDR 25",
        vcdr="25 23 28 34",
        vccr="28 32 39 49",
        main=(25, 28),
        matter="banking",
    ),
    _essential(
        "movement",
        N_("Movement"),
        N_("Can staff travel to do the job?"),
        "work",
        short="VCDR 26",
        vcdr="26 25",
        vccr="34 6",
        main=(26, 34),
        matter="movement",
    ),
    _essential(
        "citizen_services",
        N_("Citizen services"),
        N_("Can nationals and visa applicants be served?"),
        "work",
        short="VCCR 5, 36",
        vcdr="3",
        vccr="2 3 5 8 36 37 38 39 70",
        main=(3, 5),
        matter="citizen_services",
    ),
    _essential(
        "archives",
        N_("Archives"),
        N_("Are papers and systems safe?"),
        "worse",
        short="VCDR 24",
        vcdr="24 27 30 45",
        vccr="1 27 33 35 61",
        main=(24, 33),
        matter="premises_protection",
    ),
    _essential(
        "protection",
        N_("Protection"),
        N_("Are persons and buildings safe?"),
        "worse",
        short="VCDR 22, 29",
        vcdr="22 29 30 31 36 37 41",
        vccr="31 40 41 42 43",
        main=(22, 31),
        matter="premises_protection",
    ),
    _essential(
        "continuity",
        N_("Continuity and reciprocity"),
        N_("What holds if it gets worse?"),
        "worse",
        short="VCDR 45–47",
        vcdr="2 9 11 43 44 45 46 47",
        vccr="2 8 25 26 27 72 73",
        main=(45, 27),
        matter="relations",
    ),
)
"""In the order in which a board shows them: what a post cannot do without comes first."""
BY_ID: Final = {each.id: each for each in ESSENTIALS}
CONSULAR: Final = frozenset({"consulate_general", "consulate", "vice_consulate", "consular_agency"})
DIPLOMATIC: Final = frozenset({"embassy", "interests_section", "office"})


def is_consular(post_type: str) -> bool | None:
    """Tell whether a type of post is consular; None where that is not known."""
    if post_type in CONSULAR:
        return True
    return False if post_type in DIPLOMATIC else None
