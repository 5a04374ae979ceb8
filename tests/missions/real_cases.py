"""Real cases: what a board must say of a post on a day, and where that can be read.

Each line: the dossier, the post, the day; how the post stands, by whom and since when; some of its
cells; the source. A day before a change stands beside the day of it. What no source tells is
*unknown*, and stands here as such.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a board says. by, since: of a closed or suspended post. cells: essential -> state."""

    dossier: str
    post: str
    on: date
    standing: str
    source: str
    by: str = ""
    since: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    says: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.post} {self.on}"


def _case(dossier: str, post: str, on: str, standing: str, source: str, **more: object) -> Case:
    return Case(
        dossier=dossier,
        post=f"post/{post}",
        on=date.fromisoformat(on),
        standing=standing,
        source=source,
        **more,  # type: ignore[arg-type]
    )


US_RU, IR_SA, IN_CA = "us-ru", "ir-sa", "in-ca"

MOSCOW: Final = (
    _case(
        US_RU, "US-MOW", "2017-07-31", "unknown",
        "RIA, RT 2017-07-28: the dacha and the warehouses are shut from 1 August",
        cells={"premises": "unknown"},
    ),
    _case(
        US_RU, "US-MOW", "2017-08-01", "strained",
        "TASS, Reuters: access to the dacha and the warehouses ends at noon",
        cells={"premises": "strained"},
    ),
    _case(
        US_RU, "US-MOW", "2021-06-09", "strained",
        "AWJ, TASS: the memorandum of 1992 still holds",
        cells={"movement": "in_order"},
    ),
    _case(
        US_RU, "US-MOW", "2021-06-10", "strained",
        "AWJ 2021: a government order ends the memorandum of 1992",
        cells={"movement": "strained"}, says={"movement": "permission"},
    ),
    _case(
        US_RU, "US-MOW", "2021-05-20", "strained",
        "DD 2021-05-14: the ban on hiring is put off; services for citizens resume for a time",
        cells={"people": "unknown", "citizen_services": "strained"},
    ),
    _case(
        US_RU, "US-MOW", "2021-07-31", "strained",
        "Missoulian 2021: the ban on hiring is in force from 1 August",
        cells={"people": "unknown"},
    ),
    _case(
        US_RU, "US-MOW", "2021-08-01", "strained",
        "Missoulian, Saudi Gazette 2021: 182 local employees dismissed, routine visas ended",
        cells={"people": "strained", "citizen_services": "strained"},
        says={"people": "hired locally"},
    ),
    _case(
        US_RU, "US-MOW", "2022-01-30", "strained",
        "Gulf of Aden 2021: three years at most for American staff from 31 January 2022",
        cells={"entry_visas": "unknown"},
    ),
    _case(
        US_RU, "US-MOW", "2022-01-31", "strained",
        "Gulf of Aden 2021: three years at most for American staff from 31 January 2022",
        cells={"entry_visas": "strained"},
    ),
    _case(
        US_RU, "US-MOW", "2022-09-03", "strained",
        "Babel 2022: Ambassador Sullivan leaves on 4 September",
        cells={"representation": "in_order"},
    ),
    _case(
        US_RU, "US-MOW", "2022-09-04", "strained",
        "Babel 2022: a chargé d'affaires is in place",
        cells={
            "representation": "strained", "people": "strained", "premises": "strained",
            "entry_visas": "strained", "movement": "strained", "citizen_services": "strained",
            "money": "unknown", "communications": "unknown", "archives": "unknown",
        },
        says={"representation": "Chargé"},
    ),
    _case(
        US_RU, "US-MOW", "2023-01-29", "strained",
        "TASS 2025: Ambassador Tracy took up duties on 30 January 2023",
        cells={"representation": "strained"},
    ),
    _case(
        US_RU, "US-MOW", "2023-01-30", "strained",
        "TASS 2025: Ambassador Tracy took up duties on 30 January 2023",
        cells={"representation": "in_order"},
    ),
    _case(
        US_RU, "US-MOW", "2025-06-26", "strained",
        "TASS 2025-06-27: Ambassador Tracy leaves",
        cells={"representation": "in_order"},
    ),
    _case(
        US_RU, "US-MOW", "2025-06-27", "strained",
        "TASS, The Star 2025-06-27: no successor is named",
        cells={"representation": "strained"},
    ),
)  # fmt: skip
RUSSIA: Final = (
    _case(US_RU, "US-LED", "2018-03-28", "unknown", "Haaretz 2018-03-29: the day before"),
    _case(
        US_RU, "US-LED", "2018-03-29", "closed",
        "Haaretz 2018-03-29: consent withdrawn; the consulate is to stop within two days",
        by="RU", since="2018-03-29",
    ),
    _case(
        US_RU, "US-LED", "2018-03-31", "closed",
        "AP, Haaretz 2018-03: consent withdrawn, closed on 31 March",
        by="RU", since="2018-03-31",
    ),
    _case(US_RU, "US-LED", "2025-04-10", "closed", "Haaretz 2018", by="RU", since="2018-03-31"),
    _case(
        US_RU, "US-VVO", "2020-02-28", "unknown", "VOA 2020: shut since March 2020",
    ),
    _case(
        US_RU, "US-VVO", "2020-06-01", "suspended",
        "VOA 2020: shut since March 2020, for the pandemic", since="2020-03",
    ),
    _case(
        US_RU, "US-VVO", "2021-12-31", "closed",
        "VOA 2020-12-18: closed by decision of the United States in 2021; no day is sourced",
        by="US", since="2021",
    ),
    _case(US_RU, "US-SVX", "2020-12-31", "unknown", "VOA 2020-12-18: to be suspended"),
    _case(
        US_RU, "US-SVX", "2021-12-31", "suspended",
        "VOA 2020-12-18: suspended, not closed, by decision of the United States",
        by="US", since="2021",
    ),
)  # fmt: skip
AMERICA: Final = (
    _case(
        US_RU, "RU-HOU", "2022-04-23", "strained",
        "RT, Reuters 2022-04-24: the bank closed the accounts", cells={"money": "unknown"},
    ),
    _case(
        US_RU, "RU-HOU", "2022-04-24", "strained",
        "RT, Reuters 2022-04-24: the bank closed the accounts",
        cells={"money": "strained", "entry_visas": "strained", "people": "unknown",
               "representation": "unknown", "premises": "unknown"},
        says={"money": "Bank of America"},
    ),
    _case(
        US_RU, "RU-NYC", "2022-04-24", "strained",
        "RT, Reuters 2022-04-24: the bank closed the accounts",
        cells={"money": "strained", "premises": "strained"},
    ),
    _case(US_RU, "RU-SFO", "2017-09-01", "unknown", "UKRW 2017: to be closed by 2 September"),
    _case(
        US_RU, "RU-SFO", "2017-09-02", "closed",
        "Radio Farda, NCILJ 2017: closed at the demand of the United States",
        by="US", since="2017-09-02",
    ),
    _case(US_RU, "RU-SEA", "2018-03-31", "unknown", "NYDN 2018-03-26: ordered to close"),
    _case(
        US_RU, "RU-SEA", "2018-04-23", "cannot",
        "TASS 2018: the rented offices were left in April, the residence on 24 April",
        cells={"premises": "blocked"},
    ),
    _case(
        US_RU, "RU-SEA", "2018-04-24", "closed", "TASS 2018-04-26: staff left on 24 April",
        by="US", since="2018-04-24",
    ),
    _case(
        US_RU, "RU-WAS", "2024-12-31", "strained",
        "Novaya Polsha 2025: the post of ambassador is empty since October 2024; who is in charge "
        "is not told",
        cells={"representation": "unknown"},
    ),
    _case(
        US_RU, "RU-WAS", "2025-03-25", "strained",
        "TASS 2025: Ambassador Darchiev in post from 26 March",
        cells={"representation": "unknown"},
    ),
    _case(
        US_RU, "RU-WAS", "2025-03-26", "strained",
        "TASS 2025: Ambassador Darchiev in post from 26 March",
        cells={"representation": "in_order", "premises": "strained", "people": "unknown"},
    ),
)  # fmt: skip
GULF: Final = (
    _case(IR_SA, "SA-THR", "2015-12-31", "unknown", "Zawya: attacked and closed in January 2016"),
    _case(
        IR_SA, "SA-THR", "2016-01-31", "closed",
        "Zawya, Sputnik 2023: relations broken after the attack", by="SA", since="2016-01",
    ),
    _case(
        IR_SA, "SA-THR", "2023-06-07", "closed",
        "Zawya 2023-06: Iran's posts reopen first", by="SA", since="2016-01",
    ),
    _case(
        IR_SA, "SA-THR", "2023-08-13", "unknown",
        "Press TV 2023-08-13: at work; of its staff, premises and lines no source tells",
        cells={"representation": "unknown", "premises": "unknown"},
    ),
    _case(IR_SA, "SA-MHD", "2023-08-12", "closed", "Press TV 2023", by="SA", since="2016-01"),
    _case(
        IR_SA, "SA-MHD", "2023-08-13", "unknown",
        "Press TV, Nour News 2023-08-13: resumes in a hotel",
        cells={"premises": "in_order", "people": "unknown"},
    ),
    _case(IR_SA, "IR-RUH", "2023-06-05", "closed", "IFP, Zawya 2023", by="SA", since="2016-01"),
    _case(
        IR_SA, "IR-RUH", "2023-06-06", "strained",
        "IFP, Zawya 2023-06-06: reopened in its old building under a chargé; ambassador named",
        cells={"representation": "strained", "premises": "in_order", "money": "unknown"},
    ),
    _case(IR_SA, "IR-JED", "2023-06-06", "closed", "Zawya 2023", by="SA", since="2016-01"),
    _case(IR_SA, "IR-JED", "2023-06-07", "unknown", "Zawya 2023-06: reopened"),
)  # fmt: skip
DELHI: Final = (
    _case(
        IN_CA, "CA-DEL", "2023-10-18", "unknown", "Mint 2023-10-19",
        cells={"people": "unknown", "citizen_services": "unknown"},
    ),
    _case(
        IN_CA, "CA-DEL", "2023-10-20", "strained",
        "Mint, The Wire 2023-10-19: 41 withdrawn, 21 remain; immigration officers from 27 to five",
        cells={"people": "strained", "citizen_services": "strained", "representation": "unknown"},
        says={"people": "21 of 62"},
    ),
    _case(
        IN_CA, "CA-CHD", "2023-10-18", "unknown", "The Wire 2023-10-19",
        cells={"citizen_services": "unknown"},
    ),
    _case(
        IN_CA, "CA-CHD", "2023-10-19", "strained",
        "The Wire 2023-10-19: services in person paused; the post itself stays open",
        cells={"citizen_services": "blocked", "people": "unknown"},
    ),
    _case(
        IN_CA, "CA-BOM", "2023-10-19", "strained", "The Wire 2023-10-19",
        cells={"citizen_services": "blocked"},
    ),
    _case(
        IN_CA, "CA-BLR", "2023-10-19", "strained", "The Wire 2023-10-19",
        cells={"citizen_services": "blocked"},
    ),
    _case(IN_CA, "IN-OTT", "2023-08-31", "unknown", "Epoch Times 2023"),
    _case(
        IN_CA, "IN-OTT", "2023-09-30", "strained", "Epoch Times 2023: visas suspended in Canada",
        cells={"citizen_services": "blocked", "representation": "unknown"},
    ),
)  # fmt: skip
CASES: Final = (*MOSCOW, *RUSSIA, *AMERICA, *GULF, *DELHI)
