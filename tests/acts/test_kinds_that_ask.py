"""Payments, protection, custody: what each does to registers; and forms that are wrong."""

import pytest

from acts.samples import (
    A_BAG,
    A_BAN,
    A_CAP,
    A_HEAD,
    A_KEEPER,
    A_LICENCE,
    A_PAYMENT,
    A_POST,
    A_THREAT,
    LED,
    MOW,
    Told,
    alike,
    form,
    its_own,
    sends,
)
from legation.acts.codec import from_json
from legation.acts.drafting import draft
from legation.acts.phrases import money_in_words, reference, together
from legation.errors import Refusal
from world import Body, World


@pytest.fixture
def world() -> World:
    return World()


# --- Payments


def test_a_licence_that_is_named_stands_in_the_registers_and_covers_the_channel(
    world: World,
) -> None:
    note = sends(world.a, "payment.facilitation", A_PAYMENT)
    world.b.answers(note, "licence_named", **A_LICENCE)
    licence = its_own(note, "licence", "XB")
    assert alike(world, licence, "XB") == {
        "state": "in_force", "name": "General Licence 53A", "number": "53A",
        "expires": "2027-11-21", "conditions": ["No debit of a blocked account."],
    }  # fmt: skip
    assert alike(world, "channel/XA-1", "XB") == {"licence": licence}


@pytest.mark.parametrize(
    ("answer", "fields", "channel"),
    [
        ("channel_named", {"bank": "Second Bank"}, {}),
        ("channel_named", {"bank": "Second Bank", "licence": "licence/XB-7"},
         {"licence": "licence/XB-7"}),
        ("licence_named", {**A_LICENCE, "licence": "licence/XB-7"}, {"licence": "licence/XB-7"}),
        ("refused", {}, {}),
        ("held", {}, {}),
    ],
)  # fmt: skip
def test_what_other_answers_say_of_the_channel(
    world: World, answer: str, fields: Body, channel: Told
) -> None:
    note = sends(world.a, "payment.facilitation", A_PAYMENT)
    world.b.answers(note, answer, **fields)
    assert alike(world, "channel/XA-1", "XB") == channel


def test_neither_channel_nor_licence_is_the_other_side_s(world: World) -> None:
    sends(world.a, "payment.facilitation", A_PAYMENT, channel="channel/XB-1")
    sends(world.a, "payment.facilitation", A_PAYMENT, post_concerned="post/XB-WAS")
    assert [world.a.code(0), world.a.code(1)] == ["not-entitled", "not-entitled"]
    note = sends(world.a, "payment.facilitation", A_PAYMENT)
    at = world.b.answers(note, "licence_named", **{**A_LICENCE, "licence": "licence/XA-7"})
    assert world.b.code(at) == "identity"
    assert world.a.notice(note).standing == "released", "no half of an answer counts"


# --- Protection, custody


def test_protection_is_given_as_far_as_was_said(world: World) -> None:
    note = sends(world.a, "protection.request", A_THREAT)
    world.b.answers(note, "measures", measures="One guard.", protection="reduced")
    assert alike(world, MOW, "XB") == {"protection_given": "reduced"}
    other = sends(world.a, "protection.request", A_THREAT)
    world.b.answers(other, "refused")
    assert alike(world, MOW, "XB") == {"protection_given": "reduced"}, "refused says no more"
    made = form(world, "protection.request", A_THREAT)
    assert str(made.asks()) == "Clock(amount=24, unit='hours')"
    assert "duty to protect stands" in made.silent()


def test_a_custodian_is_named_and_agreed_to(world: World) -> None:
    note = sends(world.a, "custody", A_KEEPER)
    assert alike(world, LED, "XA") == {"custody": "Swiss Confederation"}
    world.b.answers(note, "held")
    assert alike(world, LED, "XB") == {}
    world.b.answers(note, "agreed")
    assert alike(world, LED, "XB") == {"custody_agreed": "agreed"}
    assert form(world, "custody", A_KEEPER).rests_on() == (
        "VCDR 45",
        "VCDR 46",
        "VCCR 8",
        "VCCR 27",
    )
    kept = form(world, "custody", A_KEEPER, entrusts=["premises"])
    assert kept.rests_on() == ("VCDR 45", "VCCR 27")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("bag", {**A_BAG, "post_concerned": "post/XB-WAS"}),
        ("protection.request", {**A_THREAT, "post_concerned": "post/XB-WAS"}),
        ("protection.request", {**A_THREAT, "premises": "premises/P9"}),
        ("custody", {**A_KEEPER, "post_concerned": "post/XB-WAS"}),
        ("custody", {**A_KEEPER, "premises": ["premises/P1", "premises/P9"]}),
    ],
)
def test_what_is_theirs_is_not_asked_for_as_ours(world: World, kind: str, data: Body) -> None:
    theirs = {"sending": "XB", "receiving": "XA"}
    world.b.states("premises/P9", **theirs, name={"value": "Villa"})
    sends(world.a, kind, data)
    assert world.a.code(0) == "not-entitled"


# --- Bad input, and words

CONSENT: Body = {**A_POST, "written_as": "sending", "step": "open"}


def _without(data: Body, *fields: str) -> Body:
    return {key: value for key, value in data.items() if key not in fields}


@pytest.mark.parametrize(
    ("kind", "data", "field"),
    [
        pytest.param("size.limit", _without(A_CAP, "counted"), "counted", id="not what is counted"),
        pytest.param("size.limit", _without(A_CAP, "at_most"), "at_most", id="no number"),
        pytest.param("size.limit", _without(A_CAP, "local_staff"), "local_staff", id="not whether"),
        pytest.param("size.limit", {**A_CAP, "at_most": -1}, "at_most", id="less than nobody"),
        pytest.param("size.limit", {**A_CAP, "post_concerned": MOW}, "name", id="no name for it"),
        pytest.param("hiring.ban", {**A_BAN, "categories": []}, "categories", id="no category"),
        pytest.param("hiring.ban", _without(A_BAN, "covers"), "covers", id="not whom"),
        pytest.param("hiring.ban", {**A_BAN, "effective": "2026-02-30"}, "effective", id="no day"),
        pytest.param("post.consent", {**CONSENT, "step": "close"}, "effective", id="no last day"),
        pytest.param("post.consent", {**CONSENT, "step": "district"}, "district", id="no district"),
        pytest.param("post.consent", {**CONSENT, "step": "close", "effective": "2027",
                     "district": "Zedport"}, "district", id="a district of what closes"),
        pytest.param("post.consent", {**CONSENT, "post_type": "permanent_mission",
                     "district": "Zedport"}, "district", id="a district of what has none"),
        pytest.param("agrement", {**A_HEAD, "born": "1970-02-30"}, "born", id="never born"),
        pytest.param("agrement", _without(A_HEAD, "name"), "name", id="nobody"),
        pytest.param("payment.facilitation", {**A_PAYMENT, "amount": 5}, "currency",
                     id="money without a currency"),
        pytest.param("payment.facilitation", {**A_PAYMENT, "currency": "USD"}, "amount",
                     id="a currency of nothing"),
        pytest.param("payment.facilitation", {**A_PAYMENT, "amount": 0, "currency": "USD"},
                     "amount", id="no money"),
        pytest.param("payment.facilitation", {**A_PAYMENT, "amount": "5.5", "currency": "USD"},
                     "amount", id="a fraction of a cent"),
        pytest.param("bag", {**A_BAG, "packages": 0}, "packages", id="a courier without a bag"),
        pytest.param("bag", _without(A_BAG, "couriers"), "couriers", id="a bag without a courier"),
        pytest.param("bag", {**A_BAG, "carried_by": "unaccompanied"}, "couriers",
                     id="a courier of what nobody carries"),
        pytest.param("bag", {**A_BAG, "couriers": [{"name": "J", "passport_no": "C 12"}] * 2},
                     "couriers.2.passport_no", id="a courier twice"),
        pytest.param("bag", {**A_BAG, "couriers": [{"name": "J. Doe"}, {"name": "j. doe"}]},
                     "couriers.2.name", id="a name twice, and nothing that tells them apart"),
        pytest.param("protection.request", {**A_THREAT, "until": "2026-12-01T17:00+03:00"},
                     "until", id="an end before the beginning"),
        pytest.param("custody", {**A_KEEPER, "entrusts": []}, "entrusts", id="nothing entrusted"),
        pytest.param("custody", {**A_KEEPER, "premises": [MOW]}, "premises.1", id="no building"),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_right(kind: str, data: Body, field: str, world: World) -> None:
    with pytest.raises(Refusal) as refused:
        draft(kind, {"post": "XA-MIS", **data}, world.parties, numbers=["0" * 16, "1" * 16])
    assert field in [each.values["field"] for each in (refused.value, *refused.value.others)]


def test_a_licence_that_ends_before_it_begins_is_no_answer(world: World) -> None:
    answer = world.catalogue.newest_kind("payment.facilitation").answer("licence_named")
    assert answer is not None
    with pytest.raises(Refusal) as refused:
        from_json(answer, {**A_LICENCE, "expires": "2026-11-20"}, "Answer")
    assert refused.value.values["field"] == "expires"


def test_articles_sums_and_lists_are_written_as_each_language_writes_them() -> None:
    assert reference(("VCDR 8", "VCDR 11", "VCCR 20"), "en") == (
        "Reference is made to Articles 8 and 11 of the Vienna Convention on Diplomatic Relations"
        " and Article 20 of the Vienna Convention on Consular Relations."
    )
    russian = "Основание: статья 4 Венской конвенции о консульских сношениях."
    assert reference(("VCCR 4",), "ru") == russian
    assert [money_in_words(123456789, "USD", lang) for lang in ("en", "ru", "tr")] == [
        "1,234,567.89 USD",
        "1\u00a0234\u00a0567,89 USD",
        "1.234.567,89 USD",
    ]
    assert money_in_words(5, "EUR", "en") == "0.05 EUR"
    assert money_in_words(5000, "JPY", "en") == "5,000 JPY"
    assert money_in_words(1500, "KWD", "en") == "1.500 KWD"
    assert together(["a", "b", "c"], "tr") == "a, b ve c"
