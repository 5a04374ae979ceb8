"""The fold: what an act means. Both nodes fold the same logs to the same bytes.

What can be wrong with an act, in this order; the first fault's code is why it is *without
effect*, on both nodes alike. Nothing in an act makes the fold itself fail.

1. `size` `text` `depth` `not-canonical` `schema`: head or body cannot be read.
2. `other-party` `other-record`: the head names another author or record than the log's.
3. `not-spoken`: its log had not seen that the other side's node reads this type and version.
4. `schema`: the body is not that of its type.
5. `officers`: a binding act lacks the signatures that the keys in force at its place ask for.
6. `not-entitled` and what the type itself demands (see its file).

Every rule looks only at what the act had seen and at its own log before it. So a late act of
the other side never changes what was found about an earlier one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from legation.acts.catalogue import Catalogue
from legation.acts.codec import from_body
from legation.acts.kinds.keys import LogResumed
from legation.acts.kinds.notice_state import Number
from legation.acts.kinds.party import PartyState, party_of
from legation.acts.parties import Parties
from legation.acts.state import UNREAD, Placed, State, had_seen
from legation.errors import N_, Refusal
from legation.record import canon
from legation.record.act import Head, Opening, check_officers, parse_head
from legation.record.order import Order, Resumption, arrange, lasting, running

__all__ = [
    "Folded",
    "Placed",
    "attempt",
    "fold",
    "fold_all",
    "genesis",
    "had_seen",
    "next_number",
    "place",
    "resumption",
    "seen_claim",
]


@dataclass(frozen=True, slots=True)
class Folded:
    """A whole record, folded. settled: how many acts of the order will never move again."""

    state: State
    order: Order
    settled: int


def genesis(parties: Parties, catalogue: Catalogue | None = None) -> State:
    """Return the state before the first act: the two parties as introduced."""
    state = State(None, parties, catalogue)
    state.put(PartyState.begin(parties.a.introduction))
    state.put(PartyState.begin(parties.b.introduction))
    return state


def fold(state: State, placed: Placed) -> str | None:
    """Apply an act to the state; return why it is without effect, or None.

    Acts come in an order that keeps what was seen before who saw it. The state is changed in
    place; an act without effect leaves only its code in `state.void`. Raises NewerRecord.
    """
    refusal = attempt(state, placed)
    return None if refusal is None else refusal.code


def attempt(state: State, placed: Placed) -> Refusal | None:
    """Do as `fold`, and return the whole refusal: for the author, before the act is written."""
    state.begin()
    try:
        _apply(state, placed)
    except Refusal as refusal:
        state.undo()
        state.void[placed.party, placed.index] = refusal.code
        return refusal
    return None


def _apply(state: State, placed: Placed) -> None:
    if placed.head is UNREAD:
        placed.head = parse_head(placed.opening.head)
    head = placed.head
    body = canon.decode(placed.opening.body)
    if head.party != placed.party:
        raise _head(head, "other-party", N_("an act names the party whose log it stands in."))
    if head.record != placed.record:
        raise _head(head, "other-record", N_("an act names the record that it belongs to."))
    peer = party_of(state, state.parties.other(placed.party).party)
    if not peer.speaks(f"{head.type}/{head.v}", placed.seen):
        raise _head(head, "not-spoken", N_("the other side has not said that it reads this type."))
    cls = state.catalogue.act(head.type, head.v)
    act = from_body(cls, body, head.type)
    if cls.binding:
        _check_officers(state, placed, cls.officers)
    act.apply(state, placed)


def _check_officers(state: State, placed: Placed, count: int | None) -> None:
    keys = party_of(state, placed.party).history().officers_at(placed.index)
    if count is not None:
        keys = replace(keys, officers=keys.custodians, threshold=count)
    check_officers(placed.opening, placed.record, keys)


def fold_all(start: State, a: Sequence[Opening], b: Sequence[Opening], parties: Parties) -> Folded:
    """Fold two whole logs over `start`, which is not written.

    a, b: all openings of the log of `parties.a` and of `parties.b`, from entry 0.
    """
    resumed = (_resumptions(parties, 0, a), _resumptions(parties, 1, b))
    logs = (place(parties, 0, a, resumed[1]), place(parties, 1, b, resumed[0]))
    claims = [[placed.seen for placed in log] for log in logs]
    order = arrange(claims[0], claims[1], a_first_odd=True)
    state = start.layer()
    for side, index, _ in order.items:
        fold(state, logs[side][index])
    return Folded(state, order, order.settled)


def place(
    parties: Parties, side: int, openings: Sequence[Opening], resumed: Sequence[Resumption] = ()
) -> list[Placed]:
    """Return a log's acts from entry 0 at their places. side: 0 for `parties.a`, 1 for `b`.

    resumed: where the other log went on after a restore.
    """
    party = (parties.a, parties.b)[side].party
    heads = [_head_of(opening) for opening in openings]
    seen = running((head.seen[0] for head in heads), resumed)
    return [
        Placed(party, index, seen[index], opening, b"", parties.record, heads[index])
        for index, opening in enumerate(openings)
    ]


def _resumptions(parties: Parties, side: int, openings: Sequence[Opening]) -> list[Resumption]:
    party = (parties.a, parties.b)[side].party
    found = (
        resumption(opening, index, party=party, record=parties.record)
        for index, opening in enumerate(openings)
    )
    return lasting(each for each in found if each is not None)


def resumption(opening: Opening, index: int, *, party: str, record: str) -> Resumption | None:
    """Return what an entry says of a run that it opens, None if it says nothing of the kind.

    Like every claim that orders acts it is read whether or not the act has effect. party: whose
    log it stands in, at `index`.
    """
    head = _head_of(opening)
    if (head.type, head.v, head.party, head.record) != (LogResumed.type, 1, party, record):
        return None
    try:
        body = canon.decode(opening.body)
    except Refusal:
        return None
    heard = body.get("heard")
    return Resumption(index, heard) if type(heard) is int and heard > 0 else None


def seen_claim(opening: Opening) -> int:
    """Return how many entries of the other log an act claims to have seen.

    0 for an act whose head cannot be read: it is without effect, and orders nothing.
    """
    return _head_of(opening).seen[0]


def _head_of(opening: Opening) -> Head:
    """Return the head, or UNREAD, which has seen nothing, where it cannot be read."""
    try:
        return parse_head(opening.head)
    except Refusal:
        return UNREAD


def next_number(state: State, post: str, year: int | str) -> str:
    """Return the number of a post's next notice. post: "US-MOW" or "post/US-MOW"."""
    return Number.of(state, post, str(year)).next


def _head(head: Head, code: str, rule: str) -> Refusal:
    return Refusal(
        code,
        thing=N_("Act {type}/{version} of {party}"),
        rule=rule,
        remedy=N_("Write it again under the right name, or wait until the other node is newer."),
        type=head.type,
        version=head.v,
        party=head.party,
    )
