"""What officers write in the simulation: notices, answers, withdrawals, statements of posts."""

import random
import sys
from typing import Any

from legation.acts.files import CHUNK
from legation.acts.state import Placed, State
from legation.line import services
from legation.line.models import Entry, FileMention, Side
from legation.line.services import NewAct
from line.acts import a_note, a_post, an_answer, an_erasure, naming
from line.cargo import stages
from line.harness import TestNode


def append(node: TestNode, chosen: list[NewAct]) -> None:
    """Write acts as any officer does."""
    node.append(*chosen)


def append_slyly(node: TestNode, chosen: list[NewAct]) -> None:
    """Write acts that have no effect too: a node that does not check what it writes itself."""
    module: Any = sys.modules[services.append.__module__]
    attempt, codes = module.attempt, []

    def unchecked(state: State, placed: Placed) -> None:
        refusal = attempt(state, placed)
        codes.append((placed.index, refusal.code if refusal else ""))

    module.attempt = unchecked
    try:
        node.append(*chosen, _of_the_wrong_side(node))
    finally:  # even if it died once they were written
        module.attempt = attempt
        for index, code in codes:
            rows = Entry.objects.using(node.alias).filter(side=Side.OWN, index=index)
            rows.update(void=code)


def _of_the_wrong_side(node: TestNode) -> NewAct:
    party = node.node.party
    other = "RU" if party == "US" else "US"
    return a_post(f"{other}-P9", other, party, city="Nowhere")


def some(node: TestNode, chance: random.Random, *, files: bool = True) -> list[NewAct]:
    """Return one to three acts that this side may write now. files: some name or erase them."""
    makers = [_note, _note, _post, _answer, _answer, _withdrawal, _closing]
    if files:
        makers += [_note_with_files, _erasure]
    return [chance.choice(makers)(node, chance) for _ in range(chance.choice((1, 1, 2, 3)))]


def _note_with_files(node: TestNode, chance: random.Random) -> NewAct:
    sizes = [chance.choice((40, 700, CHUNK + 9)) for _ in range(chance.choice((1, 1, 2)))]
    refs = [stages(node, chance.randbytes(size)) for size in sizes]
    return naming(_note(node, chance), *refs)


def _erasure(node: TestNode, chance: random.Random) -> NewAct:
    mentions = FileMention.objects.using(node.alias)
    found = list(mentions.order_by("side", "index", "root"))
    if not found:
        return _note(node, chance)
    one = chance.choice(found)
    named_by = Entry.objects.using(node.alias).get(side=one.side, index=one.index)
    return an_erasure(NewAct(type="notice.released", on=named_by.on, body={}), one.root)


def _note(node: TestNode, chance: random.Random) -> NewAct:
    return a_note(node.node.party, chance.getrandbits(60))


def _post(node: TestNode, chance: random.Random) -> NewAct:
    party = node.node.party
    other = "RU" if party == "US" else "US"
    city = f"City {chance.randrange(9)}"
    return a_post(f"{party}-P{chance.randrange(3)}", party, other, city=city)


def _answer(node: TestNode, chance: random.Random) -> NewAct:
    notice = _some_notice(node, chance, Side.PEER)
    if notice is None:
        return _note(node, chance)
    asked = NewAct(type="notice.released", on=notice.on, body={})
    if chance.random() < 0.5:
        return an_answer(asked, bytes(notice.leaf), "noted")
    return an_answer(asked, bytes(notice.leaf), "answered", reply="It is answered.")


def _withdrawal(node: TestNode, chance: random.Random) -> NewAct:
    return _ours(node, chance, "notice.withdrawn")


def _closing(node: TestNode, chance: random.Random) -> NewAct:
    return _ours(node, chance, "notice.closed")


def _ours(node: TestNode, chance: random.Random, kind: str) -> NewAct:
    notice = _some_notice(node, chance, Side.OWN)
    if notice is None:
        return _note(node, chance)
    return NewAct(type=kind, on=notice.on, re=bytes(notice.leaf), body={})


def _some_notice(node: TestNode, chance: random.Random, side: str) -> Entry | None:
    rows = Entry.objects.using(node.alias).filter(side=side, type="notice.released")
    found = list(rows.order_by("index").only("on", "leaf"))
    return chance.choice(found) if found else None
