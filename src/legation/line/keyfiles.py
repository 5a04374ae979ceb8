"""The node's private keys, and the party's root: made once, kept in files of mode 0600.

Rules
1. log, cosign, line and seal are four keys: each signs or opens one kind of thing.
2. The root signs keys documents only. It is encrypted with a passphrase and belongs on another
   medium; without it the node runs, but names no new key.
"""

from collections.abc import Callable
from dataclasses import dataclass
from os import environ
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from legation.errors import N_, Refusal
from legation.line.files import write_durably
from legation.line.sealing import PRIVATE_SIZE, seal_public
from legation.record.ed25519 import raw_public

SIGNING: Final = ("log", "cosign", "line")
ROOT_FILE: Final = "root/root.key"
PASSPHRASE_FILE: Final = "root/PASSPHRASE"  # noqa: S105 - a path
PASSPHRASE_ENV: Final = "LEGATION_PASSPHRASE"  # noqa: S105 - a name


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeSecrets:
    """The node's private keys. seal: of `legation.line.sealing`, 96 raw bytes."""

    log: Ed25519PrivateKey
    cosign: Ed25519PrivateKey
    line: Ed25519PrivateKey
    seal: bytes

    @classmethod
    def new(cls, random: Callable[[int], bytes]) -> "NodeSecrets":
        """Return new keys. random: gives that many bytes fit for keys."""
        return cls(
            log=new_signing_key(random),
            cosign=new_signing_key(random),
            line=new_signing_key(random),
            seal=random(PRIVATE_SIZE),
        )

    @property
    def seal_public(self) -> bytes:
        """The public half of `seal`, as the keys document names it."""
        return seal_public(self.seal)

    def save(self, home: Path) -> None:
        """Write the keys into `keys/` of the node's folder."""
        for name in SIGNING:
            write_signing_key(home / "keys" / f"{name}.key", getattr(self, name))
        write_durably(home / "keys/seal.key", self.seal)

    @classmethod
    def load(cls, home: Path) -> "NodeSecrets":
        """Read the keys of the node in `home`. Raises Refusal "node-key"."""
        log, cosign, line = (read_signing_key(home / "keys" / f"{name}.key") for name in SIGNING)
        return cls(log=log, cosign=cosign, line=line, seal=_read(home / "keys/seal.key"))


def new_signing_key(random: Callable[[int], bytes]) -> Ed25519PrivateKey:
    """Return a new Ed25519 key."""
    return Ed25519PrivateKey.from_private_bytes(random(32))


def write_signing_key(path: Path, key: Ed25519PrivateKey, *, passphrase: str = "") -> None:
    """Write a key as PKCS #8, encrypted if a passphrase is given, for its owner's eyes only."""
    locked: KeySerializationEncryption = NoEncryption()
    if passphrase:
        locked = BestAvailableEncryption(passphrase.encode())
    write_durably(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked))


def read_signing_key(path: Path, *, passphrase: str = "") -> Ed25519PrivateKey:
    """Read a key that `write_signing_key` wrote. Raises Refusal "node-key", "passphrase"."""
    data = _read(path)
    try:
        key = load_pem_private_key(data, passphrase.encode() or None)
    except (ValueError, TypeError) as fault:
        if b"ENCRYPTED" in data:
            raise _wrong_passphrase() from fault
        raise _unreadable(path) from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise _unreadable(path)
    return key


def passphrase_of(home: Path, given: str | None) -> str:
    """Return the root's passphrase: the given one, the environment's, or that of the first day.

    Raises Refusal "passphrase" when none is known.
    """
    if given is not None:
        return given
    if (found := environ.get(PASSPHRASE_ENV)) is not None:
        return found
    path = home / PASSPHRASE_FILE
    if path.is_file():
        return path.read_text(encoding="utf-8").strip()
    raise _wrong_passphrase()


def root_key(home: Path, passphrase: str | None = None) -> Ed25519PrivateKey:
    """Return the party's root key. Raises Refusal "no-root", "passphrase"."""
    path = home / ROOT_FILE
    if not path.is_file():
        raise Refusal(
            "no-root",
            thing=N_("The root key of this party"),
            rule=N_("only the root names keys, and it is not in {path}."),
            remedy=N_("Bring the medium that holds it, put the file there, and try again."),
            path=path,
        )
    return read_signing_key(path, passphrase=passphrase_of(home, passphrase))


def same_key(key: Ed25519PrivateKey, public: bytes) -> bool:
    """Tell whether `public` (raw) is this key's other half."""
    return raw_public(key) == public


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Refusal(
            "node-key",
            thing=N_("Key file {path}"),
            rule=N_("the node needs it, and it cannot be read ({why})."),
            remedy=N_("Run this as the user who keeps the node, or restore the keys."),
            path=path,
            why=fault.strerror,
        ) from fault


def _unreadable(path: Path) -> Refusal:
    return Refusal(
        "node-key",
        thing=N_("Key file {path}"),
        rule=N_("it holds one Ed25519 key in PKCS #8, and this one does not."),
        remedy=N_("Restore the node's keys from the backup."),
        path=path,
    )


def _wrong_passphrase() -> Refusal:
    return Refusal(
        "passphrase",
        thing=N_("The root key of this party"),
        rule=N_("its passphrase opens it; none was given, or another one."),
        remedy=N_("Set LEGATION_PASSPHRASE to the passphrase of the root key."),
    )
