"""Forms of sign-in, in the desk's own words."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from legation.errors import Refusal
from legation.officers.requests import sentences

LONGEST_NAME = 60


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no stubs
    """A new passkey: always one that proves who holds it, so it can stand for name and password."""

    name = forms.CharField(
        label=_("What to call it"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("The device it lies on, so that you know which to remove when one is lost."),
    )
    passwordless = None  # no choice: every passkey here does both


class EditPasskeyForm(EditWebAuthnForm):  # type: ignore[misc]  # as above
    """Another name for a passkey."""

    name = forms.CharField(label=_("What to call it"), max_length=LONGEST_NAME)


class Refusable(forms.Form):
    """A form that shows what a service refused beside what was typed."""

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal: at the field that it names, or above the form."""
        field = refusal.values.get("field")
        self.add_error(str(field) if field in self.fields else None, sentences(refusal))


class PasswordForm(Refusable):
    """A new password, twice."""

    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        help_text=_("At least 12 characters; a sentence that you remember is good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, object]:
        """Refuse two passwords that differ."""
        told = super().clean() or {}
        if told.get("password") and told.get("again") and told["password"] != told["again"]:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        return told


class RecoveryForm(PasswordForm):
    """What an officer types who was let back in."""

    field_order = ("name", "first", "second", "password", "again")

    name = forms.CharField(
        label=_("Name to sign in with"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    first = forms.CharField(
        label=_("First half of the code"),
        max_length=20,
        help_text=_("Eight letters and digits, from the officer who approved first."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    second = forms.CharField(
        label=_("Second half of the code"),
        max_length=20,
        help_text=_("From the officer who approved after that."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class ApproveForm(Refusable):
    """Whom to let back in."""

    name = forms.CharField(
        label=_("Officer who lost access"),
        max_length=40,
        help_text=_("The name they sign in with. Speak to them first, in a way that you trust."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ExpelForm(forms.Form):
    """Why an officer is expelled: for the audit, ours only."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        required=False,
        help_text=_("For the audit; it never crosses."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
