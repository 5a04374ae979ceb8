"""Files that the acts about a notice name: which are here, which are on their way, which gone."""

from dataclasses import dataclass, replace
from datetime import datetime

from legation.acts.files import FileRef
from legation.acts.kinds.notice_state import NoticeState
from legation.line.models import HeldFile
from legation.line.node import Node
from legation.line.queries.files import Holding, holding_of
from legation.notices.effects import instant


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file beside a notice or an answer. by: whose act names it. answer: whether an answer does.

    holding: what is here of it, None where nothing is known. erased_by: party -> when it said
    that it destroyed its copy. ours_erased: whether we are among them. number: of the person whom
    it is about, from 1, else 0.
    """

    ref: FileRef
    by: str
    answer: bool
    holding: Holding | None
    erased_by: tuple[tuple[str, datetime], ...] = ()
    ours_erased: bool = False
    number: int = 0

    @property
    def root(self) -> str:
        """Its hash, in addresses."""
        return self.ref.root.text

    @property
    def unconfirmed(self) -> datetime | None:
        """Since when one side has erased it and the other has not said so; None if neither."""
        return self.erased_by[0][1] if len(self.erased_by) == 1 else None


def files_beside(
    node: Node, thing: NoticeState, *, addressee: str, persons: bool = False
) -> tuple[FileLine, ...]:
    """Return the files of a notice and its answers, in the order they were named.

    persons: with those that are about one person each; else without.
    """
    named = [(ref, str(thing.by), False) for ref in thing.files]
    named += [(ref, addressee, True) for each in thing.answer_files for ref in each.files]
    wanted = [each for each in named if persons or each[0].person is None]
    roots = [ref.root.text for ref, _, _ in wanted]
    rows = HeldFile.objects.using(node.alias).filter(root__in=roots)
    held = {row.root: holding_of(row) for row in rows} if roots else {}
    return tuple(
        FileLine(
            ref=ref,
            by=by,
            answer=answer,
            holding=held.get(ref.root.text),
            erased_by=tuple(
                (str(each.by), instant(each.at)) for each in thing.erased if each.root == ref.root
            ),
            ours_erased=thing.erased_by(ref.root.text, node.party) is not None,
        )
        for ref, by, answer in wanted
    )


def persons_unconfirmed(node: Node, thing: NoticeState, *, addressee: str) -> tuple[FileLine, ...]:
    """Return the files about persons that one side says it destroyed, and the other does not."""
    if not thing.erased:
        return ()
    every = files_beside(node, thing, addressee=addressee, persons=True)
    about = [each for each in every if each.ref.person is not None]
    numbered = (replace(each, number=number) for number, each in enumerate(about, start=1))
    return tuple(each for each in numbered if each.unconfirmed is not None)
