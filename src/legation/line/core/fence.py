"""The fence: what may have left this node, kept where a restored database does not bring it back.

It names term, size and root of the newest checkpoint that may have left. It matches a log of
the same term that has at least that size, with that root. Anything else, and no fence at all,
means that numbers may have been used that this log does not know: a new term begins.
"""

from dataclasses import dataclass

from legation.errors import N_, Refusal
from legation.record import canon
from legation.record.merkle import Root


@dataclass(frozen=True, slots=True)
class Fence:
    """Term, and the size and root of the newest checkpoint that may have left under it."""

    term: str
    root: Root

    def encode(self) -> bytes:
        """Return the file's bytes."""
        size, root = self.root.size, self.root.hash.hex()
        return canon.encode({"root": root, "size": size, "term": self.term}) + b"\n"

    def matches(self, term: str, *, size: int, root_there: bytes | None) -> bool:
        """Tell whether a log may be signed on.

        size: its entries. root_there: its root at the fence's size, None if it is shorter.
        """
        return self.term == term and self.root.size <= size and root_there == self.root.hash


def decode(data: bytes) -> Fence:
    """Read a fence. Raises Refusal "fence" for any other bytes."""
    try:
        value = canon.decode(data.removesuffix(b"\n"))
        term, size, root = value["term"], value["size"], value["root"]
        if isinstance(term, str) and type(size) is int and isinstance(root, str):
            return Fence(term, Root(size, bytes.fromhex(root)))
    except (Refusal, KeyError, ValueError):
        pass
    raise Refusal(
        "fence",
        thing=N_("The fence of this node"),
        rule=N_("it holds a term, a size and a root, and this one is damaged."),
        remedy=N_("Remove it; the node then begins a new term, with two custodians."),
    )
