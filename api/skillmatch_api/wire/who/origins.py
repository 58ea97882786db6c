"""Which address and which site a request says it comes from and goes to.

A browser sends cookies and reaches this machine's own ports for whatever page asks it to; ``Host``
and ``Origin`` tell what the page's address was, and a page cannot write them itself.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from skillmatch_api.errors import ForbiddenError
from skillmatch_api.settings import LOOPBACK

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""


def is_loopback(request: HTTPConnection) -> bool:
    """Whether ``Host`` names this machine itself, by whatever port."""
    return _host_of(f"//{request.headers.get('host', '')}") in LOOPBACK


def refuse_strangers(request: HTTPConnection) -> None:
    """Let a request without a key in under ``--open`` only if it was meant for this machine.

    A page of another site can reach this address by its own name for it (DNS rebinding); ``Host``
    then is that name.

    Raises:
        ForbiddenError: ``Host`` is another name, or another site sends something unsafe.
    """
    if not is_loopback(request):
        raise ForbiddenError(
            "with --open the service answers on this machine's own names only: "
            "http://127.0.0.1, http://[::1] or http://localhost"
        )
    refuse_other_sites(request)


def refuse_other_sites(request: HTTPConnection) -> None:
    """Let an unsafe request in only if no page of another site sends it.

    Programs that are no browsers send neither ``Origin`` nor ``Sec-Fetch-Site``.

    Raises:
        ForbiddenError: Another site sends it.
    """
    if request.scope.get("method", "GET") in SAFE_METHODS:
        return
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    same = origin is None or _place_of(origin) == _place_of(f"//{request.headers.get('host', '')}")
    if not same or site not in {None, "same-origin", "none"}:
        raise ForbiddenError("a page of another site sent this; open the service's own page")


def network_of(request: HTTPConnection) -> str:
    """Return the address of the caller, of IPv6 the /64: one household or server has no less."""
    host = request.client.host if request.client is not None else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(address), 64), strict=False))


def _place_of(url: str) -> tuple[str, int | None] | None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    return host, port


def _host_of(url: str) -> str:
    place = _place_of(url)
    return place[0] if place else ""
