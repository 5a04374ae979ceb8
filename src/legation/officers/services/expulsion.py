"""An officer expelled, by one key custodian: dead at the next request, and in the record.

1. One custodian does it, never to themselves.
2. In one transaction: no sign-in, no password, no passkey, no token, no session, no code.
3. What they cleared and nobody released yet is uncleared: a second officer reads it again. What
   they only drafted stays; another officer clears it or not.
4. A custodian's signing key is then stopped by an act, `key.suspended`, that the other side sees
   too. The act says which key, never who or why. Where it cannot be written (no record yet, the
   signing custodian's key lies elsewhere), rule 2 stands all the same and the report says so.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from legation.errors import N_, Refusal
from legation.line import services as line
from legation.line.databases import writing
from legation.line.documents import newest
from legation.line.keyfiles import read_signing_key
from legation.line.node import Node
from legation.line.services import NewAct
from legation.officers.models import Draft, DraftState, Officer
from legation.officers.permissions import EXPEL, require
from legation.officers.queries import record_of, token_path
from legation.officers.services.audit import note_down
from legation.officers.services.custodians import key_path, signers
from legation.officers.services.lookup import find_active, find_officer
from legation.officers.services.recovery import close_recoveries
from legation.officers.services.sessions import end_sessions
from legation.record.ed25519 import raw_public

SUSPENDED: Final = "key.suspended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expelled:
    """What an expulsion ended.

    uncleared: drafts that must be cleared again. key: "none" (they held none), "stopped", or
    "waits"; key_refusal: why it waits.
    """

    name: str
    sessions: int
    passkeys: int
    uncleared: tuple[str, ...]
    key: str
    key_refusal: Refusal | None = None


def expel_officer(
    node: Node, *, name: str, by: Officer | str, at: datetime, reason: str = ""
) -> Expelled:
    """Expel an officer (rules 1 to 4).

    reason: ours only, for the audit. Raises Refusal "unknown-officer", "suspended", "role",
    "own-expulsion" or "already-expelled".
    """
    with writing(node.alias):
        custodian = find_active(node, by)
        require(custodian, EXPEL)
        officer = find_officer(node, name)
        _check(officer, custodian)
        sessions = _shut_out(node, officer, custodian, at)
        passkeys, _ = Authenticator.objects.using(node.alias).filter(user_id=officer.pk).delete()
        uncleared = _unclear(node, officer, custodian, at)
        note_down(
            node,
            what="officer.expelled",
            by=custodian,
            at=at,
            about=officer.username,
            detail={"reason": reason[:400], "sessions": sessions, "passkeys": passkeys},
        )
    token_path(node, officer.username).unlink(missing_ok=True)
    key, refusal = _stop_key(node, officer, custodian, at)
    return Expelled(
        name=officer.username,
        sessions=sessions,
        passkeys=passkeys,
        uncleared=uncleared,
        key=key,
        key_refusal=refusal,
    )


def _check(officer: Officer, custodian: Officer) -> None:
    if officer.pk == custodian.pk:
        raise Refusal(
            "own-expulsion",
            thing=N_("Officer {name}"),
            rule=N_("nobody expels themselves."),
            remedy=N_("Ask another key custodian."),
            name=officer.username,
        )
    if officer.expelled_at is not None:
        raise Refusal(
            "already-expelled",
            thing=N_("Officer {name}"),
            rule=N_("this officer is expelled already."),
            remedy=N_("Nothing needs doing."),
            name=officer.username,
        )


def _shut_out(node: Node, officer: Officer, custodian: Officer, at: datetime) -> int:
    """End every way in; return how many sessions were open."""
    officer.is_active = False
    officer.suspended_at = officer.suspended_at or at
    officer.expelled_at, officer.expelled_by = at, custodian.username
    officer.password = make_password(None)
    officer.token_hash = ""
    officer.save(using=node.alias)
    close_recoveries(node, officer, at)
    return end_sessions(node, officer=officer, by=custodian, at=at)


def _unclear(node: Node, officer: Officer, custodian: Officer, at: datetime) -> tuple[str, ...]:
    rows = Draft.objects.using(node.alias).filter(
        state=DraftState.CLEARED, cleared_by=officer.username
    )
    found = tuple(rows.values_list("id", flat=True))
    rows.update(state=DraftState.DRAFTED, cleared_by="", cleared_at=None, cleared_hash="")
    for draft in found:
        note_down(node, what="draft.uncleared", by=custodian, at=at, about=draft)
    return found


def _stop_key(
    node: Node, officer: Officer, custodian: Officer, at: datetime
) -> tuple[str, Refusal | None]:
    """Write the act that stops the officer's signing key (rule 4)."""
    key = _key_of(node, officer)
    named = {each.key.hex() for each in newest(node.home).officers} if key else set()
    if key not in named:
        return "none", None
    try:
        if not record_of(node):
            raise _no_record(officer)
        with writing(node.alias):
            sign = signers(node, [custodian])
            line.append(node, [NewAct(type=SUSPENDED, body={"key": key}, sign=sign)], at=at)
            note_down(
                node,
                what="key.suspended",
                by=custodian,
                at=at,
                about=officer.username,
                detail={"key": key},
            )
    except Refusal as refusal:
        return "waits", refusal
    return "stopped", None


def _key_of(node: Node, officer: Officer) -> str:
    """Return the officer's public key, 64 hex: as noted, else from the key file; "" for none."""
    if officer.signing_key:
        return officer.signing_key
    try:
        return raw_public(read_signing_key(key_path(node, officer.username))).hex()
    except Refusal:
        return ""


def _no_record(officer: Officer) -> Refusal:
    return Refusal(
        "no-peer",
        thing=N_("Signing key of {name}"),
        rule=N_("there is no record yet in which an act could stop it."),
        remedy=N_("Have the party root sign a keys document without it before the introduction."),
        name=officer.username,
    )
