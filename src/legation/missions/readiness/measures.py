"""The rows of the reciprocity ledger, as declared: what each counts, and what is compared.

1. A measure is what `by` does and `to` bears. Both directions are counted by the same parts.
2. It is a mirror where both do the same with the same content on the day: the figures named in
   `compares` are equal. A mirrored limit can be defended (VCDR 47(2)(a), VCCR 72(2)(a)).
3. What is named in `fence` is never a countermeasure: persons, premises, archives and documents
   are inviolable whatever the other side did (VCDR 22, 24, 29; VCCR 31, 33, 41; and article
   50(2)(b) of the articles on the responsibility of States, 2001).
4. A kind of notice names the measure that it counts in. One that no row knows gets a row of its
   own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from legation.errors import N_
from legation.missions.readiness.counting import Asked, Part, Removed
from legation.missions.readiness.counting_registers import (
    IN_FORCE,
    Closed,
    Limits,
    Regimes,
    Standing,
    Value,
)
from legation.missions.readiness.facts import Facts

OPEN: Final = (("status", ("open", "suspended")),)
ACCESS: Final = N_("Premises of the sending state, by the access that the receiving state states.")
STATUS: Final = N_("Premises of the sending state, by the status that the receiving state states.")
CONSENT: Final = N_("Posts of the sending state, by what the receiving state states of them.")
OWN_POSTS: Final = N_("Open posts of the sending state, by its own word.")
SLOTS: Final = N_("Vacant positions, by the reason that the sending state states.")
STAFF: Final = N_("Members of staff of whom the receiving state states it; no others.")
CHANNELS: Final = N_("Payment channels, by the state that the sending state states.")
LICENCES: Final = N_("Licences, by the state that the receiving state states.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One row. compares: codes of the figures that must be equal in a mirror.

    fence: codes of figures that may never be a countermeasure. notices: the measures of kinds of
    notices that it counts, beside the parts that count registers.
    """

    code: str
    label: str
    articles: tuple[str, ...]
    parts: tuple[Part, ...]
    compares: tuple[str, ...]
    fence: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


MEASURES: Final = (
    Measure(
        code="visas",
        label=N_("Visas"),
        articles=("VCDR 7", "VCDR 9", "VCCR 19"),
        parts=(
            Asked("visas"),
            Standing(
                "slot",
                "why_empty",
                (
                    Value(
                        "empty_slots",
                        N_("Positions empty for want of a visa"),
                        ("visa_pending", "visa_refused", "visa_expired"),
                    ),
                ),
                SLOTS,
                among=(("state", ("vacant",)),),
            ),
            Standing(
                "person",
                "visa",
                (
                    Value("staff_waiting", N_("Staff whose visa is asked for"), ("requested",)),
                    Value(
                        "staff_without",
                        N_("Staff whose visa was refused or ended"),
                        ("refused", "expired"),
                    ),
                ),
                STAFF,
                among=(("visa", ("requested", "granted", "refused", "expired")),),
                unit="persons",
            ),
        ),
        compares=("waiting",),
        notices=("visas",),
    ),
    Measure(
        code="visa_limits",
        label=N_("Limits on visas"),
        articles=("VCDR 47", "VCCR 72"),
        parts=(Limits(("visa_length", "visa_number")),),
        compares=(IN_FORCE,),
    ),
    Measure(
        code="removed",
        label=N_("Persons not accepted"),
        articles=("VCDR 9", "VCCR 23"),
        parts=(
            Removed(),
            Standing(
                "person",
                "acceptable",
                (
                    Value(
                        "staff_removed",
                        N_("Staff stated to be not acceptable"),
                        ("not_acceptable", "persona_non_grata"),
                    ),
                ),
                STAFF,
                among=(("acceptable", ("accepted", "not_acceptable", "persona_non_grata")),),
                unit="persons",
            ),
        ),
        compares=("persons", "told"),
        notices=("removed",),
    ),
    Measure(
        code="size",
        label=N_("Limits on size"),
        articles=("VCDR 11", "VCCR 20"),
        parts=(Limits(("size",)),),
        compares=(IN_FORCE,),
    ),
    Measure(
        code="local_hire",
        label=N_("Bans on hiring"),
        articles=("VCDR 8", "VCCR 22"),
        parts=(Limits(("local_hire",)),),
        compares=(IN_FORCE,),
    ),
    Measure(
        code="agrement",
        label=N_("Heads of mission"),
        articles=("VCDR 4", "VCCR 12"),
        parts=(
            Asked("agrement"),
            Standing(
                "post",
                "agrement",
                (
                    Value("pending", N_("Agrément pending"), ("pending",)),
                    Value("declined", N_("Agrément declined"), ("declined",)),
                ),
                CONSENT,
                among=(("type", ("embassy", "permanent_mission")), *OPEN),
            ),
        ),
        compares=("pending", "declined"),
        notices=("agrement",),
    ),
    Measure(
        code="movement",
        label=N_("Movement"),
        articles=("VCDR 26", "VCCR 34"),
        parts=(Regimes("movement"), Asked("movement")),
        compares=(IN_FORCE,),
        notices=("movement",),
    ),
    Measure(
        code="access",
        label=N_("Access to premises"),
        articles=("VCDR 22", "VCDR 45", "VCCR 27", "VCCR 31"),
        parts=(
            Standing(
                "premises",
                "access",
                (
                    Value("denied", N_("Denied"), ("denied",)),
                    Value("restricted", N_("Escorted or on request"), ("escorted", "on_request")),
                ),
                ACCESS,
            ),
            Asked("access"),
        ),
        compares=("denied", "restricted"),
        notices=("access",),
    ),
    Measure(
        code="recognition",
        label=N_("Status of premises"),
        articles=("VCDR 1", "VCCR 4"),
        parts=(
            Standing(
                "premises",
                "status",
                (
                    Value("revoked", N_("Revoked"), ("revoked",)),
                    Value("never", N_("Never recognised"), ("never",)),
                ),
                STATUS,
            ),
        ),
        compares=("revoked", "never"),
    ),
    Measure(
        code="inviolable",
        label=N_("Premises and archives entered, persons detained"),
        articles=("VCDR 22", "VCDR 24", "VCDR 29", "VCDR 45", "VCCR 31", "VCCR 33", "VCCR 41"),
        parts=(
            Standing(
                "premises",
                "access",
                (Value("entered", N_("Premises entered"), ("entered_by_host",)),),
                ACCESS,
            ),
            Standing(
                "post",
                "archives",
                (Value("archives", N_("Archives entered"), ("entered",)),),
                OWN_POSTS,
            ),
            Asked("detained"),
        ),
        compares=("entered", "archives"),
        fence=("entered", "archives", "waiting", "granted", "not_granted"),
        notices=("detained",),
    ),
    Measure(
        code="payments",
        label=N_("Payments"),
        articles=("VCDR 25", "VCCR 28"),
        parts=(
            Standing(
                "channel",
                "state",
                (
                    Value("slow", N_("Slow"), ("slow",)),
                    Value("blocked", N_("Blocked: the money is held"), ("blocked",)),
                    Value("rejected", N_("Rejected: the money came back"), ("rejected",)),
                    Value("closed", N_("Channels closed"), ("closed",)),
                ),
                CHANNELS,
            ),
            Standing(
                "licence",
                "state",
                (
                    Value(
                        "ended",
                        N_("Licences suspended, revoked or expired"),
                        ("suspended", "revoked", "expired"),
                    ),
                ),
                LICENCES,
            ),
            Asked("payments"),
        ),
        compares=("slow", "blocked", "rejected", "closed"),
        notices=("payments",),
    ),
    Measure(
        code="posts",
        label=N_("Posts closed"),
        articles=("VCDR 2", "VCDR 12", "VCCR 4"),
        parts=(
            Closed(),
            Standing(
                "post",
                "consent",
                (
                    Value(
                        "withdrawn", N_("Consent withdrawn or refused"), ("withdrawn", "refused")
                    ),
                    Value("consent_pending", N_("Consent pending"), ("pending",)),
                ),
                CONSENT,
            ),
            Asked("consent"),
        ),
        compares=("closed", "suspended"),
        notices=("consent",),
    ),
    Measure(
        code="bag",
        label=N_("Communications and the bag"),
        articles=("VCDR 27", "VCCR 35"),
        parts=(
            Standing(
                "post",
                "communications",
                (Value("limited", N_("Posts limited or cut off"), ("limited", "cut")),),
                OWN_POSTS,
                among=OPEN,
            ),
            Asked("bag"),
        ),
        compares=("limited", "not_granted"),
        notices=("bag",),
    ),
    Measure(
        code="protection",
        label=N_("Protection"),
        articles=("VCDR 22", "VCDR 29", "VCCR 31", "VCCR 40"),
        parts=(
            Standing(
                "post",
                "protection_given",
                (
                    Value("reduced", N_("Reduced"), ("reduced",)),
                    Value("protection_withdrawn", N_("Withdrawn"), ("withdrawn",)),
                ),
                CONSENT,
                among=OPEN,
            ),
            Asked("protection"),
        ),
        compares=("reduced", "waiting"),
        fence=("protection_withdrawn",),
        notices=("protection",),
    ),
    Measure(
        code="consular_access",
        label=N_("Access to detained nationals"),
        articles=("VCCR 36",),
        parts=(Asked("consular_access"),),
        compares=("waiting", "not_granted"),
        notices=("consular_access",),
    ),
    Measure(
        code="custody",
        label=N_("Protecting powers and custody"),
        articles=("VCDR 45", "VCDR 46", "VCCR 8", "VCCR 27"),
        parts=(
            Standing(
                "post",
                "custody_agreed",
                (
                    Value("custody_pending", N_("Custodian pending"), ("pending",)),
                    Value("custody_refused", N_("Custodian refused"), ("refused",)),
                ),
                CONSENT,
            ),
            Asked("custody"),
        ),
        compares=("custody_refused",),
        notices=("custody",),
    ),
)


def measures_of(facts: Facts) -> tuple[Measure, ...]:
    """Return every row: the declared ones, then those that only this record's acts bring."""
    counted = {name for measure in MEASURES for name in measure.notices}
    named = sorted({one.measure for one in facts.requests if one.measure} - counted)
    subjects = sorted({rule.subject for rule in facts.rules} - {"movement"})
    return (*MEASURES, *_of_rules(subjects), *_of_notices(named))


def _of_rules(subjects: Iterable[str]) -> Iterable[Measure]:
    for subject in subjects:
        yield Measure(
            code=f"regime_{subject}",
            label=_word(subject),
            articles=("VCDR 47", "VCCR 72"),
            parts=(Regimes(subject),),
            compares=(IN_FORCE,),
        )


def _of_notices(named: Iterable[str]) -> Iterable[Measure]:
    for name in named:
        yield Measure(
            code=name,
            label=_word(name),
            articles=(),
            parts=(Asked(name),),
            compares=("waiting", "not_granted"),
            notices=(name,),
        )


def _word(code: str) -> str:
    word = code.replace("_", " ")
    return word[:1].upper() + word[1:]
