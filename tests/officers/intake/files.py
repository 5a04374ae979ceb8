"""Files as people and attackers bring them, made here so that none has to be kept."""

import io
import struct
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, PngImagePlugin

SECRET = "Elif Lovelace"
"""Stands wherever a file can hide a word."""
GPS = {1: "N", 2: (55.0, 45.0, 7.0), 3: "E", 4: (37.0, 36.0, 56.0)}


def picture(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    made = Image.new(mode, size, "white" if mode == "RGB" else 1)
    if mode == "RGB":
        for x in range(0, size[0], 3):
            made.putpixel((x, x % size[1]), (200, 30, x % 255))
    return made


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x010F] = "Maker"
    made[0x0110] = "Model"
    made[0x013B] = SECRET
    made[0x0112] = orientation
    made.get_ifd(0x8825).update(GPS)
    return made


def jpeg(*, orientation: int = 1, tail: bytes = b"", **how: Any) -> bytes:
    out = io.BytesIO()
    picture().save(out, "JPEG", exif=exif(orientation), comment=SECRET.encode(), **how)
    return out.getvalue() + tail


def png(*, tail: bytes = b"", size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", SECRET)
    told.add_text("Comment", SECRET, zip=True)
    told.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET}</x>")
    out = io.BytesIO()
    picture(size, mode).save(out, "PNG", pnginfo=told, exif=exif())
    return out.getvalue() + tail


def png_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """Return a few kilobytes that say they are a picture of 900 million dots."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compressobj(9)
    rows = packed.compress(b"\0" * 4_000_000) + packed.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pages(count: int = 1) -> Pdf:
    made = Pdf.new()
    for number in range(count):
        made.add_blank_page(page_size=(300, 200))
        made.pages[-1].Contents = made.make_stream(b"0 0 1 rg 20 20 %d 50 re f" % (number % 200))
    return made


def saved(made: Pdf, **how: Any) -> bytes:
    out = io.BytesIO()
    made.save(out, **how)
    return out.getvalue()


def document(count: int = 1) -> bytes:
    return saved(pages(count))


def javascript(made: Pdf) -> pikepdf.Object:
    return made.make_indirect(
        Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{SECRET}')"), Type=Name.Action)
    )


def hostile_document() -> bytes:
    """Return a PDF that holds one of everything that must not leave."""
    made = pages(2)
    page = made.pages[0].obj
    script = javascript(made)
    made.Root.OpenAction = script
    made.Root.AA = Dictionary(WC=script)
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script])))
    made.attachments["hidden.txt"] = SECRET.encode()
    made.Root.Outlines = Dictionary(Type=Name.Outlines, Title=String(SECRET))
    with made.open_metadata() as told:
        told["dc:creator"] = [SECRET]
    made.docinfo["/Author"] = SECRET
    page.AA = Dictionary(O=script)
    page.Private = String(SECRET)
    page.PieceInfo = Dictionary(Word=Dictionary(Private=String(SECRET)))
    look = made.make_stream(b"1 0 0 rg 0 0 80 20 re f", Type=Name.XObject, Subtype=Name.Form)
    look.BBox = Array([0, 0, 80, 20])
    stamp = {"AP": Dictionary(N=look), "Rect": Array([10, 100, 90, 120]), "F": 4}
    page.Annots = Array(
        [
            _note(made, Subtype=Name.Text, Contents=String(SECRET), T=String(SECRET)),
            _note(made, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://x.test"))),
            _note(made, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("calc.exe"))),
            _note(made, Subtype=Name.Stamp, Contents=String(SECRET), T=String(SECRET), **stamp),
            _note(made, Subtype=Name.Widget, FT=Name.Tx, V=String("shown"), T=String("f"), **stamp),
        ]
    )
    fields = Array([page.Annots[4]])
    submit = Dictionary(S=Name.SubmitForm, F=String("https://x.test"))
    made.Root.AcroForm = made.make_indirect(Dictionary(Fields=fields, AA=Dictionary(C=submit)))
    image = made.make_stream(jpeg(), Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode)
    image.Width, image.Height, image.BitsPerComponent = 60, 40, 8
    image.ColorSpace = Name.DeviceRGB
    image.Metadata = made.make_stream(f"<x>{SECRET}</x>".encode())
    page.Resources = Dictionary(XObject=Dictionary(Im0=image))
    page.Contents = made.make_stream(b"q 60 0 0 40 100 50 cm /Im0 Do Q")
    return saved(made)


def _note(made: Pdf, **parts: Any) -> pikepdf.Object:
    parts = {"Rect": Array([0, 0, 10, 10]), **parts}
    return made.make_indirect(Dictionary(Type=Name.Annot, **parts))


def locked_document(owner: str = "o", user: str = "u") -> bytes:
    return saved(pages(), encryption=pikepdf.Encryption(owner=owner, user=user))


def endless_page() -> bytes:
    """Return a PDF of a megabyte, of one page whose millions of curves take minutes to draw."""
    made = pikepdf.Pdf.new()
    made.add_blank_page(page_size=(595, 842))
    curves = " ".join(
        f"{n % 595} {n * 7 % 842} {n * 13 % 595} {n * 3 % 842} {n * 5 % 595} {n * 11 % 842} c"
        for n in range(900)
    )
    made.pages[0].Contents = made.make_stream(f"0 0 m {curves} f*\n".encode() * 6_000)
    out = io.BytesIO()
    made.save(out, compress_streams=True, recompress_flate=True)
    return out.getvalue()
