"""Terms: a restored node opens a new run of its log, and the other side accepts it.

1. Theirs is accepted in a bundle that answers our newest challenge and carries `log.resumed`
   for that term, signed by as many officers as their keys ask; it begins at what we hold or
   beyond. From then on all other terms are old, and our challenge is another.
2. The entry at that place must be such an act.
3. Ours is opened once they know it and hold no more of our log than we do.
"""

from collections.abc import Sequence
from datetime import datetime

from legation.errors import N_, Refusal
from legation.line.core.bundle import Bundle
from legation.line.core.protocol import RESUMED, judge_resumption
from legation.line.databases import writing
from legation.line.models import CarrierState, Entry, Side
from legation.line.node import Node
from legation.line.services import folding
from legation.line.services.append import NewAct, Signers, opening_for
from legation.line.services.fencing import FROZEN, OPEN, RESUMING, raise_fence
from legation.line.services.rows import Facts, load
from legation.record import canon
from legation.record.act import Opening, check_officers, decode_opening, parse_head
from legation.record.canon import Json
from legation.record.merkle import Frontier, Root

MOST_LOST = 1_000


def accept(facts: Facts, bundle: Bundle, *, at: datetime) -> None:
    """Accept the new term that a bundle opens (rule 1).

    Raises Refusal "frozen", "resume", "behind", "officers", and faults of the act's text.
    """
    theirs = facts.theirs
    if theirs.state == FROZEN:
        raise _not_resumed("frozen", N_("two histories of it were signed; it opens no term."))
    opening = decode_opening(bundle.resumed)
    opened = _checked(facts, opening, bundle.term)
    judge_resumption(opened, have=Root(theirs.size, bytes(theirs.root)))
    theirs.term, theirs.announced = bundle.term, theirs.size
    theirs.state, theirs.state_at = OPEN, at
    theirs.resumed, theirs.resumed_size = bundle.resumed, opened.size
    facts.peer.challenge = facts.node.random(16).hex()
    # Their counters may have gone back with their database.
    CarrierState.objects.using(facts.alias).update(heard=0)


def _checked(facts: Facts, opening: Opening, term: str) -> Root:
    head = parse_head(opening.head)
    body = canon.decode(opening.body)
    named = (head.type, head.party, head.record, body.get("origin"))
    if named != (RESUMED, facts.theirs.party, facts.peer.record, facts.origin(Side.PEER, term)):
        raise _not_resumed("resume", N_("it is opened by its own log.resumed, for that term."))
    size, root = body.get("size"), body.get("root")
    if type(size) is not int or size < 0 or not _is_hash(root):
        raise _not_resumed("resume", N_("its log.resumed names size and root of the old leaves."))
    # The newest document by the root: of keys that a restore made us forget, they sent it along.
    newest = facts.keys(Side.PEER).newest
    check_officers(opening, facts.peer.record, newest)
    return Root(size, bytes.fromhex(str(root)))


def _is_hash(value: Json) -> bool:
    return isinstance(value, str) and len(value) == 64 and not set(value) - set("0123456789abcdef")


def check_opened(facts: Facts, first: int, arrivals: Sequence[folding.Arrival]) -> None:
    """Check that a term begins with an act that opens it (rule 2).

    Not by all means the one that we accepted: before it left, custodians may have signed anew.
    Raises Refusal "resume", "officers".
    """
    theirs = facts.theirs
    place = theirs.resumed_size - first
    if theirs.resumed and 0 <= place < len(arrivals):
        accepted = _checked(facts, decode_opening(bytes(theirs.resumed)), theirs.term)
        if _checked(facts, arrivals[place].opening, theirs.term) != accepted:
            raise _not_resumed("resume", N_("it begins with the leaves that it was accepted for."))


def check_heard(facts: Facts, rows: Sequence[Entry]) -> None:
    """Check that their log, where it went on, tells only of entries that we wrote.

    Else it could say of acts to come that they name less than they do. Raises Refusal "seen".
    """
    own = facts.own
    heard = max((each.heard for each in folding.resumptions_in(facts, Side.PEER, rows)), default=0)
    # What we lost in a restore we signed once: our fence says so, or a checkpoint they showed.
    lost = 0 if own.state == OPEN else max(own.lost, own.short, own.have)
    if heard > max(own.size, lost):
        raise Refusal(
            "seen",
            thing=N_("A run of the other side's log that tells of {seen} entries of ours"),
            rule=N_("it tells only of what was written; our log has {held}."),
            remedy=N_("Keep it as evidence, and ask the other side by another way."),
            seen=heard,
            held=max(own.size, lost),
        )


def resume(node: Node, *, sign: Signers, at: datetime) -> None:
    """Have custodians sign that our restored log goes on; it opens once the peer has accepted.

    Once signed for the log as it is, calling it again changes nothing: the other side may have
    accepted that very act already.
    Raises Refusal "not-resuming", "not-recovered", "officers".
    """
    with writing(node.alias):
        facts = load(node)
        own = facts.own
        _check_recovered(facts)
        if own.resumed and own.resumed_size == own.size:
            return
        body: dict[str, Json] = {
            "origin": facts.origin(Side.OWN),
            "size": own.size,
            "root": bytes(own.root).hex(),
            "lost": list(range(own.size, min(own.lost, own.size + MOST_LOST))),
            "heard": facts.theirs.size,
        }
        act = NewAct(type=RESUMED, body=body, sign=sign)
        opening = opening_for(facts, act, number="", at=at)
        newest = facts.keys(Side.OWN).newest
        check_officers(opening, facts.peer.record, newest)
        own.resumed, own.resumed_size = opening.encode(), own.size
        facts.save()


def _check_recovered(facts: Facts) -> None:
    own = facts.own
    if own.state != RESUMING:
        raise Refusal(
            "not-resuming",
            thing=N_("The log of {party}"),
            rule=N_("a new term is opened after a restore only, and none took place."),
            remedy=N_("Nothing to do: it goes on by itself."),
            party=own.party,
        )
    heard = own.have_at is not None  # `begin_term` forgot when; no clock is asked
    if not heard or own.have > own.size or own.usable < own.size:
        raise Refusal(
            "not-recovered",
            thing=N_("The log of {party}"),
            rule=N_("first it takes back what the other side holds of it: {have} entries."),
            remedy=N_("Reach the other side (`line sync`), then try again."),
            party=own.party,
            have=own.have if heard else "?",
        )


def open_own(facts: Facts, *, at: datetime) -> None:
    """Go on under our new term: the act that opens it is its first new entry (rule 3)."""
    own = facts.own
    # Before the commit: under this term nothing has left, so an early fence only waits.
    raise_fence(facts, Root(own.size, bytes(own.root)))
    facts.node.trip("term fenced")
    arrived = folding.arrival(bytes(own.resumed))
    rows = folding.entry_rows(facts, Side.OWN, [arrived], received_at=None)
    edge = Frontier.decode(bytes(own.frontier)).append(arrived.leaf)
    folding.enter(facts, Side.OWN, rows, edge)
    own.state, own.state_at = OPEN, at
    own.lost, own.short, own.fence_then = 0, 0, ""
    CarrierState.objects.using(facts.alias).update(sent_to=0)


def _not_resumed(code: str, rule: str) -> Refusal:
    return Refusal(
        code,
        thing=N_("A new term of the other side's log"),
        rule=rule,
        remedy=N_("Keep this as evidence, and ask the other side by another way."),
    )
