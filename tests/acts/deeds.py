"""What two sides do at random, sensible or not, over a line that is cut and mended."""

import random
from collections.abc import Callable

from legation.acts.kinds.notice_state import NoticeState
from world import REPLY, ADraft, Body, Node, World, a_note, a_request

Dice = random.Random


def _note(node: Node, dice: Dice) -> str:
    """Return one of the notices that a side holds, or one that never was."""
    things = node.folded.state.things()
    held = sorted(thing.id for thing in things if isinstance(thing, NoticeState))
    return dice.choice(held or ["notice/XA-0123456789abcdef"])


def _premises(node: Node, dice: Dice, name: str, value: str) -> None:
    other = node.world.parties.other(node.party).party
    stated: Body = {name: {"value": value, "from": f"20{dice.randrange(10, 13)}"}}
    thing = f"premises/P{dice.randrange(2)}"
    node.states(thing, sending=node.party, receiving=other, **stated)


def _declares(node: Node, dice: Dice) -> None:
    other = node.world.parties.other(node.party).party
    mode, begin = dice.choice(["notification", "permission"]), dice.choice(["2020", "2021"])
    body: Body = {"by": node.party, "applies_to": other, "mode": mode, "from": begin}
    node.acts("regime.declared", on="regime/R1", body=body)


def _travels(node: Node, dice: Dice) -> None:
    data: Body = {
        "mode": dice.choice(["notification", "permission"]),
        "regime": "regime/R1",
        "leaves": "2026-12-05T09:00+03:00",
        "returns": "2026-12-05T20:00+03:00",
        "route": ["Zedburg"],
        "by_what": "Car",
        "purpose": "To see a school.",
        "travellers": [{"name": "Elif", "function": "Attaché"}],
    }
    node.sends(ADraft("movement", data))


def _slots(node: Node, dice: Dice) -> None:
    """Place somebody, sometimes twice, sometimes in a closed post, or say that a slot is empty."""
    other = node.world.parties.other(node.party).party
    begin = f"20{dice.randrange(20, 23)}"
    person = dice.choice([f"person/{node.party}-{dice.randrange(2)}", "none"])
    state = "vacant" if person == "none" else "filled"
    node.states(
        f"slot/{node.party}-{dice.randrange(3)}",
        sending=node.party,
        receiving=other,
        post={"value": f"post/{dice.choice([node.party, node.party, other])}-MOW"},
        state={"value": state, "from": begin},
        person={"value": person, "from": begin},
    )


def _closes_a_post(node: Node, dice: Dice) -> None:
    other = node.world.parties.other(node.party).party
    status: Body = {"value": dice.choice(["open", "closed"]), "from": f"20{dice.randrange(20, 23)}"}
    name = f"post/{node.party}-MOW"
    node.states(name, sending=node.party, receiving=other, status=status, in_place={"value": 3})


def _limits(node: Node, dice: Dice) -> None:
    other = node.world.parties.other(node.party).party
    number: Body = {"value": dice.randrange(100)}
    counted: Body = {"counted": {"value": "All"}} if dice.random() < 0.5 else {}
    name = f"limit/{node.party}-{dice.randrange(2)}"
    node.states(name, sending=other, receiving=node.party, number=number, **counted)


def _accepts(node: Node, dice: Dice) -> None:
    body: Body = {"name": "days", "value": dice.randrange(3)}
    node.acts("threshold.accepted", on="threshold/days", body=body)


def _hands_over(node: Node, dice: Dice) -> None:
    """Announce what states fields on both sides: sometimes of a post that is not one's own."""
    owner = dice.choice([node.party, node.party, node.world.parties.other(node.party).party])
    data: Body = {
        "premises": f"premises/P{dice.randrange(2)}",
        "owner": f"post/{owner}-MOW",
        "languages": ["en"],
    }
    node.sends(ADraft("handover", data))


def _speaks(node: Node, dice: Dice) -> None:
    node.acts("record.speaks", body={"types": [f"new.kind/{dice.randrange(1, 4)}"]})


DEEDS: dict[str, Callable[[Node, Dice], object]] = {
    "note": lambda node, _: node.sends(a_note()),
    "request": lambda node, _: node.sends(a_request()),
    "grant": lambda node, dice: node.grants(_note(node, dice)),
    "refuse": lambda node, dice: node.answers(_note(node, dice), "refused"),
    "hold": lambda node, dice: node.answers(_note(node, dice), "held"),
    "answer": lambda node, dice: node.answers(_note(node, dice), "answered", **REPLY),
    "change": lambda node, dice: node.answers(
        _note(node, dice), "refused", "notice.answer_changed"
    ),
    "withdraw": lambda node, dice: node.withdraws(_note(node, dice)),
    "close": lambda node, dice: node.closes(_note(node, dice)),
    "state": lambda node, dice: _premises(node, dice, "name", f"House {dice.randrange(9)}"),
    "wrong side": lambda node, dice: _premises(node, dice, "access", "full"),
    "contest": lambda node, dice: node.contests(f"premises/P{dice.randrange(2)}", "name"),
    "declare": _declares,
    "travel": _travels,
    "hand over": _hands_over,
    "agree": lambda node, dice: node.answers(_note(node, dice), "agreed", custody="The ministry"),
    "agree no more": lambda node, dice: node.answers(
        _note(node, dice), "declined", "notice.answer_changed"
    ),
    "place": _slots,
    "close a post": _closes_a_post,
    "limit": _limits,
    "accept": _accepts,
    "speak": _speaks,
    "see": lambda node, _: node.sees(),
    "see nothing": lambda node, _: node.acts("record.seen", seen=(0, bytes(32))),
    "garbage": lambda node, dice: node.acts(
        "notice.answered", on=_note(node, dice), body=dice.randbytes(5)
    ),
}


def _half(node: Node) -> None:
    """Carry only the next few entries, one way."""
    other = node.world.b if node is node.world.a else node.world.a
    other.mirror[:] = node.log[: len(other.mirror) + 3]


MOVES: dict[str, Callable[[Node], None]] = {
    "cut": lambda node: node.world.cut(),
    "sync": lambda node: node.world.sync(),
    "half": _half,
}
ALL = (*DEEDS, *MOVES)


def does(node: Node, deed: str, dice: Dice) -> None:
    """Let a side, or its line, do something."""
    if deed in MOVES:
        MOVES[deed](node)
    else:
        DEEDS[deed](node, dice)


def busy_world(seed: int, steps: int) -> World:
    """Return a world after `steps` random deeds, both sides up to date."""
    world, dice = World("acts.made_up_kinds"), random.Random(seed)
    for _ in range(steps):
        does(dice.choice((world.a, world.b)), dice.choice(ALL), dice)
    world.mend()
    return world
