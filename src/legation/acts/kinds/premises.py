"""Premises: title, status and access apart, each with its author and its days."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from legation.acts.base import Act, subject
from legation.acts.kinds.post import Names
from legation.acts.state import Placed, State
from legation.acts.statements import RECEIVING, SENDING, Register, Stated, state_fields
from legation.acts.values import Day, Line80, Line200, Party, PostId, Words
from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisesFields:
    """What can be stated of premises; each field has one author side.

    Sending state: name, other_names, place, use (chancery, office, consular, residence,
    recreational, storage, trade, school, other: with `note` for the exact words), post (whose
    premises they are), title (own, lease, host_land_own_building, disputed, expropriated),
    owner (in words: "private landlord (rented)"), acres (text, since sources give "36-37"),
    rooms, closed (the day it had to leave, in `value` as a partial day; `by` whose measure),
    lists (lists it draws up that hold these premises: "six"), condition, note (any remark).
    Receiving state: status (recognised, revoked, never), access (full, escorted, on_request,
    denied, entered_by_host), custody (who holds the keys, in words).
    """

    name: Annotated[Stated[Line200] | None, SENDING] = None
    other_names: Annotated[Stated[Names] | None, SENDING] = None
    place: Annotated[Stated[Line200] | None, SENDING] = None
    use: Annotated[
        Stated[
            Literal[
                "chancery",
                "office",
                "consular",
                "residence",
                "recreational",
                "storage",
                "trade",
                "school",
                "other",
            ]
        ]
        | None,
        SENDING,
    ] = None
    post: Annotated[Stated[PostId] | None, SENDING] = None
    title: Annotated[
        Stated[Literal["own", "lease", "host_land_own_building", "disputed", "expropriated"]]
        | None,
        SENDING,
    ] = None
    owner: Annotated[Stated[Line200] | None, SENDING] = None
    acres: Annotated[Stated[Annotated[str, MinLen(1), MaxLen(20)]] | None, SENDING] = None
    rooms: Annotated[Stated[Annotated[int, Ge(0), Le(10_000)]] | None, SENDING] = None
    closed: Annotated[Stated[Day] | None, SENDING] = None
    lists: Annotated[
        Stated[Annotated[tuple[Line80, ...], MinLen(1), MaxLen(20)]] | None, SENDING
    ] = None
    condition: Annotated[Stated[Line200] | None, SENDING] = None
    note: Annotated[Stated[Annotated[str, MinLen(1), MaxLen(2000)]] | None, SENDING] = None
    status: Annotated[Stated[Literal["recognised", "revoked", "never"]] | None, RECEIVING] = None
    access: Annotated[
        Stated[Literal["full", "escorted", "on_request", "denied", "entered_by_host"]] | None,
        RECEIVING,
    ] = None
    custody: Annotated[Stated[Line200] | None, RECEIVING] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisesFields2(PremisesFields):
    """What version 2 adds, all of it the sending state's.

    lease_end: the last day of the lease. utilities: whether water, power and heating are there.
    claims: claims of others on the building, in words.
    """

    lease_end: Annotated[Stated[Day] | None, SENDING] = None
    utilities: Annotated[Stated[Literal["connected", "partly", "cut"]] | None, SENDING] = None
    claims: Annotated[Stated[Words] | None, SENDING] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises(Register):
    """Premises, `premises/P1`: sending and receiving states, and what each says of them."""

    prefix = "premises"
    fields_class: ClassVar[type[object]] = PremisesFields2


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisesStated(Act):
    """A side states fields of premises. `on`: `premises/…`."""

    type: ClassVar[str] = "premises.stated"
    title: ClassVar[str] = N_("Premises stated")

    sending: Party
    receiving: Party
    fields: PremisesFields

    def apply(self, state: State, at: Placed) -> None:
        """Put the fields into the register, under the author's name."""
        name = subject(at, "premises")
        premises = state.find(Premises, name) or Premises(id=name)
        state_fields(state, at, premises, (self.sending, self.receiving), self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisesStated2(PremisesStated):
    """As `premises.stated`, version 1, with what came later: written only where that is stated."""

    version: ClassVar[int] = 2

    fields: PremisesFields2
