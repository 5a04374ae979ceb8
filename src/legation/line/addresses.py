"""Where the line may connect: the address comes from the signed peer record, and is checked.

A peer chooses its own address, so it could name one inside our network and have our node
knock there. Rules
1. `https://host[:port][/line]`, nothing else: no user, query, fragment or other path.
2. A public address may be called. One of this machine only if the record itself names this
   machine (`localhost`, `*.localhost`, a loopback literal) or it is listed; any other private
   or reserved one only if it is listed (`line_allow` in node.json).
3. What an IPv6 address carries inside (mapped, 6to4, Teredo, NAT64) is checked as well.
4. The connection goes to the address that was checked; a name is not looked up again.
"""

import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from legation.errors import N_, Refusal

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network
Resolve: TypeAlias = Callable[[str, int], Sequence[str]]

LINE_PATH: Final = "/line"
_NAT64: Final = IPv6Network("64:ff9b::/96")
_MAX_URL: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class LineUrl:
    """The host and port that a peer record names."""

    host: str
    port: int

    @property
    def names_this_machine(self) -> bool:
        """Whether the record itself says "this machine", without asking anybody."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        literal = _literal(self.host)
        return literal is not None and literal.is_loopback


def parse_line_url(url: str) -> LineUrl:
    """Return the host and port of a peer's line (rule 1). Raises Refusal "line-url"."""
    refusal = Refusal(
        "line-url",
        thing=N_("The line address {url}"),
        rule=N_("it must look like https://line.example.org:9001, with nothing after the port."),
        remedy=N_("Ask the other side for a new introduction."),
        url=url[:_MAX_URL],
    )
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise refusal from error
    extra = parts.query or parts.fragment or "@" in parts.netloc or "?" in url or "#" in url
    if parts.scheme != "https" or extra or parts.path not in {"", "/", LINE_PATH}:
        raise refusal
    if not host or port == 0 or len(url) > _MAX_URL or not url.isascii() or not url.isprintable():
        raise refusal
    return LineUrl(host=host, port=port or 443)


def parse_allowed(listed: Iterable[str]) -> tuple[Network, ...]:
    """Return the networks of node.json's `line_allow`. Raises Refusal "line-allow"."""
    networks: list[Network] = []
    for text in listed:
        try:
            networks.append(ip_network(text, strict=False))
        except ValueError as error:
            raise Refusal(
                "line-allow",
                thing=N_("line_allow in node.json"),
                rule=N_("{text} is no address and no network."),
                remedy=N_("Write it like 10.20.0.0/16 or 192.168.1.7."),
                text=text,
            ) from error
    return tuple(networks)


def look_up(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host, best first, as text. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def addresses_to_call(
    url: LineUrl, *, allowed: Sequence[Network] = (), resolve: Resolve = look_up
) -> tuple[Address, ...]:
    """Return the checked addresses of a peer, best first (rules 2 to 4).

    Raises Refusal "line-address" if none may be called, "unreachable" if the name is unknown.
    """
    literal = _literal(url.host)
    if literal is not None:
        found: Sequence[Address] = (literal,)
    elif url.names_this_machine:  # never asked of the network (RFC 6761, 6.3)
        found = (IPv4Address("127.0.0.1"), IPv6Address("::1"))
    else:
        found = _resolved(url, resolve)
    callable_ = tuple(one for one in found if _may_call(one, url, allowed))
    if callable_:
        return callable_
    raise Refusal(
        "line-address",
        thing=N_("The line address {host}"),
        rule=N_("it leads to {address}, which is private or reserved and not listed."),
        remedy=N_("If that is right, list it under line_allow in node.json."),
        host=url.host,
        address=", ".join(str(one) for one in found) or "-",
    )


def _resolved(url: LineUrl, resolve: Resolve) -> Sequence[Address]:
    try:
        return tuple(ip_address(text) for text in resolve(url.host, url.port))
    except (OSError, ValueError) as error:  # UnicodeError of a bad name is a ValueError
        raise Refusal(
            "unreachable",
            thing=N_("The line address {host}"),
            rule=N_("its name could not be looked up."),
            remedy=N_("Nothing is lost; the node tries again by itself."),
            host=url.host,
        ) from error


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _may_call(address: Address, url: LineUrl, allowed: Sequence[Network]) -> bool:
    return all(
        any(face in network for network in allowed)
        or (face.is_global and not face.is_multicast)
        or (face.is_loopback and url.names_this_machine)
        for face in _faces(address)
    )


def _faces(address: Address) -> Iterator[Address]:
    """Give the address, or the IPv4 addresses that it carries inside (rule 3)."""
    if isinstance(address, IPv4Address):
        yield address
        return
    inside: list[IPv4Address] = []
    if address.ipv4_mapped is not None:
        inside.append(address.ipv4_mapped)
    if address.sixtofour is not None:
        inside.append(address.sixtofour)
    if address.teredo is not None:
        inside.extend(address.teredo)
    if address in _NAT64:
        inside.append(IPv4Address(int(address) & 0xFFFF_FFFF))
    yield from inside
    if not inside:
        yield address
