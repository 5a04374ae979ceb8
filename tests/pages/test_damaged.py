"""A row that a disk or a hand has changed: its page says which and what to run; others work."""

from html import unescape
from typing import Any

import pytest

from legation.line.models import Entry, StandingThing
from legation.line.queries import verify_record
from pages.boards import with_a_board
from pages.conftest import Scene


def cut_short(notice: str) -> str:
    """Let the disk lose most of an entry's opening; return what the row is called."""
    row = Entry.objects.get(on=notice)
    Entry.objects.filter(pk=row.pk).update(opening=bytes(row.opening)[:40])
    return f"line_entry own {row.index} ({notice})"


def flipped(thing: str) -> str:
    """Flip a bit in the middle of a thing of the state; return what the row is called."""
    row = StandingThing.objects.get(id=thing)
    column = "settled" if row.tail is None else "tail"
    data = bytearray(getattr(row, column))
    data[len(data) // 2] ^= 0x80
    StandingThing.objects.filter(id=thing).update(**{column: bytes(data)})
    return thing


def told(answer: Any) -> str:
    return " ".join(unescape(answer.content.decode()).split())


@pytest.mark.parametrize("changed", [cut_short, flipped], ids=["of the log", "of the state"])
def test_a_notice_whose_row_was_changed_says_which_row_and_others_are_shown(
    scene: Scene, changed: Any
) -> None:
    notice, other = scene.sends(), scene.sends()
    row = changed(notice)
    client = scene.client()
    answer = client.get(f"/notices/{notice.partition('/')[2]}/")
    assert answer.status_code == 500
    assert f"The node's database, at {row}: what stands there is not what" in told(answer)
    assert "Run `legation doctor`" in told(answer)
    for page in ("/", "/notices/", f"/notices/{other.partition('/')[2]}/", "/posts/", "/line/"):
        assert client.get(page).status_code == 200, page
    assert not verify_record(scene.node).ok


def test_a_list_with_a_changed_row_names_it_and_the_board_does_too(scene: Scene) -> None:
    with_a_board(scene)
    flipped("post/XA-BEX")
    client = scene.client()
    for page in ("/posts/", "/posts/XA-BEX/", "/readiness/"):
        answer = client.get(page)
        assert answer.status_code == 500, page
        assert "The node's database, at post/XA-BEX" in told(answer), page
    for page in ("/", "/notices/", "/premises/", "/record/", "/line/"):
        assert client.get(page).status_code == 200, page
