"""Words for registers, their fields and their values: the same on every page and in the shell.

Pure. A field or value that is not here is called by its own name ("moved_to": "Moved to"), which
the catalogues of translations know too. All are English, marked; whoever shows one translates it.
"""

from collections.abc import Mapping
from typing import Final

from legation.errors import N_

REGISTERS: Final[Mapping[str, str]] = {
    "post": N_("Posts"),
    "premises": N_("Premises"),
    "slot": N_("Staff positions"),
    "person": N_("Staff"),
    "limit": N_("Limits on staff and visas"),
    "channel": N_("Payment channels"),
    "licence": N_("Licences"),
    "service": N_("Services"),
    "exchange": N_("Exchanges"),
}
"""Prefix of a register: what its things are called, several of them."""

THINGS: Final[Mapping[str, str]] = {
    "post": N_("Post"),
    "premises": N_("Premises"),
    "slot": N_("Staff position"),
    "person": N_("Member of staff"),
    "limit": N_("Limit"),
    "channel": N_("Payment channel"),
    "licence": N_("Licence"),
    "service": N_("Service"),
    "exchange": N_("Exchange"),
}
"""The same, one of them."""

PAGES: Final[Mapping[str, str]] = {
    "post": "posts",
    "premises": "premises",
    "slot": "slots",
    "person": "staff",
    "limit": "limits",
    "channel": "channels",
    "licence": "licences",
    "service": "services",
    "exchange": "exchanges",
}
"""The address under which a register's pages stand; its prefix, where it has none here."""

LISTED: Final[Mapping[str, tuple[str, ...]]] = {
    "slot": ("category", "state", "person", "why_empty"),
    "person": ("category", "state", "visa", "accreditation"),
    "limit": ("number", "counted", "local_staff", "state"),
    "channel": ("currency", "purpose", "state", "last_success"),
    "licence": ("number", "state", "expires", "covers"),
    "service": ("state", "handled", "moved_to"),
    "exchange": ("kind", "state", "last_held", "participants"),
}
"""Which fields a list shows beside what heads its rows; the first four, where it has none here."""

FIELDS: Final[Mapping[str, str]] = {
    # posts
    "accredited_to": N_("Accredited to"),
    "agrement": N_("Agrément"),
    "archives": N_("Archives"),
    "communications": N_("Communications"),
    "consent": N_("Consent to the post"),
    "consent_district": N_("District consented to"),
    "counted": N_("What is counted"),
    "post.custody": N_("Protecting power or custodian"),
    "custody_agreed": N_("Consent to the custodian"),
    "established": N_("Positions established"),
    "head": N_("Head of post"),
    "head_rank": N_("Rank of the head"),
    "head_status": N_("Standing of the head"),
    "in_place": N_("Staff in place"),
    "nominated": N_("A head is proposed"),
    "other_names": N_("Other names"),
    "protection": N_("Protection, as the sending state sees it"),
    "protection_given": N_("Protection given"),
    "status_seen": N_("Status, as the receiving state sees it"),
    # premises
    "claims": N_("Claims"),
    "closed": N_("Had to leave on"),
    "premises.custody": N_("Who holds the keys"),
    "lease_end": N_("Lease ends"),
    "lists": N_("Lists it is on"),
    "utilities": N_("Utilities"),
    # slots and persons
    "acceptable": N_("Acceptable to the receiving state"),
    "accreditation": N_("Accreditation"),
    "dependants": N_("Dependants"),
    "person": N_("Held by"),
    "person.slot": N_("Position"),
    "why_empty": N_("Why it is empty"),
    # limits
    "effective": N_("In force from"),
    "exempt": N_("Who is exempt"),
    "limit.kind": N_("What is limited"),
    "local_staff": N_("Locally employed staff"),
    "number": N_("Number"),
    "rule": N_("Rule"),
    # payment channels and licences
    "bank": N_("Bank or route"),
    "conditions": N_("Conditions"),
    "covers": N_("What it covers"),
    "expires": N_("Expires"),
    "issuer": N_("Issued by"),
    "last_success": N_("Last payment that arrived"),
    "channel.licence": N_("Licence that covers it"),
    # services and exchanges
    "handled": N_("Handled in the month"),
    "last_held": N_("Last held"),
    "moved_to": N_("Moved to"),
    "participants": N_("Participants"),
    # what no act says
    "coordinates": N_("Coordinates"),
    "needed": N_("Staff needed"),
    "monthly_need": N_("Needed each month"),
    "cash": N_("Cash in hand"),
    # parts of a value
    "amount": N_("Amount"),
    "day": N_("Day"),
    "lat": N_("Latitude"),
    "lon": N_("Longitude"),
    # of every statement
    "from": N_("From"),
    "until": N_("Until"),
    "by": N_("Whose measure"),
    "basis": N_("Legal basis"),
    "sources": N_("Sources"),
    "note": N_("Note"),
    "value": N_("Value"),
}
"""Field, or "register.field" where it means something else there: its name."""

VALUES: Final[Mapping[str, str]] = {
    "acting": N_("Acting head"),
    "charge": N_("Chargé d’affaires"),
    "consul_general": N_("Consul general"),
    "vacant": N_("Vacant"),
    "at_risk": N_("At risk"),
    "left_behind": N_("Left behind"),
    "archives.entered": N_("Entered by others"),
    "lacking": N_("Lacking"),
    "cut": N_("Cut off"),
    "partly": N_("Connected in part"),
    "title.own": N_("Own"),
    "host_land_own_building": N_("Own building on land of the host"),
    "status.never": N_("Never recognised"),
    "entered_by_host": N_("Entered by the receiving state"),
    "visa_pending": N_("Visa pending"),
    "visa_refused": N_("Visa refused"),
    "visa_expired": N_("Visa expired"),
    "hiring_ban": N_("Hiring is banned"),
    "size_limit": N_("Staff is limited"),
    "not_nominated": N_("Nobody is nominated"),
    "ordered_out": N_("Ordered to leave"),
    "in_post": N_("In post"),
    "persona_non_grata": N_("Persona non grata"),
    "not_acceptable": N_("Not acceptable"),
    "kind.size": N_("Size of the staff"),
    "kind.local_hire": N_("Hiring locally"),
    "kind.visa_length": N_("Length of visas"),
    "kind.visa_number": N_("Number of visas"),
    "local_staff.counted": N_("Are counted"),
    "local_staff.not_counted": N_("Are not counted"),
    "in_force": N_("In force"),
    "purpose.all": N_("All payments"),
    "contributions": N_("Contributions to organisations"),
    "blocked": N_("Blocked: the money is held"),
    "rejected": N_("Rejected: the money came back"),
    "kind.all": N_("All services"),
    "visits": N_("Visits to detained nationals"),
    "arrests": N_("Arrests notified"),
    "notarial": N_("Notarial acts"),
}
"""Value, or "field.value" where it means something else there: its name."""


def named(words: Mapping[str, str], name: str) -> str:
    """Return the words of a name, or the name itself as words."""
    found = words.get(name)
    if found is not None:
        return found
    plain = name.replace("_", " ")
    return plain[:1].upper() + plain[1:]


def register_name(prefix: str) -> str:
    """Return what the things of a register are called, several of them."""
    return named(REGISTERS, prefix)


def thing_name(prefix: str) -> str:
    """Return what one thing of a register is called."""
    return named(THINGS, prefix)


def field_name(field: str, prefix: str = "") -> str:
    """Return the name of a field. prefix: its register, where it is known."""
    found = FIELDS.get(f"{prefix}.{field}")
    return named(FIELDS, field) if found is None else found


def value_name(field: str, value: str) -> str:
    """Return the name of one of the values that a field may have."""
    found = VALUES.get(f"{field}.{value}")
    return named(VALUES, value) if found is None else found
