"""The line port: where the peer's bundles arrive over HTTPS.

Rules
1. Nobody is heard before showing the peer's pinned key; the key is asked for anew at each
   connection, since keys rotate.
2. Strangers who say nothing, or half a word, cannot keep the peer out: a connection waits
   for its first TLS record (the ClientHello) without a worker, for `HELLO_SECONDS`, and the
   longest silent go when more than `SILENT` do. Only then it is greeted, in a worker, within
   `GREETING_SECONDS`: at most `GREETINGS` at once, and `GREETINGS_EACH` of one address.
3. Only `POST /line` with a stated length of at most 1,040 KiB; bounded headers, threads, waits.
4. What is refused is named, for the count on the health page.
"""

import logging
import os
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from select import select
from typing import Any, Final

from cheroot.makefile import StreamReader, StreamWriter
from cheroot.server import Gateway, HTTPConnection, HTTPServer, KnownLengthRFile

from legation.errors import N_, Refusal
from legation.line.addresses import LINE_PATH
from legation.line.carriers.https import MAX_CARRIED, MEDIA_TYPE
from legation.line.tls import Ends, check_pin, server_context, tls_refusal

WORKERS: Final = 8
HELLO_SECONDS: Final = 1.0
SILENT: Final = 128
GREETINGS: Final = 6
GREETINGS_EACH: Final = 3
GREETING_SECONDS: Final = 5.0
FAREWELL_SECONDS: Final = 0.5
WAIT_SECONDS: Final = 30
KEPT_OPEN: Final = 10
MAX_HEADER: Final = 8_192
RECORD_HEAD: Final = 5
HANDSHAKE: Final = b"\x16"
LONGEST_RECORD: Final = 16_384

_log: Final = logging.getLogger("legation.line")

Answer = Callable[[memoryview], bytes | None]
Refused = Callable[[Refusal], None]
Answered = Callable[[], None]


class LinePort:
    """Listens on one address for one peer.

    bind: (host, port); port 0 takes a free one. ends: what each side shows, asked anew for
    each connection. answer: takes a sealed bundle, returns the sealed reply or None; a
    Refusal it raises is told as a status. answered: called after each answer, in the midst of
    the next request for all that the other side knows; after it the bundle's bytes are those of
    the next. refused: gets every connection refused.
    """

    def __init__(
        self,
        bind: tuple[str, int],
        *,
        ends: Callable[[], Ends],
        answer: Answer,
        refused: Refused,
        answered: Answered = lambda: None,
    ) -> None:
        self._server = _Server(bind, ends=ends, answer=answer, refused=refused, answered=answered)
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.bind_addr[1])

    def start(self) -> None:
        """Bind and listen, in a thread. Raises Refusal "port" when the address is taken."""
        try:
            self._server.prepare()
        except OSError as error:
            host, port = self._server.bind_addr[:2]
            raise Refusal(
                "port",
                thing=N_("The line port {host}:{port}"),
                rule=N_("this machine does not give it ({reason})."),
                remedy=N_("Stop what uses it, or choose another with --line-port."),
                host=host,
                port=port,
                reason=str(error),
            ) from error
        self._thread = threading.Thread(target=self._server.serve, name="line-port", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; what is being answered is finished first, within 5 seconds."""
        if self._thread is not None:
            self._server.stop()
            self._thread.join()
            self._thread = None


class _Server(HTTPServer):
    """Cheroot with TLS of our own (rule 2)."""

    timeout = WAIT_SECONDS
    max_request_header_size = MAX_HEADER
    max_request_body_size = MAX_CARRIED
    request_queue_size = 64
    shutdown_timeout = 5
    expiration_interval = 0.2  # also how long stopping takes
    keep_alive_conn_limit = KEPT_OPEN + 2 * SILENT  # silent ones are counted among these

    def __init__(
        self,
        bind: tuple[str, int],
        *,
        ends: Callable[[], Ends],
        answer: Answer,
        refused: Refused,
        answered: Answered,
    ) -> None:
        super().__init__(bind, _Post, minthreads=WORKERS, maxthreads=WORKERS, server_name="line")
        self.ConnectionClass = _Greeted
        self.ends = ends
        self.answer = answer
        self.answered = answered
        self.refused = refused
        self.greetings = _Greetings()
        self.silent: dict[_Greeted, None] = {}  # the longest silent first

    def process_conn(self, conn: "_Greeted") -> None:
        """Give a connection to a worker, once it has said what a worker needs (rule 2).

        Runs in the thread that accepts, which waits for all silent connections at once.
        """
        wanted = conn.bytes_wanted()
        if not wanted:
            self.silent.pop(conn, None)
            conn.wakes_at(1)
            super().process_conn(conn)
        elif wanted == conn.wanted or (len(self.silent) >= 2 * SILENT and not conn.wanted):
            conn.close()  # it woke without them, so they have gone; or far too many wait
        else:
            self._wait_for(conn, wanted)

    def _wait_for(self, conn: "_Greeted", wanted: int) -> None:
        """Come back to it when so many bytes are there; Cheroot closes who is late."""
        self.silent.setdefault(conn)
        conn.wakes_at(wanted)
        self.put_conn(conn)
        conn.last_used = conn.until - self.timeout
        for oldest in islice(self.silent, max(len(self.silent) - SILENT, 0)):
            oldest.last_used = 0.0

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:  # noqa: FBT001, FBT002 - Cheroot's own signature
        _log.log(level, "%s", msg, exc_info=traceback)


class _Greetings:
    """Counts the greetings under way: so many in all, so many of one address."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now: Counter[str] = Counter()

    def begin(self, address: str) -> bool:
        """Count one more, unless that is too many. Returns whether it may begin."""
        with self._lock:
            if self._now.total() >= GREETINGS or self._now[address] >= GREETINGS_EACH:
                return False
            self._now[address] += 1
        return True

    def end(self, address: str) -> None:
        """Count one less; forget an address that has none."""
        with self._lock:
            self._now -= Counter([address])


class _Greeted(HTTPConnection):
    """A connection that speaks HTTP only after the peer has shown its key (rule 1)."""

    server: _Server
    greeted = False
    wanted = 0
    last_used: float  # Cheroot's; Unix seconds

    def __init__(self, *how: Any) -> None:
        super().__init__(*how)
        self.until = time.time() + HELLO_SECONDS
        self._body = bytearray()

    def bytes_wanted(self) -> int:
        """Return how many bytes must be there for a worker to begin; 0 when they are.

        First the head of a TLS record, which states its length; then that whole record. What is
        no handshake a worker refuses, without having to wait.
        """
        if self.greeted:
            return 0
        said = self._peek()
        if said and not said.startswith(HANDSHAKE):
            return 0
        if len(said) < RECORD_HEAD:
            return RECORD_HEAD
        length = int.from_bytes(said[3:RECORD_HEAD])
        whole = RECORD_HEAD + length
        return whole if length <= LONGEST_RECORD and len(said) < whole else 0

    def _peek(self) -> bytes:
        """Return what has arrived, and leave it there."""
        self.socket.settimeout(0)  # the thread that accepts waits for nobody
        try:
            said: bytes = self.socket.recv(RECORD_HEAD + LONGEST_RECORD, socket.MSG_PEEK)
        except OSError:  # nothing yet, or gone
            return b""
        finally:
            self.socket.settimeout(self.server.timeout)
        return said

    def wakes_at(self, count: int) -> None:
        """Let the socket count as readable from so many bytes on, or when they hang up."""
        self.wanted = count
        with suppress(OSError):  # gone already
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, count)

    def communicate(self) -> bool:
        """Greet first, then serve one request, and on while the next has begun to come.

        To give each to another worker takes as long as to read a sixth of a megabyte. Returns
        whether the connection stays open.
        """
        if not self.greeted:
            if not self.server.greetings.begin(self.remote_addr):
                return False
            try:
                self.greeted = self._greet()
            finally:
                self.server.greetings.end(self.remote_addr)
        while self.greeted and super().communicate():  # type: ignore[no-untyped-call]  # Cheroot
            if not self.server.ready or not select([self.socket], [], [], 0)[0]:
                return True
        return False

    def body(self, source: KnownLengthRFile, length: int) -> memoryview:
        """Read a request's body, where the one before it lay; shorter if they hung up.

        Cheroot's own `read` copies every record of TLS into a megabyte of its own, and then all of
        them together: as much work as TLS.
        """
        if len(self._body) < length:
            self._body = bytearray(length)
        read = self.rfile.readinto(memoryview(self._body)[:length])
        source.remaining -= read
        return memoryview(self._body)[:read]

    def close(self) -> None:
        """Close, whatever state the socket is in.

        Cheroot takes an error here for its own end: a stranger who resets the connection in the
        midst of the greeting would stop the port.
        """
        self.server.silent.pop(self, None)
        try:
            super().close()
        except (OSError, ValueError):
            self.socket.close()

    def _greet(self) -> bool:
        try:
            ends = self.server.ends()
        except Refusal as refusal:  # a locked database
            self.server.refused(refusal)
            return False
        try:
            self._shake_hands(ends)
        except ssl.SSLEOFError:  # they went away
            return False
        except ssl.SSLError as error:
            self.server.refused(tls_refusal(error, ends))
            self._let_them_read()
            return False
        except OSError:  # they went away, or said nothing
            return False
        except Refusal as refusal:
            self.server.refused(refusal)
            return False
        return True

    def _shake_hands(self, ends: Ends) -> None:
        self.socket.settimeout(GREETING_SECONDS)
        context = server_context(ends)
        try:
            # In two steps, so that a socket whose greeting failed is still ours to close.
            self.socket = context.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )
        except OSError as error:  # an SSLError too: gone before a word was said
            raise ConnectionResetError(str(error)) from error
        self.socket.do_handshake()
        check_pin(self.socket, ends)
        self.socket.settimeout(self.server.timeout)
        self.rfile = StreamReader(self.socket, "rb", self.rbufsize)
        self.wfile = StreamWriter(self.socket, "wb", self.wbufsize)

    def _let_them_read(self) -> None:
        """Take in and drop what they still send, for a moment.

        A connection closed with unread bytes is reset, and the alert that says why is lost.
        """
        until = time.monotonic() + FAREWELL_SECONDS
        with suppress(OSError):
            handle = self.socket.fileno()
            while (left := until - time.monotonic()) > 0:
                if not select([handle], [], [], left)[0] or not os.read(handle, 65_536):
                    break


class _Post(Gateway):
    """Answers one request (rule 3)."""

    def respond(self) -> None:
        """Take the bundle, or say by status why not."""
        request = self.req
        if request.path != LINE_PATH.encode():
            self._say("404 Not Found")
        elif request.method != b"POST":
            self._say("405 Method Not Allowed", [(b"Allow", b"POST")])
        elif not (length := self._stated_length()):
            self._say("411 Length Required")
        elif len(bundle := request.conn.body(request.rfile, length)) != length:
            self._say("400 Bad Request")
        else:
            self._answer(bundle)

    def _stated_length(self) -> int:
        """Return the body's length, or 0 when it was not said plainly."""
        length = self.req.inheaders.get(b"Content-Length", b"")
        return int(length) if length.isdigit() and not self.req.chunked_read else 0

    def _answer(self, bundle: memoryview) -> None:
        server = self.req.server
        try:
            reply = server.answer(bundle)
        except Refusal:  # counted by who refused it
            self._say("422 Unprocessable Content")
            return
        if reply is None:
            self._say("204 No Content")
        else:
            self._say("200 OK", [(b"Content-Type", MEDIA_TYPE.encode())], reply)
        server.answered()

    def _say(
        self, status: str, headers: list[tuple[bytes, bytes]] | None = None, body: bytes = b""
    ) -> None:
        request = self.req
        request.status = status.encode()
        request.outheaders = headers or []
        if not status.startswith("204"):
            request.outheaders.append((b"Content-Length", str(len(body)).encode()))
        if not status.startswith("2"):
            request.close_connection = True  # whatever body is still under way is not read
        request.ensure_headers_sent()
        if body:
            request.write(body)
