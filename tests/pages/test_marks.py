"""Planted marks: what is ours only, in every field of every table, leaves on no paper and no line.

The models are looked up, and so are the addresses: a new table needs a row in `filled`, a new
page needs what stands in its address. What a sheet for our own desk holds, it says on itself.
"""

import io
import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pypdfium2
import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import URLPattern, get_resolver, reverse
from pytest_django.plugin import DjangoDbBlocker

from legation.cli.main import main
from legation.line.export import export_record, export_tiles
from legation.missions import dossier
from legation.missions.models import ChronicleEntry
from legation.missions.persons.models import Import, Person
from legation.missions.services.own import note_own
from legation.notices.drafting.models import Template, Words
from legation.officers.models import DeskSession, Draft, Officer, Role, Scan
from legation.officers.sheets.writing import to_csv
from legation.web.logs import WithoutContent
from line.test_export_ours_only import readable
from officers.intake import files
from pages.conftest import ROLES, Scene, a_note, open_scene
from pages.test_chronicle import a_dossier
from pages.test_ours_only import Paper
from pages.test_paper import handed, replied

MARK: Final = "zeppelin"
NUMBER: Final = 2718

SHARED: Final = {
    # What both sides hold, and how it is carried: rows of the record and what is drawn from it.
    "line.Peer", "line.Log", "line.Entry", "line.Tile", "line.StandingThing", "line.Evidence",
    "line.KeysDocumentRow", "line.OldCheckpoint", "line.CarrierState", "line.HeartbeatSlot",
    "line.RefusalCount", "line.HeldFile", "line.FileMention", "missions.Post",
    "missions.Premises", "missions.Slot", "missions.Person", "missions.Limit", "missions.Channel",
    "missions.Licence", "missions.Service", "missions.Exchange", "missions.Regime",
    "missions.Threshold", "missions.Calendar", "missions.Contest", "notices.NoticeLink",
    "snapshots.Changed",
    # Tables of Django and allauth that the desk leaves empty, or whose words are Django's own.
    "auth.Permission", "auth.Group", "contenttypes.ContentType", "account.EmailAddress",
    "account.EmailConfirmation", "sessions.Session",
}  # fmt: skip
"""Tables whose words are no secret of ours. A table that is new is ours only until it is here."""

NO_WORDS: Final = {
    # Keys, codes and hashes, which are compared and never written by hand; days; names of
    # officers, for which `test_ours_only` looks.
    "line.BookEntry": "party leaf type on at held void entered_by number",
    "line.Delivery": "thing on scan entered_by",
    "search.Document": "key kind page arg party posts writer",
    "officers.Officer": "password username folded_name roles post token_hash expelled_by"
    " signing_key",
    "officers.DeskSession": "key way place",
    "officers.Recovery": "first_by first_hash second_by second_hash",
    "officers.Draft": "authors posts drafted_by cleared_by cleared_hash released_by discarded_by",
    "officers.DraftAct": "type on re salt_b numbered_post",
    "officers.AuditRow": "by what about",
    "officers.Scan": "thing root what added_by dropped_by",
    "notices.Notice": "by addressee kind post to number said asked_by move clock reference",
    "drafting.Version": "draft hash by",
    "drafting.Words": "draft by began why",
    "drafting.Opening": "draft by",
    "drafting.Translation": "draft lang by",
    "drafting.Template": "kind by",
    "missions.ChronicleEntry": "section key on loaded_by",
    "missions.FactLink": "fact thing linked_by",
    "missions.OwnStatement": "thing prefix sending receiving field origin ref entered_by struck_by",
    "missions.OwnThreshold": "entered_by",
    "persons.Person": "category nationality born expires post added_by changed_by",
    "persons.Import": "by state",
    "desk.SavedFilter": "officer",
}
OWN: Final[tuple[tuple[str, str, Any], ...]] = (
    ("post/XA-OWN", "name", "Embassy Wye"), ("post/XA-OWN", "needed", NUMBER),
    ("post/XA-OWN", "coordinates", {"lat": "27.18", "lon": "27.18"}),
    ("slot/XA-OWN", "function", "First Secretary"),
    ("person/XA-OWN", "function", "First Secretary"),
    ("limit/XB-OWN", "rule", "No more than so many"), ("channel/XA-OWN", "bank", "A bank in Wye"),
    ("channel/XA-OWN", "monthly_need", {"amount": NUMBER, "currency": "EUR"}),
    ("licence/XB-OWN", "name", "Licence of Wye"), ("service/XA-OWN", "moved_to", "To another city"),
    ("exchange/XA-OWN", "name", "Exchange of poets"),
)  # fmt: skip
"""What we know of a thing of each register, and have not stated."""
FREE: Final = {"CharField", "TextField", "JSONField", "BinaryField"}


def models() -> Iterator[type[Model]]:
    """Every table whose words are ours only."""
    return (each for each in apps.get_models() if each._meta.label not in SHARED)


def free(model: type[Model]) -> set[str]:
    """Return the fields of a table that hold words."""
    known = set(NO_WORDS.get(model._meta.label, "").split())
    found = {each.name for each in model._meta.concrete_fields if _is_free(each)}
    assert known <= found, (model, known - found)
    return found - known


def _is_free(field: Any) -> bool:
    return field.get_internal_type() in FREE and not field.primary_key | bool(field.choices)


def planted(value: Any) -> Any:
    """Return a value with the mark behind every run of words; what has no space is a code."""
    if isinstance(value, dict):
        return {key: planted(each) for key, each in value.items()}
    if isinstance(value, list):
        return [planted(each) for each in value]
    return f"{value} {MARK}" if isinstance(value, str) and " " in value else value


def plant(model: type[Model]) -> None:
    """Put the mark into every field of every row; what is no text bears it from the beginning."""
    rows = model._default_manager.all()
    for row in rows.filter(ours_only=True) if model._meta.label == "notices.Notice" else rows:
        for name in free(model):
            value = getattr(row, name)
            if isinstance(value, str):
                field: Any = row._meta.get_field(name)
                most = field.max_length or 1_000
                setattr(row, name, f"{value[: most - len(MARK) - 1]} {MARK}")
            elif not isinstance(value, bytes | memoryview):
                setattr(row, name, planted(value))
        row.save()


def bare(model: type[Model]) -> set[str]:
    """Return the fields of a table in which no row bears the mark."""
    rows = list(model._default_manager.all())
    return {
        f"{model._meta.label}.{name}"
        for name in free(model)
        if not any(_bears(getattr(row, name)) for row in rows)
    }


def _bears(value: Any) -> bool:
    if isinstance(value, bytes | memoryview):
        return MARK.encode() in bytes(value)
    return MARK in json.dumps(value, ensure_ascii=False)


def filled(scene: Scene) -> Mapping[str, str]:
    """Fill every table that is ours only, as officers do; return what stands in addresses."""
    Officer.objects.filter(username=ROLES["drafts"]).update(roles=Role.values)
    ada, gil = scene.client(), ROLES["runs"]
    dossier.load(scene.node, a_dossier(), by=ROLES["drafts"], at=scene.node.clock())
    fact = ChronicleEntry.objects.filter(section="facts")[0].key
    notice = scene.sends().partition("/")[2]
    for thing, field, value in OWN:
        note_own(
            scene.node,
            thing=thing,
            sending="XA",
            receiving="XB",
            field=field,
            statement={"value": value},
            origin="officer",
            by=ROLES["drafts"],
            at=scene.node.clock(),
        )
    assert ada.post(f"/chronicle/link/{fact}/", {"to": f"notice/{notice}"}).status_code == 302
    for where, said in (
        ("delivery", handed(place=f"At {MARK}", stamp=MARK)),
        ("reply", replied(paper__number=f"N {MARK}", reply=f"A {MARK}")),
    ):
        assert ada.post(f"/notices/{notice}/{where}/", said).status_code == 302
    came = {**a_note(message=MARK), "post": "post/XB-MFA", "paper__number": "B-7"}
    came |= {"paper__on": "2026-11-20", "paper__received_on": "2026-11-22", "paper__place": MARK}
    theirs = ada.post("/notices/came/note/", came)["Location"].split("/")[-2]
    scan = {"file": SimpleUploadedFile(f"a {MARK}.pdf", files.document()), "what": "reply"}
    assert ada.post(f"/notices/{notice}/files/", scan).status_code == 302
    texts = [
        {"lang": "en", "role": "original", "text": f"A {MARK}."},
        {"lang": "ru", "role": "courtesy", "text": f"{MARK}."},
    ]
    draft = scene.drafts(subject=f"A {MARK}", message=f"The {MARK}.", texts=texts).split("/")[1]
    there = {"file": SimpleUploadedFile(f"b {MARK}.pdf", files.document())}
    assert ada.post(f"/drafts/{draft}/files/", there).status_code == 302
    ada.get(f"/notices/draft/{draft}/change/")
    ada.post("/notices/templates/", {"draft": draft, "title": MARK})
    stale = {"began": "0" * 64, "subject": f"My {MARK}", "message": f"My own {MARK}"}
    ada.post(f"/notices/draft/{draft}/change/", {**stale, "post": "post/XA-MFA"})
    person = {"name": f"Ayşe {MARK}", "passport": "U 123", "function": f"Chief {MARK}"}
    ada.post("/persons/new/", person)
    csv = to_csv(["Name as in passport", "Rank"], [[f"Can {MARK}", MARK]])
    ada.post("/persons/import/", {"file": SimpleUploadedFile(f"{MARK}.csv", csv)})
    ada.post("/saved/", {"name": MARK, "query": f"text={MARK}"})
    ada.post("/readiness/thresholds/own/", {"name": "visa_strained", "value": "37"})
    ada.post("/officers/recovery/", {"name": gil})
    scene.signs_in(scene.stranger(), "drafts")
    key = {"name": f"My {MARK}", "credential": {"clientExtensionResults": {}}}
    Authenticator.objects.create(user_id=1, type=Authenticator.Type.WEBAUTHN, data=key)
    return {"notice": notice, "draft": draft, "fact": fact, "came": theirs}


# --- every address that the node answers


def routes(resolver: Any = None, space: str = "", taken: Any = ()) -> Iterator[Any]:
    """Every named address, with the names of what stands in it and what is given besides."""
    for each in (resolver or get_resolver()).url_patterns:
        params = [*taken, *each.pattern.converters, *each.pattern.regex.groupindex]
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}", dict.fromkeys(params), each.default_args
        else:
            yield from routes(each, f"{each.namespace}:" if each.namespace else space, params)


def addresses(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every address by its name, with something in it that the desk holds."""
    draft = Draft.objects.get(id=f"draft/{names['draft']}")
    (ref,) = json.loads(bytes(draft.acts.all()[0].body))["files"]
    common = {
        "number": 1, "index": 0, "side": "own", "code": "note", "form": "csv", "lang": "en",
        "template": Template.objects.all()[0].id, "words": Words.objects.all()[0].id,
        "session": DeskSession.objects.all()[0].id, "pk": Authenticator.objects.all()[0].pk,
        "measure": "visas", "by": "XA", "prefix": "post", "field": "name", "name": "rounds",
    }  # fmt: skip
    ours = {**common, "key": names["notice"], "root": Scan.objects.all()[0].root}
    drafted = {**common, "key": names["draft"], "root": ref["root"]}
    person = {**common, "key": Person.objects.all()[0].id.split("/")[1]}
    person["number"] = Import.objects.all()[0].id
    of_draft = {"draft-pdf", "edit", "draft-persons", "translated"}
    known = {"notices": ours, "officers": drafted, "persons": person, "officers_door": common}
    for name, params, given in routes():
        space, _, short = name.rpartition(":")
        values = drafted if space == "notices" and short in of_draft else known.get(space, common)
        if short == "correct-note":
            values = {**common, "key": names["came"]}
        if space == "missions":
            values = {**common, **of_register(short, given, names)}
        if short == "expel":
            values = {**common, "name": ROLES["audits"]}
        yield name, reverse(name, kwargs={each: values[each] for each in params})
    for part in ("", "print/", "note.pdf", "reply/", "delivery/", "answers/"):
        yield f"theirs on paper: {part}", f"/notices/{names['came']}/{part}"


def of_register(short: str, given: Any, names: Mapping[str, str]) -> Mapping[str, str]:
    """Return the key of something that we know of in that register."""
    if short in {"fact", "link"}:
        return {"key": names["fact"]}
    prefix = given.get("prefix", "premises" if short == "building" else "post")
    known = [thing for thing, _, _ in OWN if thing.startswith(f"{prefix}/")]
    return {"key": known[0].split("/")[1] if known else "V1"}


def body(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else bytes(answer.content)


def paper_of(answer: Any) -> str:
    """Return what a reader makes of an answer: of a page, what its print would hold."""
    kind, data = answer.headers.get("Content-Type", ""), body(answer)
    if kind.startswith("application/pdf"):
        document = pypdfium2.PdfDocument(data)
        return "\n".join(each.get_textpage().get_text_bounded() for each in document)
    if kind.startswith("text/html"):
        page = Paper()
        page.feed(data.decode())
        return " ".join([data.decode().partition("</title>")[0], *page.words])
    return data.decode("utf-8", errors="replace")


def holds(words: str) -> bool:
    return MARK in words.lower() or re.search(rf"\b{NUMBER}\b", words) is not None


@dataclass
class Walk:
    """What the desk said at every address. papers: address -> words; unlike: those to strangers."""

    scene: Scene
    said: dict[str, Any]
    strangers: dict[str, str]
    log: str


@pytest.fixture(scope="module")
def walk(
    templates: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Walk]:
    """A desk with the mark in every field that is ours only, and every answer it gives."""
    with django_db_blocker.unblock():
        for scene in open_scene(templates, tmp_path_factory.mktemp("marks")):
            names = filled(scene)
            for model in models():
                plant(model)
            stream = io.StringIO()
            handler = logging.StreamHandler(stream)
            handler.setFormatter(WithoutContent())
            root, before = logging.getLogger(), logging.getLogger().level
            root.addHandler(handler)
            root.setLevel(logging.DEBUG)
            client, stranger = scene.client(raise_request_exception=False), scene.stranger()
            every = dict(addresses(names))
            yield Walk(
                scene=scene,
                said={each: client.get(each) for each in every.values()},
                strangers={each: body(stranger.get(each)).decode() for each in every.values()},
                log=stream.getvalue(),
            )
            root.removeHandler(handler)
            root.setLevel(before)


def test_every_field_that_is_ours_only_bears_the_mark(walk: Walk) -> None:
    del walk
    assert {name for model in models() for name in bare(model)} == set()


def test_no_print_no_file_and_no_error_page_holds_a_mark_but_what_says_that_it_is_ours(
    walk: Walk,
) -> None:
    found = {}
    for address, answer in walk.said.items():
        assert answer.status_code < 500, address
        words = paper_of(answer)
        name = answer.headers.get("Content-Disposition", "")
        if holds(words) and "OURS ONLY" not in words and "OURS-ONLY" not in name:
            place = words.lower().find(MARK)
            found[address] = words[max(0, place - 60) : place + 20]
    assert found == {}
    assert sum(answer.status_code == 200 for answer in walk.said.values()) > 90


def test_a_stranger_reads_no_mark_anywhere(walk: Walk) -> None:
    assert {each for each, said in walk.strangers.items() if holds(said)} == set()


def test_no_line_of_the_log_holds_a_mark(walk: Walk) -> None:
    assert walk.log.count("route=") > 200
    assert not holds(walk.log)


def test_no_export_and_nothing_that_the_other_side_holds_bears_a_mark(
    walk: Walk, tmp_path: Path
) -> None:
    scene = walk.scene
    scene.sends(subject="Another note")
    node, there = scene.node, scene.pair.b.home
    folders = [export_record(node, tmp_path / "record", at=node.clock()).path, there]
    folders += [
        export_tiles(node, tmp_path / log, log=log, with_openings=True).path
        for log in ("own", "peer")
    ]
    held = {
        file: [file.read_bytes(), *readable(file.relative_to(folder).as_posix(), file.read_bytes())]
        for folder in folders
        for file in folder.rglob("*")
        if file.is_file()
    }
    assert any(b"Another note" in part for parts in held.values() for part in parts)
    assert {
        file.name for file, parts in held.items() if any(MARK.encode() in part for part in parts)
    } == set()


@pytest.mark.parametrize("what", ["board", "ledger", "payments"])
def test_what_both_sides_hold_is_told_without_a_mark(
    walk: Walk, what: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["-n", str(walk.scene.node.home), what, "--shared", "--json"]) == 0
    said = capsysbinary.readouterr().out.decode()
    assert said
    assert not holds(said)
