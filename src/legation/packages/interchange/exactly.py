"""Decimals as exact numbers, and back; the refusals that every format shares."""

import re
from fractions import Fraction
from typing import Final, NoReturn

from legation.errors import N_, Refusal
from legation.packages.model import Number

MAX_DIGITS: Final = 4_200
MAX_EXPONENT: Final = 400
DIGITS: Final = 40
"""Of a number that ends in no decimal, so many are written."""
_DECIMAL: Final = re.compile(
    r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE](?P<exponent>[+-]?\d{1,4}))?|-?\d+/\d+", re.ASCII
)


def refused(where: str, rule: str, *, code: str = "file", **values: object) -> NoReturn:
    """Raise a Refusal that names the place in a file."""
    refusal = Refusal(
        code,
        thing=N_("File {where}"),
        rule=rule,
        remedy=N_("Correct it there; nothing was read."),
    )
    refusal.values = {"where": where[:200], **values}
    raise refusal


def number(text: str | None, where: str) -> Number:
    """Return the exact number that a text says: 3, 0.105, 1e-3, 3/7. Raises Refusal "file"."""
    shown = "" if text is None else text.strip()
    found = _DECIMAL.fullmatch(shown) if len(shown) <= MAX_DIGITS else None
    if found is None or abs(int(found["exponent"] or 0)) > MAX_EXPONENT:
        refused(where, N_("“{text}” is no finite number that can be kept."), text=shown[:40])
    try:
        return simplest(Fraction(shown))
    except ZeroDivisionError:
        refused(where, N_("“{text}” is no finite number that can be kept."), text=shown[:40])


def near(one: Number, other: Number, scale: Number) -> bool:
    """Tell whether two numbers differ by no more than rounding does at a scale."""
    return abs(Fraction(one) - Fraction(other)) * 10**9 <= max(Fraction(1), abs(Fraction(scale)))


def simplest(value: Number) -> Number:
    """Return a whole number as `int`."""
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else exact


def ends(value: Number) -> bool:
    """Tell whether a number is a finite decimal that is short enough to write whole."""
    rest = Fraction(value).denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1 and Fraction(value).denominator.bit_length() < 4 * DIGITS


def decimal(value: Number) -> str:
    """Return a number as a decimal: whole where it ends, else rounded to `DIGITS` places."""
    exact = Fraction(value)
    places = DIGITS
    if ends(exact):
        places = next(n for n in range(8 * DIGITS) if 10**n % exact.denominator == 0)
    scaled = round(exact * 10**places)
    sign, digits = "-" if scaled < 0 else "", str(abs(scaled)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits
