"""Verdicts: where a post stands, from whether it is open and from its essentials.

1. What its own state says of its status comes first: planned, suspended and closed stand apart,
   with by whom and since when, and who looks after one that is shut. Where it says that a post is
   open to which the receiving state's consent is withdrawn, the post is closed by that state.
   Where the sending state says nothing, what the receiving state sees counts.
2. A vital essential blocked: it cannot operate. Else, with anything strained or blocked, it
   operates under strain. Else, with a vital essential of which nothing certain is known, or
   without a word on whether it is open, unknown. Else it operates.
3. From worst to best: cannot, strained, unknown, operates. The order is of what is known against a
   post: lifting a cause takes away from that and adds nothing, so it never worsens a verdict. A
   post that is *unknown* is not said to be better off than a strained one, nor to operate.
4. Of a day before a post was opened nothing is said: it is left off, and why is told, in a whole
   sentence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from legation.acts.values import Day
from legation.errors import N_
from legation.missions.readiness import words
from legation.missions.readiness.essentials import BY_ID, ESSENTIALS
from legation.missions.readiness.facts import Ground, Subject, Told
from legation.missions.readiness.messages import Message, Value
from legation.missions.readiness.scene import Scene
from legation.missions.readiness.shutting import TAKEN_BACK, why_shut
from legation.missions.readiness.verdict import Cell, Standing
from legation.missions.readiness.words import word

WORST_FIRST: Final[tuple[Standing, ...]] = ("cannot", "strained", "unknown", "operates")
APART: Final[Mapping[str, Standing]] = {
    "planned": "planned",
    "suspended": "suspended",
    "closed": "closed",
}
NOT_MISSIONS: Final = frozenset({"residence", "ministry"})
NAMES: Final[Mapping[str, Message]] = {
    "planned": word("planned", N_("Planned")),
    "suspended": word("suspended", N_("Suspended")),
    "closed": word("closed", N_("Closed")),
}
BY_SINCE: Final = N_("{what} by {by} since {day}")
BY: Final = N_("{what} by {by}")
IN_CARE: Final[Mapping[str, str]] = {
    "agreed": N_("{what}; in the care of {custodian}"),
    "pending": N_("{what}; {custodian} is named as custodian and not yet agreed"),
    "refused": N_("{what}; {custodian} was named as custodian and refused"),
}
CARE_NAMED: Final = N_("{what}; {custodian} is named as custodian")
OPERATES: Final = word("operates", N_("Operates"))
STRAINED: Final = N_("Operates under strain: {essentials}")
CANNOT: Final = N_("Cannot operate: {essentials}")
UNKNOWN: Final = N_("Whether it can operate is not known: {essentials}")
STATUS_UNKNOWN: Final = N_("Whether it is open is not stated by {parties}")
STATUS_DISPUTED: Final = word(
    "status-disputed", N_("What is said of whether it is open contradicts itself")
)
NOT_BETWEEN: Final = N_("Accredited to {organisation}, not between these two parties.")
NO_MISSION: Final = word("no-mission", N_("Not a mission of its own."))
BEFORE: Final = N_("Not on the board before {day}, when it was opened.")
_DATED: Final = re.compile(r"[12][0-9]{3}(-[0-9]{2}){0,2}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Whether a post is open. apart: planned, suspended or closed; `None` while it is judged.

    sure: it is said to be open. sentence: how it stands apart, or is not sure. why: for which
    reasons it stands apart, as far as they are told.
    """

    apart: Standing | None = None
    sure: bool = True
    sentence: Message | None = None
    by: str = ""
    since: str = ""
    grounds: tuple[Ground, ...] = ()
    ours: bool = False
    why: tuple[Message, ...] = ()


def left_off(scene: Scene) -> Message | None:
    """Return why a post is not on the board on the day, or None."""
    post = scene.post
    accredited = scene.told("accredited_to").value if "accredited_to" in post.said else None
    if scene.type == "permanent_mission" or isinstance(accredited, str):
        values = {"organisation": str(accredited or "–")}
        return Message(code="not-between", text=NOT_BETWEEN, values=values)
    if scene.type in NOT_MISSIONS:
        return NO_MISSION
    first = opened_on(post)
    if first is not None and scene.sitting.on < first.first:
        return Message(code="before", text=BEFORE, values={"day": first.text})
    return None


def opened_on(post: Subject) -> Day | None:
    """Return the day a post was opened: as stated, or the first of its stated status.

    A status that begins as closed or suspended says that there was a post before.
    """
    for each in post.said.get("opened", ()):
        found = _DATED.match(str(each.value))
        if found is not None and Day.pattern.fullmatch(found[0]) and Day.holds(found[0]):
            return Day(found[0])
    stated = post.said.get("status", ())
    if not stated or any(each.from_ is None for each in stated):
        return None
    first = min(stated, key=lambda each: each.since)
    return first.from_ if first.value in ("open", "planned") else None


def opened(scene: Scene) -> Opened:
    """Tell whether a post is open on the day, and who says so."""
    status, consent = scene.told("status"), scene.told("consent")
    if consent.value in TAKEN_BACK and status.value not in ("planned", "closed"):
        return _apart(scene, "closed", consent, by=consent.author)
    if status.disputed:
        return Opened(
            sure=False,
            sentence=STATUS_DISPUTED,
            grounds=status.grounds,
            ours=status.ours,
        )
    told = scene.told("status_seen") if status.silent else status
    if str(told.value) in APART:
        return _apart(scene, str(told.value), told)
    if told.value == "open":
        return Opened(grounds=told.grounds, ours=told.ours)
    named = words.not_stated([status.author]).values
    unknown = Message(code="status-unknown", text=STATUS_UNKNOWN, values=named)
    return Opened(sure=False, sentence=unknown, grounds=told.grounds)


def _apart(scene: Scene, name: str, told: Told, by: str = "") -> Opened:
    newest = told.said[0]
    by = by or str(newest.by or "")
    since = "" if newest.from_ is None else newest.from_.text
    what = NAMES[name]
    values: dict[str, Value] = {"by": by, "day": since}
    if by and since:
        sentence = Message(code=name, text=BY_SINCE, values=values, parts={"what": (what,)})
    elif by:
        sentence = Message(code=name, text=BY, values={"by": by}, parts={"what": (what,)})
    else:
        sentence = words.since(what, told)
    consent = scene.told("consent")
    views = [scene.told(name) for name in ("status", "status_seen")]
    views = [each for each in views if str(each.value) in APART]
    rests = (told, *([consent] if consent.value in TAKEN_BACK else []), *views)
    alone = Opened(
        apart=APART[name],
        sentence=sentence,
        by=by,
        since=since,
        grounds=tuple(dict.fromkeys(ground for each in rests for ground in each.grounds)),
        ours=any(each.ours for each in rests),
        why=why_shut(consent, *views),
    )
    return alone if name == "planned" else _in_care(scene, alone)


def _in_care(scene: Scene, shut: Opened) -> Opened:
    """Say who looks after premises and archives of a post that is shut (VCDR 45, VCCR 27)."""
    post = scene.post
    if shut.sentence is None or "custody" not in post.said:
        return shut
    named = scene.told("custody")
    if not isinstance(named.value, str):
        return shut
    agreed = scene.told("custody_agreed") if "custody_agreed" in post.said else None
    text = IN_CARE.get(str(agreed.value) if agreed else "", CARE_NAMED)
    told = (named, *((agreed,) if agreed else ()))
    return replace(
        shut,
        sentence=Message(
            code="in-care",
            text=text,
            values={"custodian": named.value},
            parts={"what": (shut.sentence,)},
        ),
        grounds=(*shut.grounds, *(ground for each in told for ground in each.grounds)),
        ours=shut.ours or any(each.ours for each in told),
    )


def standing_of(cells: Mapping[str, Cell], *, sure: bool) -> Standing:
    """Return where a post stands by its essentials. sure: it is said to be open."""
    if any(cells[each.id].state == "blocked" for each in ESSENTIALS if each.band == "vital"):
        return "cannot"
    if not sure:
        return "unknown"
    if any(cell.state in ("strained", "blocked") for cell in cells.values()):
        return "strained"
    return "unknown" if _not_known(cells) else "operates"


def _not_known(cells: Mapping[str, Cell]) -> list[str]:
    return [
        each.id
        for each in ESSENTIALS
        if each.band == "vital" and cells[each.id].state in ("unknown", "disputed")
    ]


def sentence_of(cells: Mapping[str, Cell], standing: Standing) -> Message:
    """Say where a post stands and by which essentials."""
    if standing == "operates":
        return OPERATES
    if standing == "unknown":
        return _naming("unknown", UNKNOWN, _not_known(cells))
    blocked = [name for name, cell in cells.items() if cell.state == "blocked"]
    if standing == "cannot":
        vital = [name for name in blocked if BY_ID[name].band == "vital"]
        return _naming("cannot", CANNOT, vital)
    against = [name for name, cell in cells.items() if cell.state in ("blocked", "strained")]
    return _naming("strained", STRAINED, against)


def _naming(code: str, text: str, names: list[str]) -> Message:
    labels = tuple(Message(code=name, text=BY_ID[name].label) for name in names)
    return Message(code=code, text=text, parts={"essentials": labels})
