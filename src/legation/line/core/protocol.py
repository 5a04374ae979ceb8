"""What a node does with what it is told: every decision of the line, as functions of facts.

On receiving, in this order
1. size, address, signature: `bundle`, and the shell, which has the keys.
2. term: `judge_term`, and for a new one `judge_resumption`.
3. gap: answer `have`; nothing is kept of entries that do not join on (`judge_run`).
4. root: what the checkpoint says must be the root over the entries that it came with.
5. overlap: what is held already must be the same; else two histories are signed: a fork.
6. what they hold of ours must be ours: `judge_have`.

On sending
7. Only committed entries are signed, and the fence is on the disk before they leave.
8. See before you cosign: `may_cosign`; `seen_is_due` says when to write `record.seen`.
9. After a restore nothing is signed before the other side knows the new term and has no more
   of our log than we have: `may_resume`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from legation.errors import N_, Refusal
from legation.record.merkle import Frontier, Root

SEEN: Final = "record.seen"
RESUMED: Final = "log.resumed"


START: Final = Frontier()


class Outcome(Enum):
    """What a run of entries is, to one who holds a part of that log."""

    GAP = "gap"
    STALE = "stale"
    TAKE = "take"
    FORK = "fork"


@dataclass(frozen=True, slots=True)
class Judged:
    """What to do with a run. new_from: place in the run of the first entry not yet held.

    edge: of the tree after the run.
    """

    outcome: Outcome
    new_from: int = 0
    edge: Frontier = START


def judge_run(
    first: int,
    leaves: Sequence[bytes],
    signed: Root,
    *,
    size: int,
    edge: Frontier,
    held: Sequence[bytes],
) -> Judged:
    """Judge a run of entries [first, first + n) under a checkpoint that its log signed.

    leaves: their leaf hashes. signed: the checkpoint's root. size: entries held of that log.
    edge: of the held tree at `first` (any, if that is beyond `size`). held: the leaf hashes
    held from `first` on, as far as the run goes.
    Raises Refusal "root" when the checkpoint is of other entries (rules 3 to 5).
    """
    if first > size:
        return Judged(Outcome.GAP)
    after = edge.extend(leaves)
    if after.root() != signed:
        raise Refusal(
            "root",
            thing=N_("A bundle with the entries {first} to {last}"),
            rule=N_("its checkpoint, of {size} entries, has another root than these give."),
            remedy=N_("Nothing was changed; the other side sends the entries again."),
            first=first,
            last=first + len(leaves) - 1,
            size=signed.size,
        )
    known = len(held)
    if list(leaves[:known]) != list(held):
        return Judged(Outcome.FORK)
    if known == len(leaves):
        return Judged(Outcome.STALE)
    return Judged(Outcome.TAKE, known, after)


class Holding(Enum):
    """What the other side holds of our log, beside what we have ourselves."""

    OURS = "ours"
    OWN_SHORT = "own-short"
    FORK = "fork"


def judge_have(have: Root, *, size: int, root_there: bytes | None) -> Holding:
    """Judge what the other side holds of our log, which our own key has signed for.

    size: of our log. root_there: our root at `have.size`, None when we have fewer entries.
    """
    if have.size > size or root_there is None:
        return Holding.OWN_SHORT
    return Holding.OURS if have.hash == root_there else Holding.FORK


class TermIs(Enum):
    """How a bundle's term stands to the one we know."""

    KNOWN = "known"
    PROPOSED = "proposed"
    ASKING = "asking"


def judge_term(
    term: str, *, known: str, answer: str, challenge: str, opened: bool, asks: bool
) -> TermIs:
    """Judge the sender's term. A new one counts only in answer to our newest challenge.

    opened: the bundle carries the act that opens the term. asks: it asks for entries of its
    own log back, as one does who was restored and does not know our challenge yet.
    Raises Refusal "term".
    """
    if term == known:
        return TermIs.KNOWN
    if opened and answer == challenge:
        return TermIs.PROPOSED
    if opened or asks:
        # They do not know our challenge: our reply tells them. Nothing else of it counts.
        return TermIs.ASKING
    raise Refusal(
        "term",
        thing=N_("A bundle of the term {term}"),
        rule=N_("the other side's log runs in the term {known}."),
        remedy=N_("It is an old one, or their node was restored: then they answer our challenge."),
        term=term[:16],
        known=known,
    )


def judge_resumption(opened: Root, *, have: Root) -> None:
    """Check the size and root from which a restored log goes on against what we hold of it.

    Raises Refusal "behind" if it would go on below what we hold, "resume" if its root differs.
    """
    if opened.size < have.size:
        raise Refusal(
            "behind",
            thing=N_("A log that goes on from {size} entries"),
            rule=N_("we hold {have} of its entries; it takes them back first."),
            remedy=N_("Nothing to do: they are being sent back to it."),
            size=opened.size,
            have=have.size,
        )
    if opened.size == have.size and opened.hash != have.hash:
        raise Refusal(
            "resume",
            thing=N_("A log that goes on from {size} entries"),
            rule=N_("its root there is not that of the entries we hold."),
            remedy=N_("Ask the other side by another way; keep this as evidence."),
            size=opened.size,
        )


def may_resume(*, have: int, size: int, usable: int, answered: bool, known: bool) -> bool:
    """Tell whether a restored node may sign again (rule 9).

    have: what the other side holds of our log. size, usable: entries we have, and those of
    them that name nothing we lack. answered: this bundle answers our challenge of now.
    known: it names our new term.
    """
    return answered and known and have <= size == usable


def may_cosign(*, seen_to: int, solid: int) -> bool:
    """Tell whether our log has seen what a cosignature on theirs would acknowledge (rule 8).

    seen_to: how many of their entries our committed log names. solid: theirs up to and with
    the last that is not a `record.seen`.
    """
    return seen_to >= solid


def seen_is_due(*, seen_to: int, solid: int, held: int, announced: int) -> bool:
    """Tell whether to write `record.seen` before anything leaves (rule 8).

    Only once their log is held to the end they announced, and never for a `record.seen` alone.
    """
    return held >= announced and seen_to < solid


def levels_of(
    claims: Sequence[int], *, last: int, others: int, level_there: dict[int, int]
) -> list[int]:
    """Return the levels of the next entries of a log, as many as are usable.

    claims: each one's running `seen`. last: level of the entry before, 0 for none. others:
    usable entries of the other log. level_there: their levels, by index, for each claim - 1.
    Source: `legation.record.order`, rules 1 and 2.
    """
    levels: list[int] = []
    for seen in claims:
        if seen > others:
            break
        last = 1 + max(last, level_there[seen - 1] if seen else 0)
        levels.append(last)
    return levels
