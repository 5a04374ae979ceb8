"""How allauth meets the officers: sign-in by name and password, or by passkey; nothing else.

No sign-up, no e-mail: the administrator adds officers on the machine (`officer add`), and two
other officers let one back in (`services.recovery`). Every sign-in, every failed one, and every
passkey that comes or goes leaves an audit row.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from legation.officers.services import note_down, session_over

LONGEST_NAME_NOTED = 60
PASSKEY, PASSWORD = "passkey", "password"


def way_in(request: HttpRequest) -> str:
    """Return how somebody has just shown who they are: "passkey" or "password"."""
    told = request.session.get("account_authentication_methods") or [{}]
    return PASSKEY if any(each.get("method") == "mfa" for each in told) else PASSWORD


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no stubs
    """Closed to strangers; writes down who signed in. Needs `request.node`."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "This name and this password do not belong together. Check both; capitals count in"
            " the password only."
        ),
        "too_many_login_attempts": _(
            "There were too many failed attempts for this name. Wait five minutes, then try again."
        ),
        "rate_limited": _("That was asked for too often. Wait five minutes, then try again."),
        "incorrect_password": _("This is not your password. Check it, and type it again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's name
        """Say no: officers are added on the machine."""
        return False

    def can_delete_email(self, email_address: object) -> bool:  # noqa: ARG002
        """Say no: no addresses are kept."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Lead back to this desk alone: allauth would go to whatever listens on this machine."""
        host = context.request.get_host()
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={host}, require_https=context.request.is_secure()
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: a node has no mail of its own, and a password never travels by it."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing, as above."""

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign the officer in, and write it down."""
        super().login(request, user)
        node = request.node  # type: ignore[attr-defined]  # set by the web's middleware
        note_down(node, what="sign-in", by=user, at=node.clock(), detail={"by": way_in(request)})

    def logout(self, request: HttpRequest) -> None:
        """Sign the officer out, and take this browser off their list."""
        node = request.node  # type: ignore[attr-defined]  # as above
        key = request.session.session_key or ""
        if request.user.is_authenticated:
            session_over(node, key=key, at=node.clock())
        super().logout(request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ask for the password, and nothing else: an open desk has its passkey plugged in."""
        if not user.is_authenticated or not user.has_usable_password():
            return []
        url = reverse("account_reauthenticate")
        return [{"id": "reauthenticate", "description": "", "url": url}]

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down a failed sign-in by the name that was tried, never by the password."""
        super().authentication_failed(request, **credentials)
        node = request.node  # type: ignore[attr-defined]  # as above
        tried = str(credentials.get("username") or "")[:LONGEST_NAME_NOTED]
        note_down(node, what="sign-in.failed", by=None, at=node.clock(), about=tried)


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no stubs
    """Passkeys in the desk's own words. The relying party is the host that the browser shows."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This passkey is not known to this desk, or the page was open for too long. Try"
            " again, or sign in with name and password."
        ),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth's
        """Name a passkey that was given no name."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(n)d") % {"n": count + 1}

    def _get_site_name(self) -> str:
        """Return what the browser's dialogue calls this desk."""
        return "Legation"


def passkey_changed(what: str, request: HttpRequest, user: Any, authenticator: Any) -> None:
    """Write down that a passkey was added or removed, by its name."""
    node = request.node  # type: ignore[attr-defined]  # as above
    note_down(
        node,
        what=what,
        by=user,
        at=node.clock(),
        about=user.username,
        detail={"passkey": str(authenticator)[:80]},
    )
