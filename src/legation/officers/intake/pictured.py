"""A page of a document, or a picture, drawn anew: what a browser shows runs nothing of the file.

The bytes may be the other side's, and are trusted with nothing: the size is read and bounded
before a dot is drawn.
"""

import io
import warnings
from typing import Final

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from legation.errors import N_, Refusal
from legation.officers.intake.pictures import MOST_PIXELS
from legation.officers.intake.told import Pictured, refused

WIDTH: Final = 1_240
"""Dots: an A4 page at 150 dots an inch."""
HEIGHT: Final = 2_480
MOST_SHOWN: Final = 2_000


def pictured(data: bytes, page: int, name: str) -> Pictured:
    """Return a page as PNG. page: from 1.

    Raises Refusal "no-such-page", "file-type", "image-broken", "image-size", "document-broken".
    """
    if data.startswith(b"%PDF-"):
        return _page(data, page, name)
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        if page != 1:
            raise _no_page(name, page, 1)
        return _picture(data, name)
    raise refused(
        "file-type",
        N_("only PDF, PNG and JPEG are shown here."),
        N_("Save it, and open it with a program you trust with it."),
        name=name,
    )


def _page(data: bytes, page: int, name: str) -> Pictured:
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
        if not 1 <= page <= min(count, MOST_SHOWN):
            raise _no_page(name, page, count)
        sheet = document[page - 1]
        width, height = sheet.get_size()
        if not (0 < width < 1e6 and 0 < height < 1e6):
            raise ValueError(name)
        scale = min(WIDTH / width, HEIGHT / height)
        shown = sheet.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, ValueError, MemoryError, OverflowError) as fault:
        raise refused(
            "document-broken",
            N_("this page of it cannot be drawn."),
            N_("Save it, and open it with a program you trust with it."),
            name=name,
        ) from fault
    return Pictured(png=_as_png(shown), page=page, pages=count)


def _picture(data: bytes, name: str) -> Pictured:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    raise refused(
                        "image-size",
                        N_("it has {width} × {height} dots, too many to be shown here."),
                        N_("Save it, and open it with a program you trust with it."),
                        name=name,
                        width=width,
                        height=height,
                    )
                picture.draft("RGB", (WIDTH, HEIGHT))
                shown = ImageOps.exif_transpose(picture)
                if shown.mode not in ("RGB", "L"):
                    shown = _on_white(shown)
                shown.thumbnail((WIDTH, HEIGHT))
                return Pictured(png=_as_png(shown), page=1, pages=1)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        SyntaxError,
        ValueError,
        LookupError,
        TypeError,
        ArithmeticError,
        NotImplementedError,
    ) as fault:
        raise refused(
            "image-broken",
            N_("it begins as a picture and cannot be read to its end."),
            N_("Ask the side that sent it to send it again."),
            name=name,
        ) from fault


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a picture as it looks on paper."""
    over = picture.convert("RGBA")
    white = Image.new("RGBA", over.size, "white")
    return Image.alpha_composite(white, over).convert("RGB")


def _as_png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    bare.save(out, "PNG", optimize=False, compress_level=6)
    return out.getvalue()


def _no_page(name: str, page: int, count: int) -> Refusal:
    return refused(
        "no-such-page",
        N_("it has {count} pages, and page {page} is not among them."),
        N_("Go back to its first page."),
        name=name,
        page=page,
        count=count,
    )
