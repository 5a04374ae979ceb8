"""What is looked up again and again in the facts, arranged by day once.

A field is arranged as the days on which what holds of it changes, so that any day costs one
search among them; all slots of a post as counts between such days. Everything here follows from
the facts alone: it is kept beside them only so as not to be worked out again.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar

from legation.missions.readiness.spans import ALWAYS, NEVER, settled_on, spoken_of

if TYPE_CHECKING:
    from legation.missions.readiness.facts import Facts, Ground, Request, Said, Subject, Told

V = TypeVar("V")
FILLED: Final = "filled"
VACANT: Final = "vacant"
Filling: TypeAlias = tuple[str, str, bool]
"""Of which post a slot is, what it is and why, and whether that is ours alone."""


@dataclass(frozen=True, slots=True)
class Steps(Generic[V]):
    """A value for every day. days: ordinals from which `values` hold, the first `ALWAYS`."""

    days: tuple[int, ...]
    values: tuple[V, ...]

    def at(self, day: int) -> V:
        """Return the value that holds on a day."""
        return self.values[bisect_right(self.days, day) - 1]


@dataclass(frozen=True, slots=True)
class Slots:
    """How many slots of a post are filled, vacant by reason, and not told of.

    doubted: of these not told of, how many because what is said contradicts itself.
    """

    filled: int = 0
    vacant: Mapping[str, int] | None = None
    silent: int = 0
    doubted: int = 0
    ours: bool = False

    @property
    def total(self) -> int:
        """All of them."""
        return self.filled + sum((self.vacant or {}).values()) + self.silent


@dataclass(frozen=True, slots=True)
class Waits:
    """Notices with the days from which they wait and wait no more, by the first of these."""

    released: tuple[int, ...]
    settled: tuple[int, ...]
    requests: tuple["Request", ...]

    def on(self, day: int) -> list["Request"]:
        """Return those that wait on a day, the oldest first."""
        begun = bisect_right(self.released, day)
        return [
            request
            for request, settled in zip(self.requests, self.settled[:begun], strict=False)
            if settled > day
        ]


class Index:
    """The facts by post and by day. Made once of the same facts: `Facts.index`."""

    def __init__(self, facts: "Facts") -> None:
        self._facts = facts
        self._told: dict[tuple[str, str], Steps[Told]] = {}

    def told(self, subject: "Subject", name: str, day: int) -> "Told":
        """Return what holds of a field on a day: as `Subject.now`, and sooner."""
        return self.steps(subject, name).at(day)

    def steps(self, subject: "Subject", name: str) -> "Steps[Told]":
        """Return what holds of a field on every day."""
        key = (subject.id, name)
        found = self._told.get(key)
        if found is None:
            found = self._told[key] = Steps(*spoken_of(subject, name))
        return found

    def linked(self, prefix: str, post: str) -> Sequence["Subject"]:
        """Return the things of a register that were ever said to belong to a post."""
        return self._linked(prefix).get(post, ())

    def _linked(self, prefix: str) -> Mapping[str, Sequence["Subject"]]:
        found = self._links.get(prefix)
        if found is None:
            found = {}
            for subject in self._facts.of(prefix):
                for post in sorted(self._posts_of(subject)):
                    found.setdefault(post, []).append(subject)
            # Kept only when whole: several threads of a desk ask the same facts at once.
            self._links[prefix] = found
        return found

    @cached_property
    def _links(self) -> dict[str, dict[str, list["Subject"]]]:
        return {}

    def _posts_of(self, subject: "Subject") -> set[str]:
        """Return the posts a thing was ever said to belong to; "" where none is named."""
        if subject.prefix == "person":
            slots = (self._facts.subjects.get(str(each.value)) for each in _ever(subject, "slot"))
            return {post for slot in slots if slot for post in self._posts_of(slot)}
        return {str(each.value) for each in _ever(subject, "post")} or {""}

    # --- Slots

    def slots(self, post: str, day: int) -> Slots:
        """Return the slots of a post on a day, counted."""
        steps = self._slots.get(post)
        return Slots() if steps is None else steps.at(day)

    @cached_property
    def _slots(self) -> dict[str, Steps[Slots]]:
        changes: dict[str, list[tuple[int, str, bool, int]]] = {}
        for begin, end, (post, what, ours), _ in self._stretches:
            several = changes.setdefault(post, [])
            several.append((begin, what, ours, 1))
            if end != NEVER:
                several.append((end, what, ours, -1))
        return {post: _counted(several) for post, several in changes.items()}

    def vacant(self, post: str, day: int) -> Iterator[tuple[str, Sequence["Ground"]]]:
        """Yield why each vacant slot of a post is so on a day ("" if not told), and its grounds."""
        for begin, end, why, grounds in self._vacancies.get(post, ()):
            if begin <= day < end:
                yield why, grounds

    @cached_property
    def _vacancies(self) -> dict[str, list[tuple[int, int, str, Sequence["Ground"]]]]:
        found: dict[str, list[tuple[int, int, str, Sequence[Ground]]]] = {}
        for begin, end, (post, what, _), slot in self._stretches:
            if what.startswith(VACANT):
                told = (self.told(slot, name, begin) for name in ("state", "why_empty"))
                grounds = tuple(each.ground for one in told for each in one.said)
                found.setdefault(post, []).append((begin, end, what.partition(" ")[2], grounds))
        return found

    @cached_property
    def _stretches(self) -> "list[tuple[int, int, Filling, Subject]]":
        """From when and until before when each slot is of a post, and what it is then."""
        found: list[tuple[int, int, Filling, Subject]] = []
        for slot in self._facts.of("slot"):
            begun, before = ALWAYS, None
            for day in self._days_of(slot, ("post", "state", "why_empty")):
                if before is not None:
                    found.append((begun, day, before, slot))
                begun, before = day, self._slot_on(slot, day)
            if before is not None:
                found.append((begun, NEVER, before, slot))
        return found

    def _days_of(self, subject: "Subject", names: Iterable[str]) -> list[int]:
        return sorted({day for name in names for day in self.steps(subject, name).days})

    def _slot_on(self, slot: "Subject", day: int) -> Filling | None:
        post = self.told(slot, "post", day)
        if not isinstance(post.value, str):
            return None
        state = self.told(slot, "state", day)
        ours = post.ours or state.ours
        if state.disputed:
            return post.value, "?", ours
        if state.value == FILLED:
            return post.value, FILLED, ours
        if state.value != VACANT:
            return post.value, "", ours
        why = self.told(slot, "why_empty", day)
        return post.value, f"{VACANT} {why.value or ''}", ours or why.ours

    def slot_days(self, post: str) -> Sequence[int]:
        """Return the ordinals of the days on which the counts of a post's slots change."""
        steps = self._slots.get(post)
        return () if steps is None else steps.days

    # --- Notices

    def waits(self, post: str, essential: str) -> Waits | None:
        """Return every notice of a post on an essential with the days it waited, oldest first."""
        return self._waits.get((post, essential))

    def waiting(self, post: str, essential: str, day: int) -> list["Request"]:
        """Return the notices of a post on an essential that wait on a day, the oldest first."""
        waits = self._waits.get((post, essential))
        return [] if waits is None else waits.on(day)

    def asked(self, post: str, essential: str, day: int) -> bool:
        """Tell whether a notice of a post on an essential had gone out by a day."""
        waits = self._waits.get((post, essential))
        return waits is not None and waits.released[0] <= day

    @cached_property
    def _waits(self) -> dict[tuple[str, str], Waits]:
        found: dict[tuple[str, str], list[Request]] = {}
        for request in self._facts.requests:
            if request.essential:
                for post in self._concerned(request):
                    found.setdefault((post, request.essential), []).append(request)
        return {key: _waits_of(several) for key, several in found.items()}

    def spending(self, regime: str, party: str) -> Sequence["Request"]:
        """Return the notices of a party that take something of a regime's quota."""
        return self._spending.get((regime, party), ())

    @cached_property
    def _spending(self) -> dict[tuple[str, str], list["Request"]]:
        found: dict[tuple[str, str], list[Request]] = {}
        for request in sorted(self._facts.requests, key=lambda each: each.id):
            if request.spends is not None:
                found.setdefault((request.spends.regime, request.by), []).append(request)
        return found

    def _concerned(self, request: "Request") -> set[str]:
        """Return the sender's posts that a notice comes from or is about."""
        subjects = self._facts.subjects
        found = set()
        for name in (request.post, *request.about):
            thing = subjects.get(name)
            if thing is not None and thing.sending == request.by:
                found |= {name} if thing.prefix == "post" else self._posts_of(thing) - {""}
        return found

    # --- Facts that went on

    def take_over(
        self,
        earlier: "Index",
        changed: Collection[str],
        gone: "Sequence[Request]",
        come: "Sequence[Request]",
    ) -> None:
        """Take over what earlier facts were arranged into, as far as nothing of it changed.

        changed: ids of things that may differ; the rest are the same objects. gone, come: notices
        that differ, as they were and as they are.
        """
        had, prefixes = vars(earlier), {name.partition("/")[0] for name in changed}
        # Copied whole first: another thread may still judge the earlier facts, and arrange more.
        told = dict(earlier._told)  # noqa: SLF001 - its own kind
        self._told = {key: one for key, one in told.items() if key[0] not in changed}
        if "slot" not in prefixes:
            kept = ("_slots", "_stretches", "_vacancies")
            vars(self).update({name: had[name] for name in kept if name in had})
        moved = {*prefixes, *(("person",) if "slot" in prefixes else ())}
        links = {key: one for key, one in dict(had.get("_links", {})).items() if key not in moved}
        vars(self)["_links"] = links
        if "_spending" in had and not any(each.spends for each in (*gone, *come)):
            vars(self)["_spending"] = had["_spending"]
        if "_waits" in had and all(earlier._place(name) == self._place(name) for name in changed):  # noqa: SLF001 - as above
            vars(self)["_waits"] = self._renewed(had["_waits"], gone, come)

    def _place(self, name: str) -> tuple[str, set[str]] | None:
        """Return whose a thing is and to which posts it belongs: by that notices are arranged."""
        thing = self._facts.subjects.get(name)
        return None if thing is None else (thing.sending, self._posts_of(thing))

    def _renewed(
        self,
        waits: dict[tuple[str, str], Waits],
        gone: "Sequence[Request]",
        come: "Sequence[Request]",
    ) -> dict[tuple[str, str], Waits]:
        """Return the notices by post and essential, with those that changed in their new place."""
        names = {each.id for each in (*gone, *come)}
        places = {
            (post, each.essential) for each in (*gone, *come) for post in self._concerned(each)
        }
        found = dict(waits)
        for key in places:
            before = found.pop(key, None)
            now = [each for each in (before.requests if before else ()) if each.id not in names]
            now += [
                each
                for each in come
                if each.essential == key[1] and key[0] in self._concerned(each)
            ]
            if now and key[1]:
                found[key] = _waits_of(now)
        return found

    def changes(self) -> Iterator[int]:
        """Yield the ordinals of the days on which what is said of anything changes."""
        for subject in self._facts.subjects.values():
            for name in {*subject.said, *subject.contested}:
                yield from self.steps(subject, name).days


def _waits_of(requests: "Iterable[Request]") -> Waits:
    several = sorted(requests, key=lambda each: (each.released, each.id))
    released = tuple(each.released.toordinal() for each in several)
    return Waits(released, tuple(map(settled_on, several)), tuple(several))


def _ever(subject: "Subject", name: str) -> Iterable["Said"]:
    return subject.said.get(name, ())


def _counted(changes: list[tuple[int, str, bool, int]]) -> Steps[Slots]:
    """Return the counts between changes (day, what, ours, one more or less)."""
    days, values = [ALWAYS], [Slots()]
    counts: dict[str, int] = {}
    ours = 0
    changes.sort(key=lambda change: change[0])
    for place, (day, what, own, by) in enumerate(changes):
        counts[what] = counts.get(what, 0) + by
        ours += by if own else 0
        if place + 1 < len(changes) and changes[place + 1][0] == day:
            continue
        if days[-1] == day:
            days.pop()
            values.pop()
        days.append(day)
        values.append(_slots(counts, ours=ours > 0))
    return Steps(tuple(days), tuple(values))


def _slots(counts: Mapping[str, int], *, ours: bool) -> Slots:
    vacant = {
        what.partition(" ")[2]: count
        for what, count in sorted(counts.items())
        if what.startswith(VACANT) and count
    }
    doubted = counts.get("?", 0)
    return Slots(counts.get(FILLED, 0), vacant, counts.get("", 0) + doubted, doubted, ours)
