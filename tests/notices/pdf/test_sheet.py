"""A sheet of paper: what stands on it, and that hostile words stay words."""

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import legation
from legation.errors import Refusal
from legation.notices.pdf.compose import save, square, to_pdf
from legation.notices.pdf.letters import has_shape, printable
from legation.notices.pdf.places import Filling
from legation.notices.pdf.sheet import Column, Sheet
from legation.record.canon import Json

LEAF = "4b" * 31 + "0f"
EN = (
    "No. XA-MIS/2026/031\n\nThe Embassy presents its compliments to the Ministry and has the honor"
    " to state that the fence was moved.\n\nThe Embassy avails itself of this opportunity.\n\n"
    "23 November 2026"
)
RU = (
    "№ XA-MIS/2026/031\n\nПосольство свидетельствует своё уважение Министерству и имеет честь"
    " сообщить, что забор передвинут.\n\nПосольство пользуется этим случаем.\n\n"
    "23 ноября 2026 года"
)
HOSTILE = {
    "a call": '#panic("x") #import "a.typ": * #read("/etc/passwd") #sys.inputs',
    "mathematics": "$x^2$ $$ $",
    "backslashes": "\\ \\u{41} \\\\ \\n",
    "raw": "`a` ```typ #panic()```",
    "marks of markup": "*b* _i_ = Head\n- list\n+ item\n/ term: x\n@ref <label> ~ --- // c /* d",
    "braces": "{number} {p1.name} [x] ((( ]]] }}}",
    "a very long word": "W" * 3_000,
    "a very long number": "0123456789" * 200,
    "right to left": "שלום עולם مرحبا بالعالم and back",
    "mixed scripts": "Аnn Вell ğışİ Ελλάδα Հայաստան საქართველო 漢字 🙂",
    "controls": "a\x00b\x1bc\u202ed\u2066e\ufefff\ud7ffg\U0010ffff",
    "combining": "e\u0301" * 300,
    "nothing but space": " \n \n\n \t ",
    "thirty thousand characters": "lorem ipsum " * 2_500,
}


def a_sheet(*texts: str, **changes: Any) -> Sheet:
    langs = [("en", "original"), ("ru", "courtesy"), ("tr", "authentic")]
    columns = tuple(
        Column(lang=lang, role=role, text=text)
        for (lang, role), text in zip(langs, texts or (EN, RU), strict=False)
    )
    sheet = Sheet(
        letterhead=("Examplia", "Embassy, Beta City"),
        addressee=("Betania", "Ministry of Foreign Affairs"),
        number="XA-MIS/2026/031",
        party="XA",
        at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
        columns=columns,
        leaf=LEAF,
        entry=1283,
    )
    return replace(sheet, **changes)


def read(data: bytes) -> str:
    """Return the words of all pages, as somebody who copies them gets them."""
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    return "\n".join(pages).replace("\r\n", "\n")


def test_a_sheet_holds_sender_texts_number_page_entry_code_and_the_whole_hash() -> None:
    words = read(to_pdf(a_sheet()))
    for part in (
        "EXAMPLIA",
        "Embassy, Beta City",
        "No. XA-MIS/2026/031",
        "№ XA-MIS/2026/031",
        "Неофициальный перевод · courtesy translation",
        "забор передвинут",
        "Not signed. Cleared and released by two officers; entry 1284 of XA.",
        "JNFU-WS2L-JNFU",
        LEAF,
        "1 / 1",
        "Ministry of Foreign Affairs",
    ):
        assert part in words, part


def test_one_language_stands_alone_without_a_second_column() -> None:
    words = read(to_pdf(a_sheet(EN)))
    assert "Original" not in words
    assert "перевод" not in words


def test_a_translation_that_stands_alone_says_that_it_is_no_note() -> None:
    alone = a_sheet().columns[1:]
    assert "Неофициальный перевод" in read(to_pdf(a_sheet(columns=alone)))


def test_both_authentic_is_said_over_each_text() -> None:
    both = tuple(replace(each, role="authentic") for each in a_sheet().columns)
    words = read(to_pdf(a_sheet(columns=both)))
    assert "Authentic" in words
    assert "Аутентичный" in words
    assert "courtesy" not in words


def test_the_square_holds_the_whole_hash() -> None:
    page = pypdfium2.PdfDocument(to_pdf(a_sheet()))[0]
    assert "<svg" in square(LEAF)
    assert square(LEAF) != square("00" * 32)
    assert page.get_size() == pytest.approx((595.28, 841.89), abs=0.01)


@pytest.mark.parametrize(
    ("standing", "said", "unsaid"),
    [
        ("draft", "Draft. Not released, not in the record.", "Cleared and released"),
        ("paper", "on paper: it stands in the sender’s own book", "entry 1284"),
        ("transcript", "Not the document itself", "Cleared and released"),
    ],
)
def test_what_is_in_no_record_does_not_claim_to_be(standing: str, said: str, unsaid: str) -> None:
    words = read(to_pdf(a_sheet(standing=standing, leaf=None, entry=None)))
    words = " ".join(words.split())
    assert said in words
    assert unsaid not in words
    assert LEAF not in words


def test_a_draft_says_so_on_every_page() -> None:
    long = EN + "\n\n" + "\n\n".join(["More of it, and more."] * 120)
    data = to_pdf(a_sheet(long, standing="draft", leaf=None, entry=None, number=""))
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    assert len(pages) > 2
    assert all("Draft. Not released" in page for page in pages)
    assert f"2 / {len(pages)}" in pages[1]


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_words_that_look_like_markup_are_printed_as_words(hostile: str) -> None:
    data = to_pdf(a_sheet(f"No. 1\n\n{hostile}", f"№ 1\n\n{hostile}", hostile[:200]))
    shown = "".join(read(data).split())
    for word in hostile.split():
        if word.isascii() and word.isalpha() and len(word) < 20:
            assert word in shown


def test_what_no_font_has_and_what_steers_others_stands_as_its_number() -> None:
    words = read(to_pdf(a_sheet("No. 1\n\nA 漢 and \u202edlrow")))
    assert "⟨U+6F22⟩" in words
    assert "⟨U+202E⟩dlrow" in words
    assert "shown as numbers: 2." in words


@given(st.text(max_size=400), st.text(max_size=80))
@settings(max_examples=25, deadline=None)
def test_any_text_can_be_printed(text: str, name: str) -> None:
    data = to_pdf(a_sheet(text or "x", letterhead=(name, name), number=name))
    assert len(pypdfium2.PdfDocument(data)) >= 1


def test_every_character_that_is_said_to_have_a_shape_can_be_set() -> None:
    every = [chr(code) for code in range(0x20, 0x10000) if has_shape(chr(code))]
    assert len(every) > 2_000
    assert set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя№«»“”ğüşıöçĞÜŞİÖÇ") <= set(every)
    lines = ["".join(every[at : at + 20]) for at in range(0, len(every), 20)]
    to_pdf(a_sheet("No. 1\n\n" + "\n\n".join(lines)))
    to_pdf(a_sheet(*(f"{line}\n\nx" for line in lines[:3])))


def test_a_long_word_may_break_and_nothing_of_it_is_lost() -> None:
    said, numbered = printable("W" * 500)
    assert (said.replace("\u200b", ""), numbered) == ("W" * 500, 0)
    assert "\u200b" in said
    assert printable("A short word.") == ("A short word.", 0)


def test_places_are_filled_once_and_other_braces_stay() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    ada: dict[str, Json] = {"name": "{number} Ada", "days": ["x", "y"]}
    persons = (ada, "erased")
    filling = Filling(number="{date}", at=at, persons=persons)
    text = "{number} {date} {p1.name} {p1.days} {p1.rank}| {p2.name} {p3.name} {subject}"
    assert filling.fill(text, "en") == (
        "{date} 23 November 2026 {number} Ada x; y | [erased] {p3.name} {subject}"
    )
    draft = Filling(number=None, at=None)
    assert draft.fill("{number}", "ru") == "[номер ставится при выпуске]"


def test_it_is_an_archive_with_profile_language_tags_and_the_date_of_the_act() -> None:
    with pikepdf.open(io.BytesIO(to_pdf(a_sheet()))) as pdf:
        with pdf.open_metadata() as told:
            assert told.pdfa_status == "2A"
            assert told["xmp:CreateDate"] == told["xmp:ModifyDate"] == "2026-11-23T09:30:00Z"
            assert told["dc:title"] == "Note XA-MIS/2026/031"
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFA1"
        assert "/JavaScript" not in str(pdf.Root.get("/Names", ""))
        assert "/AcroForm" not in pdf.Root
        assert "/OpenAction" not in pdf.Root
        fonts = [obj for obj in pdf.objects if _is(obj, "/FontDescriptor")]
        assert len(fonts) >= 3
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        assert all("Legation" in str(font.FontName) for font in fonts)


def test_a_sheet_is_saved_for_its_owner_s_eyes_and_never_over_another_file(tmp_path: Path) -> None:
    path = tmp_path / "note.pdf"
    assert save(a_sheet(), path) == path.stat().st_size
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refusal, match="never written over another file"):
        save(a_sheet(), path)
    with pytest.raises(Refusal, match="into a folder that is there"):
        save(a_sheet(), tmp_path / "nowhere/note.pdf")


def _is(obj: pikepdf.Object, kind: str) -> bool:
    return isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == kind


SCRIPT = """
import hashlib, json, sys
from datetime import datetime
from legation.notices.pdf.compose import to_pdf
from legation.notices.pdf.sheet import Column, Sheet
given = json.load(sys.stdin)
given["columns"] = tuple(Column(**each) for each in given["columns"])
given["at"] = datetime.fromisoformat(given["at"])
print(hashlib.sha256(to_pdf(Sheet(**given))).hexdigest())
"""


def test_another_zone_locale_user_home_and_font_cache_give_the_same_bytes(tmp_path: Path) -> None:
    sheet = a_sheet()
    given = {
        name: getattr(sheet, name)
        for name in ("letterhead", "addressee", "number", "party", "leaf", "entry", "standing")
    }
    given["at"] = sheet.at.isoformat()
    given["columns"] = [
        {"lang": each.lang, "role": each.role, "text": each.text} for each in sheet.columns
    ]
    # On this machine another font goes by the name of ours.
    shipped = Path(legation.__file__).parent / "notices/pdf/fonts/LegationWide-Regular.ttf"
    ours, other = ("Legation Sans".encode("utf-16-be"), "Legation Wide".encode("utf-16-be"))
    for place in ("home/.fonts", "home/.local/share/fonts", "home/fonts"):
        fonts = tmp_path / place
        fonts.mkdir(parents=True)
        (fonts / "any.ttf").write_bytes(shipped.read_bytes().replace(other, ours))
    here = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(legation.__file__).parents[1])}
    worlds = [
        {"TZ": "UTC", "LANG": "C", "HOME": str(tmp_path / "nobody"), "USER": "one"},
        {
            "TZ": "Pacific/Kiritimati",
            "LANG": "tr_TR.UTF-8",
            "LC_ALL": "tr_TR.UTF-8",
            "HOME": str(tmp_path / "home"),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
            "XDG_DATA_HOME": str(tmp_path / "home"),
            "USER": "another",
            "LOGNAME": "another",
            "SOURCE_DATE_EPOCH": "1",
            "TYPST_FONT_PATHS": str(fonts),
            "PYTHONHASHSEED": "7",
        },
    ]
    made = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=json.dumps(given),
            env={**here, **world},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for world in worlds
    }
    assert len(made) == 1
