"""The fence file, and whether our own log may be signed on."""

from datetime import datetime

from legation.errors import N_, Refusal
from legation.line.core import fence as core
from legation.line.core.fence import Fence
from legation.line.files import write_durably
from legation.line.models import Side
from legation.line.node import Node
from legation.line.services.rows import Facts
from legation.record.merkle import EMPTY, Root

OPEN = "open"
RESUMING = "resuming"
FROZEN = "frozen"


def read_fence(node: Node) -> Fence | None:
    """Return what the fence says, None if there is none. Raises Refusal "fence"."""
    try:
        return core.decode(node.fence.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise _no_fence(node, fault) from fault


def fence_matches(facts: Facts) -> bool:
    """Tell whether our log may be signed on by what the fence says."""
    fence, own = _readable_fence(facts.node), facts.own
    if fence is None:
        return False
    written = Root(own.fenced_size, bytes(own.fenced_root))
    if fence == Fence(own.term, written):
        return True  # this database itself wrote it
    there = facts.root_at(Side.OWN, fence.root.size)
    return fence.matches(own.term, size=own.size, root_there=there)


def raise_fence(facts: Facts, root: Root) -> None:
    """Put the fence at a checkpoint that is about to leave. The caller holds the write lock.

    Raises Refusal "fence": then nothing may leave.
    """
    own = facts.own
    if (own.fenced_size, bytes(own.fenced_root)) == (root.size, root.hash):
        fence = read_fence(facts.node)
        if fence == Fence(own.term, root):
            return
    try:
        write_durably(facts.node.fence, Fence(own.term, root).encode())
    except OSError as fault:
        raise _no_fence(facts.node, fault) from fault
    own.fenced_size, own.fenced_root = root.size, root.hash


def check_may_write(facts: Facts) -> None:
    """Refuse to write into our own log while it may not be signed.

    Raises Refusal "frozen", "resuming".
    """
    if facts.own.state == FROZEN:
        raise Refusal(
            "frozen",
            thing=N_("The log of {party}"),
            rule=N_("two histories of it were signed; nothing more is written into it."),
            remedy=N_("See the evidence on the line's page and call the other side."),
            party=facts.own.party,
        )
    if facts.own.state != OPEN or not fence_matches(facts):
        raise Refusal(
            "resuming",
            thing=N_("The log of {party}"),
            rule=N_("this node was restored: it may have signed numbers it no longer knows."),
            remedy=N_(
                "Reach the other side to take back what it holds, then have two custodians open"
                " a new term. Drafts wait until then."
            ),
            party=facts.own.party,
        )


def term_stands(facts: Facts) -> bool:
    """Tell whether our log's term still is the newest run of it, by what the fence says.

    While resuming nothing was signed under the new term: then the fence is either what it was
    when the term began, or the new term's own.
    """
    own = facts.own
    if own.state == FROZEN:
        return True
    if own.state == OPEN:
        return fence_matches(facts)
    fence = _readable_fence(facts.node)
    if fence is None:
        return False
    if fence.encode().decode() == own.fence_then:
        return True
    there = facts.root_at(Side.OWN, fence.root.size)
    return fence.matches(own.term, size=own.size, root_there=there)


def begin_term(facts: Facts, *, at: datetime) -> None:
    """Begin a new term: what we signed before may be more than we know (line, rule 5).

    From here nothing is signed before the other side has accepted the term. After the commit
    the caller calls `fence_off`.
    """
    node, own = facts.node, facts.own
    fence = _readable_fence(node)
    own.fence_then = "" if fence is None else fence.encode().decode()
    own.lost = max(own.lost, 0 if fence is None else fence.root.size)
    own.term = node.random(8).hex()
    own.state, own.state_at, own.have_at = RESUMING, at, None
    own.resumed, own.resumed_size = b"", 0
    own.fenced_size, own.fenced_root = 0, b""
    facts.peer.challenge = node.random(16).hex()


def fence_off(node: Node, term: str) -> None:
    """Write that nothing has left under a new term yet. Raises Refusal "fence"."""
    try:
        write_durably(node.fence, Fence(term, EMPTY).encode())
    except OSError as fault:
        raise _no_fence(node, fault) from fault


def _readable_fence(node: Node) -> Fence | None:
    try:
        return read_fence(node)
    except Refusal:
        return None


def _no_fence(node: Node, fault: OSError) -> Refusal:
    return Refusal(
        "fence",
        thing=N_("The fence {path}"),
        rule=N_("it must be on the disk before anything leaves, and this failed ({why})."),
        remedy=N_("Nothing was sent. Free the disk or mend the rights of that file."),
        path=node.fence,
        why=fault.strerror,
    )
