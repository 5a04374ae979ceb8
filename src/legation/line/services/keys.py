"""Keys documents as the line uses them: known by the root's signature, in force by position."""

from collections.abc import Sequence
from typing import Final

from legation.acts.fold import attempt, seen_claim
from legation.acts.kinds.party import PartyState, party_of
from legation.acts.state import Placed, State
from legation.errors import N_, Refusal
from legation.line.core.protocol import RESUMED
from legation.line.models import Entry, KeysDocumentRow, Side
from legation.line.queries.standing import Current
from legation.line.services.folding import Arrival
from legation.line.services.rows import Facts, parsed
from legation.record import canon
from legation.record.act import Opening, check_officers, decode_opening
from legation.record.keys import KeyHistory, KeysDocument, check_next

KEY_ACTS: Final = ("key.rotated", "key.suspended")


def learn(facts: Facts, shown: Sequence[bytes]) -> None:
    """Keep newer documents of theirs that their root signed; they are in force later.

    Raises Refusal as `check_next`.
    """
    for data in shown:
        known = facts.keys(Side.PEER)
        newest = known.newest
        seq = seq_of(data)
        if seq is None or seq > newest.seq:
            document = check_next(newest, data)
            KeysDocumentRow.objects.using(facts.alias).create(
                side=Side.PEER, seq=document.seq, document=data, position=None
            )
            facts.forget_keys()


def seq_of(data: bytes) -> int | None:
    """Return the number that a keys document claims, None if it claims none."""
    value = canon.decode(data).get("keys")
    seq = value.get("seq") if isinstance(value, dict) else None
    return seq if isinstance(seq, int) else None


def history_with(
    facts: Facts, side: str, first: int = 0, arrivals: Sequence[Arrival] = ()
) -> KeyHistory:
    """Return which keys are in force where, with what a run that arrives does to them.

    By the fold itself, so that the line holds no other rule: an act without effect (its
    officers did not sign, the root did not) changes no key.
    """
    known = facts.keys(side).history()
    newest = known.documents[-1][0]
    acts = [
        *_waiting(facts, side),
        *(
            (index, each.opening)
            for index, each in enumerate(arrivals, first)
            if each.head is not None and each.head.type in KEY_ACTS and index > newest
        ),
    ]
    if not acts:
        return known
    return _history_of(_folded(facts, side, acts))


def _history_of(party: PartyState) -> KeyHistory:
    """Do as `PartyState.history`, without checking again the root's signatures known here."""
    documents = [
        (each.index, canon.encode(each.document))
        for each in party.documents
        if isinstance(each.document, dict)
    ]
    return KeyHistory(
        tuple((index, parsed(document)) for index, document in documents),
        tuple((each.index, bytes.fromhex(each.key)) for each in party.suspended),
    )


def _waiting(facts: Facts, side: str) -> list[tuple[int, Opening]]:
    """Return held acts on keys that are not folded yet: the log names entries that we lost."""
    log = facts.log(side)
    if log.usable == log.size:
        return []
    rows = Entry.objects.using(facts.alias).filter(
        side=side, index__gte=log.usable, type__in=KEY_ACTS
    )
    found = rows.order_by("index").values_list("index", "opening")
    return [(index, decode_opening(bytes(opening))) for index, opening in found]


def _folded(facts: Facts, side: str, acts: Sequence[tuple[int, Opening]]) -> PartyState:
    """Return the party after acts on its keys, folded over what we hold; nothing is written."""
    log, catalogue = facts.log(side), facts.node.catalogue
    state = State(Current(facts.alias, catalogue), facts.parties, catalogue)
    seen = log.seen_to
    for index, opening in acts:
        seen = max(seen, seen_claim(opening))
        attempt(state, Placed(log.party, index, seen, opening, b"", facts.peer.record))
    return party_of(state, log.party)


def signable(history: KeyHistory, size: int) -> int:
    """Return up to which size, `size` at most, the log key in force there may sign.

    While it is suspended that is the checkpoint that covers the suspension: `log_key_for`.
    """
    since, document = [each for each in history.documents if each[0] < size][-1]
    stops = [at for at, key in history.suspended if since < at < size - 1 and key == document.log]
    return min(stops) + 1 if stops else size


def check_no_term_opens(facts: Facts, new: Sequence[Arrival]) -> None:
    """Check that in new entries of theirs no term begins beyond where we accepted one.

    Before that place there may be the openings of terms that a restore of ours forgot. One
    that too few officers signed opens nothing, and is kept. Raises Refusal "resume".
    """
    theirs = facts.theirs
    accepted = theirs.resumed_size if theirs.resumed else -1
    opened = [
        (index, each.opening)
        for index, each in enumerate(new, theirs.size)
        if each.head is not None and each.head.type == RESUMED and index > accepted
    ]
    if not opened:
        return
    history = history_with(facts, Side.PEER, theirs.size, new)
    for index, opening in opened:
        if _is_signed(opening, facts.peer.record, history.officers_at(index)):
            raise Refusal(
                "resume",
                thing=N_("Entry {number} of the other side's log, which opens a new term"),
                rule=N_("a term is opened after a restore, once we have accepted it."),
                remedy=N_("Keep this as evidence, and ask the other side by another way."),
                number=index + 1,
            )


def _is_signed(opening: Opening, record: str, document: KeysDocument) -> bool:
    try:
        check_officers(opening, record, document)
    except Refusal:
        return False
    return True


def place_rotations(facts: Facts, side: str, rows: Sequence[Entry]) -> list[KeysDocument]:
    """Put the documents that entered entries bring into force at their places."""
    if not any(row.type in KEY_ACTS for row in rows):
        return []
    placed = []
    entered = {row.index for row in rows}
    folded = _history_of(_folded(facts, side, _waiting(facts, side)))
    for position, document in folded.documents:
        if position in entered:
            KeysDocumentRow.objects.using(facts.alias).update_or_create(
                side=side,
                seq=document.seq,
                defaults={"document": document.encode(), "position": position},
            )
            placed.append(document)
    facts.forget_keys()  # one may be suspended now
    return placed
