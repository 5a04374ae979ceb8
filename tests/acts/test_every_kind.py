"""Every kind of notice and every type of act: what they have in common, and their golden bytes."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from pathlib import Path
from typing import cast, get_args

import pytest
from hypothesis import assume, find, given, settings
from hypothesis import strategies as st

from acts.strategies import json_of, numbers
from legation.acts import catalogue as catalogue_module
from legation.acts.base import Act
from legation.acts.catalogue import RESERVED, Catalogue, catalogue
from legation.acts.codec import (
    fields_of,
    from_body,
    from_json,
    has_personal,
    json_schema,
    split,
    to_body,
    to_json,
)
from legation.acts.compiled import Record, drafted
from legation.acts.drafting import draft
from legation.acts.formulae import places_of
from legation.acts.names import LANGUAGES
from legation.acts.notices import Answer, NoticeKind, SentBy, Stands
from legation.acts.reasons import REASONS, reason
from legation.acts.shapes import Listing, Shape, Text, WrittenText
from legation.acts.state import Thing
from legation.acts.statements import Register
from legation.record import canon
from legation.record.canon import Json
from spoken import FIRST_RELEASE
from world import ADraft, Body, World

MADE_UP = catalogue("acts.made_up_kinds")
PRODUCT = catalogue()
KINDS = [
    pytest.param(cls, id=f"{code}/{version}") for (code, version), cls in MADE_UP.notices.items()
]
ANSWERS = [
    pytest.param(answer, id=f"{cls.code}:{answer.code}")
    for cls in MADE_UP.notices.values()
    for answer in cls.answers
]
ACTS = [pytest.param(cls, id=f"{name}/{version}") for (name, version), cls in PRODUCT.acts.items()]
THINGS = [pytest.param(cls, id=prefix) for prefix, cls in PRODUCT.things.items()]
MARK = "Planted"
ESSENTIALS = (
    "representation", "people", "entry_visas", "premises", "archives", "money", "movement",
    "communications", "protection", "citizen_services", "continuity",
)  # fmt: skip
GOLDEN = Path(__file__).parent.parent / "golden"


# --- Kinds of notices


@pytest.mark.parametrize("cls", KINDS)
def test_a_kind_declares_all_that_is_derived_from_it(cls: type[NoticeKind]) -> None:
    assert is_dataclass(cls)
    assert cls.title
    assert cls.silence
    assert cls.articles
    assert cls.stands in get_args(Stands)
    assert cls.sent_by in get_args(SentBy)
    assert cls.essential in ("", *ESSENTIALS)
    assert set(LANGUAGES) <= set(cls.formulae)
    assert any(answer.final for answer in cls.answers)
    assert len({answer.code for answer in cls.answers}) == len(cls.answers)


@pytest.mark.parametrize("cls", KINDS)
def test_a_formula_names_fields_of_its_form_only(cls: type[NoticeKind]) -> None:
    names = {each.name.removesuffix("_") for each in fields(cls)}  # type: ignore[arg-type] # a dataclass
    places = [set(places_of(formula)) for formula in cls.formulae.values()]
    assert all(each <= names | set(cls.said_beside) for each in places)
    assert all(each == places[0] for each in places), "each language says the same"


@pytest.mark.parametrize("cls", ANSWERS)
def test_an_answer_declares_its_words_and_names_fields_of_its_form_only(
    cls: type[Answer],
) -> None:
    assert cls.code
    assert cls.title
    names = {each.name.removesuffix("_") for each in fields(cls)}  # type: ignore[arg-type] # a dataclass
    assert not {"line", "answer", "texts", "words", "lines", "languages", "files"} & names
    assert set(cls.formulae) in (set(), set(LANGUAGES))
    assert all(set(places_of(formula)) <= names for formula in cls.formulae.values())


@pytest.mark.parametrize("cls", [*KINDS, *ANSWERS])
@settings(max_examples=20)
@given(data=st.data())
def test_a_form_is_read_back_and_its_public_part_folds(
    cls: type[object], data: st.DataObject
) -> None:
    value = data.draw(json_of(cls))
    form = from_json(cls, value, "Form")
    assert from_json(cls, to_json(form), "Form") == form
    public, persons = split(form, data.draw(numbers()) if has_personal(cls) else ())
    assert not persons or has_personal(cls)
    body = canon.decode(canon.encode(public))
    read = from_body(cls, body, "Form")
    assert split(read, ())[0] == public if not persons else True


@pytest.mark.parametrize("cls", [each for each in KINDS if has_personal(each.values[0])])  # type: ignore[arg-type] # a class
@settings(max_examples=20)
@given(data=st.data())
def test_what_is_personal_stands_neither_in_a_title_nor_in_a_text_nor_in_the_state(
    cls: type[NoticeKind], data: st.DataObject
) -> None:
    """The title and what it is about are made of the released form: it holds no names."""
    world = World("acts.made_up_kinds")
    form = data.draw(json_of(cls).map(partial(_naming_nothing, cls)))
    world.a.sends(ADraft(cls.code, {**_marked(form, cls), "languages": ["en", "ru", "tr"]}))
    assume(world.a.persons)  # A form may allow that nobody is named.
    assert MARK in str(world.a.persons)
    assert not any(MARK.encode() in opening.encode() for opening in world.a.log)
    assert MARK.encode() not in world.b.state
    assert world.a.state == world.b.state


@pytest.mark.parametrize("cls", KINDS)
@settings(max_examples=20)
@given(data=st.data())
def test_a_notice_of_any_content_lives_its_life_alike_on_both_nodes(
    cls: type[NoticeKind], data: st.DataObject
) -> None:
    world = World("acts.made_up_kinds")
    form = data.draw(json_of(cls).map(partial(_naming_nothing, cls)))
    text: Body = {"lang": "en", "role": "original", "text": "Note."}
    body = draft(
        cls.code,
        {"post": "XA-MIS", "texts": [text], **form},
        world.parties,
        numbers=data.draw(numbers()) if has_personal(cls) else (),
        catalogue=world.catalogue,
    ).body
    note = world.a.new_id("notice")
    world.a.acts("notice.released", on=note, body=body, number="XA-MIS/2026/001")
    # A form may say as which side it is written: then it is one side's alone.
    assume("not-entitled" not in world.b.void.values())
    assert world.b.void == {}
    answer = data.draw(st.sampled_from(from_json(cls, form, "Form").allowed()))
    fields = data.draw(json_of(answer).map(partial(_naming_nothing, answer)))
    for line in range(1, len(world.b.notice(note).lines) + 1):
        world.b.answers_lines(note, [{"line": line, "answer": answer.code, **fields}])
    world.a.closes(note)
    assert world.a.void == {}
    assert world.a.notice(note).standing == "closed"
    assert world.a.state == world.b.state


def _marked(form: Body, cls: type[object]) -> Body:
    """Return a form whose persons all bear the mark as their names."""
    return cast("Body", _with_mark(drafted(cls), form))


def _with_mark(shape: Shape, value: Json, place: str = "") -> Json:
    if isinstance(shape, Record) and isinstance(value, dict):
        return {
            key: f"{MARK} {place}"
            if shape.by_key[key].personal
            and isinstance(shape.by_key[key].shape, Text)
            and shape.by_key[key].shape.matches is None  # type: ignore[attr-defined] # text
            else _with_mark(shape.by_key[key].shape, inner, f"{place}{key[0]}")
            for key, inner in value.items()
        }
    if isinstance(shape, Listing) and isinstance(value, list):
        return [_with_mark(shape.item, one, f"{place}{n}") for n, one in enumerate(value)]
    return value


def _naming_nothing(cls: type[object], form: Json) -> Body:
    """Return a form that names no thing which the record must hold, nor one of the other side."""
    assert isinstance(form, dict)
    out = dict(form)
    for place in fields_of(cls):
        if isinstance(place.shape, WrittenText) and place.shape.kind and place.key in out:
            if place.required:
                out[place.key] = _new_thing(cls, place.shape.kind)
            else:
                del out[place.key]
    return out


def _new_thing(cls: type[object], prefix: str) -> str:
    """Return the id of a thing of which XA, the sender, and XB may state their fields."""
    register = MADE_UP.things.get(prefix)
    named_by = register.named_by if register and issubclass(register, Register) else None
    sent_by = getattr(cls, "sent_by", "sending")
    owner = "XB" if {sent_by, named_by} == {"sending", "receiving"} else "XA"
    return f"{prefix}/{owner}-NEW"


@pytest.mark.golden
@pytest.mark.parametrize("cls", [each for each in KINDS if each.id in PRODUCT.spoken])
def test_a_kind_s_fields_and_sample_bytes_never_change(
    cls: type[NoticeKind], golden: Callable[[str, bytes], None]
) -> None:
    """The draft and the answers in the file stay; a new kind gets the least that it takes."""
    name = f"kinds/{cls.code}-{cls.version}.json"
    held = json.loads((GOLDEN / name).read_bytes()) if (GOLDEN / name).exists() else {}
    spoken = held.get("speaks", FIRST_RELEASE if held else _spoken_for(cls))
    world = World(speaks=lambda _, known: [each for each in known if each in spoken])
    form = held.get("draft") or {
        "languages": ["en", "ru", "tr"],
        **_naming_nothing(cls, _least(cls)),
    }
    note = world.a.sends(ADraft(cls.code, form))
    given = held.get("given") or [
        {"line": 1, "answer": each.code, **_least(each)}
        for each in sorted(cls.answers, key=lambda each: each.final)
    ]
    for answer in given:
        world.b.answers_lines(note, [answer])
    notice = world.a.notice(note)
    assert notice.answered
    sample = {
        "kind": cls.code,
        "version": cls.version,
        "schema": json_schema(cls, cls.code),
        "answers": {
            each.code: {"final": each.final, "schema": json_schema(each, each.code)}
            for each in cls.answers
        },
        "draft": form,
        "given": given,
        "head": canon.decode(world.a.log[0].head),
        "body": canon.decode(world.a.log[0].body),
        "leaf": notice.leaf,
        "state": to_body(notice),
        "without_effect": sorted(world.a.void.values()),
        **({} if spoken == FIRST_RELEASE else {"speaks": list(spoken)}),
    }
    golden(name, _pretty(sample))


def _spoken_for(cls: type[NoticeKind]) -> list[str]:
    """Return the least that both nodes must read for this kind."""
    return sorted([*FIRST_RELEASE, "notice.released/2", f"{cls.code}/{cls.version}"])


def _least(cls: type[object]) -> Body:
    found = find(json_of(cls), lambda _: True, settings=settings(database=None))
    assert isinstance(found, dict)
    return found


# --- Types of acts


@pytest.mark.parametrize("cls", ACTS)
def test_a_type_of_act_declares_its_name_and_lives_in_a_file_of_its_family(cls: type[Act]) -> None:
    assert is_dataclass(cls)
    assert cls.type not in RESERVED
    assert cls.version >= 1
    assert cls.__doc__
    assert cls.title
    assert PRODUCT.title(cls.type) == cls.title
    assert cls.apply is not Act.apply
    bound = cls.type.startswith(("key.", "log."))
    assert cls.binding == bound


def test_each_reason_for_no_effect_has_words() -> None:
    """Every code that the sources of the fold raise is one that a page can say."""
    folder = Path(catalogue_module.__file__).parent
    sources = (*folder.glob("kinds/*.py"), *folder.glob("*_kinds/*.py"), folder / "fold.py")
    raised = {
        code
        for path in (*sources, folder / "base.py", folder / "statements.py")
        for code in re.findall(
            r'(?:Refusal|_refusal|_bad|_head)\([^"()]*"([a-z-]+)"', path.read_text()
        )
    }
    assert {"number", "identity", "already-final", "other-record", "backwards"} <= raised
    assert raised <= set(REASONS)
    assert reason("no-such-code") == "no-such-code"
    assert all(sentence.endswith(".") for sentence in REASONS.values())


def test_only_seen_commutes() -> None:
    assert [cls.type for cls in PRODUCT.acts.values() if cls.commutes] == ["record.seen"]


@pytest.mark.parametrize("cls", ACTS)
@settings(max_examples=20)
@given(data=st.data())
def test_any_body_of_a_type_folds_alike_on_both_nodes(cls: type[Act], data: st.DataObject) -> None:
    world = World()
    body = data.draw(json_of(cls))
    assert isinstance(body, dict)
    on = data.draw(
        st.sampled_from(
            [
                "",
                "post/XA-MOW",
                "premises/P1",
                "regime/R1",
                "calendar/XA-2026",
                "notice/XA-" + "0" * 16,
                "threshold/days",
                *(f"{prefix}/XA-1" for prefix in PRODUCT.things),
            ]
        )
    )
    node = data.draw(st.sampled_from([world.a, world.b]))
    node.acts(cls.type, on=on, body=canon.encode(body), version=cls.version)
    assert world.a.state == world.b.state


@pytest.mark.golden
@pytest.mark.parametrize("cls", ACTS)
def test_the_schema_of_a_type_never_changes(
    cls: type[Act], golden: Callable[[str, bytes], None]
) -> None:
    golden(f"acts/{cls.type}-{cls.version}.json", _pretty(json_schema(cls, cls.type)))


@pytest.mark.parametrize("cls", THINGS)
def test_a_register_says_what_it_is(cls: type[Thing]) -> None:
    assert is_dataclass(cls)
    assert cls.__doc__
    assert {each.name for each in fields(cls)} >= {"id"}


def test_two_classes_of_one_name_are_refused_at_start() -> None:
    found: dict[str, type[Thing]] = {}
    catalogue_module._add(found, "post", PRODUCT.things["post"])
    with pytest.raises(TypeError, match="both"):
        catalogue_module._add(found, "post", PRODUCT.things["premises"])


def test_a_form_may_not_take_the_name_of_what_stands_beside_every_form() -> None:
    @dataclass(frozen=True)
    class Wrong(NoticeKind):
        post: str

    for kind in PRODUCT.notices.values():
        catalogue_module._check_names(kind)
    with pytest.raises(TypeError, match="post"):
        catalogue_module._check_names(Wrong)


def test_the_catalogue_of_the_product_holds_no_made_up_kind() -> None:
    assert isinstance(PRODUCT, Catalogue)
    assert "delegation/1" not in PRODUCT.spoken
    assert "delegation/1" in MADE_UP.spoken


def _pretty(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
