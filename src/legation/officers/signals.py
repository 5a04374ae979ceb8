"""What allauth tells when something about an officer's account has changed."""

from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.dispatch import receiver
from django.http import HttpRequest

from legation.officers.adapters import passkey_changed


@receiver(authenticator_added)
def added(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """Write down a new passkey."""
    passkey_changed("passkey.added", request, user, authenticator)


@receiver(authenticator_removed)
def removed(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """Write down that a passkey is gone."""
    passkey_changed("passkey.removed", request, user, authenticator)
