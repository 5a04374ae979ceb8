"""What comes in is told by its content, leaves without what nobody sees, or is refused."""

import io
import sys
import zipfile
from threading import BoundedSemaphore

import pikepdf
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from legation.errors import Refusal
from legation.officers.intake import Taken, apart, take_in, take_in_apart
from officers.intake import files
from officers.intake.files import SECRET

HIDDEN = (b"Elif", b"Lovelace", b"Maker", b"Model")


def what(taken: Taken) -> set[str]:
    return {each.what for each in taken.removed}


def all_of(data: bytes) -> bytes:
    """Return every byte of a PDF with its streams unpacked, pictures as they lie."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        parts = [data]
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream):
                parts.append(each.read_raw_bytes())
                if "/Filter" not in each or each.get("/Filter") == pikepdf.Name.FlateDecode:
                    parts.append(each.read_bytes())
            parts.append(repr(each).encode())
        return b"".join(parts)


def render(data: bytes, page: int = 0) -> Image.Image:
    shown = pypdfium2.PdfDocument(data)[page].render(scale=1).to_pil().convert("RGB")
    assert isinstance(shown, Image.Image)
    return shown


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (files.jpeg(), "image/jpeg"),
        (files.png(), "image/png"),
        (files.hostile_document(), "application/pdf"),
    ],
    ids=["a photograph", "a drawing", "a document"],
)
def test_no_word_hidden_in_a_file_leaves_with_it(data: bytes, media_type: str) -> None:
    assert any(word in data or word in all_or(data) for word in HIDDEN)
    taken = take_in(data, "x")
    assert taken.media_type == media_type
    told = all_of(taken.data) if media_type == "application/pdf" else taken.data
    assert [word for word in HIDDEN if word in told] == []


def all_or(data: bytes) -> bytes:
    return all_of(data) if data.startswith(b"%PDF") else data


def test_a_photograph_loses_place_camera_author_and_comment_and_keeps_its_picture() -> None:
    data = files.jpeg()
    taken = take_in(data, "fence.jpg")
    assert {"place", "camera", "author", "comment"} <= what(taken)
    assert (taken.was, taken.name) == (len(data), "fence.jpg")
    (place,) = (each for each in taken.removed if each.what == "place")
    assert place.detail.startswith("N 55 45 7")
    after = Image.open(io.BytesIO(taken.data))
    assert dict(after.getexif()) == {}
    before = Image.open(io.BytesIO(data))
    assert after.size == before.size
    apart = ImageChops.difference(before.convert("RGB"), after.convert("RGB"))
    assert max(ImageStat.Stat(apart).mean) < 2


def test_a_picture_lying_on_its_side_is_turned_upright_and_says_so() -> None:
    taken = take_in(files.jpeg(orientation=6), "x.jpg")
    assert Image.open(io.BytesIO(taken.data)).size == (40, 60)
    assert [each.what for each in taken.warnings] == ["turned"]


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
def test_a_drawing_keeps_every_dot(mode: str) -> None:
    data = files.png(mode=mode) if mode in ("RGB", "L", "1") else _as(mode)
    taken = take_in(data, "x.png")
    before, after = (Image.open(io.BytesIO(each)) for each in (data, taken.data))
    assert before.convert("RGBA").tobytes() == after.convert("RGBA").tobytes()
    assert {"dpi"} >= set(after.info) - {"transparency"}


def _as(mode: str) -> bytes:
    out = io.BytesIO()
    made = files.picture().convert("RGBA")
    made.putalpha(90)
    made.convert(mode).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("make", [files.jpeg, files.png], ids=["JPEG", "PNG"])
def test_a_file_that_is_two_files_loses_the_second(make: object) -> None:
    hidden = io.BytesIO()
    with zipfile.ZipFile(hidden, "w") as archive:
        archive.writestr("evil.js", SECRET)
    assert callable(make)
    taken = take_in(make(tail=hidden.getvalue()), "x")
    assert "tail" in what(taken)
    assert not zipfile.is_zipfile(io.BytesIO(taken.data))
    for tail in (b"%PDF-1.7\n", b"<script>alert(1)</script>"):
        assert tail not in take_in(make(tail=tail), "x").data


def test_a_document_keeps_what_prints_and_loses_what_does_not() -> None:
    data = files.hostile_document()
    taken = take_in(data, "annex.pdf")
    assert {
        "script", "action", "attachment", "comment", "author", "metadata", "form", "structure",
        "place",
    } <= what(taken)  # fmt: skip
    assert taken.pages == 2
    with pikepdf.open(io.BytesIO(taken.data)) as pdf:
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages", "/Extensions"}
        assert "/Info" not in pdf.trailer
        for page in pdf.pages:
            assert set(page.obj.keys()) & {"/AA", "/Annots", "/PieceInfo", "/Metadata"} == set()
    told = all_of(taken.data)
    for word in (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/SubmitForm", b"/EmbeddedFile"):
        assert word not in told
    # The stamp and the filled field still print where they did.
    shown = render(taken.data)
    assert shown.getpixel((50, 90)) == (255, 0, 0)
    assert render(taken.data, 1).size == render(data, 1).size


def test_an_earlier_state_of_a_document_does_not_come_along() -> None:
    made = files.pages(1)
    made.docinfo["/Subject"] = SECRET
    first = files.saved(made)
    again = pikepdf.open(io.BytesIO(first))
    del again.docinfo["/Subject"]
    data = first + files.saved(again)[8:]
    taken = take_in(data, "x.pdf")
    assert b"Elif" not in all_of(taken.data)


def test_a_clean_document_says_that_nothing_was_removed() -> None:
    taken = take_in(files.document(), "x.pdf")
    assert what(taken) == set()
    again = take_in(taken.data, "x.pdf")
    assert again.data == taken.data


def test_a_torn_document_that_could_be_mended_says_so() -> None:
    taken = take_in(files.document(3)[:-40], "x.pdf")
    assert [each.what for each in taken.warnings] == ["repaired"]


def test_the_same_file_gives_the_same_bytes() -> None:
    for data in (files.hostile_document(), files.jpeg(), files.png()):
        assert take_in(data, "x").data == take_in(data, "x").data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"x" * 26_214_401, "file-size"),
        (files.locked_document(), "document-locked"),
        (files.locked_document(user=""), "document-locked"),
        (files.document(301), "document-pages"),
        (b"%PDF-1.7\nnothing more", "document-broken"),
        (files.document()[:60], "document-broken"),
        (files.png()[:200], "image-broken"),
        (files.jpeg()[:100], "image-broken"),
        (files.png_bomb(), "image-size"),
        (files.png_bomb(10_000, 10_000), "image-size"),
        (files.png_bomb(8_000, 8_000), "image-broken"),
        (b"PK\x03\x04" + b"\0" * 40, "file-type"),
        (b"II*\x00" + b"\0" * 40, "file-type"),
        (b"MZ\x90\x00\x03", "file-type"),
        (b"GIF89a" + b"\0" * 40, "file-type"),
        (bytes(range(256)), "file-type"),
        ("a\u202egpj.txt".encode(), "file-text"),
        (b"a\x1b[2Jb", "file-text"),
        (b"a\x00b", "file-text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_taken_is_refused_in_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        take_in(data, "scan.pdf")
    assert caught.value.code == code
    assert "scan.pdf" in caught.value.sentence()
    assert "?" not in caught.value.sentence()
    assert caught.value.remedy


@pytest.mark.parametrize(
    "name",
    [
        *("", "  ", "..", "a/b.pdf", "..\\b.pdf", "/etc/passwd", "a\x00b", "a\nb"),
        *("a\u202efdp.exe", "a\u2066b.pdf", "a\u200bb"),
    ],
)
def test_a_name_that_hides_something_is_refused(name: str) -> None:
    with pytest.raises(Refusal) as caught:
        take_in(b"text", name)
    assert caught.value.code == "file-name"
    assert caught.value.sentence().isprintable()


@pytest.mark.parametrize(
    ("name", "data", "kept", "changed"),
    [
        ("a.pdf", b"only text", "a.txt", True),
        ("a.PDF", files.document(), "a.PDF", False),
        ("a.exe", files.png(), "a.png", True),
        ("a", files.jpeg(), "a.jpg", True),
        ("v1.2 of the list", b"text", "v1.2 of the list.txt", True),
        ("Схема забора.png", files.png(), "Схема забора.png", False),
        ("x" * 200 + ".txt", b"text", "x" * 76 + ".txt", False),
        ("a.csv", b"a,b\n1,2\n", "a.csv", False),
    ],
)
def test_the_ending_of_a_name_follows_the_content(
    name: str, data: bytes, kept: str, *, changed: bool
) -> None:
    taken = take_in(data, name)
    assert taken.name == kept
    assert any(each.what == "renamed" for each in taken.warnings) is changed


def test_text_comes_as_utf8_and_a_table_with_formulas_says_so() -> None:
    assert take_in("Нота\n".encode("utf-8-sig"), "a.txt").data == "Нота\n".encode()
    wide = take_in("Нота;1\n".encode("utf-16"), "a.csv")
    assert wide.data == "Нота;1\n".encode()
    assert [each.what for each in wide.warnings] == ["utf16"]
    for cell in ("=1+1", "@SUM(A1)", "+cmd|x", '"=HYPERLINK(""x"")"'):
        warned = take_in(f"a,b\nx,{cell}\n".encode(), "a.csv").warnings
        assert [each.what for each in warned] == ["formula"]
    assert take_in(b"a,b\n-1,+2.5\n", "a.csv").warnings == ()


def test_a_scan_of_two_hundred_pages_is_taken_within_its_time() -> None:
    made = files.pages(0)
    scan = io.BytesIO()
    Image.effect_noise((300, 200), 60).convert("L").save(scan, "JPEG", quality=70)
    for _ in range(200):
        made.add_blank_page(page_size=(300, 200))
        image = made.make_stream(scan.getvalue())
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Filter, image.ColorSpace = pikepdf.Name.DCTDecode, pikepdf.Name.DeviceGray
        image.Width, image.Height, image.BitsPerComponent = 300, 200, 8
        made.pages[-1].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
        made.pages[-1].obj.Contents = made.make_stream(b"q 300 0 0 200 0 0 cm /I Do Q")
    data = files.saved(made)
    taken = take_in_apart(data, "scan.pdf")
    assert taken.pages == 200
    assert render(taken.data, 199).size == (300, 200)


def test_a_file_that_takes_too_long_is_refused_and_nothing_hangs() -> None:
    with pytest.raises(Refusal) as caught:
        take_in_apart(files.document(250), "x.pdf", seconds=0)
    assert caught.value.code == "file-heavy"


def test_only_so_many_files_are_read_at_once_and_the_next_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart, "_turns", BoundedSemaphore(1))
    with apart._a_turn("one.pdf"), pytest.raises(Refusal) as caught, apart._a_turn("x.pdf", 0.01):
        pass
    assert caught.value.code == "file-busy"
    with apart._a_turn("x.pdf", 0.01):
        assert not apart._turns.acquire(blocking=False)


def test_no_command_names_the_file() -> None:
    """Everybody on a machine can read the commands that run there; a name may name a person."""
    commands: list[str] = []

    def noted(event: str, told: tuple[object, ...]) -> None:
        if event == "subprocess.Popen" and watched:
            commands.append(repr(told))

    watched = [True]
    sys.addaudithook(noted)
    taken = take_in_apart(files.png(), "passport of Lovelace.png")
    with pytest.raises(Refusal):
        take_in_apart(b"PK\x03\x04", "passport of Lovelace.docx")
    watched.clear()
    assert taken.name == "passport of Lovelace.png"
    assert len(commands) == 2
    assert "Lovelace" not in "".join(commands)


def test_the_process_apart_tells_the_same_as_this_one() -> None:
    data = files.hostile_document()
    assert take_in_apart(data, "Приложение 1.pdf") == take_in(data, "Приложение 1.pdf")
    for bad in (files.png_bomb(), files.locked_document(), b""):
        with pytest.raises(Refusal) as here:
            take_in(bad, "x")
        with pytest.raises(Refusal) as there:
            take_in_apart(bad, "x")
        assert here.value.as_dict() == there.value.as_dict()


SAMPLES = [files.hostile_document(), files.png(), files.jpeg(), b"plain, text\n=1\n"]


def _taken_or_refused(data: bytes, name: str = "x.pdf") -> None:
    try:
        taken = take_in(data, name)
    except Refusal as refusal:
        assert refusal.sentence()
    else:
        assert taken.data or not data


@pytest.mark.fuzz
@given(st.binary(max_size=600))
@example(b"%PDF-1.7")
@settings(max_examples=150, deadline=None)
def test_random_bytes_are_taken_or_refused(data: bytes) -> None:
    for beginning in (b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"):
        _taken_or_refused(beginning + data)


@pytest.mark.fuzz
@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_torn_or_bent_file_is_taken_or_refused(data: st.DataObject) -> None:
    sample = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for place in data.draw(st.lists(st.integers(0, len(sample) - 1), max_size=6)):
        sample[place] = data.draw(st.integers(0, 255))
    _taken_or_refused(bytes(sample[: data.draw(st.integers(0, len(sample)))]))
