"""The HTTPS carrier, our end: POST a bundle, the reply is a bundle.

Rules
1. The address comes from the signed peer record alone; redirects are not followed; the
   connection goes to the address that was checked (`legation.line.addresses`).
2. Nothing is written before the peer has shown its pinned key (`legation.line.tls`).
3. One connection carries many bundles. A kept connection that turns out dead is opened
   anew once: a bundle may arrive twice and costs nothing.
4. A reply is bounded in size, and a whole exchange in time, however slowly it trickles.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import ClassVar, Final

from legation.errors import N_, Refusal
from legation.line.addresses import (
    LINE_PATH,
    Network,
    Resolve,
    addresses_to_call,
    look_up,
    parse_line_url,
)
from legation.line.core.bundle import FREIGHT_CLASS
from legation.line.tls import (
    Ends,
    check_pin,
    client_context,
    self_signed,
    tls_refusal,
)

__all__ = ["MAX_CARRIED", "MEDIA_TYPE", "HttpsCarrier", "self_signed"]

MAX_CARRIED: Final = FREIGHT_CLASS
MEDIA_TYPE: Final = "application/vnd.legation.bundle"

CONNECT_SECONDS: Final = 5.0
EXCHANGE_SECONDS: Final = 60.0


class HttpsCarrier:
    """Carries bundles to the peer's line port and brings back its replies.

    url: the peer record's line address. ends: what each side shows, asked anew for each
    connection, since keys rotate. allowed: networks of `line_allow`. seconds: for one whole
    exchange. One thread at a time.
    """

    name: ClassVar[str] = "https"

    def __init__(
        self,
        *,
        url: str,
        ends: Callable[[], Ends],
        allowed: Sequence[Network] = (),
        resolve: Resolve = look_up,
        seconds: float = EXCHANGE_SECONDS,
    ) -> None:
        self._url = parse_line_url(url)
        self._ends = ends
        self._allowed = tuple(allowed)
        self._resolve = resolve
        self._seconds = seconds
        self._open: _Connection | None = None

    def send(
        self, bundle: bytes, *, meanwhile: Callable[[], object] = lambda: None
    ) -> bytes | None:
        """Carry one sealed bundle; return the peer's, or None when it had nothing to say.

        meanwhile: done while they take it, and again if it has to be sent a second time.
        Raises Refusal: "unreachable", "line-address", "line-key", "line-key-refused",
        "line-tls", "line-reply", "bundle-refused".
        """
        kept, self._open = self._open, None
        if kept is not None:
            with suppress(_Stale):
                return self._exchange(kept, bundle, meanwhile)
        try:
            return self._exchange(self._connect(), bundle, meanwhile)
        except _Stale as stale:
            raise self._unreachable(str(stale)) from stale

    def close(self) -> None:
        """Close the kept connection, if any."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _connect(self) -> "_Connection":
        ends = self._ends()
        context = client_context(ends)
        addresses = addresses_to_call(self._url, allowed=self._allowed, resolve=self._resolve)
        problem: OSError = OSError("no address")
        for address in addresses:
            try:
                plain = socket.create_connection((str(address), self._url.port), CONNECT_SECONDS)
            except OSError as error:
                problem = error
                continue
            greeted = _greet(plain, context, ends)
            return _Connection(self._url.host, self._url.port, greeted, ends)
        raise self._unreachable(str(problem)) from problem

    def _exchange(
        self, connection: "_Connection", bundle: bytes, meanwhile: Callable[[], object]
    ) -> bytes | None:
        done = False
        try:
            connection.post(bundle, until=time.monotonic() + self._seconds)
            meanwhile()
            reply = connection.reply()
            done = True
        finally:
            if done and connection.sock is not None:
                self._open = connection
            else:
                connection.close()
        return reply

    def _unreachable(self, reason: str) -> Refusal:
        return Refusal(
            "unreachable",
            thing=N_("The line of {host}, port {port}"),
            rule=N_("it does not answer ({reason})."),
            remedy=N_("Nothing is lost; the node tries again by itself."),
            host=self._url.host,
            port=self._url.port,
            reason=reason,
        )


class _Stale(Exception):  # noqa: N818 - not an error when the connection was a kept one
    """The connection ended before a reply came."""


class _TimedSocket(ssl.SSLSocket):
    """A TLS socket on which everything together must end by one moment (rule 4)."""

    until: float | None = None

    def recv_into(self, buffer: bytearray, nbytes: int | None = None, flags: int = 0) -> int:  # type: ignore[override]  # narrower: http.client gives a bytearray's view
        self._tick()
        return super().recv_into(buffer, nbytes, flags)

    def send(self, data: bytes, flags: int = 0) -> int:  # type: ignore[override]  # as above
        self._tick()
        return super().send(data, flags)

    def _tick(self) -> None:
        if self.until is not None:
            left = self.until - time.monotonic()
            if left <= 0:
                raise TimeoutError("timed out")
            self.settimeout(left)


def _greet(plain: socket.socket, context: ssl.SSLContext, ends: Ends) -> _TimedSocket:
    """Make TLS of a TCP connection and check the peer's key (rule 2). Raises _Stale, Refusal."""
    context.sslsocket_class = _TimedSocket
    plain.settimeout(CONNECT_SECONDS)
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        greeted = context.wrap_socket(plain)
    except (ssl.SSLEOFError, ConnectionError, TimeoutError) as error:
        plain.close()
        raise _Stale(f"it hung up: {error}") from error
    except ssl.SSLError as error:
        plain.close()
        raise tls_refusal(error, ends) from error
    assert isinstance(greeted, _TimedSocket)
    try:
        check_pin(greeted, ends)
    except Refusal:
        greeted.close()
        raise
    return greeted


class _Connection(HTTPConnection):
    """One greeted connection; it never connects by itself."""

    auto_open = 0

    def __init__(self, host: str, port: int, greeted: _TimedSocket, ends: Ends) -> None:
        super().__init__(host, port)
        self.sock = greeted
        self._timed = greeted
        self._peer = ends

    def post(self, bundle: bytes, *, until: float) -> None:
        """Send one bundle; the reply must have come by then. Raises _Stale, Refusal."""
        self._timed.until = until
        with self._told():
            try:
                self.request("POST", LINE_PATH, bundle, {"Content-Type": MEDIA_TYPE})
            except (BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
                # They may have said why before they hung up: read that first.
                self._timed.recv_into(bytearray(1))
                raise

    def reply(self) -> bytes | None:
        """Return what answers the bundle that was sent. Raises _Stale, Refusal."""
        with self._told():
            return self._reply(self.getresponse())

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what a failed connection means."""
        try:
            yield
        except ssl.SSLEOFError as error:
            raise _Stale(str(error)) from error
        except ssl.SSLError as error:
            raise tls_refusal(error, self._peer) from error
        except (OSError, HTTPException) as error:
            raise _Stale(str(error) or type(error).__name__) from error

    def _reply(self, response: HTTPResponse) -> bytes | None:
        if response.status == 204:
            response.read()
            return None
        length = response.length
        if response.status != 200:
            raise Refusal(
                "bundle-refused",
                thing=N_("The bundle sent to {party}"),
                rule=N_("their node answered {status} and did not take it."),
                remedy=N_("See the refusals on their Line of contact page; ours goes on trying."),
                party=self._peer.party,
                status=response.status,
            )
        if length is None or response.chunked or not 0 < length <= MAX_CARRIED:
            raise Refusal(
                "line-reply",
                thing=N_("The reply of {party}"),
                rule=N_("it must state its size, at most {limit} bytes."),
                remedy=N_("Nothing was read. Ask the other side which program answers there."),
                party=self._peer.party,
                limit=MAX_CARRIED,
            )
        reply = response.read(length)
        if len(reply) < length:
            raise HTTPException("the reply ended early")
        return reply
