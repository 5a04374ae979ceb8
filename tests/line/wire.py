"""Two line keys, XA's and XB's, and XB's line port: for the tests of HTTPS."""

import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from legation.errors import Refusal
from legation.line.carriers.https import HttpsCarrier
from legation.line.listener import LinePort
from legation.line.tls import Ends, Identity, Pin, self_signed

DAY = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)


def a_key(n: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32)


def an_identity(n: int, party: str, at: datetime = DAY) -> Identity:
    return Identity(certificate=self_signed(a_key(n), party, at), key=a_key(n))


def a_pin(identity: Identity, party: str) -> Pin:
    key = identity.key.public_key().public_bytes_raw()
    return Pin(party=party, certificate=der(identity), key=key)


def der(identity: Identity) -> bytes:
    return ssl.PEM_cert_to_DER_cert(identity.certificate)


XA, XB, STRANGER = an_identity(1, "XA"), an_identity(2, "XB"), an_identity(3, "XA")


@dataclass
class Port:
    """XB's line port: what came in, what was refused."""

    taken: list[bytes] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    ends: Ends = field(default_factory=lambda: Ends(identity=XB, pins=(a_pin(XA, "XA"),)))
    answer: Callable[[bytes], bytes | None] = bytes.upper
    noticed: threading.Event = field(default_factory=threading.Event)
    number: int = 0

    def take(self, bundle: memoryview) -> bytes | None:
        self.taken.append(bytes(bundle))
        return self.answer(self.taken[-1])

    def refuse(self, refusal: Refusal) -> None:
        self.refused.append(refusal)
        self.noticed.set()

    @property
    def url(self) -> str:
        return f"https://localhost:{self.number}/line"

    def codes(self) -> list[str]:
        assert self.noticed.wait(10)
        return [refusal.code for refusal in self.refused]


@contextmanager
def a_port() -> Iterator[Port]:
    held = Port()
    listening = LinePort(
        ("127.0.0.1", 0), ends=lambda: held.ends, answer=held.take, refused=held.refuse
    )
    listening.start()
    held.number = listening.port
    try:
        yield held
    finally:
        listening.stop()


def a_carrier(port: Port, **changes: object) -> HttpsCarrier:
    given: dict[str, object] = {
        "url": port.url,
        "ends": lambda: Ends(identity=XA, pins=(a_pin(XB, "XB"),)),
        **changes,
    }
    return HttpsCarrier(**given)  # type: ignore[arg-type]  # changes of a test


def ends(identity: Identity, pin: Pin) -> Callable[[], Ends]:
    return lambda: Ends(identity=identity, pins=(pin,))


def refusal_of(carrier: HttpsCarrier, bundle: bytes = b"a bundle") -> Refusal:
    with closing(carrier), pytest.raises(Refusal) as caught:
        carrier.send(bundle)
    return caught.value


def as_the_peer(port: Port, request: bytes) -> bytes:
    """Say something by hand in XA's name; return all that comes back."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    show(context, XA)
    plain = socket.create_connection(("127.0.0.1", port.number), 10)
    with plain, context.wrap_socket(plain) as greeted:
        greeted.sendall(request)
        got = b""
        with suppress(OSError):
            while more := greeted.recv(65_536):
                got += more
        return got


def key_pem(identity: Identity) -> bytes:
    return identity.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def show(context: ssl.SSLContext, identity: Identity) -> None:
    """Let a context of the test show a key."""
    handle = os.memfd_create("test")
    os.write(handle, key_pem(identity) + identity.certificate.encode())
    context.load_cert_chain(f"/proc/self/fd/{handle}")
    os.close(handle)
