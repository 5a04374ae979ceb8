"""The currencies of ISO 4217: which there are and what they are called, from pycountry.

Read once, and only when asked for. How many digits stand after the point: `money`.
"""

from functools import cache

import pycountry

from legation.errors import N_, Refusal
from legation.ui.iso import CURRENCIES, in_language

NO_MONEY = frozenset({"XXX", "XTS", "XAU", "XAG", "XPT", "XPD", "XBA", "XBB", "XBC", "XBD", "XDR"})
"""Codes of the list by which nobody is paid: metals, units of account, tests."""


@cache
def currencies(lang: str = "en") -> tuple[tuple[str, str], ...]:
    """Return code and name of every currency that can be paid, by code."""
    codes = sorted(each.alpha_3 for each in pycountry.currencies)
    return tuple((code, name_of(code, lang)) for code in codes if code not in NO_MONEY)


@cache
def name_of(code: str, lang: str = "en") -> str:
    """Return a currency's name in a language, in English where it has none there; else its code."""
    found = pycountry.currencies.get(alpha_3=code)
    if found is None:
        return code
    return in_language(str(found.name), lang, of=CURRENCIES)


def check_currency(code: str) -> None:
    """Raise Refusal "unknown-currency" for a code that ISO 4217 does not list as money."""
    found = pycountry.currencies.get(alpha_3=code)
    # The library takes small letters too; a record that writes a code in two ways has two.
    if code in NO_MONEY or found is None or found.alpha_3 != code:
        raise Refusal(
            "unknown-currency",
            thing=N_("Currency “{currency}”"),
            rule=N_("no currency of ISO 4217 has this code."),
            remedy=N_("Use three capitals, as USD or RUB."),
            field="value.currency",
            currency=code[:20],
        )
