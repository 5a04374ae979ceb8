"""Drafting: the note verbale around what an officer fills in; every fault at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.acts.catalogue import notice_kinds
from legation.acts.drafting import (
    draft_answer,
    draft_closing,
    draft_notice,
    draft_schema,
    draft_withdrawal,
)
from legation.acts.introduction import Introduction
from legation.acts.names import day_in_words, instant_in_words
from legation.acts.parties import Parties, Side
from legation.errors import Refusal
from legation.record import canon
from legation.record.canon import Json
from world import GRANTED, Body, World, a_note, a_request, an_introduction

REAL = Parties.of(
    an_introduction("US", "RU", "United States of America", ("Ada",) * 1 + ("Bela",), ("note/1",)),
    an_introduction("RU", "US", "Russian Federation", ("Cem", "Dana"), ("note/1",)),
)
"""Two parties whose names are listed; nothing else about them matters here."""


@pytest.fixture
def world() -> World:
    return World()


def texts_of(body: Body) -> dict[str, tuple[str, str]]:
    """Return language -> (role, text)."""
    texts = body["texts"]
    assert isinstance(texts, list)
    found = {}
    for text in texts:
        assert isinstance(text, dict)
        found[str(text["lang"])] = (str(text["role"]), str(text["text"]))
    return found


def refused(kind: str, data: Body, parties: Parties) -> dict[str, str]:
    with pytest.raises(Refusal) as caught:
        draft_notice(kind, data, parties)
    found = (caught.value, *caught.value.others)
    assert all(str(each) for each in found)
    return {str(each.values["field"]): each.code for each in found}


def test_a_request_is_made_in_both_parties_languages_the_author_s_own_first() -> None:
    body = draft_notice("premises.access", {"post": "US-MFA", **a_request().data}, REAL)
    assert {lang: role for lang, (role, _) in texts_of(body).items()} == {
        "en": "original",
        "ru": "courtesy",
    }
    body = draft_notice("premises.access", {"post": "RU-MFA", **a_request().data}, REAL)
    assert list(texts_of(body)) == ["ru", "en"]


def test_a_note_verbale_is_in_the_third_person_between_two_courtesies() -> None:
    data: Body = {"post": "RU-MFA", **a_request(asked_by="2026-12-20").data}
    data["languages"] = ["en", "ru", "tr"]
    texts = texts_of(draft_notice("premises.access", data, REAL))
    english = texts["en"][1].split("\n\n")
    assert english[0] == "No. {number}"
    assert english[1].startswith(
        "The Ministry of Foreign Affairs of the Russian Federation presents its compliments to the"
        " Embassy of the United States of America and has the honor to request access"
    )
    assert "from 1 December 2026, 10:00 (UTC+03:00)" in english[1]
    assert "Articles 22 and 45" in english[2]
    assert english[3] == "The Ministry would be grateful for an answer by 20 December 2026."
    assert english[4] == (
        "The Ministry avails itself of this opportunity to renew to the Embassy the assurances of"
        " its highest consideration."
    )
    assert english[5] == "{date}"
    russian = texts["ru"][1]
    assert russian.startswith(
        "№ {number}\n\nМинистерство иностранных дел Российской Федерации свидетельствует своё"
        " уважение Посольству Соединённых Штатов Америки и имеет честь просить"
    )
    assert "Министерство было бы признательно за ответ до 20 декабря 2026 года." in russian
    turkish = texts["tr"][1]
    assert turkish.startswith(
        "No: {number}\n\nRusya Federasyonu Dışişleri Bakanlığı, Amerika Birleşik Devletleri"
        " Büyükelçiliğine saygılarını sunar ve “Pioneer Point”"
    )
    assert " I " not in english[1]


def test_posts_are_named_as_their_own_side_states_them(world: World) -> None:
    for kind, city in (("consulate_general", "Zedburg"), ("embassy", "Zedville")):
        world.a.states(
            f"post/XA-{kind[:3].upper()}",
            sending="XA",
            receiving="XB",
            type={"value": kind},
            city={"value": city},
        )
    state = world.a.folded.state
    for post, name in (
        ("XA-CON", "The Consulate General of Exland in Zedburg presents"),
        ("XA-EMB", "The Embassy of Exland presents"),
        ("XA-OTH", "The Mission of Exland presents"),
    ):
        body = draft_notice("note", {"post": post, **a_note().data}, world.parties, state=state)
        assert name in texts_of(body)["en"][1]


def test_a_note_in_an_officer_s_own_words_is_made_in_the_author_s_language_only() -> None:
    texts = texts_of(draft_notice("note", {"post": "US-MFA", **a_note().data}, REAL))
    assert list(texts) == ["en"]
    assert str(a_note().data["message"]) in texts["en"][1]


def test_texts_that_an_officer_writes_are_taken_as_they_stand(world: World) -> None:
    texts: list[Json] = [{"lang": "fr", "role": "original", "text": "Note verbale."}]
    body = draft_notice(
        "note", {"post": "XA-MIS", "subject": "Toit", "texts": texts}, world.parties
    )
    assert body["texts"] == texts
    assert body["fields"] == {"subject": "Toit"}


def test_what_an_officer_writes_is_never_read_as_a_template(world: World) -> None:
    data = {"post": "XA-MIS", **a_note(message="Pay {subject} and {number}{date}{x}.").data}
    text = texts_of(draft_notice("note", data, world.parties))["en"][1]
    assert "Pay {subject} and {number}{date}{x}." in text


def test_a_text_cannot_be_made_from_nothing(world: World) -> None:
    assert refused("note", {"post": "XA-MIS", "subject": "Roof"}, world.parties) == {
        "message": "missing-field"
    }


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        pytest.param({"post": None}, {"post": "wrong-type"}, id="a post that is no text"),
        pytest.param({"post": "FR-PAR"}, {"post": "post"}, id="a post of a third state"),
        pytest.param({"to": "FR-PAR"}, {"post": "post"}, id="to a third state"),
        pytest.param({"kind": "note"}, {"kind": "kind"}, id="another kind in the draft"),
        pytest.param({"asked_by": "2026-02-30"}, {"asked_by": "day"}, id="an impossible date"),
        pytest.param({"from": "2026-12-01T10:00"}, {"from": "instant"}, id="a time without zone"),
        pytest.param({"until": "2026-12-01T09:00+03:00"}, {"until": "span"}, id="backwards"),
        pytest.param({"languages": ["fr"]}, {"languages": "language"}, id="a language not made"),
        pytest.param({"languages": []}, {"languages": "entries"}, id="no language"),
        pytest.param(
            {"purpose": "x" * 1001, "visitors": 0, "colour": "red", "refers": ["x"]},
            {
                "purpose": "too-long",
                "visitors": "range",
                "colour": "unknown-field",
                "refers.1": "id",
            },
            id="faults of envelope and form at once",
        ),
    ],
)
def test_every_fault_of_a_draft_is_told_with_its_field(
    world: World, changes: Body, faults: dict[str, str]
) -> None:
    data = {"post": "XA-MIS", **a_request().data, **changes}
    assert refused("premises.access", data, world.parties) == faults


def test_an_unknown_kind_is_refused_with_the_kinds_there_are(world: World) -> None:
    with pytest.raises(Refusal, match=r"no\.such.*note, .*premises\.access"):
        draft_notice("no.such", {}, world.parties)


def test_a_notice_that_no_act_can_hold_is_refused_before_it_is_drafted(world: World) -> None:
    texts: list[Json] = [
        {"lang": lang, "role": "authentic", "text": "я" * 30_000} for lang in ("ru", "en")
    ]
    data: Body = {"post": "XA-MIS", "subject": "Long", "texts": texts}
    assert refused("note", data, world.parties) == {"texts": "size"}


def test_a_draft_is_released_as_it_is_made(world: World) -> None:
    world.a.sends(a_request(reference="12/34", to="XB-MFA", refers=["notice/XA-" + "0" * 16]))
    assert world.a.void == {}


def test_a_reply_names_the_note_it_answers(world: World) -> None:
    notice = world.b.notice(world.a.sends(a_request()))
    answered = draft_answer(
        notice, {"answer": "granted", **GRANTED, "languages": ["en", "tr"]}, world.parties
    )
    assert answered["lines"] == [{"line": 1, "answer": "granted", **GRANTED}]
    text = texts_of(answered)["en"][1]
    assert text.startswith(
        "The Ministry of Foreign Affairs of Zedland presents its compliments to the Mission of"
        " Exland and, with reference to the Mission’s note No. XA-MIS/2026/001 of 23 November"
        " 2026, has the honor to state that access is granted from 2 December 2026"
    )
    assert "XA-MIS/2026/001 sayılı notasına atıfla" in texts_of(answered)["tr"][1]


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        pytest.param({}, {"answer": "missing-field"}, id="no answer"),
        pytest.param({"answer": "maybe"}, {"answer": "choice"}, id="no such answer"),
        pytest.param({"lines": []}, {"lines": "missing-field"}, id="no line"),
        pytest.param(
            {"lines": [{"line": 2, "answer": "held"}]}, {"line": "no-line"}, id="no such line"
        ),
        pytest.param(
            {"lines": [{"line": 1, "answer": "held"}], "answer": "held"},
            {"answer": "unknown-field"},
            id="lines and flat at once",
        ),
        pytest.param(
            {"answer": "granted", "until": "2026-12-02T10:00Z"},
            {"from": "missing-field", "escorted": "missing-field"},
            id="granted says when and how",
        ),
        pytest.param(
            {"answer": "refused", "reason": "\u202ex"}, {"reason": "hidden-character"}, id="hidden"
        ),
        pytest.param({"answer": "held", "texts": 1}, {"texts": "wrong-type"}, id="texts"),
    ],
)
def test_every_fault_of_an_answer_is_told(world: World, data: Body, fields: dict[str, str]) -> None:
    notice = world.b.notice(world.a.sends(a_request()))
    with pytest.raises(Refusal) as caught:
        draft_answer(notice, data, world.parties)
    found = (caught.value, *caught.value.others)
    assert {str(each.values["field"]): each.code for each in found} == fields


def test_a_withdrawal_and_a_closing_are_drafted_too(world: World) -> None:
    notice = world.a.notice(world.a.sends(a_request()))
    withdrawn = draft_withdrawal(notice, {"reason": "The roof is mended."}, world.parties)
    assert withdrawn["reason"] == "The roof is mended."
    assert "has the honor to state that it withdraws that note." in texts_of(withdrawn)["en"][1]
    assert draft_closing(notice, {"words": "Done."}) == {"words": "Done."}
    for wrong in ({"words": 1}, {"reason": "x"}):
        with pytest.raises(Refusal):
            draft_closing(notice, wrong)
    index = world.a.acts("notice.withdrawn", on=notice.id, body=withdrawn)
    assert world.a.code(index) is None


@pytest.mark.parametrize("kind", sorted({code for code, _ in notice_kinds()}))
def test_the_schema_of_a_draft_holds_the_envelope_and_the_form(kind: str) -> None:
    schema = draft_schema(kind)
    properties, required = schema["properties"], schema["required"]
    assert isinstance(properties, dict)
    assert isinstance(required, list)
    assert {"post", "texts", "asked_by"} <= {*properties}
    assert required[0] == "post"
    assert canon.encode_large({"schema": len(str(schema))})


@pytest.mark.parametrize(
    ("day", "lang", "words"),
    [
        ("2026-11-23", "en", "23 November 2026"),
        ("2026-11-03", "ru", "3 ноября 2026 года"),
        ("2026-11-23", "tr", "23 Kasım 2026"),
        ("2026-11", "ru", "ноябрь 2026 года"),
        ("2026-11", "en", "November 2026"),
        ("2026", "tr", "2026"),
        ("2026-11-23", "fr", "23 November 2026"),
    ],
)
def test_days_are_said_as_each_language_says_them(day: str, lang: str, words: str) -> None:
    assert day_in_words(day, lang) == words


def test_instants_are_said_with_their_zone() -> None:
    assert instant_in_words("2026-12-01T10:00Z", "en") == "1 December 2026, 10:00 (UTC)"
    said = instant_in_words("2026-12-01T10:00:30+03:00", "ru")
    assert said == "1 декабря 2026 года, 10:00 (UTC+03:00)"


@pytest.mark.fuzz
@given(
    st.sampled_from(sorted({code for code, _ in notice_kinds()})),
    st.dictionaries(
        st.sampled_from(["post", "subject", "message", "texts", "premises", "from", "name", "to"]),
        st.none() | st.integers() | st.text(max_size=20) | st.lists(st.text(), max_size=2),
    ),
)
def test_any_draft_is_made_or_refused(kind: str, data: Body) -> None:
    try:
        body = draft_notice(kind, data, REAL)
    except Refusal as refusal:
        assert all(str(each) for each in (refusal, *refusal.others))
    else:
        assert canon.decode(canon.encode(body)) == body


def test_sides_of_a_record_know_their_introduction() -> None:
    assert isinstance(REAL.a, Side)
    assert isinstance(REAL.a.introduction, Introduction)
