"""The registers by name, for whoever reads the shared state. The fold finds them by looking."""

from legation.acts.kinds.calendar import Calendar
from legation.acts.kinds.channel import Channel
from legation.acts.kinds.contest import Contest
from legation.acts.kinds.exchange import Exchange
from legation.acts.kinds.licence import Licence
from legation.acts.kinds.limit import Limit
from legation.acts.kinds.notice_state import NoticeState, Number
from legation.acts.kinds.party import PartyState
from legation.acts.kinds.person import Person
from legation.acts.kinds.post import Post
from legation.acts.kinds.premises import Premises
from legation.acts.kinds.regime import Regime
from legation.acts.kinds.service import Service
from legation.acts.kinds.slot import Seat, Slot
from legation.acts.kinds.threshold import Threshold

__all__ = [
    "Calendar",
    "Channel",
    "Contest",
    "Exchange",
    "Licence",
    "Limit",
    "NoticeState",
    "Number",
    "PartyState",
    "Person",
    "Post",
    "Premises",
    "Regime",
    "Seat",
    "Service",
    "Slot",
    "Threshold",
]
