"""The form that asks about a payment. It stores nothing and sends nothing: the address is all."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from legation.acts.money import minor
from legation.acts.values import MAX_INTEGER
from legation.errors import N_, Refusal
from legation.missions import naming
from legation.missions.currencies import check_currency, currencies
from legation.missions.readiness.paying import PURPOSES, Payment

EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2999, 12, 31)


class PaymentForm(forms.Form):
    """Which channel, how much of what, what for, on which day."""

    channel = forms.ChoiceField(label=_("Payment channel"))
    amount = forms.CharField(
        label=_("Amount"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    currency = forms.CharField(
        label=_("Currency"),
        max_length=20,
        error_messages={"required": _("Money has a currency: name it by three capitals, as USD.")},
    )
    purpose = forms.ChoiceField(label=_("Purpose"))
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, channels: Sequence[tuple[str, str]], on: date, data: Any = None) -> None:
        super().__init__(data, initial={"day": on}, prefix=None)
        self.minor = 0
        lang = get_language() or "en"
        listed = [(code, f"{code}, {name}") for code, name in currencies(lang)]
        currency = self.fields["currency"]
        currency.widget = forms.Select(choices=[("", ""), *listed])
        for name, choices in (
            ("channel", list(channels)),
            ("purpose", [(each, gettext(naming.value_name("purpose", each))) for each in PURPOSES]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean_day(self) -> date:
        """Refuse a day that no statement could speak of."""
        day: date = self.cleaned_data["day"]
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(gettext(_DAY))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse money without a currency, fractions of a cent, and no money at all."""
        found: dict[str, Any] = super().clean() or {}
        currency, text = str(found.get("currency") or ""), str(found.get("amount") or "")
        try:
            if currency:
                check_currency(currency)
                if text:
                    self.minor = minor(text, currency)
                    _check_sum(self.minor)
        except Refusal as refusal:
            words = refusal.as_dict(gettext)
            name = "currency" if refusal.code == "unknown-currency" else "amount"
            self.add_error(name, f"{words['rule']} {words['remedy']}")
        return found

    def payment(self) -> Payment:
        """Return what was asked, once it is valid."""
        return Payment(
            channel=self.cleaned_data["channel"],
            amount=self.minor,
            currency=self.cleaned_data["currency"],
            purpose=self.cleaned_data["purpose"],
            day=self.cleaned_data["day"],
        )


_DAY: Final = N_("Choose a day between 1900 and 2999.")


def _check_sum(amount: int) -> None:
    if not 0 < amount <= MAX_INTEGER:
        raise Refusal(
            "amount",
            thing=N_("Amount"),
            rule=N_("a payment is more than nothing, and not more than can be counted exactly."),
            remedy=N_("Write the amount to be paid, as 1200.50."),
        )
