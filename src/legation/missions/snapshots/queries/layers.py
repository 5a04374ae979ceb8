"""The record, the book over it, and what we know beside both: what each says of every thing."""

from bisect import insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from legation.acts.codec import to_body
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.state import Thing
from legation.line.node import Node
from legation.missions.readiness.facts import Facts, LogSize, Request, Rule, Said, Subject, Tally
from legation.missions.snapshots import reading
from legation.missions.snapshots.queries import rows
from legation.missions.snapshots.queries.rows import Known, Own
from legation.missions.snapshots.queries.tallies import tallies


@dataclass(slots=True)
class Layers:
    """The record, the book over it, what we know beside both, and what follows from them."""

    record: Known = field(default_factory=Known)
    book: Known = field(default_factory=Known)
    own: dict[str, Own] = field(default_factory=dict)
    told: tuple[Rule, ...] = ()
    tallies: tuple[Tally, ...] = ()
    shared: dict[str, Subject] = field(default_factory=dict)
    ours: dict[str, Subject] = field(default_factory=dict)
    sorted: dict[bool, tuple[Request, ...]] = field(default_factory=dict)

    def join(self, node: Node, names: Iterable[str]) -> None:
        """Put together anew what the layers say of these things."""
        for name in names:
            for made, found in (
                (self.shared, self._shared(name)),
                (self.ours, self._ours(node, name)),
            ):
                if found is None:
                    made.pop(name, None)
                else:
                    made[name] = found

    def _shared(self, name: str) -> Subject | None:
        found = self.record.subjects.get(name)
        views = self.record.contests.get(name)
        return (
            found if found is None or not views else replace(found, contested=_views(found, views))
        )

    def _ours(self, node: Node, name: str) -> Subject | None:
        known = self.own.get(name)
        held, paper = self.record.subjects.get(name), self.book.subjects.get(name)
        found = held or paper or _only_known(node, name, known)
        if found is None:
            return None
        said: dict[str, tuple[Said, ...]] = {} if held is None else dict(held.said)
        for of, several in () if paper is None else paper.said.items():
            on_paper = tuple(each for each in several if each.ground.kind == "paper")
            if on_paper:
                said[of] = (*said.get(of, ()), *on_paper)
        for of, several in () if known is None else known.fields.items():
            said[of] = (*said.get(of, ()), *several)
        views = {**self.record.contests.get(name, {}), **self.book.contests.get(name, {})}
        return replace(found, said=said, contested=_views(found, views))

    def requests(self, *, own: bool) -> tuple[Request, ...]:
        """Return all notices, the oldest first."""
        found = self.sorted.get(own)
        if found is None:
            of = {**self.record.requests, **(self.book.requests if own else {})}
            found = self.sorted[own] = tuple(sorted(of.values(), key=_oldest))
        return found

    def sort_again(self, names: set[str]) -> None:
        """Put notices that changed into their place among the others."""
        names = {name for name in names if name.startswith(f"{NoticeState.prefix}/")}
        if not names:
            return
        for own, before in self.sorted.items():
            of = [self.record.requests, *([self.book.requests] if own else [])]
            come = {name: each[name] for each in of for name in names if name in each}
            kept = [each for each in before if each.id not in names]
            for each in come.values():
                insort(kept, each, key=_oldest)
            self.sorted[own] = tuple(kept)

    def rules(self, *, own: bool) -> tuple[Rule, ...]:
        """Return all declarations. What the record says is not told a second time."""
        found = [each for several in self.record.rules.values() for each in several]
        if own:
            said = {(each.id, each.by, each.from_) for each in found}
            paper = [each for several in self.book.rules.values() for each in several]
            paper = [each for each in paper if each.ground.kind == "paper"]
            said |= {(each.id, each.by, each.from_) for each in paper}
            told = [each for each in self.told if (each.id, each.by, each.from_) not in said]
            found += [*paper, *told]
        return tuple(sorted(found, key=lambda each: (each.id, each.by, each.from_ or "")))


def _oldest(request: Request) -> tuple[date, str]:
    return request.released, request.id


def _only_known(node: Node, name: str, known: Own | None) -> Subject | None:
    if known is None:
        return None
    cls = rows.register(node.catalogue, name)
    assert cls is not None
    may = reading.authors(cls, known.sending, known.receiving)
    return Subject(id=name, sending=known.sending, receiving=known.receiving, authors=may, said={})


def _views(subject: Subject, views: Mapping[str, tuple[str, Said]]) -> dict[str, tuple[Said, ...]]:
    """Return the other side's views by field, the oldest first."""
    found: dict[str, list[Said]] = {}
    for of, said in views.values():
        if subject.authors.get(of, said.party) != said.party:
            found.setdefault(of, []).append(said)
    by_place = {of: sorted(several, key=lambda each: each.index) for of, several in found.items()}
    return {of: tuple(several) for of, several in sorted(by_place.items())}


def read(node: Node) -> Layers:
    """Return all that the rows say."""
    layers = Layers(own=rows.own(node), told=rows.told_rules(node), tallies=tallies(node))
    take(node, layers, None)
    names = {*layers.record.subjects, *layers.book.subjects, *layers.own}
    layers.join(node, names)
    return layers


def of_things(
    node: Node,
    record: Iterable[Thing],
    book: Iterable[Thing],
    own: dict[str, Own],
    told: tuple[Rule, ...],
    *,
    numbers: tuple[Tally, ...],
) -> Layers:
    """Return what things say that no rows hold, as of an earlier cut of the record."""
    layers = Layers(own=own, told=told, tallies=numbers)
    for thing in record:
        layers.record.take(node.catalogue, to_body(thing), under=None)
    for thing in book:
        layers.book.take(node.catalogue, to_body(thing), under=layers.record)
    layers.join(node, {*layers.record.subjects, *layers.book.subjects, *layers.own})
    return layers


def take(node: Node, layers: Layers, names: set[str] | None) -> set[str]:
    """Read things of record and book: these, None for all; return what they contest."""
    for name in () if names is None else names:
        layers.record.forget(name)
        layers.book.forget(name)
    for body in rows.of_record(node, names):
        layers.record.take(node.catalogue, body, under=None)
    for body in rows.of_book(node, names):
        layers.book.take(node.catalogue, body, under=layers.record)
    contested = {**layers.record.of_contest, **layers.book.of_contest}
    return {contested[name] for name in contested if names is None or name in names}


def facts_of(
    node: Node,
    layers: Layers,
    parties: tuple[str, str],
    logs: tuple[LogSize, ...],
    *,
    own: bool,
) -> Facts:
    """Return what the layers say as facts: with what is ours only, or without."""
    return Facts(
        parties=parties,
        logs=logs,
        subjects=dict(layers.ours if own else layers.shared),
        rules=layers.rules(own=own),
        requests=layers.requests(own=own),
        thresholds=rows.thresholds(node.catalogue, layers.record.rest.values(), parties),
        tallies=layers.tallies if own else (),
    )
