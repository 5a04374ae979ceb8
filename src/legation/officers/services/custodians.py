"""Key custodians: an Ed25519 key file each, named in the keys document that the root signs.

1. The document goes to the other side, so it names a custodian by a label, never by name.
2. Before there is a record the first document is signed anew with each custodian; whoever has
   our introduction already needs the new one.
3. Once there is a record a new key takes effect only by an act, at its position.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from legation.acts.catalogue import act_types
from legation.errors import N_, Refusal
from legation.line.documents import newest, next_after, with_officer, write
from legation.line.keyfiles import new_signing_key, read_signing_key, root_key
from legation.line.node import Node
from legation.line.services.append import Signers
from legation.officers.files import write_private
from legation.officers.models import Officer
from legation.officers.queries import record_of
from legation.officers.services.lookup import find_active
from legation.record.ed25519 import raw_public
from legation.record.keys import KeysDocument, OfficerKey, fingerprint, sign_keys
from legation.record.signatures import OfficerSignature

ROLE: Final = "custodian"
LABEL_DIGITS: Final = 12


def key_path(node: Node, name: str) -> Path:
    """Return where a custodian's signing key lies: `officers/NAME.key`."""
    return node.home / "officers" / f"{name}.key"


def label_of(public: bytes) -> str:
    """Return how the keys document names the holder of a raw public key (rule 1)."""
    return f"{ROLE}-{fingerprint(public)[:LABEL_DIGITS]}"


def custodian_key(node: Node, name: str) -> tuple[str, Ed25519PrivateKey]:
    """Return a custodian's label and signing key. Raises Refusal "node-key"."""
    key = read_signing_key(key_path(node, name))
    return label_of(raw_public(key)), key


@dataclass(frozen=True, slots=True)
class Custodian:
    """A new custodian. key_path: their signing key. document: what the root signed, naming it.

    public_key: raw, 64 hex. in_force: whether the document counts already, or only once an act
    has brought it (rule 3).
    """

    key_path: Path
    public_key: str
    document: KeysDocument
    in_force: bool


def make_custodian(node: Node, *, name: str, passphrase: str | None = None) -> Custodian:
    """Make an officer's signing key, and a keys document of the root that names it.

    passphrase: of the party's root key, where it is neither in the environment nor in the
    folder. Raises Refusal "file-exists", "no-root", "passphrase".
    """
    root = root_key(node.home, passphrase)
    key = new_signing_key(node.random)
    public = raw_public(key)
    officer = OfficerKey(name=label_of(public), role=ROLE, alg="ed25519", key=public)
    before = newest(node.home)
    wanted = with_officer(before, officer)
    begun = bool(record_of(node))
    document = sign_keys(next_after(before, wanted) if begun else wanted, root)
    path = key_path(node, name)
    write_private(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    try:
        if not begun:
            write(node.home, document)
    except OSError:
        path.unlink()
        raise
    return Custodian(path, public.hex(), document, in_force=not begun)


def is_binding(type: str, version: int) -> bool:  # noqa: A002 - as acts call it
    """Tell whether acts of this type count only with custodians' signatures."""
    cls = act_types().get((type, version))
    return cls is not None and cls.binding


def signers(node: Node, custodians: Sequence[Officer | str]) -> Signers:
    """Return what signs a binding act with these custodians' key files.

    Raises Refusal "suspended", "role", "node-key".
    """
    keys = [_key_of(node, each) for each in custodians]

    def sign(message: bytes) -> list[OfficerSignature]:
        return [OfficerSignature(label, "ed25519", key.sign(message)) for label, key in keys]

    return sign


def _key_of(node: Node, custodian: Officer | str) -> tuple[str, Ed25519PrivateKey]:
    officer = find_active(node, custodian)
    if not officer.has_role(ROLE):
        raise Refusal(
            "role",
            thing=N_("Officer {name} ({roles})"),
            rule=N_("only a key custodian signs binding acts."),
            remedy=N_("Name two custodians."),
            name=officer.username,
            roles=", ".join(officer.roles),
        )
    return custodian_key(node, officer.username)
