"""Which addresses may be reached: what others name must not lead into a private network."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from pincite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
    # The addresses of a host and port; raises OSError where it has none.
    Resolve: TypeAlias = Callable[[str, int], Sequence[str]]

_PORTS = {"http": 80, "https": 443}
# RFC 6052: the last four bytes are an IPv4 address, which a gateway reaches.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolved(host: str, port: int) -> tuple[str, ...]:
    """The addresses that the system has for a host, in its order. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet, also when it is wrapped in another."""
    found: Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if found.teredo is not None:
            inner = found.teredo[1]
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def private_addresses(url: str, *, resolve: Resolve = resolved) -> tuple[str, ...]:
    """Those of the host's addresses that are not public; none where it cannot be resolved.

    A name that nothing resolves here may be one that a proxy knows.
    """
    host, port = origin(url)
    try:
        return tuple(one for one in resolve(host, port) if not is_public(one))
    except (OSError, UnicodeError):
        return ()


def refuse_private(url: str, *, given: str, resolve: Resolve = resolved) -> None:
    """Raise SourceError for an address in a private network that is not where `given` is.

    `given` is the address that the user named: what it leads to on its own host and port was meant.
    """
    if origin(url) != origin(given) and (found := private_addresses(url, resolve=resolve)):
        raise SourceError(
            f"{given}: leads to {url[:200]}, which is {found[0]} in a private network; this is "
            "not followed. If it is meant, give that address itself"
        )


def origin(url: str) -> tuple[str, int]:
    """Host and port of an address. Raises SourceError for one that has none."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise SourceError(f"{url[:200]}: this is no address ({error})") from error
    if not parts.hostname:
        raise SourceError(f"{url[:200]}: this address names no host")
    return parts.hostname.lower().rstrip("."), port
