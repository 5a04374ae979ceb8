"""Amounts of money between people, who write "1200.50", and the record, which holds 120050. Pure.

In every act and register an amount stands as `amount` or `minor` beside its `currency`.

Source of the digits: ISO 4217:2015, table A.1, column "minor unit"; two where none is named here.
"""

import re
from collections.abc import Mapping
from typing import Final

from legation.errors import N_, Refusal

DIGITS: Final = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
         "VUV", "XAF", "XOF", "XPF"), 0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}  # fmt: skip
AMOUNTS: Final = frozenset({"amount", "minor"})
CURRENCY: Final = "currency"
NO_CURRENCY: Final = "no-currency"
WRITTEN: Final = re.compile(r"(-?)([0-9]{1,13})(?:[.,]([0-9]+))?", re.ASCII)


def digits_of(currency: str) -> int:
    """Return how many digits of a currency stand after the point."""
    return DIGITS.get(currency, 2)


def minor(text: str, currency: str) -> int:
    """Return an amount in minor units: "1200.50" and "USD" is 120050.

    Spaces may group digits. Raises Refusal "amount" for what is no number, "fraction" for more
    digits after the point than the currency has, and "no-currency" where none is named.
    """
    plain = re.sub(r"[\s\u00a0\u202f]", "", text)
    found = WRITTEN.fullmatch(plain)
    if found is None:
        raise _refusal(
            "amount", N_("this is no amount of money."), N_("Write digits, as 1200.50."), currency
        )
    if not currency:
        raise _refusal(
            NO_CURRENCY,
            N_("money has a currency."),
            N_("Name it by three capitals, as USD."),
            currency,
        )
    places = digits_of(currency)
    after = (found[3] or "").rstrip("0")
    if len(after) > places:
        raise _refusal(
            "fraction",
            N_("{currency} has {places} digits after the point, and no fractions beyond."),
            N_("Round it to what can be paid."),
            currency,
        )
    return int(f"{found[1]}{found[2]}{after.ljust(places, '0')}")


def _refusal(code: str, rule: str, remedy: str, currency: str) -> Refusal:
    return Refusal(
        code,
        thing=N_("Amount"),
        rule=rule,
        remedy=remedy,
        field="value.currency" if code == NO_CURRENCY else "value.amount",
        currency=currency,
        places=digits_of(currency),
    )


def major(amount: int, currency: str) -> str:
    """Return minor units as people write them: 120050 and "USD" is "1 200.50"."""
    places = digits_of(currency)
    whole, rest = divmod(abs(amount), 10**places)
    sign = "-" if amount < 0 else ""
    tail = f".{rest:0{places}d}" if places else ""
    return f"{sign}{whole:,}".replace(",", "\u202f") + tail


def written_in(told: Mapping[str, object], key: str) -> str | None:
    """Return how people write what stands under a key, if it is an amount with its currency."""
    amount, currency = told.get(key), told.get(CURRENCY)
    if key not in AMOUNTS or type(amount) is not int or not isinstance(currency, str):
        return None
    return major(amount, currency)
