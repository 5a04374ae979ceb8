"""Fields of a keys document, read one by one: each fault names its field."""

import re as regex

from legation.errors import N_, Refusal
from legation.record.b64 import from_base64
from legation.record.canon import Json


def bytes_field(value: dict[str, Json], field: str) -> bytes:
    """Return bytes that stand in base64."""
    text = value[field]
    data = from_base64(text) if isinstance(text, str) else None
    if data is None:
        raise bad_field(field, N_("it is bytes in base64."))
    return data


def number_field(value: dict[str, Json], field: str, low: int, high: int) -> int:
    """Return an integer between low and high."""
    number = value[field]
    if type(number) is not int or not low <= number <= high:
        raise bad_field(field, N_("it is an integer in its limits."))
    return number


def line_field(value: dict[str, Json], field: str, longest: int) -> str:
    """Return one line of text of at most `longest` characters."""
    text = value[field]
    if not isinstance(text, str) or len(text) > longest or "\n" in text:
        raise bad_field(field, N_("it is one line of text in its limits."))
    return text


def label_field(value: dict[str, Json], field: str, form: regex.Pattern[str], rule: str) -> str:
    """Return text of a form; `rule` says the form in words."""
    text = value[field]
    if not isinstance(text, str) or form.fullmatch(text) is None:
        raise bad_field(field, rule)
    return text


def bad_field(field: str, rule: str) -> Refusal:
    """Return the refusal of one field."""
    return Refusal(
        "schema",
        thing=N_("Field {field} of a keys document"),
        rule=rule,
        remedy=N_("Ask its party for a corrected document."),
        field=field,
    )
