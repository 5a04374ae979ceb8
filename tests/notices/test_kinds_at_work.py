"""Kinds with persons, pairs and quotas, on two real desks: drafted, answered, counted alike."""

from typing import Any

import pytest

from legation.acts.files import read_person
from legation.acts.kinds.notice_state import NoticeState
from legation.errors import Refusal
from legation.line.queries import files
from legation.line.queries.standing import Current
from legation.notices import queries, services
from legation.notices.queries.tallies import balance_of
from legation.officers import services as officers
from legation.officers.sight import Sight
from legation.officers.wording import DraftedAct
from notices.conftest import Desk, Desks, Json, a_note

SECRET = "Lovelace"


def a_member(n: int = 1, **changes: Any) -> Json:
    return {
        "name": f"Elif {SECRET} {n}",
        "born": "1980-05-31",
        "passport_no": f"AB {n:04d}",
        "function": "Second Secretary",
        "category": "diplomatic",
        **changes,
    }


def a_journey(**changes: Any) -> Json:
    return {
        "leaves": "2026-12-05T09:00+03:00",
        "returns": "2026-12-06T20:00+03:00",
        "route": ["Moscow", "Tver"],
        "by_what": "Car",
        "purpose": "To see a school.",
        "travellers": [{"name": f"Farid {SECRET}", "function": "Attaché"}],
        **changes,
    }


def thing(desk: Desk, notice: str) -> NoticeState:
    found = Current(desk.node.alias).get(notice)
    assert isinstance(found, NoticeState)
    return found


def answers(desk: Desk, notice: str, *lines: Json) -> None:
    data: Json = {"lines": list(lines)}
    desk.leaves(services.draft_answer(desk.node, notice=notice, data=data, by="Ada", at=desk.now()))


def declares(desk: Desk, name: str, applies_to: str, **terms: Any) -> None:
    body = {"by": desk.party, "applies_to": applies_to, "subject": "movement", **terms}
    act = DraftedAct(type="regime.declared", on=f"regime/{name}", body=body)
    desk.leaves(officers.draft(desk.node, acts=[act], title=name, by="Ada", at=desk.now()))


def test_what_is_about_a_person_lies_in_a_file_of_their_own_and_nowhere_else(desks: Desks) -> None:
    spouse = {"name": f"Gül {SECRET}", "relation": "spouse"}
    members = [a_member(1, dependants=[spouse]), a_member(2)]
    note = desks.a.sends("visa.staff", persons=members)
    desks.sync()
    for desk in (desks.a, desks.b):
        notice = thing(desk, note)
        assert len(notice.files) == 3
        assert notice.title == "Second Secretary; Second Secretary"
        assert SECRET.encode() not in desk.side.state()
    mine = [read_person(files.read(desks.a.node, ref.root)) for ref in notice.files]
    assert [each["name"] for each in mine] == [
        f"Elif {SECRET} 1",
        f"Gül {SECRET}",
        f"Elif {SECRET} 2",
    ]
    page = queries.page(desks.b.node, note)
    assert "{p3.name}, Second Secretary" in page.texts[0].text
    for number in (each.person for each in notice.files):
        assert str(number) not in str([each.said for each in page.fields]), "says nothing to anyone"
    assert SECRET not in str(page)


def test_each_line_is_answered_for_and_the_reply_says_which(desks: Desks) -> None:
    note = desks.a.sends("visa.staff", persons=[a_member(n) for n in range(1, 5)])
    desks.sync()
    granted = {"answer": "granted", "visa_until": "2027-12-31"}
    answers(
        desks.b,
        note,
        *({"line": line, **granted} for line in (1, 2, 4)),
        {"line": 3, "answer": "held"},
    )
    desks.sync()
    page = queries.page(desks.a.node, note)
    said = page.lines[0].answers[0].texts
    assert any("1–2, 4" in text.text for text in said)
    assert thing(desks.a, note).standing == "interim"
    with pytest.raises(Refusal) as refused:
        answers(desks.b, note, {"line": 5, **granted})
    assert refused.value.code == "no-line"


def test_twenty_nine_against_thirty_three(desks: Desks) -> None:
    """Small: two of ours against three of theirs."""
    ours = desks.a.sends("visa.staff", persons=[a_member(1), a_member(2)])
    desks.sync()
    theirs = desks.b.sends("visa.staff", persons=[a_member(n) for n in (3, 4, 5)], paired_with=ours)
    desks.sync()
    granted = {"answer": "granted", "visa_until": "2027-12-31"}
    answers(desks.b, ours, {"line": 1, **granted}, {"line": 2, "answer": "refused"})
    answers(desks.a, theirs, {"line": 1, **granted}, {"line": 2, **granted})
    answers(desks.a, theirs, {"line": 3, "answer": "held"})
    desks.sync()
    for desk in (desks.a, desks.b):
        for note in (ours, theirs):
            tied = queries.page(desk.node, note).tied
            assert tied is not None
            us, ru = (tied.balance.of(party) for party in ("US", "RU"))
            assert queries.page(desk.node, theirs).fields[-1].said == "US-MFA/2026/001"
            assert (us.asked, us.granted, us.refused, us.waiting) == (2, 1, 1, 0)
            assert (ru.asked, ru.granted, ru.refused, ru.waiting) == (3, 2, 0, 1)
            assert (tied.balance.waits, tied.balance.behind) == (("RU",), "US")
            assert [name for name, _ in tied.named] == [
                each.partition("/")[2] for each in (theirs, ours)
            ]
            [pair] = tied.pairs
            assert [(side.party, number, side.granted, side.held) for side, _, number in pair] == [
                ("RU", "RU-MFA/2026/001", 2, 1),
                ("US", "US-MFA/2026/001", 1, 0),
            ]
    here = Sight(
        everything=False, posts=frozenset({"post/US-LED"}), personal=True, content=True, name="Ada"
    )
    tied = balance_of(desks.a.node, thing(desks.a, ours), "RU", sight=here)
    assert tied is not None
    assert (tied.balance.of("US").asked, tied.named) == (2, ()), "counted, but not named"
    assert [(key, number) for pair in tied.pairs for _, key, number in pair] == [("", "")] * 2
    assert (
        queries.page(desks.a.node, desks.a.sends("visa.staff", persons=[a_member()])).tied is None
    )


def test_a_request_is_tied_to_one_of_theirs_only(desks: Desks) -> None:
    ours = desks.a.sends("visa.staff", persons=[a_member()])
    note = desks.b.sends("note", **a_note())
    desks.sync()
    for pair in (ours, note, "notice/RU-0000000000000000"):
        with pytest.raises(Refusal) as refused:
            desks.a.drafts("visa.staff", persons=[a_member()], paired_with=pair)
        assert refused.value.code == "unknown-subject"


def test_the_regime_in_force_on_the_day_decides_what_silence_means(desks: Desks) -> None:
    declares(desks.b, "R1", "US", mode="notification", hours=24, until="2026-11-30")
    declares(
        desks.b, "R2", "US", mode="permission", hours=72, **{"from": "2026-12-01"},
        quota={"count": 1, "per": "quarter"},
    )  # fmt: skip
    desks.sync()
    before = {"leaves": "2026-11-28T09:00+03:00", "returns": "2026-11-28T20:00+03:00"}
    told = desks.a.sends("movement", **a_journey(**before))
    asked = desks.a.sends("movement", **a_journey())
    desks.sync()
    one, other = (queries.page(desks.b.node, each) for each in (told, asked))
    assert "they may travel" in one.kind.silence
    assert "may not travel" in other.kind.silence
    assert thing(desks.b, told).asks is None
    assert str(thing(desks.b, asked).asks) == "Clock(amount=72, unit='hours')"
    assert one.drawn is not None
    assert one.drawn.left is None
    assert other.drawn is not None
    assert other.drawn.left is not None
    assert (other.drawn.left.left, other.drawn.left.over) == (0, 0)
    for note, wrong, right in ((told, "granted", "noted"), (asked, "noted", "granted")):
        with pytest.raises(Refusal) as refused:
            answers(desks.b, note, {"line": 1, "answer": wrong})
        assert refused.value.code == "not-allowed"
        answers(desks.b, note, {"line": 1, "answer": right})


def test_a_quota_below_what_is_used_is_shown_as_it_is(desks: Desks) -> None:
    declares(desks.b, "R2", "US", mode="notification", quota={"count": 3, "per": "month"})
    desks.sync()
    notes = [desks.a.sends("movement", **a_journey()) for _ in range(3)]
    desks.a.withdraws(notes[2])
    desks.sync()
    declares(desks.b, "R2", "US", mode="notification", quota={"count": 1, "per": "month"})
    declares(desks.b, "R9", "US", mode="closed")
    desks.sync()
    for desk in (desks.a, desks.b):
        drawn = queries.page(desk.node, notes[0]).drawn
        assert drawn is not None
        assert drawn.left is not None
        assert (drawn.left.spent, drawn.left.left, drawn.left.over) == (2, 0, 1)
        assert [rule.regime for rule in drawn.beside] == ["regime/R9"]


def test_a_journey_under_another_regime_than_that_day_s_is_refused(desks: Desks) -> None:
    declares(desks.b, "R1", "US", mode="notification", until="2026-11-30")
    desks.sync()
    with pytest.raises(Refusal) as refused:
        desks.a.drafts("movement", **a_journey(regime="regime/R1"))
    assert refused.value.code == "regime"
    note = desks.a.sends("movement", **a_journey())
    assert queries.page(desks.a.node, note).drawn is None, "nobody declared a rule for that day"


@pytest.mark.parametrize(
    ("kind", "data", "field"),
    [
        pytest.param(
            "visa.staff", {"persons": [a_member(1), a_member(1)]}, "persons.2.passport_no",
            id="a person twice, by the passport",
        ),
        pytest.param(
            "visa.staff",
            {"persons": [a_member(1, dependants=[
                {"name": f"Elif {SECRET} 1", "born": "1980-05-31", "relation": "other"}])]},
            "persons.1.dependants.1.name",
            id="a person twice, among the family",
        ),
        pytest.param(
            "visa.staff",
            {"persons": [a_member(1)], "arrives_from": "2027-02", "arrives_until": "2027-01"},
            "arrives_until", id="an end before the beginning",
        ),
        pytest.param(
            "visa.extension",
            {"persons": [a_member(1, visa_until="2027-05-01", until="2027-04-01")]},
            "persons.1.until", id="an extension that ends before the visa does",
        ),
        pytest.param(
            "visa.staff", {"persons": [a_member(1, name="Elif \u202eecalevoL")]},
            "persons.1.name", id="a name that turns the direction of writing",
        ),
        pytest.param(
            "visa.staff", {"persons": [a_member(n) for n in range(101)]}, "persons",
            id="more than a hundred persons",
        ),
        pytest.param(
            "movement", a_journey(returns="2026-12-05T08:00+03:00"), "returns",
            id="a return before the departure",
        ),
        pytest.param(
            "consular.access",
            {"name": "N", "place": "P", "request": "R", "told_at": "2026-11-01T10:00Z",
             "held_since": "2026-11-02T10:00Z"},
            "told_at", id="told before it began",
        ),
        pytest.param(
            "appointment",
            {"name": "N", "function": "F", "category": "service", "event": "change",
             "on": "2026-12-01"},
            "was", id="a change from nothing",
        ),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_right(kind: str, data: Json, field: str, desks: Desks) -> None:
    with pytest.raises(Refusal) as refused:
        desks.a.drafts(kind, **data)
    assert field in [each.values["field"] for each in (refused.value, *refused.value.others)]


def test_a_hundred_persons_fit_into_one_notice(desks: Desks) -> None:
    people = [a_member(n, visa_until="2027-05-01", until="2028-05-01") for n in range(100)]
    note = desks.a.sends("visa.extension", persons=people, languages=["en", "ru"])
    desks.sync()
    assert len(thing(desks.b, note).files) == 100
    assert len(thing(desks.b, note).lines) == 100


def test_the_rest_of_the_kinds_leave_and_are_answered(desks: Desks) -> None:
    first = desks.b.sends(
        "not.acceptable", ground="persona_non_grata", leave_by="2026-12-20", persons=[a_member()]
    )
    desks.sync()
    notes = [
        desks.a.sends(
            "appointment", name="N", function="Driver", category="service", event="arrival",
            on="2026-12-01",
        ),
        desks.a.sends("consular.access", name="N", born="1990-01-01", place="Lefortovo",
                      request="The visit is asked for without delay."),
        desks.a.sends("protest", subject="A search", breached=["VCDR 22", "VCDR 29"],
                      facts="Men entered the garage.", refers=[first]),
    ]  # fmt: skip
    desks.sync()
    said = (
        {"answer": "noted"},
        {"answer": "granted", "at": "2026-12-02T10:00+03:00", "place": "Lefortovo"},
        {"answer": "answered", "outcome": "rejected", "reply": "Nobody entered."},
    )
    for note, answer in zip(notes, said, strict=True):
        answers(desks.b, note, {"line": 1, **answer})
    answers(desks.a, first, {"line": 1, "answer": "departed", "left_on": "2026-12-18"})
    desks.sync()
    assert {thing(desks.a, each).standing for each in (first, *notes)} == {"answered"}
    assert thing(desks.a, first).asked_by == "2026-12-20"
    assert queries.page(desks.a.node, notes[2]).kind.articles == ("VCDR 22", "VCDR 29")
    assert not any(SECRET.encode() in side.state() for side in desks.pair.both())


def test_each_side_erases_its_copy_and_says_so(desks: Desks) -> None:
    note = desks.a.sends("visa.staff", persons=[a_member()])
    desks.sync()
    (ref,) = thing(desks.a, note).files
    desks.a.leaves(
        services.draft_erasure(
            desks.a.node, notice=note, root=ref.root, ground="A wrong passport.", by="Ada",
            at=desks.a.now(),
        )
    )  # fmt: skip
    desks.sync()
    notice = thing(desks.b, note)
    assert notice.erased_by(ref.root, "US") is not None
    assert notice.erased_by(ref.root, "RU") is None, "not confirmed"
    mine, theirs = (files.holding(desk.node, ref.root) for desk in (desks.a, desks.b))
    assert mine is not None
    assert mine.erased_at is not None, "the bytes went with the word"
    assert theirs is None or theirs.erased_at is None
