"""Payment channels: by which bank a post is paid and pays, and whether that works."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from legation.acts.state import Placed, State
from legation.acts.statements import RECEIVING, SENDING, Register, Side, Stated
from legation.acts.stating import RegisterType, StatedOf, check_named
from legation.acts.values import Currency, LicenceId, Line200, Paid, PostId
from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFields:
    """What can be stated of a payment channel; each field has one author side.

    Sending state: post; bank; currency; purpose; state (blocked: the money is held; rejected: it
    came back; `by` whose measure); last_success (day, amount in minor units, currency).
    Receiving state: licence (which one it says covers this channel).
    """

    post: Annotated[Stated[PostId] | None, SENDING] = None
    bank: Annotated[Stated[Line200] | None, SENDING] = None
    currency: Annotated[Stated[Currency] | None, SENDING] = None
    purpose: Annotated[
        Stated[Literal["all", "salaries", "rent", "utilities", "contributions", "other"]] | None,
        SENDING,
    ] = None
    state: Annotated[
        Stated[Literal["works", "slow", "blocked", "rejected", "closed"]] | None, SENDING
    ] = None
    last_success: Annotated[Stated[Paid] | None, SENDING] = None
    licence: Annotated[Stated[LicenceId] | None, RECEIVING] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Register):
    """A payment channel, `channel/US-…`, named by the sending state."""

    prefix = "channel"
    fields_class: ClassVar[type[object]] = ChannelFields
    named_by: ClassVar[Side | None] = "sending"

    def stands(self, state: State, at: Placed, told: AbstractSet[str]) -> None:
        """Refuse a post, or a licence, of the wrong state."""
        check_named(state, self, at, told)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelStated(StatedOf):
    """A side states fields of a channel. `on`: `channel/…`, which begins with the sending state."""

    type: ClassVar[str] = "channel.stated"
    title: ClassVar[str] = N_("Payment channel stated")
    register: ClassVar[RegisterType] = Channel

    fields: ChannelFields
