"""What one post is judged from on one day, and how what is found makes a cell.

1. What blocks goes before what is disputed, that before what strains, that before what nothing
   tells of. Only an essential of which something is known, and nothing against it, is in order.
2. With a cause lifted, what it is about counts as good; what is not known stays not known.
3. A cell names every act and fact that it rests on, whoever has a view beside them, and who might
   state what decides it and has not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, TypeAlias

from legation.missions.readiness import words
from legation.missions.readiness.essentials import Essential, is_consular
from legation.missions.readiness.facts import Facts, Ground, Said, Subject, Told
from legation.missions.readiness.index import Index
from legation.missions.readiness.messages import Message
from legation.missions.readiness.verdict import Cause, Cell, CellState

Weight: TypeAlias = Literal["strained", "blocked"]
ORDER: Final[tuple[CellState, ...]] = (
    "blocked",
    "disputed",
    "strained",
    "unknown",
    "in_order",
    "not_applicable",
)
"""What a cell shows where several hold: the first of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One judging: the facts, the day, the causes that count as lifted, the numbers."""

    facts: Facts
    on: date
    lifted: frozenset[str] = frozenset()
    numbers: Mapping[str, int]
    staff: dict[str, int | None] = field(default_factory=dict)

    @property
    def index(self) -> Index:
        """The facts by post and by day."""
        return self.facts.index


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One post on the day of a sitting. day: its ordinal. consular: None where not known."""

    sitting: Sitting
    index: Index
    post: Subject
    day: int
    consular: bool | None
    type: str

    @classmethod
    def of(cls, sitting: Sitting, post: Subject) -> "Scene":
        """Return the scene of a post."""
        day = sitting.on.toordinal()
        told = sitting.index.told(post, "type", day).value if "type" in post.said else None
        post_type = told if isinstance(told, str) else ""
        return cls(
            sitting=sitting,
            index=sitting.index,
            post=post,
            day=day,
            consular=is_consular(post_type),
            type=post_type,
        )

    def told(self, name: str, subject: Subject | None = None) -> Told:
        """Return what holds of a field, of the post if nothing else is named."""
        return self.index.told(subject or self.post, name, self.day)

    def linked(self, prefix: str, *, everywhere: bool = False) -> list[Subject]:
        """Return the things of a register that belong to this post on the day.

        everywhere: also those of the same sending state that name no post.
        """
        index = self.index
        found = [
            each
            for each in index.linked(prefix, self.post.id)
            if each.sending == self.post.sending and self.told("post", each).value == self.post.id
        ]
        if everywhere:
            found += [
                each for each in index.linked(prefix, "") if each.sending == self.post.sending
            ]
        return found

    def number(self, name: str) -> int:
        """Return a threshold."""
        return self.sitting.numbers[name]


class Sheet:
    """Gathers what is found on one essential of one post, and makes its cell."""

    def __init__(self, scene: Scene, essential: Essential) -> None:
        self.scene = scene
        self.essential = essential
        self.causes: list[Cause] = []
        self._found: dict[CellState, Message] = {}
        self._grounds: dict[Ground, None] = {}
        self._silent: set[str] = set()
        self._contested = False
        self._ours = False

    @property
    def sending(self) -> str:
        """The state whose post it is."""
        return self.scene.post.sending

    @property
    def receiving(self) -> str:
        """The state where it is."""
        return self.scene.post.receiving

    # --- Reading

    def read(self, name: str, subject: Subject | None = None) -> Told:
        """Return what holds of a field that bears on the cell; the cell then rests on it."""
        told = self.scene.told(name, subject)
        for each in told.said:
            self.rest_on(each.ground)
        if told.contested:
            self._contested = True
            for each in told.contested:
                self._grounds[each.ground] = None
        return told

    def decisive(self, name: str, subject: Subject | None = None) -> Told:
        """Return what holds of a field that decides; who has not stated it is noted."""
        told = self.read(name, subject)
        if not any(each.ground.stated for each in told.said):
            self.silence(told.author)
        return told

    def rest_on(self, *grounds: Ground) -> None:
        """Note what the cell rests on."""
        for ground in grounds:
            self._grounds[ground] = None
            self._ours = self._ours or ground.ours

    def count_ours(self) -> None:
        """Note that the cell rests on what only we know."""
        self._ours = True

    def silence(self, party: str) -> None:
        """Note a party that might state what decides the cell, and has not."""
        if party:
            self._silent.add(party)

    def lifted(self, lift: str) -> bool:
        """Tell whether what bears this key counts as lifted."""
        return lift in self.scene.sitting.lifted

    # --- Finding

    def good(self, reason: Message) -> None:
        """Note something in order."""
        self._found.setdefault("in_order", reason)

    def not_applicable(self, reason: Message) -> None:
        """Note that a post of this kind does without."""
        self._found.setdefault("not_applicable", reason)

    def unknown(self, reason: Message) -> None:
        """Note that nothing tells."""
        self._found.setdefault("unknown", reason)

    def disputed(self, what: Message | None = None) -> None:
        """Note that what is said contradicts itself."""
        self._found.setdefault("disputed", what or words.CONTRADICTED)

    def cause(
        self,
        key: str,
        weight: Weight,
        what: Message,
        remedy: Message,
        *,
        move: Iterable[str],
        lift: str = "",
        told: Told | None = None,
        grounds: Iterable[Ground] = (),
        subject: str = "",
        matter: str | None = None,
        article: tuple[str, str] | None = None,
        since: date | None = None,
        measure: str = "",
    ) -> None:
        """Note what strains or blocks; with its `lift` lifted, note it as in order.

        told: the field that it rests on, which also says since when. article: for a diplomatic
        and for a consular post, where not the essential's main ones. measure: as of a cause.
        """
        if self.lifted(lift or key):
            self.good(words.LIFTED)
            return
        if told is not None:
            grounds = (*(each.ground for each in told.said), *grounds)
            since = since or _since(told.said)
        rests = dict.fromkeys(grounds)
        ours = any(ground.ours for ground in rests)
        # As one: what was hashed once is not hashed again for each of thousands of slots.
        self._grounds.update(rests)
        self._ours = self._ours or ours
        main = article or self.essential.main
        made = Cause(
            key=key,
            lift=lift or key,
            essential=self.essential.id,
            state=weight,
            what=what,
            remedy=remedy,
            move=tuple(sorted(set(move))),
            matter=self.essential.matter if matter is None else matter,
            since=since,
            subject=subject or key.partition(".")[0],
            article=main[1] if self.scene.consular else main[0],
            grounds=tuple(rests),
            ours=ours,
            measure=measure,
        )
        self.causes.append(made)
        self._found.setdefault(weight, what)

    # --- The cell

    def cell(self) -> Cell:
        """Return the cell."""
        state: CellState = next((each for each in ORDER if each in self._found), "unknown")
        return Cell(
            essential=self.essential.id,
            state=state,
            reason=self._found.get(state) or words.not_stated(self._silent),
            articles=self.essential.articles(consular=self.scene.consular),
            causes=tuple(self.causes),
            grounds=tuple(self._grounds),
            silent=tuple(sorted(self._silent)),
            contested=self._contested,
            ours=self._ours,
        )


def _since(said: Iterable[Said]) -> date | None:
    days = [each.from_.first for each in said if each.from_ is not None]
    return min(days, default=None)
