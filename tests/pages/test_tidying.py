"""What a node lets go of by itself: files that nothing names, and words that nobody took up."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from legation.cli.daily import Daily
from legation.desk.services.tidying import tidy
from legation.errors import Refusal
from legation.line.models import Delivery, HeldFile
from legation.line.node import Node
from legation.line.queries.files import holding, read
from legation.line.services import files as store
from legation.missions.persons import services as persons
from legation.notices.drafting import services as beside
from legation.notices.drafting.models import Words
from officers.intake import files
from pages.conftest import Scene
from pages.test_alike import a_member

OLD = store.UNUSED_AFTER * 2


def tidies(scene: Scene) -> dict[str, int]:
    return tidy(scene.node, at=scene.node.clock())


def loose(node: Node, words: bytes) -> str:
    return store.stage(node, words, name="x", media_type="text/plain", at=node.clock()).root.text


def attached(scene: Scene, draft: str, data: bytes) -> None:
    sent = {"file": SimpleUploadedFile("x.png", data)}
    scene.client().post(f"/drafts/{draft.partition('/')[2]}/files/", sent)


def test_what_something_names_stays_and_the_rest_goes_a_day_later(scene: Scene) -> None:
    scene.drafts("visa.staff", persons=[a_member("Ada Lovelace")])
    (of_the_draft,) = HeldFile.objects.values_list("root", flat=True)
    notice = scene.sends("visa.staff", persons=[a_member("Ada King")])
    key = notice.partition("/")[2]
    sent = {"file": SimpleUploadedFile("x.png", files.png()), "what": "reply"}
    scene.client().post(f"/notices/{key}/files/", sent)
    handed = loose(scene.node, b"stamped")
    Delivery.objects.create(
        thing=notice, on="2026-11-23", at=scene.node.clock(), place="here", by_whom="Ada",
        scan={"root": handed}, entered_by="Ada", entered_at=scene.node.clock(),
    )  # fmt: skip
    nobodys = loose(scene.node, b"nobody's")
    assert tidies(scene)["files"] == 0, "it may belong to a form that is not saved yet"
    scene.passes(OLD)
    before = set(HeldFile.objects.values_list("root", flat=True))
    assert tidies(scene)["files"] == 1
    after = set(HeldFile.objects.values_list("root", flat=True))
    assert before - after == {nobodys}
    assert {of_the_draft, handed} <= after
    assert read(scene.node, handed) == b"stamped"


def test_a_draft_given_up_takes_its_persons_data_with_it_at_once(scene: Scene) -> None:
    draft = scene.drafts("visa.staff", persons=[a_member("Ada Lovelace")])
    attached(scene, draft, files.png())
    assert HeldFile.objects.count() == 2
    scene.client().post(f"/drafts/{draft.partition('/')[2]}/discard/")
    assert not HeldFile.objects.exists()
    assert scene.client().get(f"/drafts/{draft.partition('/')[2]}/").status_code == 200


def test_a_file_of_two_drafts_outlives_the_one_that_is_given_up(scene: Scene) -> None:
    one, other = scene.drafts(), scene.drafts()
    for draft in (one, other):
        attached(scene, draft, files.png())
    (root,) = HeldFile.objects.values_list("root", flat=True)
    scene.client().post(f"/drafts/{one.partition('/')[2]}/discard/")
    held = holding(scene.node, root)
    assert held is not None
    assert held.complete
    scene.client().post(f"/drafts/{other.partition('/')[2]}/discard/")
    assert holding(scene.node, root) is None


def test_what_was_erased_for_good_is_still_known_as_erased(scene: Scene) -> None:
    root = loose(scene.node, b"a slip")
    store.erase(scene.node, root, at=scene.node.clock())
    scene.passes(OLD)
    tidies(scene)
    with pytest.raises(Refusal, match="destroyed here"):
        loose(scene.node, b"a slip")


def keeps(scene: Scene, draft: str, name: str = "Ada Lovelace") -> None:
    data: Any = {"persons": [{"name": name}]}
    beside.keep_words(
        scene.node, draft_id=draft, began="0" * 64, why="edited-since", data=data, by="Ada",
        at=scene.node.clock(),
    )  # fmt: skip


@pytest.mark.parametrize("end", ["released", "discarded"])
def test_words_kept_aside_go_with_their_draft_after_a_day(scene: Scene, end: str) -> None:
    draft, open_one = scene.drafts(), scene.drafts()
    keeps(scene, draft)
    keeps(scene, open_one)
    if end == "released":
        scene.leaves(draft)
    else:
        scene.client().post(f"/drafts/{draft.partition('/')[2]}/discard/")
    assert tidies(scene)["words"] == 0, "who was in it still finds them"
    scene.passes(timedelta(days=1, minutes=1))
    assert tidies(scene)["words"] == 1
    assert Words.objects.get().draft == open_one


def test_words_that_nobody_takes_up_go_after_thirty_days(scene: Scene) -> None:
    keeps(scene, scene.drafts())
    scene.passes(timedelta(days=29))
    assert tidies(scene)["words"] == 0
    scene.passes(timedelta(days=2))
    assert tidies(scene)["words"] == 1
    assert not Words.objects.exists()


def kept_in(node: Node, word: bytes) -> int:
    """Return how often the files of the database hold a word."""
    return sum(path.read_bytes().lower().count(word) for path in node.home.glob("db.sqlite3*"))


def test_no_file_of_the_database_keeps_a_name_that_was_deleted(scene: Scene) -> None:
    given = {"name": "Zolobanda Ada", "passport": "U123456", "born": "1985-04-23"}
    at = scene.node.clock()
    person = persons.add(scene.node, given=given, by="Ada", at=at)
    keeps(scene, scene.drafts(), "Zolobanda Ada")
    for number in range(9):
        scene.drafts(subject=f"Fence {number}")
    assert kept_in(scene.node, b"oloband")
    persons.remove(scene.node, person=person, by="Ada", at=at)
    scene.passes(timedelta(days=31))
    tidies(scene)
    assert kept_in(scene.node, b"oloband") == 0
    assert scene.client().get("/find/?q=fence").status_code == 200


def test_the_daily_work_goes_on_after_a_fault_and_stops_when_told(scene: Scene) -> None:
    done, twice = [], threading.Event()

    def work() -> dict[str, int]:
        done.append(1)
        if len(done) == 1:
            raise OSError(28, "full")
        twice.set()
        return tidies(scene)

    daily = Daily(work, alias="default", first=0.01, every=0.01)
    daily.start()
    assert twice.wait(20)
    daily.stop()
    count = len(done)
    assert not threading.Event().wait(0.1)
    assert len(done) == count
