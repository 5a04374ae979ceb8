"""Essentials that one field of a post decides: communications, archives, protection, continuity."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from legation.errors import N_
from legation.missions.readiness import words
from legation.missions.readiness.facts import Told
from legation.missions.readiness.messages import Message
from legation.missions.readiness.rules.waits import judge_waits
from legation.missions.readiness.scene import Sheet, Weight
from legation.missions.readiness.words import word

Mover: TypeAlias = Literal["sending", "receiving", "both"]


@dataclass(frozen=True, slots=True)
class Against:
    """What a value that strains or blocks means."""

    weight: Weight
    what: Message
    remedy: Message
    mover: Mover


LINES_RESTORED: Final = word("lines-restored", N_("Lines and bag are restored"))
COMMUNICATIONS: Final[Mapping[str, Message | Against]] = {
    "works": word("lines-work", N_("Lines and bag work")),
    "limited": Against(
        "strained",
        word("lines-limited", N_("Lines or bag are limited")),
        LINES_RESTORED,
        "receiving",
    ),
    "cut": Against(
        "blocked", word("lines-cut", N_("Lines and bag are cut")), LINES_RESTORED, "receiving"
    ),
}
ARCHIVES_RESTORED: Final = word("archives-restored", N_("Archives are in safe hands again"))
ARCHIVES: Final[Mapping[str, Message | Against]] = {
    "safe": word("archives-safe", N_("Archives are safe")),
    "at_risk": Against(
        "strained",
        word("archives-at-risk", N_("Archives are at risk")),
        ARCHIVES_RESTORED,
        "both",
    ),
    "left_behind": Against(
        "blocked",
        word("archives-left", N_("Archives were left behind")),
        ARCHIVES_RESTORED,
        "both",
    ),
    "entered": Against(
        "blocked",
        word("archives-entered", N_("Archives were entered")),
        ARCHIVES_RESTORED,
        "receiving",
    ),
}
PROTECTED: Final = word("protected", N_("Full protection is given"))
PROTECTION: Final[Mapping[str, Message | Against]] = {
    "adequate": word("protection-adequate", N_("Protection is adequate")),
    "reduced": Against(
        "strained", word("protection-reduced", N_("Protection is reduced")), PROTECTED, "receiving"
    ),
    "lacking": Against(
        "blocked", word("protection-lacking", N_("Protection is lacking")), PROTECTED, "receiving"
    ),
}
GIVEN: Final[Mapping[str, Message | Against]] = {
    "full": word(
        "protection-given",
        N_("The receiving state says that it protects it in full"),
        N_("Protection given"),
    ),
    "reduced": PROTECTION["reduced"],
    "withdrawn": Against(
        "blocked",
        word("protection-withdrawn", N_("Protection is withdrawn")),
        PROTECTED,
        "receiving",
    ),
}
AGREED: Final = word(
    "custody-agreed", N_("A protecting power or custodian is agreed"), N_("Custodian agreed")
)
CUSTODY: Final[Mapping[str, Message | Against]] = {
    "agreed": AGREED,
    "pending": Against(
        "strained",
        word(
            "custody-pending",
            N_("A custodian is named and not yet agreed"),
            N_("Custodian not yet agreed"),
        ),
        AGREED,
        "receiving",
    ),
    "refused": Against(
        "blocked",
        word("custody-refused", N_("The custodian named was refused"), N_("Custodian refused")),
        AGREED,
        "both",
    ),
}
NAMED: Final = word(
    "custody-named",
    N_("A custodian is named; whether it is agreed is not stated"),
    N_("Custodian named"),
)


def judge_communications(sheet: Sheet) -> None:
    """Judge whether it can talk to its capital and to the host."""
    judge_field(sheet, "communications", COMMUNICATIONS)


def judge_archives(sheet: Sheet) -> None:
    """Judge whether papers and systems are safe."""
    judge_field(sheet, "archives", ARCHIVES)
    judge_waits(sheet)


def judge_protection(sheet: Sheet) -> None:
    """Judge whether persons and buildings are safe.

    The receiving state's word that it protects them in full puts nothing in order: whether
    they are safe, the sending state says.
    """
    judge_field(sheet, "protection", PROTECTION)
    given = sheet.read("protection_given")
    if given.disputed:
        sheet.disputed()
    elif isinstance(GIVEN.get(str(given.value)), Against):
        weigh(sheet, "protection_given", given, GIVEN)
    judge_waits(sheet)


def judge_continuity(sheet: Sheet) -> None:
    """Judge what holds if it gets worse: a custodian, named by one side, agreed by the other."""
    named = sheet.decisive("custody")
    if named.disputed:
        sheet.disputed()
    elif named.value is None:
        sheet.unknown(words.not_stated([sheet.sending]))
    else:
        agreed = sheet.decisive("custody_agreed")
        if agreed.silent:
            sheet.unknown(NAMED)
        else:
            weigh(sheet, "custody_agreed", agreed, CUSTODY)
    judge_waits(sheet)


def judge_field(sheet: Sheet, name: str, meanings: Mapping[str, Message | Against]) -> None:
    """Judge an essential by one field of the post."""
    weigh(sheet, name, sheet.decisive(name), meanings)


def weigh(sheet: Sheet, name: str, told: Told, meanings: Mapping[str, Message | Against]) -> None:
    """Note what a field's value means."""
    found = meanings.get(str(told.value))
    if told.disputed:
        sheet.disputed()
    elif found is None:
        sheet.unknown(words.not_stated([told.author]))
    elif isinstance(found, Message):
        sheet.good(words.since(found, told))
    else:
        sheet.cause(
            f"{sheet.scene.post.id}.{name}",
            found.weight,
            words.since(found.what, told),
            found.remedy,
            move=movers(sheet, found.mover),
            told=told,
        )


def movers(sheet: Sheet, mover: Mover) -> tuple[str, ...]:
    """Return the parties whose move it is."""
    both = {"sending": sheet.sending, "receiving": sheet.receiving}
    return tuple(both.values()) if mover == "both" else (both[mover],)
