"""What kinds of facts are called, and which shape each is drawn with.

A kind that is not in the table is shown with its own name and the plainest shape: a dossier may
bring kinds that nobody has thought of. The words judge nobody: they are the field's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One shape of the drawing. name: of its symbol. word: what the legend says."""

    name: str
    word: str


EXPULSION: Final = Shape(name="expulsion", word=N_("Expulsions and limits on staff"))
CLOSURE: Final = Shape(name="closure", word=N_("Closures, premises and access"))
EASING: Final = Shape(name="easing", word=N_("Reopenings, easings, arrivals"))
TALKS: Final = Shape(name="talks", word=N_("Rounds and contacts"))
NOTE: Final = Shape(name="note", word=N_("Notes and letters"))
OTHER: Final = Shape(name="other", word=N_("Other facts"))
SHAPES: Final = (EXPULSION, CLOSURE, EASING, TALKS, NOTE, OTHER)

_KINDS: Final[Mapping[Shape, Mapping[str, str]]] = {
    EXPULSION: {
        "expulsion": N_("Expulsion"),
        "staff_reduction": N_("Reduction of staff"),
        "staff_withdrawn": N_("Staff withdrawn"),
        "staffing_limit": N_("Limit on staff"),
        "local_hire_ban": N_("Ban on local hires"),
        "visa_restriction": N_("Restriction of visas"),
        "departure_confirmed": N_("Departure confirmed"),
    },
    CLOSURE: {
        "consulate_closure_ordered": N_("Closing of a consulate demanded"),
        "consulate_closed": N_("Consulate closed"),
        "post_closed": N_("Post closed"),
        "property_access_denied": N_("Access to premises denied"),
        "property_status_revoked": N_("Status of premises ended"),
        "relations_broken": N_("Relations broken off"),
        "services_suspended": N_("Services suspended"),
        "services_moved": N_("Services moved"),
        "border_closed": N_("Border closed"),
    },
    EASING: {
        "post_opening_announced": N_("Opening of a post announced"),
        "post_reopened": N_("Post reopened"),
        "relations_restored": N_("Relations restored"),
        "relations_restored_agreed": N_("Relations to be restored"),
        "visa_easing": N_("Easing of visas"),
        "movement_easing": N_("Easing of movement"),
        "payment_restored": N_("Payments restored"),
        "flights_resumed": N_("Flights resumed"),
        "agrement_given": N_("Agrément given"),
        "appointment_head_of_mission": N_("Head of mission appointed"),
        "head_of_mission_arrived": N_("Head of mission arrived"),
        "head_of_mission_return": N_("Head of mission returns"),
        "interests_section_opened": N_("Interests section opened"),
        "measure_postponed": N_("Measure put off"),
    },
    TALKS: {
        "talks_announced": N_("Talks announced"),
        "talks_held": N_("Talks held"),
        "talks_cancelled": N_("Talks cancelled"),
        "talks_postponed": N_("Talks put off"),
        "venue_change": N_("Change of venue"),
        "technical_visit": N_("Technical visit"),
        "contact": N_("Contact"),
    },
    NOTE: {
        "note_delivered": N_("Note delivered"),
        "note_exchange": N_("Exchange of notes"),
        "letter_exchange": N_("Exchange of letters"),
        "protest": N_("Protest"),
        "property_return_demand": N_("Return of premises demanded"),
    },
    OTHER: {
        "statement": N_("Statement"),
        "readout": N_("Readout"),
        "commitment": N_("Commitment"),
        "condition_met": N_("Condition met"),
        "staffing_figure": N_("Number of staff"),
        "property_statement": N_("Statement on premises"),
        "movement_restriction": N_("Restriction of movement"),
        "movement_statement": N_("Statement on movement"),
        "payment_block": N_("Payments blocked"),
        "licence_issued": N_("Licence issued"),
        "licence_amended": N_("Licence amended"),
        "incident_attack": N_("Incident: attack"),
        "incident_harassment": N_("Incident: harassment"),
        "detention_local_staff": N_("Detention of local staff"),
        "detention_consular_staff": N_("Detention of consular staff"),
        "accreditation_delay": N_("Accreditation delayed"),
        "head_of_mission_departed": N_("Head of mission departed"),
        "protecting_power_mandate": N_("Mandate of a protecting power"),
        "protecting_power_ended": N_("Mandate of a protecting power ended"),
        "countermeasures_announced": N_("Measures in reply announced"),
        "retaliation": N_("Measures in reply"),
        "retaliation_deferred": N_("Measures in reply put off"),
        "decision": N_("Decision"),
        "trigger": N_("What went before"),
    },
}
_KNOWN: Final = {
    kind: (shape, word) for shape, words in _KINDS.items() for kind, word in words.items()
}


def shape_of(kind: str) -> Shape:
    """Return the shape by which a fact of this kind is drawn."""
    return _KNOWN[kind][0] if kind in _KNOWN else OTHER


def word_of(kind: str) -> str:
    """Return what a kind is called, to be translated; its own name where nobody named it."""
    if kind in _KNOWN:
        return _KNOWN[kind][1]
    words = kind.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
