"""PDF documents, their pages set into a new file: nothing else of the old file comes along.

1. A document under a password is refused: nobody could see what leaves.
2. What prints of forms, stamps and signatures is kept as a picture of itself; what does not print
   goes: scripts, actions, links, comments, files inside, media, hidden data, order, layers.
3. Pictures inside keep every pixel and lose their places, cameras and words.
"""

import io
from collections import Counter
from collections.abc import Iterator
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf, Stream

from legation.errors import N_, Refusal
from legation.officers.intake.segments import jp2_without, jpeg_without
from legation.officers.intake.told import PDF, Removed, Taken, Warned, refused

MOST_PAGES: Final = 300
MOST_OBJECTS: Final = 200_000
NOT_SHOWN: Final = {
    "/Text": "comment",
    "/Popup": "comment",
    "/Caret": "comment",
    "/Link": "action",
    "/FileAttachment": "attachment",
    "/Sound": "media",
    "/Movie": "media",
    "/Screen": "media",
    "/RichMedia": "media",
    "/3D": "media",
    "/TrapNet": "structure",
    "/PrinterMark": "structure",
}
"""Annotations that go whole; every other is kept as it prints."""
ROOT_TOLD: Final = {
    "/OpenAction": "action",
    "/AA": "action",
    "/OCProperties": "layer",
    "/Outlines": "structure",
    "/Collection": "attachment",
    "/Metadata": "metadata",
    "/AF": "attachment",
}
PAGE_KEPT: Final = frozenset(
    {"/Type", "/Parent", "/Resources", "/Contents", "/MediaBox", "/CropBox", "/Rotate"}
    | {"/UserUnit", "/Group", "/BleedBox", "/TrimBox", "/ArtBox"}
)
INNER_LOST: Final = {
    "/Metadata": "metadata",
    "/PieceInfo": "metadata",
    "/OPI": "metadata",
    "/AF": "attachment",
    "/Alternates": "metadata",
    "/LastModified": "",
    "/StructParent": "",
    "/StructParents": "",
    "/OC": "layer",
    "/AA": "action",
    "/Measure": "metadata",
    "/PtData": "metadata",
    "/Properties": "",
}
ACTIONS: Final = {
    "/JavaScript": "script",
    "/Rendition": "media",
    "/Launch": "action",
    "/SubmitForm": "action",
    "/ImportData": "action",
    "/ResetForm": "action",
    "/GoToR": "action",
    "/GoToE": "action",
    "/URI": "action",
}
INFO_AUTHORS: Final = ("/Author", "/Creator", "/Producer", "/Title", "/Subject", "/Keywords")


def take_document(data: bytes, name: str) -> Taken:
    """Return a PDF made of the pages of one.

    Raises Refusal "document-locked", "document-pages", "document-broken".
    """
    try:
        with Pdf.open(io.BytesIO(data), suppress_warnings=True) as source:
            return _rebuilt(source, data, name)
    except pikepdf.PasswordError as fault:
        raise _locked(name) from fault
    except (
        pikepdf.PdfError,
        pikepdf.ForeignObjectError,
        pikepdf.DataDecodingError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RuntimeError,
        NotImplementedError,
        OverflowError,
        RecursionError,
        MemoryError,
    ) as fault:
        # qpdf and its binding raise any of these at bytes that are not what they begin as.
        raise refused(
            "document-broken",
            N_("it begins as a PDF and cannot be read to its end."),
            N_("Open it with a program that shows PDF, print it to a new PDF, then add that."),
            name=name,
        ) from fault


def _rebuilt(source: Pdf, data: bytes, name: str) -> Taken:
    if source.is_encrypted:
        raise _locked(name)
    if len(source.objects) > MOST_OBJECTS:
        raise _pages(name, f"{len(source.objects):,} objects")
    count = len(source.pages)
    damaged = bool(source.get_warnings())
    if not 0 < count <= MOST_PAGES:
        raise _pages(name, count)
    found: Counter[str] = Counter()
    details: dict[str, str] = {}
    _tell(source, data, found, details)
    _flatten(source, found)
    made = Pdf.new()
    for page in source.pages:
        _bare(page.obj, found)
        made.pages.append(page)
    for each in list(made.objects):
        _clean(each, found)
    out = io.BytesIO()
    made.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    removed = (
        Removed(what=what, count=times, detail=details.get(what, ""))
        for what, times in sorted(found.items())
        if what and times
    )
    return Taken(
        data=out.getvalue(),
        media_type=PDF,
        name=name,
        was=len(data),
        pages=count,
        removed=tuple(removed),
        warnings=(Warned(what="repaired"),) if damaged else (),
    )


def _tell(source: Pdf, data: bytes, found: Counter[str], details: dict[str, str]) -> None:
    """Count what is in the old file, so that an officer reads what is gone."""
    info = source.trailer.get("/Info")
    if isinstance(info, Dictionary):
        told = [str(info[key]) for key in INFO_AUTHORS if key in info and str(info[key]).strip()]
        if told:
            found["author"] += 1
            details["author"] = _line("; ".join(told))
    for key, what in ROOT_TOLD.items():
        if key in source.Root:
            found[what] += 1
    form = source.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        fields = form.get("/Fields")
        found["form"] += len(fields) if isinstance(fields, pikepdf.Array) else 1
        found["script"] += int("/XFA" in form)
    found["history"] += max(0, data.count(b"%%EOF") - 1 - int(b"/Linearized" in data[:2048]))
    for each in source.objects:
        for part in _dictionaries(each):
            _tell_part(part, found)


def _tell_part(part: Object, found: Counter[str]) -> None:
    action = str(part.get("/S", ""))
    if action in ACTIONS or "/JS" in part:
        found[ACTIONS.get(action, "script")] += 1
    if part.get("/Type") == Name.EmbeddedFile:
        found["attachment"] += 1
    if part.get("/Type") == Name.Sig or "/ByteRange" in part:
        found["signature"] += 1


def _dictionaries(each: Object) -> Iterator[Object]:
    """Yield an object's dictionary, and those that stand directly in it, two levels deep."""
    if not isinstance(each, Dictionary | Stream):
        return
    yield each
    for key in list(each.keys()):
        inner = each.get(key)
        if isinstance(inner, Dictionary) and not inner.is_indirect:
            yield inner


def _flatten(source: Pdf, found: Counter[str]) -> None:
    """Set what prints of annotations into the pages; drop those that do not print."""
    for page in source.pages:
        notes = page.obj.get("/Annots")
        if not isinstance(notes, pikepdf.Array):
            continue
        kept = pikepdf.Array()
        for note in notes:
            what = _dropped(note)
            if what is None:
                if "/Contents" in note:
                    found["comment"] += 1
                kept.append(note)
            else:
                found[what] += 1
        page.obj["/Annots"] = kept
    if "/AcroForm" in source.Root:
        source.generate_appearance_streams()
    source.flatten_annotations(mode="print")


def _dropped(note: object) -> str | None:
    """Return what an annotation that goes whole was; None for one that is kept as it prints."""
    if not isinstance(note, Dictionary):
        return "structure"
    if int(note.get("/F", 0)) & 0b10:  # hidden
        return "comment"
    return NOT_SHOWN.get(str(note.get("/Subtype", "")))


def _bare(page: Object, found: Counter[str]) -> None:
    for key in list(page.keys()):
        if key not in PAGE_KEPT:
            if key in {"/Metadata", "/PieceInfo"}:
                found["metadata"] += 1
            del page[key]


def _clean(each: Object, found: Counter[str]) -> None:
    """Take out of one object of the new file what is not shown."""
    if not isinstance(each, Dictionary | Stream):
        return
    for part in _dictionaries(each):
        for key, what in INNER_LOST.items():
            if key in part:
                del part[key]
                found[what] += 1
    if isinstance(each, Stream):
        _clean_stream(each, found)


def _clean_stream(each: Stream, found: Counter[str]) -> None:
    """Empty a program for printers; take out of a picture what is no pixel."""
    if each.get("/Subtype") == Name.PS:
        each.write(b"")
        found["script"] += 1
    kind = each.get("/Filter")
    if isinstance(kind, pikepdf.Array) and len(kind) == 1:
        kind = kind[0]
    cleaned = None
    if kind == Name.DCTDecode:
        cleaned = jpeg_without(each.read_raw_bytes())
    elif kind == Name.JPXDecode:
        cleaned = jp2_without(each.read_raw_bytes())
    if cleaned is not None and cleaned[1]:
        found.update(cleaned[1])
        parms = each.get("/DecodeParms")
        each.write(
            cleaned[0],
            filter=Name(str(kind)),
            decode_parms=parms if isinstance(parms, Dictionary) else None,
        )


def _line(text: str) -> str:
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())[:80]


def _locked(name: str) -> Refusal:
    return refused(
        "document-locked",
        N_("it is under a password, so nobody here could see what leaves."),
        N_("Print it to a new PDF without a password, then add that."),
        name=name,
    )


def _pages(name: str, count: object) -> Refusal:
    return refused(
        "document-pages",
        N_("a document has 1 to {most} pages, and this one has {count}."),
        N_("Split it into several files."),
        name=name,
        most=MOST_PAGES,
        count=count,
    )
