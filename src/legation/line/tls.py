"""TLS of the line: one version, both sides shown, both keys pinned.

Rules
1. TLS 1.3 and nothing else; no session tickets, so that every connection shows its key.
2. The only trust anchors are the certificates of the peer's keys documents. No authority,
   no host name: names in the network prove nothing about a ministry.
3. After the handshake the peer's public key is compared with the pinned `line` key.
   This does not lean on how the library builds chains.
4. Dates in a certificate decide nothing: a node whose clock is wrong must still be reached.
   A key ends by a keys document, at a position of the log.
"""

import hashlib
import hmac
import os
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from legation.errors import N_, Refusal

_NO_CHECK_TIME: Final = 0x200000  # X509_V_FLAG_NO_CHECK_TIME; the ssl module has no name for it
_FOR_EVER: Final = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)  # RFC 5280, 4.1.2.5

_ALERTS_ABOUT_OUR_KEY: Final = (
    "UNKNOWN_CA",
    "CERTIFICATE_REQUIRED",
    "BAD_CERTIFICATE",
    "CERTIFICATE_UNKNOWN",
    "DECRYPT_ERROR",
    "ACCESS_DENIED",
)
_SIGNS_OF_A_WRONG_KEY: Final = ("CERTIFICATE_VERIFY_FAILED", "PEER_DID_NOT_RETURN", "BAD_SIGNATURE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What our side shows on the line: its certificate (PEM) and the `line` key."""

    certificate: str
    key: Ed25519PrivateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """What the other side must show: its party, certificate (DER) and raw `line` key."""

    party: str
    certificate: bytes
    key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """Both ends of a line: what we show, and what they must show.

    pins: while a key rotates there are two, and any of them serves; none while no peer is
    confirmed.
    """

    identity: Identity
    pins: tuple[Pin, ...]

    @property
    def party(self) -> str:
        """The other side's party, "" while there is none."""
        return self.pins[0].party if self.pins else ""


def self_signed(line_key: Ed25519PrivateKey, party: str, now: datetime) -> str:
    """Return the certificate (PEM) of a `line` key, signed by itself.

    It is a frame for the key: who it belongs to is said by the keys document, and its dates
    decide nothing. The same arguments give the same bytes.
    """
    public = line_key.public_key()
    raw = public.public_bytes_raw()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Legation line of {party}")])
    usage = x509.ExtendedKeyUsage(
        [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    )
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(int.from_bytes(hashlib.sha256(raw).digest()[:16]) | 1)
        .not_valid_before(now.astimezone(UTC).replace(microsecond=0))
        .not_valid_after(_FOR_EVER)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=False)
        # Two certificates of one party in one trust store are told apart by these alone.
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
    )
    return built.sign(line_key, None).public_bytes(serialization.Encoding.PEM).decode()


def check_line_certificate(certificate: bytes, key: bytes) -> None:
    """Check that a keys document's `line_cert` (DER) frames its own `line` key.

    Raises Refusal "line-cert".
    """
    if not _is_key_of(_parsed(certificate), key):
        raise _bad_certificate()


def client_context(ends: Ends) -> ssl.SSLContext:
    """Return the context with which we call the peer. Raises Refusal "no-peer", "line-cert"."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False  # rule 2
    return _strict(context, ends)


def server_context(ends: Ends) -> ssl.SSLContext:
    """Return the context that lets the peer in. Raises Refusal "no-peer", "line-cert"."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.num_tickets = 0  # rule 1
    return _strict(context, ends)


def check_pin(connection: ssl.SSLSocket, ends: Ends) -> None:
    """Check that the other end of an established connection holds a pinned key (rule 3).

    Raises Refusal "line-key".
    """
    shown = connection.getpeercert(binary_form=True)
    if shown is None:
        raise wrong_key(ends)
    certificate = x509.load_der_x509_certificate(shown)
    if not any(_is_key_of(certificate, pin.key) for pin in ends.pins):
        raise wrong_key(ends)


def no_peer() -> Refusal:
    """Return the refusal of a connection while no peer is confirmed."""
    return Refusal(
        "no-peer",
        thing=N_("A connection on the line"),
        rule=N_("this node has no confirmed peer yet."),
        remedy=N_("Two officers confirm the introduction first."),
    )


def wrong_key(ends: Ends) -> Refusal:
    """Return the refusal of somebody who does not hold the peer's `line` key."""
    return Refusal(
        "line-key",
        thing=N_("A connection on the line with {party}"),
        rule=N_("the other end does not hold the line key that {party} stated."),
        remedy=N_(
            "Nothing was sent or read. If {party} changed its key, ask for its keys document;"
            " otherwise somebody stands between."
        ),
        party=ends.party,
    )


def tls_refusal(error: ssl.SSLError, ends: Ends) -> Refusal:
    """Return what a failed TLS connection means, as a refusal.

    "line-key": they did not show the pinned key; "line-key-refused": they do not know ours;
    "line-tls": plain text, or another version of TLS.
    """
    reason = error.reason or ""
    if any(sign in reason for sign in _SIGNS_OF_A_WRONG_KEY):
        return wrong_key(ends)
    if "ALERT" in reason and reason.endswith(_ALERTS_ABOUT_OUR_KEY):
        return Refusal(
            "line-key-refused",
            thing=N_("The connection to {party}"),
            rule=N_("their node does not accept the line key that ours shows."),
            remedy=N_("Ask {party} whether it holds our newest keys document."),
            party=ends.party,
        )
    return Refusal(
        "line-tls",
        thing=N_("A connection on the line with {party}"),
        rule=N_("it must be TLS 1.3, and it was not ({reason})."),
        remedy=N_("Check that the address is that of a Legation line port."),
        party=ends.party,
        reason=reason.lower().replace("_", " ") or type(error).__name__,
    )


def _bad_certificate() -> Refusal:
    return Refusal(
        "line-cert",
        thing=N_("The line certificate of a keys document"),
        rule=N_("it must be one certificate that frames the document's own line key."),
        remedy=N_("Ask the other side for a new introduction."),
    )


def _strict(context: ssl.SSLContext, ends: Ends) -> ssl.SSLContext:
    if not ends.pins:
        raise no_peer()
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VerifyFlags(_NO_CHECK_TIME)  # rule 4
    for pin in ends.pins:
        # Encoded anew: whatever stands behind the one certificate is no second anchor.
        anchor = _parsed(pin.certificate).public_bytes(serialization.Encoding.DER)
        context.load_verify_locations(cadata=anchor)
    _show(context, ends.identity)
    return context


def _show(context: ssl.SSLContext, identity: Identity) -> None:
    """Give the context our certificate and key, which the ssl module takes from a file only.

    A file in memory: the key is never written to a disk beside its own place.
    """
    key = identity.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    handle = os.memfd_create("line")
    try:
        os.write(handle, key + identity.certificate.encode())
        context.load_cert_chain(f"/proc/self/fd/{handle}")
    finally:
        os.close(handle)


def _parsed(certificate: bytes) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(certificate)
    except ValueError as error:
        raise _bad_certificate() from error


def _is_key_of(certificate: x509.Certificate, key: bytes) -> bool:
    with suppress(ValueError):  # an unknown kind of key
        shown = certificate.public_key()
        return isinstance(shown, Ed25519PublicKey) and hmac.compare_digest(
            shown.public_bytes_raw(), key
        )
    return False
