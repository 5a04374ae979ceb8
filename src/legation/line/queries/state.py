"""What is folded: things, entries, receipts, and the whole state as bytes.

Reading a page folds nothing: things are rows. Only the state at an earlier cut of the logs is
folded anew, from the entries.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from typing import Final

from legation.acts.fold import fold, genesis
from legation.acts.receipts import Step, listed, receipts
from legation.acts.state import Placed, State, Thing, dump
from legation.errors import N_, Refusal
from legation.line.models import Entry, Log, Side, StandingThing
from legation.line.node import Node
from legation.line.queries.once import confirmed_peer
from legation.line.queries.standing import Current
from legation.line.queries.stored import thing_of
from legation.line.queries.tree import StoredHashes
from legation.line.services.rows import Facts, load, resumptions, side_of
from legation.record.act import decode_opening
from legation.record.canon import Json
from legation.record.order import arrange, running

BATCH: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One entry of a log. void: why it is without effect, "" if it counts.

    seen: how many entries of the other log its author's node had seen by then. settled: it can
    no longer move in the order. received_at: when the peer's came here.
    """

    side: str
    party: str
    index: int
    type: str
    on: str
    number: str
    at: str
    seen: int
    void: str
    settled: bool
    leaf: bytes
    opening: bytes
    received_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """By which entry of the other log an entry was received, and when by that log's clock."""

    index: int
    at: str


def record_id(node: Node) -> str:
    """Return the id of the record shared with the confirmed peer, "" while there is none."""
    peer = confirmed_peer(node)
    return "" if peer is None else peer.record


def peer_name(node: Node) -> tuple[str, str] | None:
    """Return code and name of the confirmed peer, None while there is none."""
    peer = confirmed_peer(node)
    return None if peer is None else (peer.party, peer.name)


def thing(node: Node, name: str) -> Thing | None:
    """Return a thing of the current state by its id."""
    return Current(node.alias, node.catalogue).get(name)


def things(node: Node, prefix: str = "") -> list[Thing]:
    """Return the things of the current state, by id. prefix: "post" for post/…; "" for all."""
    return list(each_thing(node, prefix))


def each_thing(node: Node, prefix: str = "") -> Iterator[Thing]:
    """Yield what `things` returns, one at a time."""
    rows = StandingThing.objects.using(node.alias).order_by("id")
    if prefix:
        # A range, not LIKE: the key's own index serves it.
        rows = rows.filter(id__gte=f"{prefix}/", id__lt=f"{prefix}0")
    for name, settled, tail in rows.values_list("id", "settled", "tail").iterator(BATCH):
        data = settled if tail is None else tail
        if data is not None:
            yield thing_of(name, data, node.catalogue)


def is_provisional(node: Node, names: Iterable[str]) -> set[str]:
    """Return those of the ids whose thing may still come out otherwise."""
    rows = StandingThing.objects.using(node.alias).filter(id__in=list(names), tail__isnull=False)
    return set(rows.values_list("id", flat=True))


def entry(node: Node, side: str, index: int) -> EntryView:
    """Return one entry. Raises Refusal "no-peer", "no-such-entry"."""
    found = entries(node, side, first=index, until=index + 1)
    if not found:
        raise no_such_entry(side, index)
    return found[0]


def entries(
    node: Node, side: str, *, first: int = 0, until: int | None = None, on: str = ""
) -> list[EntryView]:
    """Return the entries [first, until) of a log, or those about one thing, in log order.

    side: "own" or "peer". Raises Refusal "no-peer".
    """
    facts = load(node)
    rows = Entry.objects.using(node.alias).filter(side=side, index__gte=first)
    if until is not None:
        rows = rows.filter(index__lt=until)
    if on:
        rows = rows.filter(on=on)
    return [_view(facts, row) for row in rows.order_by("index")]


def about(node: Node, name: str) -> list[EntryView]:
    """Return all entries of both logs about a thing, in the order of the record."""
    facts = load(node)
    rows = list(Entry.objects.using(node.alias).filter(on=name, level__isnull=False))
    rows.sort(key=lambda row: facts.order_key(row.side, row.level or 0))
    return [_view(facts, row) for row in rows]


def _view(facts: Facts, row: Entry) -> EntryView:
    return EntryView(
        side=row.side,
        party=facts.log(row.side).party,
        index=row.index,
        type=row.type,
        on=row.on,
        number=row.number,
        at=row.at,
        seen=row.seen_to,
        void=row.void,
        settled=row.level is not None and row.level <= facts.peer.settled_level,
        leaf=bytes(row.leaf),
        opening=bytes(row.opening),
        received_at=row.received_at,
    )


def no_such_entry(side: str, index: int) -> Refusal:
    """Return the refusal of an entry that no log here has."""
    return Refusal(
        "no-such-entry",
        thing=N_("Entry {index} ({side})"),
        rule=N_("this node holds no such entry."),
        remedy=N_("Entries are counted from 0; see `status` for the sizes of both logs."),
        index=index,
        side=side,
    )


def receipt(node: Node, side: str, index: int) -> Receipt | None:
    """Return by which act the other log received an entry of this log, None if none has yet.

    side: whose entry it is, "own" or "peer".
    """
    other = Side.PEER if side == Side.OWN else Side.OWN
    rows = Entry.objects.using(node.alias).filter(side=other, seen_to__gt=index)
    found = rows.order_by("seen_to", "index").values_list("index", "at").first()
    return None if found is None else Receipt(index=found[0], at=found[1])


def receipt_of(node: Node, notice: str) -> Receipt | None:
    """Return the receipt of a notice: by the other side's node, never by a person's reading."""
    rows = Entry.objects.using(node.alias).filter(on=notice, type="notice.released", void="")
    found = rows.order_by("index").values_list("side", "index").first()
    return None if found is None else receipt(node, *found)


def state_bytes(node: Node, at: Mapping[str, int] | None = None) -> bytes:
    """Return the folded state as canonical bytes: on both nodes the same for the same logs.

    at: party code -> how many entries of its log; a party left out counts whole. Without it the
    state of all that is held here. Raises Refusal "no-peer", "cut" for a log that is shorter.
    """
    facts = load(node)
    if at is None:
        return _current_bytes(node, facts)
    then = _cut_of(facts, at)
    sizes = {log.side: each.size for log, each in zip(_in_order(facts), then.logs, strict=True)}
    return dump(
        then.state.things(),
        then.state.void,
        record=facts.peer.record,
        logs=[each.as_json() for each in then.logs],
        receipts=listed({log.party: _steps(facts, log, sizes) for log in _in_order(facts)}),
    )


@dataclass(frozen=True, slots=True)
class LogCut:
    """A log as far as it was read: its party, entries and root hash (64 hex digits)."""

    party: str
    size: int
    root: str

    def as_json(self) -> dict[str, Json]:
        """Return what a state's bytes say of it."""
        return {"party": self.party, "size": self.size, "root": self.root}


@dataclass(frozen=True, slots=True)
class Cut:
    """The state that so many entries of both logs give."""

    state: State
    logs: tuple[LogCut, LogCut]


def cut(node: Node, at: Mapping[str, int]) -> Cut:
    """Return the state at a cut of the logs, folded anew from the entries, a batch at a time.

    at: as for `state_bytes`. Raises Refusal "no-peer", "cut".
    """
    return _cut_of(load(node), at)


def _cut_of(facts: Facts, at: Mapping[str, int]) -> Cut:
    _check_parties(facts, at)
    logs = _in_order(facts)
    sizes = {log.side: _cut(log, at) for log in logs}
    state = genesis(facts.parties, facts.node.catalogue)
    for row in _entries_in_order(facts, sizes):
        fold(state, _placed(facts, row))
    one, two = (
        LogCut(log.party, n, _root(facts, log, n)) for log in logs for n in [sizes[log.side]]
    )
    return Cut(state, (one, two))


def _entries_in_order(facts: Facts, sizes: Mapping[str, int]) -> Iterator[Entry]:
    """Yield the entries of a cut in the order of the record, as far as they are usable in it."""
    rows = Entry.objects.using(facts.alias)
    logs = (
        rows.filter(side=side, index__lt=size).order_by("index").iterator(BATCH)
        for side, size in _usable(facts, sizes).items()
    )
    return merge(*logs, key=lambda row: facts.order_key(row.side, row.level or 0))


def _usable(facts: Facts, sizes: Mapping[str, int]) -> dict[str, int]:
    """Return how many entries of each log name nothing beyond the cut (order, rule 1)."""
    sides = tuple(sizes)
    one, two = (_claims(facts, side, sizes) for side in sides)
    return dict(zip(sides, arrange(one, two, a_first_odd=True).usable, strict=True))


def _claims(facts: Facts, side: str, sizes: Mapping[str, int]) -> list[int]:
    """Return how far each entry of a log had seen the other, as a cut of both has it (rule 5).

    What a log said only later, on going on after a restore, does not change what was before.
    """
    other = side_of(side)
    told = [each for each in resumptions(facts.log(other)) if each.size < sizes[other]]
    rows = Entry.objects.using(facts.alias).filter(side=side, index__lt=sizes[side])
    return running(rows.order_by("index").values_list("seen", flat=True).iterator(BATCH), told)


def _in_order(facts: Facts) -> tuple[Log, Log]:
    own_is_a = facts.own.party == facts.parties.a.party
    return (facts.own, facts.theirs) if own_is_a else (facts.theirs, facts.own)


def _check_parties(facts: Facts, at: Mapping[str, int]) -> None:
    for party in at:
        if party not in facts.parties.codes:
            raise Refusal(
                "cut",
                thing=N_("The log of {party}"),
                rule=N_("this record has the logs of {parties}."),
                remedy=N_("Name one of them, or both."),
                party=party[:8],
                parties=", ".join(sorted(facts.parties.codes)),
            )


def _cut(log: Log, at: Mapping[str, int]) -> int:
    size = at.get(log.party, log.size)
    if not 0 <= size <= log.size:
        raise Refusal(
            "cut",
            thing=N_("The log of {party} at {size} entries"),
            rule=N_("this node holds {held} of them."),
            remedy=N_("Give a size from 0 to {held}."),
            party=log.party,
            size=size,
            held=log.size,
        )
    return size


def _current_bytes(node: Node, facts: Facts) -> bytes:
    void = {
        (facts.log(side).party, index): code
        for side, index, code in Entry.objects.using(node.alias)
        .exclude(void="")
        .values_list("side", "index", "void")
    }
    logs = _in_order(facts)
    sizes = {log.side: log.size for log in logs}
    return dump(
        each_thing(node),
        void,
        record=facts.peer.record,
        logs=[LogCut(log.party, log.size, _root(facts, log, log.size)).as_json() for log in logs],
        receipts=listed({log.party: _steps(facts, log, sizes) for log in logs}),
    )


def _root(facts: Facts, log: Log, size: int) -> str:
    root = facts.root_at(log.side, size)
    assert root is not None
    return root.hex()


def _steps(facts: Facts, log: Log, sizes: Mapping[str, int]) -> tuple[Step, ...]:
    rows = Entry.objects.using(facts.alias).filter(side=log.side, index__lt=sizes[log.side])
    clocks = rows.order_by("index").values_list("at", flat=True).iterator(BATCH)
    return receipts(log.party, zip(_claims(facts, log.side, sizes), clocks, strict=True))


def _placed(facts: Facts, row: Entry) -> Placed:
    return Placed(
        facts.log(row.side).party,
        row.index,
        row.seen_to,
        decode_opening(bytes(row.opening)),
        bytes(row.leaf),
        facts.peer.record,
    )


def all_leaves(node: Node) -> list[tuple[str, int, bytes]]:
    """Return party, index and leaf hash of every entry of both logs."""
    facts = load(node)
    found = []
    for log in _in_order(facts):
        leaves: Sequence[bytes] = StoredHashes(node.alias, log.side).leaves(0, log.size)
        found += [(log.party, index, leaf) for index, leaf in enumerate(leaves)]
    return found


def state_of(facts: Facts) -> State:
    """Return a builder over the current state, for what would be if something were written."""
    return State(Current(facts.alias, facts.node.catalogue), facts.parties, facts.node.catalogue)
