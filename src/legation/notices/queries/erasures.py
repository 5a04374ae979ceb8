"""One file of a notice and who destroyed their copy of it: what a page of erasure shows."""

from dataclasses import dataclass
from datetime import datetime

from legation.acts.files import FileRef
from legation.acts.kinds.notice_state import NoticeState
from legation.errors import N_, Refusal
from legation.line.models import HeldFile
from legation.line.node import Node
from legation.line.queries import book
from legation.line.queries.files import Holding, holding_of
from legation.notices.effects import instant
from legation.officers.models import DraftAct, DraftState


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A party's word that it destroyed its copy. ground: why, as it wrote."""

    by: str
    at: datetime
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasurePage:
    """A file and its erasure. person: which person of the notice it is about, from 1, or 0.

    ours, theirs: each side's word, None while it has not spoken. silent: the side that has not
    while the other has; since: the instant of the other's word. draft: id of one of ours waiting.
    """

    ref: FileRef
    person: int
    holding: Holding | None
    ours: Word | None
    theirs: Word | None
    peer: str
    draft: str

    @property
    def root(self) -> str:
        """Its hash, in addresses."""
        return self.ref.root.text

    @property
    def words(self) -> tuple[Word, ...]:
        """What was said, in the order of time."""
        said = [each for each in (self.ours, self.theirs) if each is not None]
        return tuple(sorted(said, key=lambda each: (each.at, each.by)))

    @property
    def unconfirmed(self) -> Word | None:
        """The only word there is: the other of the two sides has not confirmed it."""
        return self.words[0] if len(self.words) == 1 else None


def erasure(node: Node, thing: NoticeState, root: str) -> ErasurePage:
    """Return how far a file of a notice is erased. Raises Refusal "unknown-file"."""
    refs = thing.all_files()
    ref = next((each for each in refs if each.root.text == root), None)
    if ref is None:
        raise Refusal(
            "unknown-file",
            thing=N_("File {root}"),
            rule=N_("nothing here names such a file."),
            remedy=N_("Choose it from the page of the notice or draft."),
            root=root[:12],
        )
    persons = [each.root for each in refs if each.person is not None]
    peer = book.parties(node).other(node.party).party
    row = HeldFile.objects.using(node.alias).filter(root=root).first()
    return ErasurePage(
        ref=ref,
        person=persons.index(ref.root) + 1 if ref.person is not None else 0,
        holding=None if row is None else holding_of(row),
        ours=_word(thing, root, node.party),
        theirs=_word(thing, root, peer),
        peer=peer,
        draft=_waiting(node, thing.id, root),
    )


def _word(thing: NoticeState, root: str, party: str) -> Word | None:
    said = thing.erased_by(root, party)
    return None if said is None else Word(by=party, at=instant(said.at), ground=said.ground)


def _waiting(node: Node, about: str, root: str) -> str:
    """Return the id of a draft of ours that says so and has not left, or ""."""
    open_ = (DraftState.DRAFTED, DraftState.CLEARED)
    acts = DraftAct.objects.using(node.alias).filter(
        on=about, type="file.erased", draft__state__in=open_
    )
    found = (act.draft_id for act in acts if root.encode() in bytes(act.body))
    return str(next(found, ""))
