"""Head of mission, judged by whether someone is empowered to lead and to sign."""

from collections.abc import Mapping
from typing import Final

from legation.errors import N_
from legation.missions.readiness import words
from legation.missions.readiness.facts import Told
from legation.missions.readiness.messages import Message
from legation.missions.readiness.rules.waits import ground_of, waiting
from legation.missions.readiness.scene import Sheet, Weight
from legation.missions.readiness.words import word

IN_OFFICE: Final[Mapping[str, Message]] = {
    "ambassador": word("ambassador", N_("Ambassador")),
    "consul_general": word("consul-general", N_("Consul general")),
    "consul": word("consul", N_("Consul")),
}
LESS: Final[Mapping[str, tuple[Weight, Message]]] = {
    "charge": ("strained", word("charge", N_("Chargé d’affaires"), N_("Chargé"))),
    "acting": ("strained", word("acting", N_("Acting head of post"))),
    "vacant": ("blocked", word("vacant", N_("No head of post"))),
}
NAMED: Final = N_("{name}")
IN_WORDS: Final = N_("In words only: {words}")
IN_WORDS_SHORT: Final = N_("In words only")
OF_A_MISSION: Final = word("of-a-mission", N_("Led by the head of the mission it belongs to"))
PROPOSED: Final = word("head-proposed", N_("A head of post is proposed"))
ADMITTED: Final = word("head-admitted", N_("The head of post proposed is agreed to"))
ARRIVED: Final = word("head-arrived", N_("The head of post agreed to takes up the post"))
ANOTHER: Final = word("head-another", N_("Another head of post is proposed"))


def judge_head(sheet: Sheet) -> None:
    """Judge by the rank of the head in office; by its name where only that is stated."""
    if sheet.scene.type == "office":
        sheet.not_applicable(OF_A_MISSION)
        return
    rank = sheet.read("head_rank")
    if rank.said:
        sheet.decisive("head_rank")
    if rank.disputed:
        sheet.disputed()
    elif str(rank.value) in IN_OFFICE:
        sheet.good(words.since(IN_OFFICE[str(rank.value)], rank))
    elif str(rank.value) in LESS:
        _less(sheet, rank)
    else:
        _by_name(sheet)


def _less(sheet: Sheet, rank: Told) -> None:
    weight, what = LESS[str(rank.value)]
    agreement, nominated = sheet.read("agrement"), sheet.read("nominated")
    asked = waiting(sheet)
    remedy, move = PROPOSED, sheet.sending
    if agreement.value == "given":
        remedy = ARRIVED
    elif agreement.value == "declined":
        remedy = ANOTHER
    elif agreement.value == "pending" or nominated.value is True or asked:
        remedy, move = ADMITTED, sheet.receiving
    sheet.cause(
        f"{sheet.scene.post.id}.head_rank",
        weight,
        words.since(what, rank),
        remedy,
        move=(move,),
        told=rank,
        grounds=[
            *(each.ground for each in (*agreement.said, *nominated.said)),
            *map(ground_of, asked),
        ],
    )


def _by_name(sheet: Sheet) -> None:
    """Take a head stated by name, without a rank, to be in office until there are more words.

    Words about the head from its day or later may say that it has left, or is none in full: they
    are shown, and nothing is concluded from them.
    """
    head, status = sheet.decisive("head"), sheet.read("head_status")
    newer = [each for each in status.said if all(each.since >= one.since for one in head.said)]
    if head.disputed:
        sheet.disputed()
    elif newer:
        said = {"words": str(newer[0].value)}
        sheet.unknown(Message(code="in-words", text=IN_WORDS, short=IN_WORDS_SHORT, values=said))
    elif head.value is not None:
        name = Message(code="named", text=NAMED, values={"name": str(head.value)})
        sheet.good(words.since(name, head))
    else:
        sheet.unknown(words.not_stated([sheet.sending]))
