"""Keys and runs of a log: rotation, suspension, and the log's going on after a restore.

Effect is a place in the log, never a time. Reserved beside these, for stolen keys:
`keys.stop`, `log.frozen`, `log.affirmed` (`legation.acts.catalogue.RESERVED`).
"""

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

from annotated_types import Ge, MaxLen, MinLen

from legation.acts.base import Act
from legation.acts.kinds.party import DocumentAt, PartyState, Run, SuspendedAt, party_of
from legation.acts.state import Placed, State
from legation.acts.values import Hash, JsonValue, Matches
from legation.errors import N_, Refusal
from legation.record import canon
from legation.record.keys import check_next


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRotated(Act):
    """A party's root names new keys; officers by the keys in force before it have signed.

    document: the whole signed keys document, {"keys": …, "sig": …}.
    """

    type: ClassVar[str] = "key.rotated"
    title: ClassVar[str] = N_("New keys")
    binding: ClassVar[bool] = True

    document: JsonValue

    def apply(self, state: State, at: Placed) -> None:
        """Append the document. Raises the refusals of the keys' chain."""
        party = party_of(state, at.party)
        if not isinstance(self.document, dict):
            raise _bad(at, "schema", N_("it carries a keys document."))
        newest = party.documents[-1].parsed
        document = check_next(newest, canon.encode(self.document))
        held = DocumentAt(index=at.index, document=self.document)
        state.put(replace(party, name=document.name, documents=(*party.documents, held)))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySuspended(Act):
    """One custodian stops a key at once; the root's next document confirms or ends it.

    key: the raw public key, 64 hexadecimal digits, one that the document in force names.
    """

    type: ClassVar[str] = "key.suspended"
    title: ClassVar[str] = N_("Key suspended")
    binding: ClassVar[bool] = True
    officers: ClassVar[int | None] = 1

    key: Hash
    reason: Annotated[str, MinLen(1), MaxLen(500)] | None = None

    def apply(self, state: State, at: Placed) -> None:
        """Note the suspension from this place on."""
        party = party_of(state, at.party)
        document = party.history().document_at(at.index)
        named = {document.log, document.cosign, document.line}
        named |= {officer.key for officer in document.officers}
        if bytes.fromhex(self.key) not in named:
            raise _bad(at, "unknown-key", N_("the key is one that the document in force names."))
        held = SuspendedAt(index=at.index, key=self.key)
        state.put(replace(party, suspended=(*party.suspended, held)))


@dataclass(frozen=True, slots=True, kw_only=True)
class LogResumed(Act):
    """A restored node goes on: a new origin whose tree begins with the old leaves.

    origin: `<party>/<record>/<term>`. size, root: of those leaves. lost: numbers of entries that
    nobody held any more. heard: entries of the other log that this node held then; where they
    name more of this log than it still had, what they name is lost.
    """

    type: ClassVar[str] = "log.resumed"
    title: ClassVar[str] = N_("Log resumed after a restore")
    binding: ClassVar[bool] = True

    origin: Annotated[
        str,
        MaxLen(40),
        Matches(
            "[A-Z]{2,3}/[0-9a-f]{16}/[0-9a-f]{16}",
            N_("an origin is party, record and term, joined by strokes."),
        ),
    ]
    size: Annotated[int, Ge(0)]
    root: Hash
    lost: Annotated[tuple[Annotated[int, Ge(0)], ...], MaxLen(1000)] = ()
    heard: Annotated[int, Ge(0)] = 0

    def apply(self, state: State, at: Placed) -> None:
        """Append the run."""
        party = party_of(state, at.party)
        self._check(party, at)
        run = Run(
            index=at.index, origin=self.origin, size=self.size, root=self.root, lost=self.lost
        )
        state.put(replace(party, runs=(*party.runs, run)))

    def _check(self, party: PartyState, at: Placed) -> None:
        if not self.origin.startswith(f"{at.party}/{at.record}/"):
            raise _bad(at, "origin", N_("the new origin is that party's, in this record."))
        if any(run.origin == self.origin for run in party.runs):
            raise _bad(at, "origin", N_("each run has a term of its own."))
        if self.size > at.index:
            raise _bad(at, "backwards", N_("it stands after the leaves that it begins with."))


def _bad(at: Placed, code: str, rule: str) -> Refusal:
    return Refusal(
        code,
        thing=N_("{type} of {party}, entry {number}"),
        rule=rule,
        remedy=N_("Have the custodians make it again."),
        type=at.head.type,
        party=at.party,
        number=at.index + 1,
    )
