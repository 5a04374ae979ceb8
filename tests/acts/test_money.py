"""Money as people write it, in minor units: never a fraction, never without a currency."""

import pytest

from legation.acts.money import major, minor
from legation.errors import Refusal


@pytest.mark.parametrize(
    ("typed", "currency", "amount"),
    [
        ("1200.50", "USD", 120050),
        ("1 200,5", "RUB", 120050),
        ("1200", "USD", 120000),
        ("1200.000", "USD", 120000),
        ("5000", "JPY", 5000),
        ("1.234", "KWD", 1234),
        ("-3", "USD", -300),
    ],
)
def test_what_is_typed_becomes_minor_units(typed: str, currency: str, amount: int) -> None:
    assert minor(typed, currency) == amount


@pytest.mark.parametrize(
    ("typed", "currency", "code"),
    [
        ("1200.505", "USD", "fraction"),
        ("5000.5", "JPY", "fraction"),
        ("1200", "", "no-currency"),
        ("much", "USD", "amount"),
        ("", "USD", "amount"),
        ("1.2.3", "USD", "amount"),
        ("9" * 20, "USD", "amount"),
        ("\u0661\u0662", "USD", "amount"),
    ],
)
def test_what_is_no_sum_of_money_is_refused(typed: str, currency: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        minor(typed, currency)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        (120050, "USD", "1\u202f200.50"),
        (5, "USD", "0.05"),
        (-5, "USD", "-0.05"),
        (5000, "JPY", "5\u202f000"),
        (1234, "KWD", "1.234"),
    ],
)
def test_minor_units_are_written_as_people_do(amount: int, currency: str, written: str) -> None:
    assert major(amount, currency) == written
    assert minor(written, currency) == amount
