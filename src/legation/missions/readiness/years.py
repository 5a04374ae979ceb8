"""A post over the years: how it stood from day to day, judged as the facts now have it.

Only days on which something begins, ends or passes a threshold are judged, and of such a day
only the essentials that it bears on; between them nothing changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from legation.missions.readiness.changing import Changes, within
from legation.missions.readiness.essentials import ESSENTIALS, Essential
from legation.missions.readiness.facts import Facts, Subject
from legation.missions.readiness.index import Steps
from legation.missions.readiness.judge import cell_of, sit, verdict_of
from legation.missions.readiness.messages import Message
from legation.missions.readiness.scene import Scene
from legation.missions.readiness.standing import left_off, opened, standing_of
from legation.missions.readiness.thresholds import in_force
from legation.missions.readiness.verdict import Cell, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How a post stood from one day to another, both counted in.

    standing: None while it is not on the board. sentence: as on its first day.
    """

    first: date
    last: date
    standing: Standing | None
    sentence: Message
    by: str = ""
    since: str = ""


def years(
    facts: Facts, first: date, last: date, *, thresholds: Mapping[str, int] | None = None
) -> dict[str, tuple[Span, ...]]:
    """Return the spans of every post between two days, by id."""
    return {
        post.id: strip(post.id, facts, first, last, thresholds=thresholds)
        for post in facts.of("post")
    }


def strip(
    post_id: str,
    facts: Facts,
    first: date,
    last: date,
    *,
    thresholds: Mapping[str, int] | None = None,
) -> tuple[Span, ...]:
    """Return the spans of one post between two days, without a gap; none where it is no post."""
    post = facts.subjects.get(post_id)
    if post is None or last < first:
        return ()
    trail = _Trail(facts, post, first, last, thresholds)
    days = trail.days
    spans: list[Span] = []
    for place, day in enumerate(days):
        on = date.fromordinal(day)
        end = date.fromordinal(days[place + 1] - 1) if place + 1 < len(days) else last
        standing = trail.standing(on)
        if spans and spans[-1].standing == standing and not _apart(standing):
            span = spans.pop()
            on = span.first
        else:
            span = trail.span(on, standing)
            if spans and _same(spans[-1], span):
                on = spans.pop().first
        spans.append(_until(span, on, end))
    return tuple(spans)


def _apart(standing: Standing | None) -> bool:
    return standing in (None, "planned", "suspended", "closed")


def _same(one: Span, other: Span) -> bool:
    return (one.standing, one.by, one.since, str(one.sentence)) == (
        other.standing,
        other.by,
        other.since,
        str(other.sentence),
    )


def _until(span: Span, first: date, last: date) -> Span:
    return Span(
        first=first,
        last=last,
        standing=span.standing,
        sentence=span.sentence,
        by=span.by,
        since=span.since,
    )


class _Trail:
    """One post's essentials over days. days: ordinals on which its standing may change."""

    def __init__(
        self,
        facts: Facts,
        post: Subject,
        first: date,
        last: date,
        thresholds: Mapping[str, int] | None,
    ) -> None:
        self._facts = facts
        self._post = post
        self._thresholds = thresholds
        changes = Changes(facts, in_force(facts.thresholds, thresholds))
        common = changes.of_post(post)
        self._cells: dict[str, Steps[Cell]] = {}
        every: set[int] = set()
        for essential in ESSENTIALS:
            days = within(common | changes.of(post, essential.id), first, last)
            every.update(days)
            cells = tuple(self._cell(essential, date.fromordinal(day)) for day in days)
            self._cells[essential.id] = Steps(tuple(days), cells)
        self.days = sorted(every)

    def _scene(self, on: date) -> Scene:
        return Scene.of(sit(self._facts, on, thresholds=self._thresholds), self._post)

    def _cell(self, essential: Essential, on: date) -> Cell:
        return cell_of(self._scene(on), essential)

    def standing(self, on: date) -> Standing | None:
        """Return where the post stands on one of the days; None where it is not on the board."""
        scene = self._scene(on)
        if left_off(scene) is not None:
            return None
        found = opened(scene)
        if found.apart is not None:
            return found.apart
        day = on.toordinal()
        cells = {name: steps.at(day) for name, steps in self._cells.items()}
        return standing_of(cells, sure=found.sure)

    def span(self, on: date, standing: Standing | None) -> Span:
        """Return the span that begins on a day."""
        scene = self._scene(on)
        why = left_off(scene)
        if why is not None:
            return Span(first=on, last=on, standing=None, sentence=why)
        verdict = verdict_of(scene)
        return Span(
            first=on,
            last=on,
            standing=standing,
            sentence=verdict.sentence,
            by=verdict.by,
            since=verdict.since,
        )
