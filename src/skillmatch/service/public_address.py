"""Which network addresses may be asked on behalf of a document that a stranger wrote.

A credential names web addresses, and whoever wrote it chose them. Asking an address inside the
reader's own network would let a badge look around there, so only public addresses are asked.
"""

from __future__ import annotations

import ipaddress
import socket

_CARRIERS = (
    # Each carries an IPv4 address in its last or middle bits, which the gateway then reaches.
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),
    (ipaddress.IPv6Network("64:ff9b:1::/48"), 0),
    (ipaddress.IPv6Network("2002::/16"), 80),
    (ipaddress.IPv6Network("::/96"), 0),
)
_TEREDO = ipaddress.IPv6Network("2001::/32")


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet.

    Private, loopback, link-local, multicast, reserved, unspecified, shared and documentation
    addresses are not; nor is an IPv6 address that only wraps one of those (mapped, 6to4, NAT64,
    Teredo).
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        wrapped = _wrapped(parsed)
        if wrapped is not None:
            return is_public(str(wrapped))
        if parsed in _TEREDO or parsed.is_site_local:
            return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    for network, shift in _CARRIERS:
        if address in network:
            return ipaddress.IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    return None


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the IP addresses of a host, as the system's resolver orders them.

    Raises:
        OSError: The name has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
