"""Both nodes fold alike, whatever came late: with acts for which the order matters."""

import random

import pytest

from legation.acts.catalogue import catalogue
from legation.line import queries
from legation.line.services import NewAct, layers
from legation.line.services.effects import Change
from legation.line.services.rows import Facts
from line.harness import Pair, TestNode, new_pair

UNRULY = "line.unruly"


def said(shelf: str, word: str, after: str = "") -> NewAct:
    return NewAct(type="shelf.said", on=f"shelf/{shelf}", body={"word": word, "after": after})


@pytest.fixture
def unruly(databases: None) -> Pair:
    return an_unruly_pair(1)


def an_unruly_pair(seed: int) -> Pair:
    """Two nodes that have told each other that they read the made-up acts."""
    pair = new_pair(seed)
    readable = catalogue(UNRULY)
    pair.a, pair.b = (node.having(catalogue=readable) for node in pair.both())
    for node in pair.both():
        node.append(NewAct(type="record.speaks", body={"types": list(readable.spoken)}))
    pair.sync(1)
    return pair


def words(node: TestNode, shelf: str) -> tuple[str, ...]:
    found = queries.thing(node.node, f"shelf/{shelf}")
    assert found is not None
    return tuple(found.words)  # type: ignore[attr-defined] # made up for this test


def test_words_that_crossed_stand_in_one_order_on_both_sides(unruly: Pair) -> None:
    for n in range(3):
        unruly.a.append(said("S1", f"a{n}"))
        unruly.b.append(said("S1", f"b{n}"))
    unruly.sync()
    assert words(unruly.a, "S1") == words(unruly.b, "S1")
    assert sorted(words(unruly.a, "S1")) == ["a0", "a1", "a2", "b0", "b1", "b2"]


def test_a_late_act_is_without_effect_on_both_sides_if_it_is_so_in_the_order(unruly: Pair) -> None:
    for n in range(8):
        unruly.a.append(said("S1", f"a{n}"))
        unruly.b.append(said("S1", f"b{n}"))
    unruly.sync()
    assert unruly.a.state() == unruly.b.state()
    assert unruly.a.state().count(b'"code":"full"') == 4


def test_what_an_act_looked_at_and_did_not_find_may_come_late(unruly: Pair) -> None:
    """b's act looks at a shelf that is not there yet; a's, which comes before it, makes it."""
    unruly.a.append(said("S1", "first"))
    for n in range(3):
        unruly.b.append(said("S2", f"b{n}", after="shelf/S1"))
    assert words(unruly.b, "S2") == ("b0?", "b1?", "b2?")
    unruly.sync()
    assert words(unruly.b, "S2")[1:] == ("b1", "b2")
    assert unruly.a.state() == unruly.b.state()
    for node in unruly.both():
        node.verify()


@pytest.mark.parametrize("seed", range(12))
def test_random_histories_come_out_alike_at_every_step(databases: None, seed: int) -> None:
    pair = an_unruly_pair(seed)
    chance = random.Random(seed)
    for step in range(25):
        node, other = chance.sample(pair.both(), 2)
        if chance.random() < 0.6:
            shelf = f"S{chance.randrange(4)}"
            known = queries.thing(node.node, f"shelf/{shelf}")
            if known is None or len(known.words) < 12:  # type: ignore[attr-defined] # made up
                after = chance.choice(("", f"shelf/S{chance.randrange(6)}"))
                node.append(said(shelf, f"{node.alias}{step}", after))
        else:
            pair.clock.tick(60)
            for sealed in node.sends(resend=True)[: chance.choice((1, 9))]:
                other.takes(sealed)
        for each in pair.both():
            each.verify()
    pair.sync()
    assert pair.a.state() == pair.b.state()


def test_a_backlog_on_both_sides_refolds_nothing_where_nothing_clashes(
    unruly: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(150):
        unruly.a.append(said(f"A{n}", "a"))
        unruly.b.append(said(f"B{n}", "b"))
    refolded: list[str] = []
    refold = layers.refold

    def watched(facts: Facts) -> list[Change]:
        refolded.append(facts.alias)
        return refold(facts)

    monkeypatch.setattr(layers, "refold", watched)
    unruly.sync()
    assert unruly.a.state() == unruly.b.state()
    assert not refolded
