"""What the record holds of a party: its keys, its log's runs, what its node can read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from legation.acts.introduction import Introduction
from legation.acts.state import State, Thing
from legation.acts.values import Hash, JsonValue, Party
from legation.record import canon
from legation.record.keys import KeyHistory, KeysDocument, parse_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAt:
    """A keys document, and the place in the log of the act that brought it; -1: introduction."""

    index: int
    document: JsonValue

    @property
    def parsed(self) -> KeysDocument:
        """The document, read and checked."""
        assert isinstance(self.document, dict)
        return parse_keys(canon.encode(self.document))


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendedAt:
    """A raw key (hexadecimal) that the act at `index` suspended."""

    index: int
    key: Hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A new run of the party's log, as the act at `index` opened it.

    origin: the log's new origin. size, root: of the old leaves it begins with. lost: numbers
    of entries that nobody held any more.
    """

    index: int
    origin: str
    size: int
    root: Hash
    lost: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyState(Thing):
    """A party, `party/US`. spoken: type -> place in its log from which its node reads it (-1)."""

    prefix: ClassVar[str] = "party"
    party: Party
    name: str
    root: Hash
    documents: tuple[DocumentAt, ...]
    suspended: tuple[SuspendedAt, ...] = ()
    runs: tuple[Run, ...] = ()
    spoken: Mapping[str, int]

    @classmethod
    def begin(cls, introduction: Introduction) -> "PartyState":
        """Return a party as its introduction has it."""
        return cls(
            id=f"party/{introduction.party}",
            party=introduction.party,
            name=introduction.name,
            root=introduction.root,
            documents=(DocumentAt(index=-1, document=introduction.keys),),
            spoken=dict.fromkeys(sorted(introduction.speaks), -1),
        )

    def history(self) -> KeyHistory:
        """Return which keys were in force where in the party's log."""
        return KeyHistory(
            tuple((each.index, each.parsed) for each in self.documents),
            tuple((each.index, bytes.fromhex(each.key)) for each in self.suspended),
        )

    def speaks(self, name: str, seen: int) -> bool:
        """Tell whether who had seen `seen` entries of its log knew that its node reads `name`."""
        return self.spoken.get(name, seen) < seen

    def with_spoken(self, new: Mapping[str, int]) -> "PartyState":
        """Return the party with more types spoken."""
        return replace(self, spoken={**self.spoken, **new})


def party_of(state: State, party: str) -> PartyState:
    """Return a party of the record, which genesis put there."""
    found = state.find(PartyState, f"party/{party}")
    assert found is not None
    return found
