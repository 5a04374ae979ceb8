"""A kind that the program has never seen, dropped in as one file, lives its whole life on both.

It has what kinds of the product have: persons with fields of their own, a line each, a clock of
working days, interim and final answers, a sentence in three languages. No other file of the
program, and none of these tests' helpers, knows of it.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from legation.acts import notice_kinds
from legation.acts.catalogue import catalogue, newest_kind
from legation.acts.clocks import Calendars, due
from legation.acts.codec import from_body
from legation.acts.files import read_person
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.notices import Clock
from legation.acts.persons import persons_of
from legation.acts.state import State
from legation.acts.statements import Register
from legation.cli.main import main
from legation.errors import Refusal
from legation.line import queries as line
from legation.line.node import Node
from legation.line.queries import files
from legation.line.queries.standing import Current
from legation.line.services.speaking import announce
from legation.notices import calendars, queries, services
from legation.notices.services import correspondents
from legation.record.canon import Json
from legation.ui.templatetags.parts import partial_day
from nodes import CAST
from pages.conftest import Scene

KIND = "loan.exhibit"
SOURCE = '''
"""A museum lends exhibits; its couriers travel with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from legation.acts.notices import Answer, Clock, NoticeKind, SentBy, Setting, Stands
from legation.acts.shapes import Fault, Faults
from legation.acts.values import Day, InWords, Line80, Personal, PersonRef, Words
from legation.errors import N_


WAYS = InWords(
    {
        "en": {"by_hand": "carried by hand", "in_a_hold": "in the hold"},
        "ru": {"by_hand": "ручной кладью", "in_a_hold": "в багажном отсеке"},
        "tr": {"by_hand": "elde taşınarak", "in_a_hold": "bagaj bölümünde"},
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """Somebody who travels with an exhibit."""

    name: Annotated[str, Personal, MinLen(1), MaxLen(80)]
    passport_no: Annotated[str, Personal, MaxLen(20)] = ""
    exhibit: Line80
    crates: Annotated[int, Ge(1), Le(99)] = 1
    way: Annotated[Literal["by_hand", "in_a_hold"], WAYS] = "by_hand"
    person: PersonRef = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted(Answer):
    """The exhibit may come in."""

    code: ClassVar[str] = "let_in"
    title: ClassVar[str] = N_("Let in")
    grants: ClassVar[bool] = True
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that the exhibit may enter until {until}.",
        "ru": "имеет честь сообщить, что экспонат может быть ввезён до {until}.",
        "tr": "eserin {until} tarihine kadar getirilebileceğini bildirmekten onur duyar.",
    }

    until: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed(Answer):
    """Not decided yet."""

    code: ClassVar[str] = "weighed"
    title: ClassVar[str] = N_("Being weighed")
    final: ClassVar[bool] = False

    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan(NoticeKind):
    """A state announces a loan. opens, closes: the exhibition. couriers: a line each."""

    code: ClassVar[str] = "loan.exhibit"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Loan of exhibits")
    articles: ClassVar[tuple[str, ...]] = ("VCDR 3",)
    stands: ClassVar[Stands] = "both"
    sent_by: ClassVar[SentBy] = "sending"
    silence: ClassVar[str] = N_("Silence lets nothing in.")
    clock: ClassVar[Clock | None] = Clock(5, "working_days")
    answers: ClassVar[tuple[type[Answer], ...]] = (Admitted, Weighed)
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to announce the loan “{show}”: {couriers}.",
        "ru": "имеет честь объявить о выставке «{show}»: {couriers}.",
        "tr": "“{show}” sergisini bildirmekten onur duyar: {couriers}.",
    }

    show: Line80
    opens: Day
    closes: Day
    couriers: Annotated[tuple[Courier, ...], MinLen(1), MaxLen(20)]

    def check(self, faults: Faults) -> None:
        """Note an exhibition that closes before it opens."""
        if self.closes.last < self.opens.first:
            rule, remedy = N_("it ends before it begins."), N_("Correct one of the two dates.")
            faults.append(Fault("span", rule, remedy, path=["closes"]))

    def lines(self) -> int:
        """Return the number of couriers."""
        return len(self.couriers)

    def title_line(self) -> str:
        """Return the exhibition."""
        return self.show

    def states(self, day: str) -> tuple[Setting, ...]:
        """Return the exchange that it is part of."""
        return (Setting("exchange/XA-LOANS", "state", {"value": "running", "from": day}),)

    def answer_states(self, line, answer, fields, day) -> tuple[Setting, ...]:
        """Return that the other side lets its person in."""
        said = {"value": "granted", "from": day, "until": fields["until"]}
        return (Setting(f"person/XA-COURIER-{line}", "visa", said),)
'''
COURIERS = [
    {"name": "Elif Lovelace", "passport_no": "AB 1", "exhibit": "A samovar"},
    {"name": "Farid Bartók", "exhibit": "An icon", "crates": 3, "way": "in_a_hold"},
]
FORM = {"show": "Tea and Time", "opens": "2027-05-01", "closes": "2027-09-30"}
SECRETS = ("Lovelace", "Bartók", "AB 1")
DAYS = {"days": [{"day": "2026-11-26", "name": "Harvest"}]}


@pytest.fixture
def dropped_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lay one file beside the product's kinds, in a folder of their package."""
    folder = tmp_path / "beside"
    folder.mkdir()
    (folder / "loan_exhibit.py").write_text(SOURCE, "utf-8")
    monkeypatch.setattr(notice_kinds, "__path__", [*notice_kinds.__path__, str(folder)])
    catalogue.cache_clear()
    yield
    sys.modules.pop(f"{notice_kinds.__name__}.loan_exhibit", None)
    monkeypatch.undo()
    catalogue.cache_clear()


@pytest.fixture
def speaking(dropped_in: None, scene: Scene) -> Scene:
    """Both desks, each of which has told the other that it reads the new kind."""
    del dropped_in
    for node in (scene.pair.a, scene.pair.b):
        assert announce(node, at=node.clock())
    scene.pair.sync()
    return scene


def held(node: Node, notice: str) -> NoticeState:
    found = Current(node.alias, node.catalogue).get(notice)
    assert isinstance(found, NoticeState)
    return found


def told(node: Node, thing: str, field: str, party: str) -> list[Json]:
    """Return what a party states of a field of a register, as a node holds it."""
    found = Current(node.alias, node.catalogue).get(thing)
    assert isinstance(found, Register)
    return [each.value for each in found.stated[party][field]]


def known(node: Node) -> Calendars:
    return Calendars.of(State(Current(node.alias), correspondents(node)))


def form_of(notice: NoticeState) -> object:
    return from_body(newest_kind(notice.kind), notice.fields, notice.id)


def says(scene: Scene, notice: str, *lines: Json) -> None:
    node = scene.pair.b
    row = services.draft_answer(
        node,
        notice=notice,
        data={"lines": list(lines)},
        by=CAST["XB"][0],
        at=node.clock(),
    )
    scene.leaves(row.id, side="b")
    scene.pair.sync()


def agrees_on_a_clock(scene: Scene) -> None:
    for side, node in (("a", scene.pair.a), ("b", scene.pair.b)):
        by, at = CAST[node.party][0], node.clock()
        for row in (
            calendars.draft_calendar(node, year=2026, data=DAYS, by=by, at=at),  # type: ignore[arg-type] # JSON
            calendars.draft_clock(node, kind=KIND, amount=5, unit="working_days", by=by, at=at),
        ):
            scene.leaves(row.id, side=side)
    scene.pair.sync()


def test_it_lives_its_whole_life_on_both_nodes(speaking: Scene) -> None:
    scene, (a, b) = speaking, (speaking.pair.a, speaking.pair.b)
    agrees_on_a_clock(scene)
    note = scene.sends(KIND, couriers=COURIERS, **FORM)
    assert held(a, note) == held(b, note)
    assert held(a, note).clock == Clock(5, "working_days")
    assert [each.person for each in held(b, note).files] == [
        each.number for each in persons_of(form_of(held(b, note)))
    ]
    days = [due(Clock(5, "working_days"), node.clock(), known(node)) for node in (a, b)]
    assert days[0].day == days[1].day
    assert ("Harvest", "Harvest") in [each.names for each in days[0].skipped]
    says(scene, note, {"line": 1, "answer": "let_in", "until": "2027-04-20"},
         {"line": 2, "answer": "weighed"})  # fmt: skip
    assert held(a, note).standing == "interim"
    says(scene, note, {"line": 2, "answer": "let_in", "until": "2027-04-25"})
    assert held(a, note).standing == "answered"
    stated = [told(node, "person/XA-COURIER-2", "visa", "XB") for node in (a, b)]
    assert stated[0] == stated[1] == ["granted"]
    assert [told(node, "exchange/XA-LOANS", "state", "XA") for node in (a, b)] == [["running"]] * 2
    closing = services.draft_close(a, notice=note, data={}, by=CAST["XA"][0], at=a.clock())
    scene.leaves(closing.id)
    scene.pair.sync()
    assert [held(node, note).standing for node in (a, b)] == ["closed", "closed"]
    assert line.state_bytes(a) == line.state_bytes(b)


def test_its_persons_lie_beside_it_and_can_be_erased_while_the_record_stands(
    speaking: Scene,
) -> None:
    scene, (a, b) = speaking, (speaking.pair.a, speaking.pair.b)
    note = scene.sends(KIND, couriers=COURIERS, **FORM)
    (first, second) = held(a, note).files
    assert read_person(files.read(a, first.root))["name"] == "Elif Lovelace"
    before = line.state_bytes(a)
    assert not any(secret.encode() in before for secret in SECRETS)
    row = services.draft_erasure(
        a, notice=note, root=first.root, ground="The courier asked.", by=CAST["XA"][0], at=a.clock()
    )
    scene.leaves(row.id)
    scene.pair.sync()
    with pytest.raises(Refusal) as refused:
        files.read(a, first.root)
    assert refused.value.code == "erased"
    assert read_person(files.read(a, second.root))["name"] == "Farid Bartók"
    assert line.state_bytes(a) == line.state_bytes(b)
    said = held(b, note)
    assert said.erased_by(first.root, "XA") is not None
    assert said.erased_by(first.root, "XB") is None


def test_its_form_page_and_print_are_made_from_the_file_alone(speaking: Scene) -> None:
    scene = speaking
    client = scene.client()
    assert "Loan of exhibits" in client.get("/notices/new/").content.decode()
    form = client.get(f"/notices/new/{KIND}/").content.decode()
    assert all(word in form for word in ("Loan of exhibits", "Show", "Opens", "Couriers"))
    note = scene.sends(KIND, couriers=COURIERS, **FORM)
    place = note.partition("/")[2]
    for address in (f"/notices/{place}/", f"/notices/{place}/print/", "/notices/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "Tea and Time" in page.content.decode()
    assert "{p1.name}" in queries.page(scene.node, note).texts[0].text


def test_the_terminal_says_until_when_as_the_page_does(
    speaking: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    agrees_on_a_clock(speaking)
    note = speaking.sends(KIND, couriers=COURIERS, **FORM)
    line = queries.page(speaking.node, note).line
    show = ["-n", str(speaking.node.home), "notice", "show", note]
    assert main(show) == 0
    said = capsys.readouterr().out
    assert line.due_day is not None
    assert f"Until when: {partial_day(line.due_day.isoformat())}, in " in said
    assert "5 working days of both from the receipt: both sides had accepted this clock" in said
    assert "2026-11-26  XA Harvest, XB Harvest" in said
    assert main([*show, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["due_binding"] is True
    assert told["clock"]["due"]["day"] == line.due_day.isoformat()
    assert told["clock"]["says"][0] in said


def test_a_choice_reads_in_the_words_of_each_language_and_never_as_its_code(
    speaking: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    note = speaking.sends(KIND, couriers=COURIERS, **FORM)
    shown = queries.page(speaking.node, note)
    texts = {text.lang: text.text for text in shown.texts}
    assert "An icon, 3, in the hold" in texts["en"]
    other = {"ru": "в багажном отсеке", "tr": "bagaj bölümünde"}
    assert all(other[lang] in text for lang, text in texts.items() if lang != "en")
    page = speaking.client().get(f"/notices/{note.partition('/')[2]}/").content.decode()
    assert main(["-n", str(speaking.node.home), "notice", "show", note]) == 0
    for said in (page, capsys.readouterr().out):
        assert "In a hold" in said
        assert "in_a_hold" not in said


def test_a_kind_whose_formula_names_a_choice_without_words_is_refused_at_the_start(
    dropped_in: None, tmp_path: Path
) -> None:
    del dropped_in
    name = f"{notice_kinds.__name__}.loan_exhibit"
    sys.modules.pop(name, None)
    (tmp_path / "beside" / "loan_exhibit.py").write_text(SOURCE.replace("WAYS]", "None]"), "utf-8")
    with pytest.raises(TypeError, match=r"no words for the choices in .*ru: couriers"):
        catalogue()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"closes": "2027-04-01"}, "span", id="an end before the beginning"),
        pytest.param({"couriers": []}, "entries", id="nobody"),
        pytest.param({"show": "Tea\u202eemiT"}, "hidden-character", id="writing turned round"),
    ],
)
def test_what_cannot_be_is_refused_in_its_own_words(
    speaking: Scene, change: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        speaking.drafts(KIND, **{"couriers": COURIERS, **FORM, **change})
    assert refused.value.code == code


def test_a_program_that_knows_the_kind_no_more_says_so_on_a_page_and_in_a_terminal(
    speaking: Scene, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    note = speaking.sends(KIND, couriers=COURIERS, **FORM)
    monkeypatch.undo()
    sys.modules.pop(f"{notice_kinds.__name__}.loan_exhibit")
    catalogue.cache_clear()
    page = speaking.client().get(f"/notices/{note.partition('/')[2]}/")
    assert page.status_code == 503
    said = page.content.decode()
    assert main(["-n", str(speaking.node.home), "notice", "show", note]) == 1
    for words in (said, capsys.readouterr().err):
        assert f"it holds {KIND}/1" in words
        assert "Start that version of the program, or a newer one." in words


def test_it_is_not_sent_to_a_node_that_has_not_said_that_it_reads_it(
    dropped_in: None, scene: Scene
) -> None:
    del dropped_in
    with pytest.raises(Refusal) as refused:
        scene.drafts(KIND, couriers=COURIERS, **FORM)
    assert refused.value.code == "not-spoken"
