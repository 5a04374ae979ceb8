"""What was read of one desk, kept in this process, and brought up to date by what changed.

1. A memory belongs to one database of one home, and to none other of the same name.
2. What is remembered is of one moment: it is read again while rows change beneath the reading.
3. Of what only went on, the things that changed are read; after anything else, everything.
4. What both sides hold is kept apart from what is ours only, and never drawn from it.
"""

import gc
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Any, Final, TypeVar

from django.db import connections

from legation.line.databases import FILE
from legation.line.node import Node
from legation.missions.readiness.facts import Facts
from legation.missions.snapshots.models import EVERYTHING, Changed
from legation.missions.snapshots.queries import rows
from legation.missions.snapshots.queries.earlier import facts_at
from legation.missions.snapshots.queries.layers import Layers, facts_of, read, take
from legation.missions.snapshots.queries.marks import Mark, goes_on, mark, noted_since
from legation.missions.snapshots.queries.tallies import tallies

T = TypeVar("T")
NODES: Final = 4
"""Desks remembered at once in a process; the one asked least recently is forgotten."""
CUTS: Final = 4
"""Earlier cuts of one record remembered at once: to go back and forth between two dates."""
JUDGED: Final = 48
"""Boards and the like remembered of one desk."""
MANY: Final = 5_000
TRIES: Final = 5
_memories: Final["OrderedDict[Hashable, Memory]"] = OrderedDict()
_lock: Final = Lock()


class Memory:
    """What was read of one desk (rules 1 to 4)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._mark: Mark | None = None
        self._layers = Layers()
        self._facts: dict[bool, Facts] = {}
        self._earlier: dict[bool, tuple[Facts, set[str]]] = {}
        # By `own`: the facts that were made last, and what changed since.
        self._cuts: OrderedDict[Hashable, Facts] = OrderedDict()
        self._judged: OrderedDict[Hashable, tuple[Facts, Any]] = OrderedDict()

    def facts(self, node: Node, *, own: bool) -> Facts:
        """Return the facts as they are now."""
        with self._lock:
            self._refresh(node)
            found = self._facts.get(own)
            if found is None:
                found = self._facts[own] = self._made(node, own=own)
            return found

    def _made(self, node: Node, *, own: bool) -> Facts:
        assert self._mark is not None
        made = facts_of(node, self._layers, self._mark.parties, self._mark.logs, own=own)
        earlier, changed = self._earlier.pop(own, (None, set()))
        if earlier is not None:
            made.take_over(earlier, changed)
        return made

    def facts_at(self, node: Node, at: Mapping[str, int], *, own: bool) -> Facts:
        """Return the facts as they were at a cut of the record.

        Raises Refusal "no-peer", "cut".
        """
        now = mark(node)
        sizes = {each.party: each.size for each in now.logs}
        wanted = {**sizes, **at}
        if sizes and wanted == sizes:
            return self.facts(node, own=own)
        beside = (now.own, now.book, now.told) if own else None
        key = (tuple(sorted(wanted.items())), now.logs, beside)
        with self._lock:
            found = self._cuts.get(key)
            if found is None:
                found = self._cuts[key] = facts_at(node, at, own=own)
            _trim(self._cuts, key, CUTS)
            return found

    def judged(self, facts: Facts, key: Hashable, judge: Callable[[], T]) -> T:
        """Return what a judgement of these facts gives, judged once. key: what is asked of them."""
        with self._lock:
            held = self._judged.get(key)
        if held is not None and held[0] is facts:
            found: T = held[1]
            return found
        found = judge()
        with self._lock:
            self._judged[key] = (facts, found)
            _trim(self._judged, key, JUDGED)
        return found

    def _refresh(self, node: Node) -> None:
        for _ in range(TRIES):
            now = mark(node)
            if now == self._mark:
                return
            self._earlier |= {own: (found, set()) for own, found in self._facts.items()}
            self._facts = {}
            self._read(node, now)
            self._mark = now
            self._judged.clear()
        # Somebody writes all the time: what is here was read while it was so (rule 2).

    def _read(self, node: Node, now: Mark) -> None:
        then = self._mark
        names = None if then is None or not goes_on(node, then, now) else _changed(node, then)
        if then is None or names is None:
            self._earlier.clear()
            self._layers = Layers()
            self._layers = read(node)
            _set_aside(self._layers)
            return
        layers = self._layers
        gone = self._note(node, then, now)
        if then.told != now.told:
            layers.told = rows.told_rules(node)
            layers.tallies = tallies(node)
        about = {*names, *gone}
        about |= {
            layers.record.of_contest[name] for name in names & layers.record.of_contest.keys()
        }
        about |= {layers.book.of_contest[name] for name in names & layers.book.of_contest.keys()}
        about |= take(node, layers, names)
        layers.join(node, about)
        layers.sort_again(names)
        for _, since in self._earlier.values():
            since.update(about)

    def _note(self, node: Node, then: Mark, now: Mark) -> set[str]:
        """Read what we know and have not stated, as far as it changed; return of which things."""
        own, changed = self._layers.own, noted_since(node, then.own, now.own)
        if changed is None or len(changed) > rows.BATCH:
            changed = {*own, *(known := rows.own(node))}
            self._layers.own = known
        elif changed:
            for name in changed:
                own.pop(name, None)
            own.update(rows.own(node, changed))
        return changed


def _set_aside(layers: Layers) -> None:
    """Spare the search for garbage what stays as long as the process does.

    Going through hundreds of thousands of objects again and again costs a page more than its
    judging. What is freed later is freed all the same: nothing here holds itself in a ring.
    """
    if len(layers.ours) + len(layers.record.requests) + len(layers.book.requests) >= MANY:
        gc.collect()
        gc.freeze()


def _trim(kept: OrderedDict[Hashable, Any], newest: Hashable, most: int) -> None:
    """Forget what was asked for least recently."""
    kept.move_to_end(newest)
    while len(kept) > most:
        kept.popitem(last=False)


def _changed(node: Node, then: Mark) -> set[str] | None:
    """Return the things that changed since, None for everything."""
    found = Changed.objects.using(node.alias).filter(n__gt=then.changed)
    names = set(found.values_list("id", flat=True))
    return None if EVERYTHING in names else names


def memory(node: Node) -> Memory:
    """Return the memory of a desk.

    A new one inside a transaction, which may yet be undone, and of a database without a file,
    which nothing tells from another.
    """
    connection = connections[node.alias]
    in_memory = connection.settings_dict["NAME"] == ":memory:"
    if in_memory or connection.in_atomic_block or not (node.home / FILE).is_file():
        return Memory()
    key = (node.alias, str(node.home), node.party)
    with _lock:
        found = _memories.setdefault(key, Memory())
        _trim(_memories, key, NODES)
        return found
