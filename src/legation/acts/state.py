"""The shared state: things by id, built up act by act, over a base that is never written.

`State` is a builder. It reads through to its base (another state, or any mapping, as a store
that decodes on demand) and keeps what changed apart, so a fold copies nothing and a tail can be
dropped whole.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, Final, Protocol, TypeVar, runtime_checkable

from legation.acts.codec import from_body, to_body
from legation.acts.parties import Parties
from legation.errors import N_, Refusal
from legation.record import canon
from legation.record.act import Head, Opening, leaf_data
from legation.record.canon import Json
from legation.record.merkle import leaf_hash

if TYPE_CHECKING:
    from legation.acts.catalogue import Catalogue

MAX_THING: Final = 1 << 26
"""Bytes of one encoded thing that are read back: things are ours, the limit stops damage."""
UNREAD: Final = Head(1, "", "", "", (0, b""), "", "", "")
"""Stands for a head that was not read yet, or that cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something in the record that acts change: a post, a notice, a party.

    A register is a frozen dataclass below this one, with the `prefix` of its ids.
    """

    prefix: ClassVar[str] = ""
    id: str


T = TypeVar("T", bound=Thing)
Setters = dict[str, Callable[[object, object], None]]
_SLOTS: Final[dict[type[Thing], tuple[Callable[[Thing], tuple[object, ...]], Setters]]] = {}


def altered(thing: T, **changes: object) -> T:
    """Return a copy of a thing with some fields changed: `dataclasses.replace`, twice as fast."""
    cls = type(thing)
    found = _SLOTS.get(cls)
    if found is None:
        names = [each.name for each in fields(cls)]
        setters = {name: getattr(cls, name).__set__ for name in names}
        found = _SLOTS[cls] = attrgetter(*names), setters
    values, setters = found
    made = object.__new__(cls)
    for (name, put), value in zip(setters.items(), values(thing), strict=True):
        put(made, changes.get(name, value))
    return made


@dataclass(slots=True)
class Placed:
    """An act at its place in its author's log.

    party: the log's owner. index: from 0. seen: how many entries of the other log that log had
    seen by then (the running maximum of all claims up to here). leaf: its leaf hash, 32 bytes,
    or b"" to have it computed where it is needed. record: 16 hex digits. head: given by whoever
    has parsed it, else read by the fold.
    """

    party: str
    index: int
    seen: int
    opening: Opening
    leaf: bytes
    record: str
    head: Head = UNREAD

    def leaf_hash(self) -> bytes:
        """Return the act's leaf hash, 32 bytes."""
        return self.leaf or leaf_hash(leaf_data(self.opening))

    def had_seen(self, party: str, index: int) -> bool:
        """Tell whether this act's log had seen entry `index` of `party` at this place."""
        return index < self.index if party == self.party else index < self.seen


def had_seen(placed: Placed, party: str, index: int) -> bool:
    """Tell whether the act's log had seen entry `index` of `party` at the act's place."""
    return placed.had_seen(party, index)


@runtime_checkable
class Named(Protocol):
    """A store that finds the ids of one register without reading the things."""

    def named(self, prefix: str) -> Iterable[str]:
        """Return the ids that begin with the prefix and a stroke."""


class State:
    """Things by id, over a base. One fold writes it; whoever reads it must not keep writing."""

    __slots__ = ("_undo", "base", "catalogue", "changed", "parties", "void")

    def __init__(
        self,
        base: "Mapping[str, Thing] | State | None",
        parties: Parties,
        catalogue: "Catalogue | None" = None,
    ) -> None:
        if catalogue is None:
            from legation.acts.catalogue import catalogue as found  # noqa: PLC0415 - kinds import this module

            catalogue = found()
        self.base: Mapping[str, Thing] | State = {} if base is None else base
        self.parties = parties
        self.catalogue = catalogue
        self.changed: dict[str, Thing] = {}
        """What was put here, by id."""
        self.void: dict[tuple[str, int], str] = {}
        """Acts without effect that were folded here: (party, index) -> code."""
        self._undo: list[tuple[str, Thing | None]] = []

    def get(self, thing: str) -> Thing | None:
        """Return the thing of this id, or None."""
        found = self.changed.get(thing)
        return self.base.get(thing) if found is None else found

    def find(self, cls: type[T], thing: str) -> T | None:
        """Return the thing of this id if it is a `cls`, else None."""
        found = self.get(thing)
        return found if isinstance(found, cls) else None

    def put(self, thing: Thing) -> None:
        """Set a thing under its own id."""
        key = thing.id
        self._undo.append((key, self.changed.get(key)))
        self.changed[key] = thing

    def layer(self) -> "State":
        """Return an empty state over this one; this one is not written through it."""
        return State(self, self.parties, self.catalogue)

    def begin(self) -> None:
        """Forget how to undo what was put so far: called before each act."""
        self._undo.clear()

    def undo(self) -> None:
        """Take back what was put since `begin`."""
        while self._undo:
            key, before = self._undo.pop()
            if before is None:
                del self.changed[key]
            else:
                self.changed[key] = before

    def named(self, prefix: str) -> list[str]:
        """Return the ids of the things of one register, sorted: for drafts, never for the fold."""
        start = f"{prefix}/"
        below = self.base.named(prefix) if isinstance(self.base, State | Named) else self.base
        found = {name for name in (*self.changed, *below) if name.startswith(start)}
        return sorted(found)

    def things(self) -> Iterator[Thing]:
        """Yield every thing, this layer's before the base's; ids do not repeat."""
        yield from self.changed.values()
        below = self.base.things() if isinstance(self.base, State) else self.base.values()
        for thing in below:
            if thing.id not in self.changed:
                yield thing

    def without_effect(self) -> dict[tuple[str, int], str]:
        """Return the acts without effect of this layer and all below."""
        below = self.base.without_effect() if isinstance(self.base, State) else {}
        return {**below, **self.void}


def encode_thing(thing: Thing) -> bytes:
    """Return the canonical bytes of a thing, its id among them."""
    return canon.encode_large(to_body(thing))


def decode_thing(data: bytes, catalogue: "Catalogue | None" = None) -> Thing:
    """Return the thing of canonical bytes. Raises Refusal "thing" and those of `canon`."""
    if catalogue is None:
        from legation.acts.catalogue import catalogue as found  # noqa: PLC0415 - kinds import this module

        catalogue = found()
    value = canon.decode(data, limit=MAX_THING)
    name = value.get("id")
    cls = catalogue.things.get(name.partition("/")[0]) if isinstance(name, str) else None
    if cls is None:
        raise Refusal(
            "thing",
            thing=N_("Stored thing {name}"),
            rule=N_("its id names a register that this program has."),
            remedy=N_("Start the version of the program that wrote it."),
            name=str(name)[:80],
        )
    return from_body(cls, value, str(name))


def dump(
    things: Iterable[Thing],
    void: Mapping[tuple[str, int], str],
    *,
    record: str,
    logs: Sequence[Mapping[str, Json]] = (),
    receipts: Sequence[Mapping[str, Json]] = (),
) -> bytes:
    """Return the bytes of a whole state: the same on both nodes for the same pair of logs.

    logs: {"party", "size", "root"} of each log, as the caller cut them. receipts: see
    `legation.acts.receipts`. Lists are sorted: things by id, the rest by party and number.
    """
    listed: list[Json] = [to_body(thing) for thing in sorted(things, key=lambda each: each.id)]
    effects: list[Json] = [
        {"party": party, "index": index, "code": code}
        for (party, index), code in sorted(void.items())
    ]
    return canon.encode_large(
        {
            "record": record,
            "logs": [dict(log) for log in sorted(logs, key=lambda log: str(log["party"]))],
            "things": listed,
            "without_effect": effects,
            "receipts": [dict(receipt) for receipt in receipts],
        }
    )
