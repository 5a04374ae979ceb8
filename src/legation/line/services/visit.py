"""One bundle inside its transaction: the term, what they hold of ours, their entries, our own.

The order of the steps is that of `legation.line.core.protocol`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from legation.errors import N_, Refusal
from legation.line.core.bundle import Bundle
from legation.line.core.health import HAVE_MAY_FALL, is_within
from legation.line.core.protocol import (
    Holding,
    Outcome,
    TermIs,
    judge_have,
    judge_run,
    judge_term,
    may_resume,
)
from legation.line.models import CarrierState, Side
from legation.line.services import beats, folding, freight, keys, terms
from legation.line.services.fencing import FROZEN, OPEN, RESUMING, begin_term
from legation.line.services.folding import Arrival
from legation.line.services.rows import Facts, keep_evidence, resumptions
from legation.record.merkle import Root, check_prefix
from legation.record.note import (
    ED25519,
    Checkpoint,
    VerifierKey,
    open_checkpoint,
    open_cosignature,
    open_note,
    parse_checkpoint,
    parse_note,
)
from legation.record.order import check_seen, named


@dataclass(slots=True, kw_only=True)
class Received:
    """What a bundle brought.

    first, entries: the run of their log in it. new: entries taken. own: entries of our own log
    given back to us. gap: the run begins beyond what we hold. stale: nothing in it was new.
    fork: it shows two histories of their log. term: it opened or confirmed a new term.
    acknowledged: how much of our log they hold. echoed: it echoes a heartbeat of ours.
    behind: they say that their log goes on beyond what we hold.
    """

    first: int = 0
    entries: int = 0
    new: int = 0
    own: int = 0
    gap: bool = False
    stale: bool = False
    fork: bool = False
    term: bool = False
    acknowledged: int = 0
    echoed: bool = False
    behind: bool = False
    alarms: list[str] = field(default_factory=list)


class Visit:
    """One bundle, inside its transaction."""

    def __init__(self, facts: Facts, bundle: Bundle, carrier: CarrierState, at: datetime) -> None:
        self.facts = facts
        self.bundle = bundle
        self.carrier = carrier
        self.at = at
        self.result = Received(first=bundle.first, entries=len(bundle.entries))

    def take(self, arrivals: Sequence[Arrival], returned: Sequence[Arrival]) -> None:
        """Take everything in the bundle, in the order of the rules."""
        facts, bundle, result = self.facts, self.bundle, self.result
        keys.learn(facts, bundle.keys)
        term = judge_term(
            bundle.term,
            known=facts.theirs.term,
            answer=bundle.answer,
            challenge=facts.peer.challenge,
            opened=bool(bundle.resumed),
            asks=bundle.want_own is not None,
        )
        if term is TermIs.PROPOSED:
            terms.accept(facts, bundle, at=self.at)
            result.term = True
        stale = term is TermIs.KNOWN and bundle.seq <= self.carrier.heard
        if not stale:
            self._listen()
        self._judge_have(stale=stale)
        if term is TermIs.KNOWN:
            if not stale:
                facts.theirs.announced = bundle.size
            if arrivals and facts.theirs.state == OPEN:
                self._take_run(arrivals)
        if facts.own.state == RESUMING:
            self._resume(returned)
        result.acknowledged = facts.own.have
        result.behind = facts.theirs.announced > facts.theirs.size
        result.stale = result.new == 0 and stale

    def _listen(self) -> None:
        peer, bundle = self.facts.peer, self.bundle
        before = self.carrier.echoed
        beats.heard(self.facts, self.carrier, bundle, at=self.at)
        self.result.echoed = self.carrier.echoed > before
        peer.their_challenge = bundle.challenge
        peer.wants_own, peer.keys_seq = bundle.want_own, bundle.keys_seq
        self.facts.own.acked_term = bundle.ack_term
        freight.heard_wants(self.facts, bundle)

    # What they hold of ours

    def _judge_have(self, *, stale: bool) -> None:
        own, bundle = self.facts.own, self.bundle
        self._take_cosigned()
        have = bundle.have
        if (have.size, have.hash) == (own.have, bytes(own.have_root)) or not have.size:
            if not stale and (bundle.ack_term == own.term or own.state == RESUMING):
                self._set_have(have)
            return
        held = self._own_note(bundle.held, "held")
        if held.root != have:
            raise _bad_note("held")
        if self._was_lost(held):
            return
        there = self.facts.root_at(Side.OWN, have.size)
        verdict = judge_have(have, size=own.size, root_there=there)
        if verdict is Holding.OWN_SHORT:
            self._own_is_short(have)
        elif verdict is Holding.FORK:
            self._own_forked(have)
        counts = bundle.ack_term == own.term or own.state == RESUMING
        if verdict is not Holding.FORK and counts and not stale:
            self._set_have(have)

    def _set_have(self, have: Root) -> None:
        """Note what they hold. A lower one is a hint to send again, not more often than so."""
        own, at = self.facts.own, self.at
        if have.size < own.have and own.have_at is not None and own.state == OPEN:
            if is_within(own.have_at, at, HAVE_MAY_FALL):
                return
            self.carrier.sent_to = 0
        if have.size > own.have:
            beats.acknowledged(self.facts, self.carrier)
        own.have, own.have_root, own.have_at = have.size, have.hash, at

    def _own_note(self, note: str, name: str) -> Checkpoint:
        """Return a checkpoint of ours that they show: in any of our terms, by any of our keys."""
        facts = self.facts
        try:
            claimed = parse_checkpoint(parse_note(note.encode()).text)
            prefix = f"{facts.own.party}/{facts.peer.record}/"
            known = facts.keys(Side.OWN).log_keys(claimed.origin)
            if claimed.origin.startswith(prefix):
                open_note(note.encode(), known)
                return claimed
        except Refusal as fault:
            raise _bad_note(name) from fault
        raise _bad_note(name)

    def _take_cosigned(self) -> None:
        """Keep their cosignature on a checkpoint of ours, if it is on more than before."""
        facts, own, note = self.facts, self.facts.own, self.bundle.cosigned
        if not note or note == own.cosigned:
            return
        checkpoint = self._own_note(note, "cosigned")
        if checkpoint.size <= own.cosigned_size or checkpoint.size > own.size:
            return
        if self._was_lost(checkpoint):
            return
        if facts.root_at(Side.OWN, checkpoint.size) != checkpoint.hash:
            self._own_forked(checkpoint.root, note)
            return
        known = facts.keys(Side.PEER).cosign_keys(facts.peer.record)
        if not any(_cosigned_by(note, key) for key in known):
            raise _bad_note("cosigned")
        _check_lines(note, most=2)
        own.cosigned, own.cosigned_size, own.cosigned_at = note, checkpoint.size, self.at
        beats.keep_checkpoint(facts, Side.OWN, self.at)

    def _was_lost(self, held: Checkpoint) -> bool:
        """Tell whether they show what we signed in an earlier term and lost in a restore.

        Our term says from which entry on it is another history: that is no fork.
        """
        own = self.facts.own
        return (
            own.state == OPEN
            and held.origin != self.facts.origin(Side.OWN)
            and held.size > own.resumed_size
            and own.size >= held.size
            and self.facts.root_at(Side.OWN, held.size) != held.hash
        )

    def _own_is_short(self, have: Root) -> None:
        """They show our signature on more entries than we have: this database was rolled back."""
        facts, own = self.facts, self.facts.own
        if have.size > own.short:
            keep_evidence(
                facts,
                "own-short",
                Side.OWN,
                at=self.at,
                second=self.bundle.held,
                detail={"held": have.size, "size": own.size},
            )
            own.short = have.size
            self.result.alarms.append("own-short")
        if own.state == OPEN:
            begin_term(facts, at=self.at)

    def _own_forked(self, have: Root, note: str = "") -> None:
        """They show our signature on other entries than ours: two histories of ours are signed."""
        facts, own = self.facts, self.facts.own
        if own.state != FROZEN:
            keep_evidence(
                facts,
                "own-fork",
                Side.OWN,
                at=self.at,
                first=own.checkpoint,
                second=note or self.bundle.held,
                detail={"size": have.size},
            )
            own.state, own.state_at = FROZEN, self.at
            self.result.alarms.append("fork")

    # Their entries

    def _take_run(self, arrivals: Sequence[Arrival]) -> None:
        facts, bundle, own, theirs = self.facts, self.bundle, self.facts.own, self.facts.theirs
        if bundle.first > theirs.size:
            self.result.gap = True
            return
        signed = self._their_checkpoint(arrivals)
        leaves = [each.leaf for each in arrivals]
        judged = judge_run(
            bundle.first,
            leaves,
            signed.root,
            size=theirs.size,
            edge=facts.edge_at(Side.PEER, bundle.first),
            held=facts.trees[Side.PEER].leaves(bundle.first, bundle.first + len(leaves)),
        )
        if judged.outcome is Outcome.FORK:
            self._they_forked(signed)
        elif judged.outcome is Outcome.TAKE:
            new = arrivals[judged.new_from :]
            terms.check_opened(facts, theirs.size, new)
            keys.check_no_term_opens(facts, new)
            rows = folding.entry_rows(facts, Side.PEER, new, received_at=self.at)
            self._check_seen(new)
            terms.check_heard(facts, rows)
            folding.enter(facts, Side.PEER, rows, judged.edge)
            keys.place_rotations(facts, Side.PEER, rows)
            theirs.checkpoint, theirs.checkpoint_size = bundle.checkpoint, signed.size
            theirs.announced = max(theirs.announced, theirs.size)
            self.result.new = len(rows)
            if own.state == RESUMING and theirs.usable < theirs.size:
                own.resumed = b""  # the custodians sign for what we hold of theirs now

    def _their_checkpoint(self, arrivals: Sequence[Arrival]) -> Checkpoint:
        facts, bundle = self.facts, self.bundle
        history = keys.history_with(facts, Side.PEER, bundle.first, arrivals)
        size = bundle.first + len(arrivals)
        origin = facts.origin(Side.PEER)
        key = VerifierKey.of(origin, ED25519, history.log_key_for(size))
        checkpoint = open_checkpoint(bundle.checkpoint.encode(), key)
        _check_lines(bundle.checkpoint, most=1)  # ours must still find room beside it
        if checkpoint.size != size:
            raise Refusal(
                "root",
                thing=N_("A bundle with the entries {first} to {last}"),
                rule=N_("its checkpoint covers exactly its last entry, and this one {size}."),
                remedy=N_("Nothing was changed; the other side sends the entries again."),
                first=bundle.first,
                last=size - 1,
                size=checkpoint.size,
            )
        return checkpoint

    def _check_seen(self, arrivals: Sequence[Arrival]) -> None:
        """Check that they name only what we wrote. What we lost in a restore comes back first."""
        facts, own = self.facts, self.facts.own
        if own.state == FROZEN:
            return  # two histories of ours are signed: they may well have seen the other one
        checked: set[tuple[int, bytes]] = set()
        resumed = resumptions(own)
        for index, each in enumerate(arrivals, facts.theirs.size):
            seen = (0, b"") if each.head is None else each.head.seen
            if not seen[0] or seen in checked or (own.state != OPEN and seen[0] > own.size):
                continue
            if named(index, seen[0], resumed) < seen[0]:
                continue  # of what was lost: our log says so
            check_seen(seen, own.size, facts.root_at(Side.OWN, seen[0]))
            checked.add(seen)

    def _they_forked(self, signed: Checkpoint) -> None:
        facts, theirs = self.facts, self.facts.theirs
        keep_evidence(
            facts,
            "fork",
            Side.PEER,
            at=self.at,
            first=theirs.checkpoint,
            second=self.bundle.checkpoint,
            detail={"held": theirs.size, "shown": signed.size},
        )
        theirs.state, theirs.state_at = FROZEN, self.at
        self.result.fork = True
        self.result.alarms.append("fork")

    # After a restore of ours

    def _resume(self, returned: Sequence[Arrival]) -> None:
        facts, bundle, own = self.facts, self.bundle, self.facts.own
        if returned:
            self._take_back(returned)
        if own.short and own.size >= own.short:
            own.short = 0
        if (
            own.state == RESUMING
            and own.resumed
            and may_resume(
                have=bundle.have.size,
                size=own.size,
                usable=own.usable,
                answered=bundle.answer == facts.peer.challenge,
                known=bundle.ack_term == own.term,
            )
        ):
            terms.open_own(facts, at=self.at)
            self.carrier.sent_to = 0
            self.result.term = True

    def _take_back(self, returned: Sequence[Arrival]) -> None:
        facts, bundle, own = self.facts, self.bundle, self.facts.own
        if bundle.own_first > own.size:
            return
        signed = self._own_note(bundle.own_checkpoint, "own_checkpoint")
        leaves = [each.leaf for each in returned]
        edge = facts.edge_at(Side.OWN, bundle.own_first).extend(leaves)
        check_prefix(edge.root(), signed.root, bundle.own_proof)
        held = facts.trees[Side.OWN].leaves(bundle.own_first, edge.size)
        judged = judge_run(
            bundle.own_first,
            leaves,
            edge.root(),
            size=own.size,
            edge=facts.edge_at(Side.OWN, bundle.own_first),
            held=held,
        )
        if judged.outcome is Outcome.FORK:
            self._own_forked(signed.root, bundle.own_checkpoint)
        elif judged.outcome is Outcome.TAKE:
            rows = folding.entry_rows(
                facts, Side.OWN, returned[judged.new_from :], received_at=None
            )
            folding.enter(facts, Side.OWN, rows, judged.edge)
            keys.place_rotations(facts, Side.OWN, rows)
            own.resumed = b""  # the custodians sign for the log as it is now
            self.result.own = len(rows)


def _cosigned_by(note: str, key: VerifierKey) -> bool:
    try:
        open_cosignature(note.encode(), key)
    except Refusal:
        return False
    return True


def _check_lines(note: str, *, most: int) -> None:
    lines = len(parse_note(note.encode()).signatures)
    if lines > most:
        raise Refusal(
            "signatures",
            thing=N_("A checkpoint with {lines} signatures"),
            rule=N_("what crosses the line carries the log's own, and a cosignature beside it."),
            remedy=N_("Nothing was changed; the other side sends it without the others."),
            lines=lines,
        )


def _bad_note(name: str) -> Refusal:
    return Refusal(
        "held",
        thing=N_("A bundle that shows a checkpoint of ours ({name})"),
        rule=N_("our own log key has signed it, at the size it is shown for."),
        remedy=N_("Nothing was changed. If it comes again, call the other side."),
        name=name,
    )
