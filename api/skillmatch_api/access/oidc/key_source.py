"""Where the public keys come from: a file, or an address that the operator set and no token."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from skillmatch.errors import FetchError
from skillmatch_api.oidc_settings import OidcSettings

SECONDS = 5.0
"""Time for the whole answer."""

MAX_BYTES = 512 * 1024
_CHUNK = 16 * 1024


def source_of(settings: OidcSettings) -> Callable[[], bytes]:
    """Return what reads the key set; it raises FetchError where that cannot be had."""
    if settings.is_remote:
        return lambda: _fetched(settings.jwks)
    path = Path(settings.jwks).expanduser()
    return lambda: _read(path)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise FetchError(f"the key set {path} cannot be read: {error.strerror}") from error
    return _bounded(content)


class _NoRedirect(HTTPRedirectHandler):
    """Stays at the address that the operator set."""

    def redirect_request(  # noqa: PLR0917 - as the class above it has it
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> None:
        """Follow nothing; the answer then counts as an error."""


def _opener() -> OpenerDirector:
    return build_opener(_NoRedirect)


def _fetched(url: str) -> bytes:
    ends = time.monotonic() + SECONDS
    parts: list[bytes] = []
    size = 0
    request = Request(url, headers={"Accept": "application/json"})  # noqa: S310 - settings check it
    try:
        with _opener().open(request, timeout=SECONDS) as response:
            while chunk := response.read1(_CHUNK):
                parts.append(chunk)
                size += len(chunk)
                if size > MAX_BYTES or time.monotonic() > ends:
                    break
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchError(f"the key set {url} cannot be had: {error}") from error
    if time.monotonic() > ends:
        raise FetchError(f"the key set {url} does not arrive within {SECONDS:g} s")
    return _bounded(b"".join(parts))


def _bounded(content: bytes) -> bytes:
    if len(content) > MAX_BYTES:
        raise FetchError(f"the key set is larger than {MAX_BYTES // 1024} KiB")
    return content
