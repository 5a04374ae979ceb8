"""Posts: what the sending state says of its embassy or consulate, and the receiving of it."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Le, MaxLen, MinLen

from legation.acts.base import Act, subject
from legation.acts.state import Placed, State
from legation.acts.statements import (
    RECEIVING,
    SENDING,
    Register,
    Side,
    Stated,
    state_fields,
)
from legation.acts.values import Line80, Line200, Party
from legation.errors import N_

PostType: TypeAlias = Literal[
    "embassy",
    "consulate_general",
    "consulate",
    "vice_consulate",
    "consular_agency",
    "residence",
    "permanent_mission",
    "interests_section",
    "ministry",
    "office",
]
Staff = Annotated[int, Ge(0), Le(100_000)]
Names = Annotated[tuple[Line200, ...], MinLen(1), MaxLen(20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFields:
    """What can be stated of a post; each field has one author side.

    Sending state: type; city, country (code of the state where it stands, if not the receiving
    one), district (in words), name, other_names; accredited_to (an organisation: "United
    Nations"); status (planned, open, suspended, closed; `from` is the day, `by` whose measure);
    head (name and since when, of a head of post in office), head_status ("chargé since …");
    opened (a day or year in words).
    Receiving state: consent (given, withdrawn, refused, pending: VCCR 4), consent_district (the
    district it agreed to), status_seen (the status as it sees it), exequatur (in words).
    """

    type: Annotated[Stated[PostType] | None, SENDING] = None
    city: Annotated[Stated[Line80] | None, SENDING] = None
    district: Annotated[Stated[Annotated[str, MinLen(1), MaxLen(500)]] | None, SENDING] = None
    name: Annotated[Stated[Line200] | None, SENDING] = None
    other_names: Annotated[Stated[Names] | None, SENDING] = None
    accredited_to: Annotated[Stated[Line200] | None, SENDING] = None
    status: Annotated[Stated[Literal["planned", "open", "suspended", "closed"]] | None, SENDING] = (
        None
    )
    head: Annotated[Stated[Line200] | None, SENDING] = None
    head_status: Annotated[Stated[Line200] | None, SENDING] = None
    opened: Annotated[Stated[Line80] | None, SENDING] = None
    consent: Annotated[
        Stated[Literal["given", "withdrawn", "refused", "pending"]] | None, RECEIVING
    ] = None
    consent_district: Annotated[
        Stated[Annotated[str, MinLen(1), MaxLen(500)]] | None, RECEIVING
    ] = None
    status_seen: Annotated[
        Stated[Literal["planned", "open", "suspended", "closed"]] | None, RECEIVING
    ] = None
    exequatur: Annotated[Stated[Line200] | None, RECEIVING] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFields2(PostFields):
    """What version 2 adds.

    Sending state: head_rank (of who is at the head now), nominated (whether a head was proposed);
    in_place and established (how many staff serve, and may), counted (what these two count);
    communications, archives, protection (as it finds them); custody (the protecting power, or who
    keeps the building, by name).
    Receiving state: agrement (VCDR 4), custody_agreed (VCDR 45 and 46), protection_given.
    """

    head_rank: Annotated[
        Stated[Literal["ambassador", "charge", "consul_general", "consul", "acting", "vacant"]]
        | None,
        SENDING,
    ] = None
    nominated: Annotated[Stated[bool] | None, SENDING] = None
    in_place: Annotated[Stated[Staff] | None, SENDING] = None
    established: Annotated[Stated[Staff] | None, SENDING] = None
    counted: Annotated[Stated[Line200] | None, SENDING] = None
    communications: Annotated[Stated[Literal["works", "limited", "cut"]] | None, SENDING] = None
    archives: Annotated[
        Stated[Literal["safe", "at_risk", "left_behind", "entered"]] | None, SENDING
    ] = None
    protection: Annotated[Stated[Literal["adequate", "reduced", "lacking"]] | None, SENDING] = None
    custody: Annotated[Stated[Line200] | None, SENDING] = None
    agrement: Annotated[Stated[Literal["given", "declined", "pending"]] | None, RECEIVING] = None
    custody_agreed: Annotated[Stated[Literal["agreed", "refused", "pending"]] | None, RECEIVING] = (
        None
    )
    protection_given: Annotated[
        Stated[Literal["full", "reduced", "withdrawn"]] | None, RECEIVING
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Register):
    """A post, `post/US-MOW`: sending and receiving states, and what each says of it."""

    prefix = "post"
    fields_class: ClassVar[type[object]] = PostFields2
    named_by: ClassVar[Side | None] = "sending"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostStated(Act):
    """A side states fields of a post. `on`: `post/…`, which begins with the sending state."""

    type: ClassVar[str] = "post.stated"
    title: ClassVar[str] = N_("Post stated")

    sending: Party
    receiving: Party
    fields: PostFields

    def apply(self, state: State, at: Placed) -> None:
        """Put the fields into the post's register, under the author's name."""
        name = subject(at, "post")
        post = state.find(Post, name) or Post(id=name)
        state_fields(state, at, post, (self.sending, self.receiving), self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostStated2(PostStated):
    """As `post.stated`, version 1, with what came later: written only where that is stated."""

    version: ClassVar[int] = 2

    fields: PostFields2
