"""Pinned context documents, read from package data and compared with their hashes."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from functools import cache
from pathlib import Path
from typing import Any

from skillmatch.errors import NotFoundError
from skillmatch.jsonld.pins import OURS, PINS, Pin
from skillmatch.jsonld.refusal import JsonLdError, UnknownContextError


def known_contexts() -> tuple[str, ...]:
    """Return the URLs of all pinned contexts, sorted."""
    return tuple(sorted(PINS))


def editions(url: str) -> int:
    """Return how many documents are known for a context's URL, 0 for an unknown context."""
    return len(PINS.get(url, ()))


def context_document(url: str, *, edition: int = 0) -> dict[str, Any]:
    """Return a pinned context document; the value is shared, so leave it as it is.

    Args:
        url: Compared letter by letter: another spelling is another context.
        edition: Which of the documents known for ``url``; one too many means the last.

    Raises:
        UnknownContextError: No document is pinned for ``url``.
        JsonLdError: The copy on this machine is not the pinned one.
    """
    pins = PINS.get(url)
    if not pins:
        raise UnknownContextError(url)
    return _read(pins[min(edition, len(pins) - 1)])


@cache
def _read(pin: Pin) -> dict[str, Any]:
    path = _package_folder(pin.package) / pin.path
    try:
        data = path.read_bytes()
    except OSError as error:
        raise JsonLdError(
            f"the context {pin.path} of {pin.package} cannot be read",
            mend="install skillmatch again",
        ) from error
    digest = hashlib.sha256(data).hexdigest()
    if digest not in pin.sha256:
        raise JsonLdError(
            f"the context {pin.path} of {pin.package} has the sha256 {digest}, "
            f"which is not the pinned {pin.sha256[0]}",
            mend=f"install the version of {pin.package} that skillmatch asks for",
        )
    document: dict[str, Any] = json.loads(data)
    return document


@cache
def _package_folder(package: str) -> Path:
    """Find a package without running any of its code."""
    if package == OURS:
        return Path(__file__).resolve().parent.parent
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise NotFoundError(f"the package {package} is missing; install skillmatch again")
    return Path(found.submodule_search_locations[0])
