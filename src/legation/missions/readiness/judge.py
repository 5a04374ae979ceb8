"""Can this post operate? One post, or all of both sides, on one day.

A judgement is a function of its arguments: it reads no clock, no rows and no settings, and two
nodes that hold the same facts judge alike.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from legation.errors import N_, Refusal
from legation.missions.readiness.essentials import ESSENTIALS, Essential
from legation.missions.readiness.facts import Facts, Subject
from legation.missions.readiness.messages import Message
from legation.missions.readiness.rules.buildings import judge_buildings
from legation.missions.readiness.rules.head import judge_head
from legation.missions.readiness.rules.money import judge_money
from legation.missions.readiness.rules.movement import judge_movement
from legation.missions.readiness.rules.people import judge_people
from legation.missions.readiness.rules.services import judge_services
from legation.missions.readiness.rules.single import (
    judge_archives,
    judge_communications,
    judge_continuity,
    judge_protection,
)
from legation.missions.readiness.rules.visas import judge_visas
from legation.missions.readiness.scene import Scene, Sheet, Sitting
from legation.missions.readiness.standing import left_off, opened, sentence_of, standing_of
from legation.missions.readiness.thresholds import in_force
from legation.missions.readiness.verdict import Board, Cell, Verdict

RULES: Final[Mapping[str, Callable[[Sheet], None]]] = {
    "representation": judge_head,
    "people": judge_people,
    "premises": judge_buildings,
    "communications": judge_communications,
    "entry_visas": judge_visas,
    "money": judge_money,
    "movement": judge_movement,
    "citizen_services": judge_services,
    "archives": judge_archives,
    "protection": judge_protection,
    "continuity": judge_continuity,
}


def sit(
    facts: Facts,
    on: date,
    *,
    lifted: frozenset[str] = frozenset(),
    thresholds: Mapping[str, int] | None = None,
) -> Sitting:
    """Return what a judging needs. thresholds: our own numbers, which count where stricter."""
    numbers = in_force(facts.thresholds, thresholds)
    return Sitting(facts=facts, on=on, lifted=lifted, numbers=numbers)


def judge(
    post_id: str,
    facts: Facts,
    on: date,
    *,
    lifted: frozenset[str] = frozenset(),
    thresholds: Mapping[str, int] | None = None,
) -> Verdict:
    """Judge one post on a day, as if some causes were lifted.

    Raises Refusal "not-on-the-board" for what is no post, or none of these two parties, or not
    yet one on that day.
    """
    post = facts.subjects.get(post_id)
    if post is None or post.prefix != "post":
        raise _refusal(post_id, NO_POST)
    scene = Scene.of(sit(facts, on, lifted=lifted, thresholds=thresholds), post)
    why = left_off(scene)
    if why is not None:
        raise _refusal(post_id, why)
    return verdict_of(scene)


def judge_all(
    facts: Facts,
    on: date,
    *,
    lifted: frozenset[str] = frozenset(),
    thresholds: Mapping[str, int] | None = None,
) -> Board:
    """Judge all posts of both sides on a day, as if some causes were lifted."""
    sitting = sit(facts, on, lifted=lifted, thresholds=thresholds)
    verdicts, left = [], {}
    for post in sorted(facts.of("post"), key=_by_state):
        scene = Scene.of(sitting, post)
        why = left_off(scene)
        if why is None:
            verdicts.append(verdict_of(scene))
        else:
            left[post.id] = why
    return Board(
        on=on,
        parties=facts.parties,
        verdicts=_told_apart(verdicts),
        thresholds=sitting.numbers,
        logs=facts.logs,
        left_off=left,
    )


def _told_apart(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Mark posts that their city alone does not name: an embassy and an interests section."""
    found = tuple(verdicts)
    cities = Counter(each.city for each in found if each.city)
    return tuple(replace(each, twin=True) if cities[each.city] > 1 else each for each in found)


def _by_state(post: Subject) -> tuple[str, str]:
    return post.sending, post.id


def verdict_of(scene: Scene) -> Verdict:
    """Judge one post."""
    post, found = scene.post, opened(scene)
    cells = {} if found.apart else {each.id: cell_of(scene, each) for each in ESSENTIALS}
    standing = found.apart or standing_of(cells, sure=found.sure)
    sentence = found.sentence
    if sentence is None or standing == "cannot":
        sentence = sentence_of(cells, standing)
    city = scene.told("city").value if "city" in post.said else None
    return Verdict(
        post=post.id,
        sending=post.sending,
        receiving=post.receiving,
        type=scene.type,
        city=city if isinstance(city, str) else "",
        standing=standing,
        sentence=sentence,
        by=found.by,
        since=found.since,
        cells=cells,
        why=found.why,
        grounds=found.grounds,
        ours=found.ours or any(cell.ours for cell in cells.values()),
    )


def cell_of(scene: Scene, essential: Essential) -> Cell:
    """Judge one essential of one post."""
    sheet = Sheet(scene, essential)
    RULES[essential.id](sheet)
    return sheet.cell()


NO_POST: Final = Message(code="no-post", text=N_("neither side has stated such a post."))


def _refusal(post_id: str, why: Message) -> Refusal:
    return Refusal(
        "not-on-the-board",
        thing=N_("{name}"),
        rule=why.text,
        remedy=N_("Choose a post from the board, or another day."),
        name=post_id[:80],
        day=why.values.get("day", ""),
        organisation=why.values.get("organisation", ""),
    )
