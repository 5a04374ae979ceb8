"""An officer's passkeys: what they are called, since when, and when each was used last."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from legation.line.node import Node
from legation.officers.models import Officer


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """One passkey. id: in addresses of pages. used_at: None before it was ever used."""

    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


def passkeys(node: Node, officer: Officer) -> tuple[Passkey, ...]:
    """Return the officer's passkeys, the oldest first."""
    rows = Authenticator.objects.using(node.alias).filter(
        user_id=officer.pk, type=Authenticator.Type.WEBAUTHN
    )
    return tuple(
        Passkey(id=row.pk, name=str(row), added_at=row.created_at, used_at=row.last_used_at)
        for row in rows.order_by("created_at", "pk")
    )
