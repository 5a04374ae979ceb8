"""The introduction: our file and its words, theirs, and which officers compared them."""

from dataclasses import dataclass
from datetime import datetime

from legation.acts.introduction import words
from legation.line.node import Node
from legation.line.queries.once import peer_row


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionView:
    """How far the introduction is.

    our_words: of our file, read to the other side; none before a peer is named. their_words:
    of the file that was imported, shown only once two officers have compared it: until then
    they must come over the telephone, not from this page.
    """

    peer: str
    name: str
    record: str
    root_fp: str
    our_words: tuple[str, ...]
    their_words: tuple[str, ...]
    imported_at: datetime | None
    first_by: str
    first_at: datetime | None
    second_by: str
    second_at: datetime | None

    @property
    def imported(self) -> bool:
        """Whether their file is here."""
        return self.imported_at is not None

    @property
    def confirmed(self) -> bool:
        """Whether two officers have confirmed it, and the record exists."""
        return self.second_at is not None


def introduction(node: Node, own_file: bytes) -> IntroductionView:
    """Return how far it is. own_file: our introduction as exported, or b""."""
    peer = peer_row(node)
    if peer is None:
        return IntroductionView(
            peer="",
            name="",
            record="",
            root_fp="",
            our_words=words(own_file) if own_file else (),
            their_words=(),
            imported_at=None,
            first_by="",
            first_at=None,
            second_by="",
            second_at=None,
        )
    return IntroductionView(
        peer=peer.party,
        name=peer.name,
        record=peer.record,
        root_fp=peer.root_fp,
        our_words=words(bytes(peer.own_introduction)),
        their_words=words(bytes(peer.introduction)) if peer.second_at else (),
        imported_at=peer.imported_at,
        first_by=peer.first_by,
        first_at=peer.first_at,
        second_by=peer.second_by,
        second_at=peer.second_at,
    )
