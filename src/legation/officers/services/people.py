"""Officers: added, recognised by their token, suspended.

1. A token file is written once, mode 0600; the row keeps only its SHA-256.
2. A token is compared in constant time.
3. The first password is returned once, to be shown once; the row keeps only its hash.
4. Names are unique in any mix of capitals, and make safe file names.
5. A key custodian also gets an Ed25519 key file, and a place in the keys document.
"""

import hashlib
import re
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from pathlib import Path
from typing import Final

from django.contrib.auth.hashers import make_password

from legation.errors import N_, Refusal
from legation.line.databases import writing
from legation.line.node import Node
from legation.officers.files import read_private, write_private
from legation.officers.models import Officer
from legation.officers.permissions import RECOVER, ROLE_OTHER_NAMES, ROLES
from legation.officers.queries import token_path
from legation.officers.services import drafts
from legation.officers.services.audit import note_down
from legation.officers.services.custodians import ROLE, Custodian, make_custodian
from legation.officers.services.lookup import find_active, find_officer
from legation.officers.wording import DraftedAct
from legation.record.canon import decode

NAME_RULE: Final = re.compile(r"[^\W_][\w.-]{0,39}")
TOKEN_BYTES: Final = 32
LONGEST_TOKEN_FILE: Final = 200
ROTATED: Final = "key.rotated"
APPROVALS: Final = 2
SHORTEST_PASSWORD: Final = 12
PASSWORD_BYTES: Final = 10  # 80 bits: four groups of four letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A new officer. password: shown once, kept nowhere. key_path: a custodian's key file.

    draft: id of the draft that puts the key into force, once there is a record.
    """

    name: str
    roles: tuple[str, ...]
    token_path: Path
    password: str
    key_path: Path | None = None
    draft: str | None = None


def _checked_name(node: Node, name: str) -> str:
    if not NAME_RULE.fullmatch(name):
        raise Refusal(
            "officer-name",
            thing=N_("Officer {name}"),
            rule=N_(
                "a name to sign in with is 1 to 40 letters, digits, dots, hyphens or"
                " underscores, and begins with a letter or a digit."
            ),
            remedy=N_("Choose such a name; the full name has a field of its own."),
            name=name[:60],
        )
    if Officer.objects.using(node.alias).filter(folded_name=name.casefold()).exists():
        raise Refusal(
            "officer-exists",
            thing=N_("Officer {name}"),
            rule=N_("this node has an officer of that name already."),
            remedy=N_("Choose another name; capitals make no difference."),
            name=name,
        )
    return name


def checked_roles(roles: Sequence[str]) -> tuple[str, ...]:
    """Return the roles by their short names, each once, in the order of the table.

    Raises Refusal "unknown-role" or "no-role".
    """
    plain = [role.replace("-", " ").replace("_", " ") for role in roles]
    asked = [ROLE_OTHER_NAMES.get(role, role) for role in plain]
    unknown = [role for role in asked if role not in ROLES]
    if unknown or not asked:
        raise Refusal(
            "unknown-role" if unknown else "no-role",
            thing=N_("Role {role}"),
            rule=N_("an officer has one or more of the roles {known}."),
            remedy=N_("Name one of them with `--role`; repeat it for several."),
            role=", ".join(unknown) or "-",
            known=", ".join(ROLES),
        )
    return tuple(role for role in ROLES if role in asked)


def new_password(node: Node) -> str:
    """Return a password that nobody chose: 80 bits, in four groups of four letters."""
    letters = b32encode(node.random(PASSWORD_BYTES)).decode("ascii").lower()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def add_officer(
    node: Node,
    *,
    name: str,
    roles: Sequence[str],
    post: str = "",
    display_name: str = "",
    by: Officer | str | None = None,
    at: datetime,
    password: str | None = None,
    passphrase: str | None = None,
) -> Added:
    """Add an officer, with a token file, a first password, and for a custodian a key.

    password: chosen by the caller (a demonstration), else made here. passphrase: of the
    party's root key; only a custodian needs it, and only where it cannot be found. by: once
    there is a record, the officer who drafts the act that puts a custodian's key into force.
    Raises Refusal "officer-name", "officer-exists", "unknown-role", "no-role", "in-force", and
    what putting a custodian into the keys document raises.
    """
    chosen_roles = checked_roles(roles)
    token = node.random(TOKEN_BYTES).hex()
    secret = password or new_password(node)
    token_at = token_path(node, name)
    hashed = make_password(secret)  # it takes its time, and nobody waits for it
    with writing(node.alias):
        officer = Officer(
            username=_checked_name(node, name),
            folded_name=name.casefold(),
            display_name=display_name,
            roles=list(chosen_roles),
            post=post,
            token_hash=_hash_of(token),
            password=hashed,
            added_at=at,
        )
        officer.save(using=node.alias, force_insert=True)
        note_down(
            node,
            what="officer.added",
            by=by,
            at=at,
            about=name,
            detail={"roles": list(chosen_roles), "post": post},
        )
        write_private(token_at, (token + "\n").encode("ascii"))
        custodian = None
        try:
            if ROLE in chosen_roles:
                custodian = make_custodian(node, name=name, passphrase=passphrase)
                officer.signing_key = custodian.public_key
                officer.save(using=node.alias, update_fields=["signing_key"])
            draft = None if custodian is None else _put_into_force(node, custodian, by=by, at=at)
        except (Refusal, OSError):
            token_at.unlink()
            if custodian is not None:
                custodian.key_path.unlink()
            raise
    return Added(
        name=name,
        roles=chosen_roles,
        token_path=token_at,
        password=secret,
        key_path=None if custodian is None else custodian.key_path,
        draft=draft,
    )


def _put_into_force(
    node: Node, custodian: Custodian, *, by: Officer | str | None, at: datetime
) -> str | None:
    """Draft the act that brings the new keys document; None where it counts already.

    Raises Refusal "in-force" when nobody is named to draft it, and what drafting raises.
    """
    if custodian.in_force:
        return None
    if by is None:
        raise Refusal(
            "in-force",
            thing=N_("A new key custodian"),
            rule=N_("the keys are in force in a record, and change there by an act only."),
            remedy=N_("Name the officer who drafts that act, with `--as`."),
        )
    act = DraftedAct(type=ROTATED, body={"document": decode(custodian.document.encode())})
    number = custodian.document.seq
    return drafts.draft(node, acts=[act], title=f"{ROTATED} {number}", by=by, at=at).id


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8")).hexdigest()


def officer_by_token(node: Node, name: str) -> Officer:
    """Return the officer whose token file the caller can read, for commands with `--as`.

    Raises Refusal "unknown-officer", "suspended", "no-token", "token-mode" (others can read
    the file) or "wrong-token".
    """
    officer = find_active(node, name)
    path = token_path(node, officer.username)
    held = read_private(path, limit=LONGEST_TOKEN_FILE).strip()
    theirs = hashlib.sha256(held).hexdigest()
    if not compare_digest(theirs, officer.token_hash):
        raise Refusal(
            "wrong-token",
            thing=N_("Token {path}"),
            rule=N_("this is not the token that {name} was given."),
            remedy=N_("Put the officer's own token file back, or add the officer anew."),
            path=path,
            name=officer.username,
        )
    return officer


def check_password(password: str) -> None:
    """Raise Refusal "weak-password" for a chosen password that is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refusal(
            "weak-password",
            thing=N_("Password"),
            rule=N_("it has at least {least} characters."),
            remedy=N_("Choose a longer one: a sentence that you remember is good."),
            least=SHORTEST_PASSWORD,
            field="password",
        )


def set_password(
    node: Node,
    *,
    name: str,
    password: str | None = None,
    by: Officer | str | None = None,
    at: datetime,
) -> str:
    """Give the officer another password, and return it. Sessions under the old one end.

    password: chosen by the officer, or None to make one, shown once.
    Raises Refusal "unknown-officer".
    """
    secret = password or new_password(node)
    with writing(node.alias):
        officer = find_officer(node, name)
        officer.set_password(secret)
        officer.save(using=node.alias, update_fields=["password"])
        note_down(node, what="officer.password", by=by, at=at, about=officer.username)
    return secret


def reset_password(node: Node, *, name: str, by: Officer | str | None = None, at: datetime) -> str:
    """Make a new password for an officer, on the machine; return it, to be shown once.

    An officer makes their own. Another's is made here only while there are not two others who
    can let them back in (`services.recovery`). Raises Refusal "unknown-officer", "two-approve".
    """
    officer = find_officer(node, name)
    others = Officer.objects.using(node.alias).exclude(pk=officer.pk)
    able = [row for row in others if row.has_perm(RECOVER)]
    if str(by or "") != officer.username and len(able) >= APPROVALS:
        raise Refusal(
            "two-approve",
            thing=N_("Officer {name}"),
            rule=N_("who lost the password is let back in by two others, and by no one alone."),
            remedy=N_("Have two of {able} run `officer recover {name}`, each with `--as`."),
            name=officer.username,
            able=", ".join(row.username for row in able),
        )
    return set_password(node, name=name, by=by, at=at)


def suspend_officer(
    node: Node, *, name: str, by: Officer | str | None = None, at: datetime, reason: str = ""
) -> Officer:
    """Stop an officer: no sign-in, no command, at once; what they did stays done.

    Raises Refusal "unknown-officer" or "already-suspended".
    """
    with writing(node.alias):
        officer = find_officer(node, name)
        if not officer.is_active:
            raise Refusal(
                "already-suspended",
                thing=N_("Officer {name}"),
                rule=N_("this officer is suspended already."),
                remedy=N_("Nothing needs doing."),
                name=officer.username,
            )
        officer.is_active = False
        officer.suspended_at = at
        officer.save(using=node.alias, update_fields=["is_active", "suspended_at"])
        note_down(
            node,
            what="officer.suspended",
            by=by,
            at=at,
            about=officer.username,
            detail={"reason": reason[:400]},
        )
    return officer
