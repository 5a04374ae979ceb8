"""An officer who lost password and passkeys is let back in by two others, and by no one alone.

1. Two different officers who may (clearing officers, key custodians) approve, neither of them
   the officer who lost access. The first opens, the second confirms within the hour.
2. Each is shown one half of a code, once. The officer needs both: so neither approver, nor
   whoever overhears one of them, gets in by that.
3. The code works once, for 15 minutes from the second approval, and dies after 5 wrong tries.
4. Who comes back sets a new password; all sessions end, and all passkeys are forgotten.
5. Only hashes of the halves are kept. Every step is in the audit, the code never.
6. An approval counts while its officer may approve: one who was suspended or expelled since then
   lets nobody in, and is no first for a second to join.
"""

import hashlib
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Final

from allauth.mfa.models import Authenticator

from legation.errors import N_, Refusal
from legation.line.databases import writing
from legation.line.node import Node
from legation.officers.models import Officer, Recovery
from legation.officers.permissions import RECOVER, require, suspended
from legation.officers.services.audit import note_down
from legation.officers.services.lookup import find_active, find_officer
from legation.officers.services.people import check_password
from legation.officers.services.sessions import end_sessions

OPEN_FOR: Final = timedelta(hours=1)
CODE_FOR: Final = timedelta(minutes=15)
MOST_TRIES: Final = 5
HALF_BYTES: Final = 5  # 40 bits a half: two groups of four letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """One approval. half: of the code, shown once. until: when the whole is out of date."""

    name: str
    half: str
    second: bool
    until: datetime


def approve_recovery(node: Node, *, name: str, by: Officer | str, at: datetime) -> Approved:
    """Approve that an officer gets back in; the first opens it, another one confirms.

    Raises Refusal "unknown-officer", "suspended", "role", "own-recovery" or "same-officer".
    """
    half = _new_half(node)
    with writing(node.alias):
        approver = find_active(node, by)
        require(approver, RECOVER)
        officer = find_officer(node, name)
        if not officer.is_active:
            raise suspended(officer)
        if officer.pk == approver.pk:
            raise _own(officer)
        row = _open(node, officer, at)
        second = row is not None and not row.second_by
        if row is None or row.second_by:  # a code that was lost is replaced by a new one
            close_recoveries(node, officer, at)
            until = at + OPEN_FOR
            Recovery.objects.using(node.alias).create(
                officer_id=officer.pk,
                first_by=approver.username,
                first_at=at,
                first_hash=_hash_of(half),
                code_until=until,
            )
        elif row.first_by == approver.username:
            raise _same(approver)
        else:
            until = at + CODE_FOR
            row.second_by, row.second_hash = approver.username, _hash_of(half)
            row.code_until = until
            row.save(using=node.alias)
        note_down(
            node,
            what="recovery.second" if second else "recovery.first",
            by=approver,
            at=at,
            about=officer.username,
        )
    return Approved(name=officer.username, half=half, second=second, until=until)


def give_up_recovery(node: Node, *, name: str, by: Officer | str, at: datetime) -> None:
    """Give up what was opened, whoever opened it. Raises Refusal "role", "unknown-officer"."""
    with writing(node.alias):
        approver = find_active(node, by)
        require(approver, RECOVER)
        officer = find_officer(node, name)
        close_recoveries(node, officer, at)
        note_down(node, what="recovery.given-up", by=approver, at=at, about=officer.username)


def recover(node: Node, *, name: str, halves: tuple[str, str], password: str, at: datetime) -> None:
    """Let the officer back in under a new password (rules 3 and 4).

    halves: as the two approvers read them out, in either order.
    Raises Refusal "recovery" (one answer to everything a stranger may try), or "weak-password".
    """
    check_password(password)
    if not _take(node, name, halves, at):
        raise Refusal(
            "recovery",
            thing=N_("Code"),
            rule=N_("name and halves do not fit, or the code is used or out of date."),
            remedy=N_("Check both halves; or ask the two officers to approve once more."),
        )
    officer = find_officer(node, name)
    with writing(node.alias):
        officer.set_password(password)
        officer.save(using=node.alias, update_fields=["password"])
        Authenticator.objects.using(node.alias).filter(user_id=officer.pk).delete()
        close_recoveries(node, officer, at)
        end_sessions(node, officer=officer, by=officer, at=at)
        note_down(node, what="recovery.used", by=officer, at=at, about=officer.username)


def change_password(
    node: Node, *, officer: Officer, password: str, at: datetime, except_key: str = ""
) -> None:
    """Give an officer the password that they chose; end their sessions, except `except_key`.

    The caller has asked for the old one. Raises Refusal "weak-password".
    """
    check_password(password)
    with writing(node.alias):
        row = find_active(node, officer)
        row.set_password(password)
        row.save(using=node.alias, update_fields=["password"])
        end_sessions(node, officer=row, by=row, at=at, except_key=except_key)
        note_down(node, what="officer.password", by=row, at=at, about=row.username)


def _take(node: Node, name: str, halves: tuple[str, str], at: datetime) -> bool:
    """Tell whether the code fits, and use it up; a wrong try is counted, in a transaction alone."""
    with writing(node.alias):
        rows = Officer.objects.using(node.alias).filter(is_active=True)
        officer = rows.filter(folded_name=name.casefold()).first()
        row = None if officer is None else _open(node, officer, at)
        if officer is None or row is None or not row.second_by:
            note_down(node, what="recovery.failed", by=None, at=at, about=name[:60])
            return False
        given = [_hash_of(half) for half in halves]
        wanted = (row.first_hash, row.second_hash)
        fits = any(compare_digest("".join(pair), "".join(wanted)) for pair in (given, given[::-1]))
        row.tries += not fits
        row.ended_at = at if fits or row.tries >= MOST_TRIES else None
        row.save(using=node.alias)
        if not fits:
            note_down(node, what="recovery.failed", by=None, at=at, about=officer.username)
        return fits


def _open(node: Node, officer: Officer, at: datetime) -> Recovery | None:
    rows = Recovery.objects.using(node.alias).filter(officer_id=officer.pk, ended_at=None)
    row = rows.filter(code_until__gt=at).first()
    return row if row is not None and _stands(node, row) else None


def _stands(node: Node, row: Recovery) -> bool:
    """Tell whether those who approved still may (rule 6)."""
    names = {name for name in (row.first_by, row.second_by) if name}
    found = Officer.objects.using(node.alias).filter(username__in=names, is_active=True)
    return names == {each.username for each in found if each.has_perm(RECOVER)}


def close_recoveries(node: Node, officer: Officer, at: datetime) -> None:
    """End what is open for the officer; a code that was given works no more."""
    rows = Recovery.objects.using(node.alias).filter(officer_id=officer.pk, ended_at=None)
    rows.update(ended_at=at)


def _new_half(node: Node) -> str:
    letters = b32encode(node.random(HALF_BYTES)).decode("ascii").lower()
    return f"{letters[:4]}-{letters[4:]}"


def _hash_of(half: str) -> str:
    letters = "".join(half.split()).replace("-", "").lower()
    return hashlib.sha256(f"legation/recovery/{letters}".encode()).hexdigest()


def _own(officer: Officer) -> Refusal:
    return Refusal(
        "own-recovery",
        thing=N_("Officer {name}"),
        rule=N_("nobody lets themselves back in."),
        remedy=N_("Ask two other clearing officers or key custodians."),
        name=officer.username,
    )


def _same(approver: Officer) -> Refusal:
    return Refusal(
        "same-officer",
        thing=N_("Officer {name}"),
        rule=N_("the second approval comes from another officer than the first."),
        remedy=N_("Ask another clearing officer or key custodian to approve too."),
        name=approver.username,
    )
