"""Our own keys documents as files: what the root has signed, in order.

They begin as files since there is a node before there is a record. Until the record exists
there is one, number 0, signed anew with each custodian; afterwards they follow one another.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate

from legation.line.files import PUBLIC, write_durably
from legation.line.keyfiles import NodeSecrets
from legation.line.sealing import SUITE
from legation.record.ed25519 import raw_public
from legation.record.keys import KeysDocument, OfficerKey, parse_keys, sign_keys

THRESHOLD: Final = 2
"""Custodians whose signatures a binding act needs."""


def write_first(
    home: Path, *, keys: NodeSecrets, root: Ed25519PrivateKey, party: str, name: str
) -> None:
    """Sign and write the first document of a party, without officers yet."""
    certificate = load_pem_x509_certificate((home / "keys/line.crt").read_bytes())
    document = KeysDocument(
        v=1,
        party=party,
        name=name,
        seq=0,
        prev="",
        root=raw_public(root),
        log=raw_public(keys.log),
        cosign=raw_public(keys.cosign),
        line=raw_public(keys.line),
        line_cert=certificate.public_bytes(Encoding.DER),
        seal=keys.seal_public,
        suite=SUITE,
        officers=(),
        threshold=THRESHOLD,
    )
    write(home, sign_keys(document, root))


def write(home: Path, document: KeysDocument) -> None:
    """Write a document into `keys/documents`."""
    path = home / "keys/documents" / f"{document.seq}.json"
    write_durably(path, document.encode(), mode=PUBLIC)


def newest(home: Path) -> KeysDocument:
    """Return the newest document. Raises Refusal as `parse_keys`; OSError."""
    folder = home / "keys/documents"
    path = max(folder.glob("*.json"), key=lambda each: int(each.stem))
    return parse_keys(path.read_bytes())


def with_officer(document: KeysDocument, officer: OfficerKey) -> KeysDocument:
    """Return the document with one more officer's key, not signed yet, number unchanged."""
    return replace(document, officers=(*document.officers, officer), sig=b"")


def next_after(document: KeysDocument, changed: KeysDocument) -> KeysDocument:
    """Return `changed` as the document that follows `document`, not signed yet."""
    return replace(changed, seq=document.seq + 1, prev=document.digest(), sig=b"")
