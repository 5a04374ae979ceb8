"""Bundles cross on a stick: whole or not at all, and nothing but plain files is read."""

import errno
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legation.errors import N_, Refusal
from legation.line.carriers.folder import FolderCarrier

RECORD = "0123456789abcdef"
SMALL, MIDDLE = 4_096, 16_384


def a_bundle(first: int, size: int = SMALL) -> bytes:
    """Stand-in for sealed bytes: these tests open it by reading the number in front."""
    return first.to_bytes(4, "big") + os.urandom(size - 4)


def first_of(bundle: bytes) -> int:
    return int.from_bytes(bundle[:4], "big")


@dataclass
class Stick:
    path: Path
    refused: list[Refusal] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.a = self.end("XA", "XB")
        self.b = self.end("XB", "XA")

    def end(self, own: str, peer: str) -> FolderCarrier:
        return FolderCarrier(
            self.path, record=RECORD, own=own, peer=peer, refused=self.refused.append
        )

    def of(self, party: str) -> Path:
        return self.path / RECORD / party

    def files(self, party: str) -> list[str]:
        return sorted(path.name for path in self.of(party).iterdir())

    def taken(self, end: FolderCarrier | None = None) -> list[bytes]:
        return [found.bundle for found in (end or self.b).take(first_of)]

    def codes(self) -> list[str]:
        return sorted(refusal.code for refusal in self.refused)


@pytest.fixture
def stick(tmp_path: Path) -> Stick:
    return Stick(tmp_path)


def name_of(bundle: bytes) -> str:
    return hashlib.sha256(bundle).hexdigest() + ".bundle"


def put(place: Path, bundle: bytes, name: str = "") -> Path:
    place.mkdir(parents=True, exist_ok=True)
    path = place / (name or name_of(bundle))
    path.write_bytes(bundle)
    return path


def test_a_bundle_left_by_one_side_is_taken_by_the_other(stick: Stick) -> None:
    bundle = a_bundle(0)
    assert stick.a.leave([bundle]) == (name_of(bundle),)
    assert (stick.of("XA") / name_of(bundle)).read_bytes() == bundle
    assert stick.taken() == [bundle]
    assert stick.taken(stick.a) == []
    assert stick.refused == []


def test_bundles_are_taken_by_the_first_entry_they_carry(stick: Stick) -> None:
    bundles = [a_bundle(first, MIDDLE) for first in (128, 0, 64, 200, 7)]
    stick.a.leave(bundles)
    assert [first_of(bundle) for bundle in stick.taken()] == [0, 7, 64, 128, 200]


def test_a_new_set_replaces_the_old_one_and_leaves_the_peers_files_alone(stick: Stick) -> None:
    theirs = a_bundle(0)
    stick.b.leave([theirs])
    old, kept, new = a_bundle(0), a_bundle(1), a_bundle(2)
    stick.a.leave([old, kept])
    stick.a.leave([new], keep=[name_of(kept)])
    assert stick.files("XA") == sorted([name_of(kept), name_of(new)])
    assert stick.files("XB") == [name_of(theirs)]


def test_what_is_settled_is_not_given_again_and_what_is_not_is(stick: Stick) -> None:
    stick.a.leave([a_bundle(0), a_bundle(1)])
    first, _ = stick.b.take(first_of)
    stick.b.settle(first.name)
    assert [first_of(bundle) for bundle in stick.taken()] == [1]


def test_nothing_is_found_before_the_other_side_left_anything(stick: Stick) -> None:
    assert stick.taken() == []
    assert not (stick.path / RECORD).exists()


def test_a_stick_that_is_not_there_is_refused_and_not_made(tmp_path: Path) -> None:
    stick = Stick(tmp_path / "stick")
    with pytest.raises(Refusal, match="Put the stick in") as caught:
        stick.a.leave([a_bundle(0)])
    assert caught.value.code == "folder"
    with pytest.raises(Refusal):
        stick.taken()
    assert not stick.path.exists()


@pytest.mark.parametrize("place", [RECORD, f"{RECORD}/XA"], ids=["record", "party"])
def test_a_folder_that_is_a_link_is_not_followed(stick: Stick, tmp_path: Path, place: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "XA").mkdir(parents=True)
    put(elsewhere / "XA", a_bundle(0))
    put(elsewhere, a_bundle(0))
    (stick.path / place).parent.mkdir(exist_ok=True)
    (stick.path / place).symlink_to(elsewhere)
    for attempt in (stick.taken, lambda: stick.a.leave([a_bundle(1)])):
        with pytest.raises(Refusal) as caught:
            attempt()
        assert caught.value.code == "folder"
    assert len(list(elsewhere.rglob("*.bundle"))) == 2


def test_links_devices_and_pipes_are_never_opened(stick: Stick, tmp_path: Path) -> None:
    secret = put(tmp_path / "secret", a_bundle(0))
    place = stick.of("XA")
    place.mkdir(parents=True)
    names = [hashlib.sha256(bytes([n])).hexdigest() + ".bundle" for n in range(5)]
    (place / names[0]).symlink_to(secret)
    os.link(secret, place / name_of(secret.read_bytes()))
    os.mkfifo(place / names[1])  # opening it would wait for ever
    (place / names[2]).mkdir()
    (place / names[3]).symlink_to("/dev/zero")
    (place / names[4]).symlink_to(place / names[4])
    assert stick.taken() == []
    assert stick.codes() == ["folder-link"] * 6
    assert len(stick.files("XA")) == 6


def test_a_refused_file_is_counted_once_and_read_again_when_it_changes(stick: Stick) -> None:
    whole = a_bundle(0)
    torn = put(stick.of("XA"), whole[:-1] + b"?", name_of(whole))
    assert [stick.taken(), stick.taken()] == [[], []]
    assert stick.codes() == ["torn"]
    torn.write_bytes(whole)
    os.utime(torn, ns=(1, 1))
    assert stick.taken() == [whole]


@pytest.mark.parametrize(
    ("cut", "code"),
    [(0, "size"), (1, "size"), (SMALL - 1, "size"), (SMALL + 1, "size"), (2_000_000, "size")],
)
def test_a_copy_cut_short_or_grown_is_refused_by_its_size_and_left(
    stick: Stick, cut: int, code: str
) -> None:
    whole = a_bundle(0)
    path = put(stick.of("XA"), (whole * 500)[:cut], name_of(whole))
    assert stick.taken() == []
    assert stick.codes() == [code]
    assert path.exists()


def test_one_torn_copy_does_not_hide_the_others(stick: Stick) -> None:
    bundles = [a_bundle(n) for n in range(3)]
    stick.a.leave(bundles)
    (stick.of("XA") / name_of(bundles[1])).write_bytes(bytes(SMALL))
    assert stick.taken() == [bundles[0], bundles[2]]
    assert stick.codes() == ["torn"]


def test_a_bundle_that_does_not_open_is_counted_once_and_left(stick: Stick) -> None:
    stick.a.leave([a_bundle(3), a_bundle(4)])

    def open_only_the_fourth(bundle: bytes) -> int:
        if first_of(bundle) != 4:
            raise Refusal("sealed", thing=N_("It"), rule=N_("is not."), remedy=N_("Wait."))
        return 4

    for _ in range(2):
        assert [first_of(f.bundle) for f in stick.b.take(open_only_the_fourth)] == [4]
    assert stick.codes() == ["sealed"]
    assert len(stick.files("XA")) == 2


STRANGE_NAMES = ["x.bundle", "A" * 64 + ".bundle", ".bundle", "é.bundle", "0" * 63 + ".bundle"]


@pytest.mark.parametrize("name", STRANGE_NAMES)
def test_a_file_with_a_strange_name_is_refused(stick: Stick, name: str) -> None:
    put(stick.of("XA"), a_bundle(0), name)
    assert stick.taken() == []
    assert stick.codes() == ["torn"]


def test_a_link_with_a_strange_name_is_called_a_link(stick: Stick) -> None:
    folder = put(stick.of("XA"), b"", "no bundle").parent
    (folder / "x.bundle").symlink_to("/etc/passwd")
    (folder / "y.bundle").mkdir()
    assert stick.taken() == []
    assert stick.codes() == ["folder-link", "folder-link"]


@pytest.mark.parametrize("name", ["notes.txt", ".Trash", "a.bundle.tmp", "System Volume"])
def test_what_a_drive_puts_there_by_itself_is_passed_over(stick: Stick, name: str) -> None:
    put(stick.of("XA"), b"hello", name)
    assert stick.taken() == []
    assert stick.refused == []


def test_only_plain_files_of_our_own_form_are_pruned(stick: Stick, tmp_path: Path) -> None:
    place = stick.of("XA")
    theirs = [
        put(place, b"a letter", "letter.txt"),
        put(place / ("0" * 64 + ".bundle"), b"deep", "deep"),
    ]
    link = place / ("1" * 64 + ".bundle")
    link.symlink_to(put(tmp_path, b"secret", "secret"))
    cut_short = put(place, b"half", "." + "2" * 64 + ".tmp")
    stick.a.leave([a_bundle(0)])
    assert all(path.exists() for path in theirs)
    assert link.is_symlink()
    assert not cut_short.exists()


def test_writing_again_after_a_cut_at_the_same_name_works(stick: Stick) -> None:
    bundle = a_bundle(0)
    put(stick.of("XA"), b"half", f".{name_of(bundle)[:64]}.tmp")
    stick.a.leave([bundle])
    assert stick.files("XA") == [name_of(bundle)]


class FullStick:
    """Stands for a file system with room for so many bytes of files."""

    def __init__(self, room: int, watched: Path) -> None:
        self.room = room
        self.watched = watched
        self.really_write = os.write

    def used(self) -> int:
        return sum(path.stat().st_size for path in self.watched.rglob("*") if path.is_file())

    def write(self, handle: int, data: memoryview) -> int:
        if self.used() + len(data) > self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self.really_write(handle, data)


def test_a_full_stick_is_refused_and_holds_no_half_file(
    stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "write", FullStick(SMALL, stick.path).write)
    stick.a.leave([a_bundle(0)])
    new = [a_bundle(1), a_bundle(2)]
    with pytest.raises(Refusal, match="Nothing is lost") as caught:
        stick.a.leave(new)
    assert caught.value.code == "folder-full"
    assert stick.files("XA") == [name_of(new[0])]
    assert stick.taken() == [new[0]]


def test_on_a_full_stick_our_older_files_make_room(
    stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "write", FullStick(2 * SMALL, stick.path).write)
    stick.a.leave([a_bundle(0), a_bundle(1)])
    newer = [a_bundle(2), a_bundle(3)]
    stick.a.leave(newer)
    assert stick.files("XA") == sorted(map(name_of, newer))


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The order in which files are synced, renamed and deleted."""
    seen: list[str] = []
    sync, rename, unlink = os.fsync, os.rename, os.unlink

    def fsync(handle: int) -> None:
        seen.append("sync folder" if Path(f"/proc/self/fd/{handle}").is_dir() else "sync file")
        sync(handle)

    def renamed(*names: object, **places: object) -> None:
        seen.append("rename")
        rename(*names, **places)  # type: ignore[arg-type]  # passed on

    def unlinked(name: str, *, dir_fd: int) -> None:
        try:
            unlink(name, dir_fd=dir_fd)
        finally:
            if not name.startswith("."):
                seen.append("delete")

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "rename", renamed)
    monkeypatch.setattr(os, "unlink", unlinked)
    return seen


def test_a_file_is_synced_before_it_appears_and_its_folder_before_the_old_one_goes(
    stick: Stick, events: list[str]
) -> None:
    stick.a.leave([a_bundle(0)])
    events.clear()
    stick.a.leave([a_bundle(1)])
    assert events == ["sync file", "rename", "sync folder", "delete"]


def test_two_nodes_under_different_users_can_share_a_drive(stick: Stick) -> None:
    stick.path.chmod(0o777)
    stick.a.leave([a_bundle(0)])
    assert (stick.path / RECORD).stat().st_mode & 0o777 == 0o777
    assert stick.of("XA").stat().st_mode & 0o777 == 0o755
    (file,) = stick.of("XA").iterdir()
    assert file.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("record", ["..", "", "a/b", ".", "a\0b"])
def test_a_place_that_would_lead_elsewhere_is_no_place(tmp_path: Path, record: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - a fault of ours, not of a user
        FolderCarrier(tmp_path, record=record, own="XA", peer="XB", refused=print)


Files = st.lists(
    st.tuples(
        st.sampled_from(["0" * 64 + ".bundle", "f" * 64 + ".bundle", "x.bundle", "y"]),
        st.binary(max_size=50) | st.just(bytes(SMALL)),
    ),
    max_size=4,
)


@given(files=Files)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_files_of_the_peer_break_the_reader(
    files: Sequence[tuple[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    stick = Stick(tmp_path_factory.mktemp("stick"))
    for name, data in files:
        put(stick.of("XA"), data, name)
    good = a_bundle(0)
    put(stick.of("XA"), good)
    assert stick.taken() == [good]
