"""What a service of the line looks at first: the peer, both logs, the keys in force."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import TypeVar

from django.db import connections
from django.db.models import Model

from legation.acts.introduction import open_introduction
from legation.acts.kinds.party import PartyState
from legation.acts.parties import Parties
from legation.acts.state import decode_thing
from legation.errors import N_, Refusal
from legation.line.models import Evidence, KeysDocumentRow, Log, Peer, Side, StandingThing
from legation.line.node import Node, Sealing, SealingFor
from legation.line.queries.standing import Current
from legation.line.queries.tree import StoredHashes
from legation.record.keys import KeyHistory, KeysDocument, parse_keys
from legation.record.merkle import Frontier, Root
from legation.record.note import COSIGNATURE, ED25519, VerifierKey
from legation.record.order import Resumption


@dataclass(slots=True)
class Facts:
    """The rows that one transaction works on: loaded inside it, saved once at its end."""

    node: Node
    peer: Peer
    own: Log
    theirs: Log
    parties: Parties
    trees: dict[str, StoredHashes]
    _loaded: list[dict[str, object]]
    _keys: "dict[str, KeysOf]" = field(default_factory=dict)

    @property
    def alias(self) -> str:
        """The database."""
        return self.node.alias

    def log(self, side: str) -> Log:
        """Return the log of a side."""
        return self.own if side == Side.OWN else self.theirs

    def keys(self, side: str) -> "KeysOf":
        """Return the keys documents of a side, as they stood when first asked for."""
        if side not in self._keys:
            self._keys[side] = keys_of(self.alias, side, self.log(side).party)
        return self._keys[side]

    def forget_keys(self) -> None:
        """Read keys documents anew: one was added or came into force."""
        self._keys.clear()

    def save(self) -> None:
        """Write what changed in the peer and both logs."""
        for place, row in enumerate((self.peer, self.own, self.theirs)):
            now, before = _columns(row), self._loaded[place]
            changed = {name: value for name, value in now.items() if value != before[name]}
            if changed:
                rows = type(row)._default_manager.using(self.alias)  # noqa: SLF001 - Django's documented name
                rows.filter(pk=row.pk).update(**changed)
                self._loaded[place] = now

    def root_at(self, side: str, size: int) -> bytes | None:
        """Return the root hash of a log at `size` entries, None if it has fewer."""
        log = self.log(side)
        if size > log.size:
            return None
        if size == log.size:
            return bytes(log.root)
        return self.trees[side].root(size).hash

    def edge_at(self, side: str, size: int) -> Frontier:
        """Return the right edge of a log's tree at `size` entries, not more than it has."""
        log = self.log(side)
        if size == log.size:
            return Frontier.decode(bytes(log.frontier))
        read, peaks, at = self.trees[side], [], 0
        for level in reversed(range(size.bit_length())):
            if size >> level & 1:
                peaks.append(read(level, at >> level))
                at += 1 << level
        return Frontier(size, tuple(peaks))

    def order_key(self, side: str, level: int) -> tuple[int, int]:
        """Return an act's place in the order, to compare. Source: record.order, rule 3."""
        is_a = self.log(side).party == self.parties.a.party
        return level, 0 if is_a == bool(level & 1) else 1

    def origin(self, side: str, term: str | None = None) -> str:
        """Return the origin of a log in its term, or in another of its terms."""
        log = self.log(side)
        return f"{log.party}/{self.peer.record}/{term or log.term}"


def side_of(side: str) -> str:
    """Return the other side's name."""
    return Side.PEER if side == Side.OWN else Side.OWN


def resumptions(log: Log) -> tuple[Resumption, ...]:
    """Return where a log went on after a restore."""
    return _read_resumptions(log.resumptions)


@lru_cache(maxsize=8)
def _read_resumptions(told: str) -> tuple[Resumption, ...]:
    pairs = (each.split(":") for each in told.split())
    return tuple(Resumption(int(size), int(heard)) for size, heard in pairs)


def load(node: Node) -> Facts:
    """Return the facts of a node whose peer is confirmed. Raises Refusal "no-peer"."""
    peer = next((row for row in all_rows(node.alias, Peer) if row.second_at is not None), None)
    if peer is None:
        raise no_peer()
    logs = {log.side: log for log in all_rows(node.alias, Log)}
    own, theirs = logs[Side.OWN], logs[Side.PEER]
    return Facts(
        node,
        peer,
        own,
        theirs,
        parties_of(bytes(peer.own_introduction), bytes(peer.introduction)),
        fresh_trees(node.alias),
        [_columns(row) for row in (peer, own, theirs)],
    )


def _columns(row: Model) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


M = TypeVar("M", bound=Model)


def all_rows(alias: str, model: type[M]) -> list[M]:
    """Return all rows of a small table.

    By a statement made once: every bundle asks for these rows several times, and composing
    the statement anew takes longer than the answer.
    """
    sql, names = _select(model)
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)
        return [
            model.from_db(alias, names, [_aware(value) for value in row])
            for row in cursor.fetchall()
        ]


def _aware(value: object) -> object:
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)  # as Django keeps instants
    return value


@cache
def _select(model: type[Model]) -> tuple[str, tuple[str, ...]]:
    columns = [(field.column, field.attname) for field in model._meta.concrete_fields]  # noqa: SLF001 - Django's documented API
    listed = ", ".join(f'"{column}"' for column, _ in columns)
    table = model._meta.db_table  # noqa: SLF001
    return f'SELECT {listed} FROM "{table}"', tuple(name for _, name in columns)  # noqa: S608 - names of our own


def fresh_trees(alias: str) -> dict[str, StoredHashes]:
    """Return readers of both trees that remember nothing yet."""
    return {side: StoredHashes(alias, side) for side in (Side.OWN, Side.PEER)}


def no_peer() -> Refusal:
    """Return the refusal of what needs a confirmed peer."""
    return Refusal(
        "no-peer",
        thing=N_("The line of this node"),
        rule=N_("there is a record only with a peer that two officers have confirmed."),
        remedy=N_("Import the other side's introduction and have two officers confirm it."),
    )


@lru_cache(maxsize=16)
def parties_of(own: bytes, other: bytes) -> Parties:
    """Return the parties of two introduction files, both checked when they were taken."""
    return Parties.of(open_introduction(own), open_introduction(other))


@lru_cache(maxsize=64)
def parsed(document: bytes) -> KeysDocument:
    """Return a keys document, read and checked as `parse_keys`; the last are remembered."""
    return parse_keys(document)


@dataclass(frozen=True, slots=True)
class KeysOf:
    """A party's keys documents: those in force by a place in its log, and newer known ones."""

    party: str
    placed: tuple[tuple[int, KeysDocument], ...]
    ahead: tuple[KeysDocument, ...] = ()
    suspended: tuple[tuple[int, bytes], ...] = ()
    """Places of the acts that suspended a key, as the fold has it, and the raw keys."""

    @property
    def newest(self) -> KeysDocument:
        """The newest document known."""
        return self.ahead[-1] if self.ahead else self.placed[-1][1]

    @property
    def acceptable(self) -> tuple[KeysDocument, ...]:
        """Documents by which something under way may be signed, newest first."""
        return (*reversed(self.ahead), self.placed[-1][1])

    def history(self) -> KeyHistory:
        """Return which document was in force at which place, and what was suspended where."""
        return KeyHistory(self.placed, self.suspended)

    def log_keys(self, origin: str) -> tuple[VerifierKey, ...]:
        """Return every log key the party ever named, under one origin, newest first."""
        every = (*(document for _, document in self.placed), *self.ahead)
        raw = dict.fromkeys(document.log for document in reversed(every))
        return tuple(VerifierKey.of(origin, ED25519, key) for key in raw)

    def every_cosign_key(self, record: str) -> tuple[VerifierKey, ...]:
        """Return every cosigning key the party ever named, newest first."""
        every = (*(document for _, document in self.placed), *self.ahead)
        raw = dict.fromkeys(document.cosign for document in reversed(every))
        name = cosigner(self.party, record)
        return tuple(VerifierKey.of(name, COSIGNATURE, key) for key in raw)

    def cosign_keys(self, record: str) -> tuple[VerifierKey, ...]:
        """Return the cosigning keys that count now, newest first."""
        raw = dict.fromkeys(document.cosign for document in self.acceptable)
        name = cosigner(self.party, record)
        return tuple(VerifierKey.of(name, COSIGNATURE, key) for key in raw)


def cosigner(party: str, record: str) -> str:
    """Return the name under which a party cosigns in a record."""
    return f"{party}/{record}/cosign"


def keys_of(alias: str, side: str, party: str) -> KeysOf:
    """Return the keys documents of a side."""
    rows = sorted(
        (row for row in all_rows(alias, KeysDocumentRow) if row.side == side),
        key=lambda row: row.seq,
    )
    placed = [(row.position, parsed(bytes(row.document))) for row in rows]
    return KeysOf(
        party,
        tuple((position, each) for position, each in placed if position is not None),
        tuple(each for position, each in placed if position is None),
        _suspended(alias, party),
    )


def _suspended(alias: str, party: str) -> tuple[tuple[int, bytes], ...]:
    rows = StandingThing.objects.using(alias).filter(id=f"party/{party}")
    found = [Current.choose(*row) for row in rows.values_list("settled", "tail")]
    return _suspended_in(bytes(found[0])) if found and found[0] else ()


@lru_cache(maxsize=16)  # every bundle asks, and it hardly ever changes
def _suspended_in(data: bytes) -> tuple[tuple[int, bytes], ...]:
    party = decode_thing(data)
    assert isinstance(party, PartyState)
    return tuple((each.index, bytes.fromhex(each.key)) for each in party.suspended)


@lru_cache(maxsize=8)
def _sealing(
    make: SealingFor, private: bytes, public: bytes, ends: tuple[str, str, str]
) -> Sealing:
    record, own, peer = ends
    return make(private, public, record=record, own=own, peer=peer)


def sealing_of(facts: Facts) -> Sealing:
    """Return what seals to this peer and opens what it sealed."""
    node, peer = facts.node, facts.peer
    newest = facts.keys(Side.PEER).newest
    ends = (peer.record, node.party, peer.party)
    return _sealing(node.sealing, node.keys.seal, newest.seal, ends)


def keep_evidence(facts: Facts, kind: str, side: str, **of: object) -> None:
    """Keep signed bytes that contradict what we hold. of: columns of `Evidence`."""
    Evidence.objects.using(facts.alias).create(kind=kind, side=side, **of)


def root_of(log: Log) -> Root:
    """Return the root of a log as it stands."""
    return Root(log.size, bytes(log.root))
