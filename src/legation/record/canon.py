"""Narrowed canonical JSON: one value, one string of bytes, on every machine and for ever.

RFC 8785 (JSON Canonicalization Scheme), narrowed until the standard `json` writes it exactly:

1. The whole is an object; the depth is at most 16 (the whole is depth 1).
2. Keys are `[a-z][a-z0-9_]*`, sorted, none twice.
3. Numbers are integers of at most 2^53-1 in size. Decimals are strings: a float is refused.
4. Text holds no control character but LF, and no code point of the list `_REFUSED` below.
5. Bytes count only if they are the ones that `encode` writes for what they say.

Nothing here asks the interpreter's Unicode tables: their versions differ, and two nodes that
disagree about one act disagree about everything after it. So this list is fixed. Characters
that some languages need but that can mislead (joiners, direction marks) pass here and are
judged where a field's meaning is known.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final, NoReturn, TypeAlias

from legation.errors import N_, Refusal

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

MAX_SIZE: Final = 65_535
"""Bytes: an entry of a C2SP entry bundle carries its length in two."""
MAX_DEPTH: Final = 16
MAX_INTEGER: Final = 2**53 - 1
"""The largest integer that every JSON reader holds exactly (RFC 7493, 2.2)."""

_KEY: Final = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_TOKENS: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_OTHER_ESCAPE: Final = re.compile(r'\\[^n"]')
_REFUSED_IN_PLANE_0: Final = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls but LF
    "\u2028\u2029"  # line and paragraph separators: control by another name
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides and isolates
    "\u200b\u2060-\u2064\ufeff\u180e"  # invisible, and no word is spelt with them
    "\u206a-\u206f\ufff9-\ufffb"  # deprecated format controls, interlinear annotation
    "\ud800-\udfff"  # surrogates
    "\ufdd0-\ufdef\ufffe\uffff"  # noncharacters
)
_REFUSED: Final = re.compile(
    "["
    + _REFUSED_IN_PLANE_0
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "\U000e0000-\U000e007f"  # tags
    "]"
)
# Seven times faster than `_REFUSED`, which is asked only about text that this finds.
_SUSPECT: Final = re.compile("[" + _REFUSED_IN_PLANE_0 + "\U00010000-\U0010ffff]")


def encode(value: Mapping[str, Json]) -> bytes:
    """Return the canonical bytes of an object, at most 65,535 of them.

    Raises Refusal "size", "text", "depth", "not-canonical". Source: RFC 8785, narrowed.
    """
    data = encode_large(value)
    if len(data) > MAX_SIZE:
        _refuse_size(len(data), MAX_SIZE)
    return data


def encode_large(value: Mapping[str, Json]) -> bytes:
    """Return the canonical bytes of an object of any size: the same bytes as `encode`."""
    if not isinstance(value, dict):
        _refuse_form(N_("the outermost value is an object."))
    _walk(value, 1)
    text = _write(value)
    _check_text(text)
    _check_escapes(text)
    return text.encode()


def decode(data: bytes, *, limit: int = MAX_SIZE) -> dict[str, Json]:
    """Return the object that canonical bytes say; refuse any bytes that are not canonical.

    limit: the most bytes taken. Raises Refusal "size", "text", "depth", "not-canonical".
    Each check ends before the next begins, so every node finds the same fault first:
    size, text, depth, parse, walk, re-encode and compare.
    """
    if len(data) > limit:
        _refuse_size(len(data), limit)
    try:
        text = data.decode()
    except UnicodeDecodeError as fault:
        raise _text_refusal(N_("the text is UTF-8; byte {place} is not."), fault.start) from None
    _check_text(text)
    _check_depth(text)
    try:
        value, end = _parse(text)
    except ValueError:
        _refuse_form(N_("it is JSON with integers only."))
    if type(value) is not dict:
        _refuse_form(N_("the outermost value is an object."))
    if end != len(text):
        _refuse_form(N_("nothing follows the object."))
    _walk(value, 1)
    try:
        same = _write(value).encode() == data
    except UnicodeEncodeError:
        same = False
    if not same:
        _refuse_form(N_("keys are sorted, none is there twice, no space or escape is needless."))
    _check_escapes(text)
    return value


def is_key(name: str) -> bool:
    """Tell whether `name` may be the key of an object."""
    return _KEY.fullmatch(name) is not None


def is_plain_text(text: str) -> bool:
    """Tell whether `text` may stand in a value: no control but LF, no refused code point."""
    return _REFUSED.search(text) is None


def _walk(value: dict[str, Json] | list[Json], depth: int) -> None:
    """Check depth, keys and numbers of an object or list. Text is checked once, as a whole."""
    if depth > MAX_DEPTH:
        _refuse_depth()
    if type(value) is dict:
        for key in value:
            if key not in _known_keys:
                _check_key(key)
        inners: Iterable[Json] = value.values()
    else:
        inners = value
    # Half of reading an act is spent here: what is common comes first and calls nothing.
    for inner in inners:
        # Exact types: a bool is no integer here, and a subclass could print otherwise.
        kind = type(inner)
        if kind is str or kind is bool or inner is None:
            continue
        if kind is int:
            if not -MAX_INTEGER <= inner <= MAX_INTEGER:  # type: ignore[operator] # kind is int
                _refuse_form(N_("an integer has at most 2^53-1 in size."))
        elif kind is dict or kind is list:
            _walk(inner, depth + 1)  # type: ignore[arg-type] # kind is dict or list
        else:
            _refuse_form(N_("a value is text, an integer, true, false, null, a list or an object."))


_known_keys: Final[set[str]] = set()
"""Keys found good before; bounded, since keys come from outside."""


def _check_key(key: object) -> None:
    if type(key) is not str or _KEY.fullmatch(key) is None:
        _refuse_form(N_("a key begins with a-z and holds only a-z, 0-9 and _."))
    elif len(_known_keys) < 4096 and len(key) < 64:
        _known_keys.add(key)


def _check_text(text: str) -> None:
    if text.isascii() and text.isprintable():
        return  # What ASCII prints is fixed for ever, unlike the interpreter's tables.
    if _SUSPECT.search(text) is None:
        return
    found = _REFUSED.search(text)
    if found is not None:
        place, number = found.start(), f"U+{ord(found.group()):04X}"
        raise _text_refusal(
            N_("{number} at place {place} may not stand in text."), place, number=number
        )


def _check_depth(text: str) -> None:
    # Before parsing: how deep the parser itself can go differs between interpreters.
    if text.count("{") + text.count("[") <= MAX_DEPTH:
        return
    depth = 0
    for token in _TOKENS.finditer(text):
        mark = token.group()
        if mark in "{[":
            depth += 1
            if depth > MAX_DEPTH:
                _refuse_depth()
        elif mark in "}]":
            depth -= 1


def _check_escapes(text: str) -> None:
    """Refuse the controls that JSON writes as escapes; canonical text holds no others."""
    if "\\" not in text:
        return
    found = _OTHER_ESCAPE.search(text.replace("\\\\", ""))
    if found is not None:
        raise _text_refusal(
            N_("the control character written {number} may not stand in text."),
            text.find(found.group()),
            number=found.group(),
        )


def _refuse_float(_: str) -> NoReturn:
    raise ValueError


_parse: Final = json.JSONDecoder(parse_float=_refuse_float, parse_constant=_refuse_float).raw_decode
_write: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def _refuse_size(size: int, limit: int) -> NoReturn:
    raise Refusal(
        "size",
        thing=N_("Document of {size} bytes"),
        rule=N_("at most {limit} bytes are taken."),
        remedy=N_("Send a shorter one, or put long matter into an attached file."),
        size=size,
        limit=limit,
    )


def _text_refusal(rule: str, place: int, number: str = "") -> Refusal:
    return Refusal(
        "text",
        thing=N_("Text of a document"),
        rule=rule,
        remedy=N_("Remove that character, or write it in words."),
        place=place,
        number=number,
    )


def _refuse_depth() -> NoReturn:
    raise Refusal(
        "depth",
        thing=N_("Document"),
        rule=N_("lists and objects stand at most {limit} deep in one another."),
        remedy=N_("Write it flatter."),
        limit=MAX_DEPTH,
    )


def _refuse_form(rule: str) -> NoReturn:
    raise Refusal(
        "not-canonical",
        thing=N_("Document"),
        rule=rule,
        remedy=N_("Ask the author's node for the bytes that were signed."),
    )
