"""Which currencies there are, what they are called, and how many digits each of them has."""

import pycountry
import pytest

from legation.acts.money import DIGITS, digits_of
from legation.errors import Refusal
from legation.missions.currencies import NO_MONEY, check_currency, currencies, name_of


@pytest.mark.parametrize("code", ["USD", "RUB", "TRY", "JPY", "IRR", "XAF"])
def test_what_is_paid_with_is_a_currency(code: str) -> None:
    check_currency(code)
    assert code in dict(currencies())


@pytest.mark.parametrize("code", ["XQZ", "usd", "", "US", "XAU", "XXX", "SUR", "=1+1"])
def test_what_is_no_money_today_is_refused_with_what_to_write(code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_currency(code)
    assert refused.value.code == "unknown-currency"
    assert "three capitals" in str(refused.value)


def test_names_are_in_the_reader_s_language_where_there_is_one() -> None:
    assert name_of("USD", "en") == "US Dollar"
    assert name_of("USD", "ru") != "US Dollar"
    assert name_of("USD", "zz") == "US Dollar"
    assert name_of("XQZ", "ru") == "XQZ"


def test_every_currency_with_other_digits_than_two_is_one() -> None:
    listed = {each.alpha_3 for each in pycountry.currencies}
    assert set(DIGITS) - listed == set()
    assert listed >= NO_MONEY
    assert (digits_of("JPY"), digits_of("USD"), digits_of("KWD")) == (0, 2, 3)
