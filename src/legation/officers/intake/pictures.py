"""Pictures, made anew from their pixels: what is not a pixel does not come along."""

import io
import warnings
from collections.abc import Iterator
from typing import Final

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from legation.errors import N_, Refusal
from legation.officers.intake.told import JPEG, PNG, Removed, Taken, Warned, refused

MOST_PIXELS: Final = 80_000_000
"""An A3 sheet at 600 dots an inch has 70 million."""
SIDE: Final = 30_000
FORMATS: Final = {PNG: "PNG", JPEG: "JPEG"}
MODES: Final = {
    PNG: frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}),
    JPEG: frozenset({"L", "RGB", "CMYK"}),
}
HIDDEN: Final = {"exif": "camera", "xmp": "metadata", "XML:com.adobe.xmp": "metadata"}
SHOWN: Final = frozenset(
    {"dpi", "gamma", "icc_profile", "transparency", "jfif", "jfif_version", "jfif_unit"}
    | {"jfif_density", "adobe", "adobe_transform", "progressive", "progression", "srgb", "aspect"}
    | {
        "interlace",
        "chromaticity",
        "default_image",
        "loop",
        "background",
        "duration",
        "mp",
        "mpoffset",
    }
)


def take_picture(data: bytes, name: str, media_type: str) -> Taken:
    """Return a PNG or JPEG saved anew. Raises Refusal "image-size", "image-broken"."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)
            with Image.open(io.BytesIO(data), formats=(FORMATS[media_type],)) as picture:
                _bounded(picture, name)
                return _anew(picture, data, name, media_type)
    except Image.DecompressionBombError as fault:
        raise _too_large(name) from fault
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        IndexError,
        KeyError,
        TypeError,
        OverflowError,
        ArithmeticError,
        NotImplementedError,
    ) as fault:
        # Pillow raises any of these at bytes that are not what they begin as.
        raise _broken(name) from fault


def _bounded(picture: Image.Image, name: str) -> None:
    """Refuse by what the head says, before a pixel is decoded."""
    width, height = picture.size
    if not 0 < width <= SIDE or not 0 < height <= SIDE or width * height > MOST_PIXELS:
        raise _too_large(name, width=width, height=height)


def _anew(picture: Image.Image, data: bytes, name: str, media_type: str) -> Taken:
    removed = _hidden(picture, data, media_type)
    turned = picture.getexif().get(ExifTags.Base.Orientation, 1) not in (0, 1)
    told: list[Warned] = []
    how: dict[str, object] = {"format": FORMATS[media_type]}
    if media_type == JPEG:
        how |= {"quality": "keep", "optimize": True, "comment": b"", "exif": b""}
    profile = picture.info.get("icc_profile")
    if isinstance(profile, bytes) and profile and len(profile) < 1_000_000:
        how["icc_profile"] = _plain_profile(profile)
    dpi = picture.info.get("dpi")
    if isinstance(dpi, tuple) and len(dpi) == 2 and all(0 < float(each) < 10_000 for each in dpi):
        how["dpi"] = (float(dpi[0]), float(dpi[1]))
    picture.load()
    made: Image.Image = picture
    if turned:
        made = ImageOps.exif_transpose(picture)
        told.append(Warned(what="turned"))
    if made.mode not in MODES[media_type]:
        made = made.convert("RGBA" if "A" in made.mode else "RGB")
    if made is not picture and media_type == JPEG:
        how |= {"quality": 95}
    if media_type == PNG:
        made = _bare(made)
    out = io.BytesIO()
    made.save(out, **how)  # type: ignore[arg-type]  # the options of the two formats
    return Taken(
        data=out.getvalue(),
        media_type=media_type,
        name=name,
        was=len(data),
        pages=1,
        removed=removed,
        warnings=tuple(told),
    )


def _bare(picture: Image.Image) -> Image.Image:
    """Return the pixels, palette and transparency alone: a PNG saves what else `info` holds."""
    bare = Image.new(picture.mode, picture.size)
    if picture.mode == "P":
        palette = picture.getpalette("RGB")
        if palette is not None:
            bare.putpalette(palette)
        if "transparency" in picture.info:
            bare.info["transparency"] = picture.info["transparency"]
    bare.paste(picture)
    return bare


def _plain_profile(profile: bytes) -> bytes | None:
    """Return a colour profile that is a profile; its words (maker, copyright) are the maker's."""
    return profile if profile[36:40] == b"acsp" else None


def _hidden(picture: Image.Image, data: bytes, media_type: str) -> tuple[Removed, ...]:
    found: dict[str, Removed] = {}

    def note(what: str, detail: str = "") -> None:
        if what not in found or (detail and not found[what].detail):
            found[what] = Removed(what=what, detail=_line(detail))

    for what, detail in _in_exif(picture):
        note(what, detail)
    for key, value in picture.info.items():
        if key in HIDDEN:
            note(HIDDEN[key])
        elif key == "comment":
            note("comment", value.decode("utf-8", "replace") if isinstance(value, bytes) else "")
        elif key not in SHOWN and isinstance(key, str):
            note("author" if key.lower() in ("author", "software") else "text", f"{key}: {value}")
    if media_type == PNG and (end := data.rfind(b"IEND")) >= 0 and end + 8 < len(data):
        note("tail")
    if media_type == JPEG and _jpeg_tail(data):
        note("tail")
    return tuple(found.values())


def _in_exif(picture: Image.Image) -> Iterator[tuple[str, str]]:
    """Yield what the camera wrote: itself, an author, a place."""
    exif = picture.getexif()
    if not exif:
        return
    yield "camera", " ".join(str(exif.get(tag, "")) for tag in (271, 272, 306))
    author = exif.get(ExifTags.Base.Artist) or exif.get(ExifTags.Base.Copyright)
    if author or exif.get(ExifTags.Base.XPAuthor):
        yield "author", str(author or "")
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    if place:
        yield "place", _place(place)


def _jpeg_tail(data: bytes) -> bool:
    end = data.find(b"\xff\xd9", len(data) - 2)
    return end < 0 and b"\xff\xd9" in data


def _place(place: dict[int, object]) -> str:
    parts = []
    for ref, value in ((1, 2), (3, 4)):
        degrees = place.get(value)
        if isinstance(degrees, tuple):
            parts.append(f"{place.get(ref, '')} {' '.join(f'{float(each):g}' for each in degrees)}")
    return ", ".join(parts)


def _line(text: str) -> str:
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())[:80]


def _too_large(name: str, width: int = 0, height: int = 0) -> Refusal:
    """Make the refusal of a picture with too many dots. width, height: 0 where nobody counted."""
    return refused(
        "image-size",
        N_("a picture has at most {most:,} dots ({width} × {height} here).")
        if width
        else N_("a picture has at most {most:,} dots, and this one has many more."),
        N_("Scan it with fewer dots an inch (300 is plenty), then add it again."),
        name=name,
        most=MOST_PIXELS,
        width=width,
        height=height,
    )


def _broken(name: str) -> Refusal:
    return refused(
        "image-broken",
        N_("it begins as a picture and cannot be read to its end."),
        N_("Open it with a picture program, save it anew, then add that."),
        name=name,
    )
