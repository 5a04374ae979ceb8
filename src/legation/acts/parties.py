"""The two parties of a record, in the one order that both nodes use: lower fingerprint first."""

from dataclasses import dataclass
from typing import NoReturn

from legation.acts.introduction import Introduction
from legation.record.keys import record_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One party of a record: its code, its name, its root's fingerprint (64 hex digits)."""

    party: str
    name: str
    fp: str
    introduction: Introduction


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Both parties; `a` is the one whose root fingerprint is lower. `record`: 16 hex digits."""

    a: Side
    b: Side
    record: str

    @classmethod
    def of(cls, one: Introduction, other: Introduction) -> "Parties":
        """Return the parties of two introductions, given in any order."""
        a, b = sorted((_side(one), _side(other)), key=lambda side: bytes.fromhex(side.fp))
        return cls(a=a, b=b, record=record_id(a.fp, b.fp))

    def side(self, party: str) -> int:
        """Return 0 for `a`, 1 for `b`. Raises KeyError for anybody else."""
        return self.codes[party]

    def other(self, party: str) -> Side:
        """Return the party opposite. Raises KeyError for anybody else."""
        if party == self.a.party:
            return self.b
        return self.a if party == self.b.party else self._unknown(party)

    def own(self, party: str) -> Side:
        """Return the party of this code. Raises KeyError for anybody else."""
        if party == self.a.party:
            return self.a
        return self.b if party == self.b.party else self._unknown(party)

    def _unknown(self, party: str) -> NoReturn:
        raise KeyError(party)

    @property
    def codes(self) -> dict[str, int]:
        """Party's code -> side."""
        return {self.a.party: 0, self.b.party: 1}


def _side(one: Introduction) -> Side:
    return Side(party=one.party.text, name=one.name, fp=one.root.text, introduction=one)
