"""Pinned context documents, read or built from package data and compared with their hashes."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Mapping
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


def built_digest(document: Mapping[str, Any]) -> str:
    """Return the sha256 of a built context: of its JSON with sorted keys and without spaces."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _read(pin: Pin) -> dict[str, Any]:
    name = f"the context {pin.group or pin.path} of {pin.package}"
    try:
        document, digest = _load(pin)
    except (OSError, ValueError, KeyError) as error:
        raise JsonLdError(f"{name} cannot be read", mend="install skillmatch again") from error
    if digest not in pin.sha256:
        raise JsonLdError(
            f"{name} has the sha256 {digest}, which is not the pinned {pin.sha256[0]}",
            mend=f"install the version of {pin.package} that skillmatch asks for",
        )
    return document


def _load(pin: Pin) -> tuple[dict[str, Any], str]:
    """Return a document and its digest; only one with a pinned digest may be used."""
    data = (_package_folder(pin.package) / pin.path).read_bytes()
    if not pin.group:
        digest = hashlib.sha256(data).hexdigest()
        return (json.loads(data) if digest in pin.sha256 else {}), digest
    from skillmatch.jsonld.term_tables import build_context

    edition = _read(pin.edition) if pin.edition else None
    built = build_context(data.decode("utf-8"), pin.group, edition=edition)
    return built, built_digest(built)


@cache
def _package_folder(package: str) -> Path:
    """Find a package without running any of its code."""
    if package == OURS:
        return Path(__file__).resolve().parent.parent
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise NotFoundError(f"the package {package} is missing; install skillmatch again")
    return Path(found.submodule_search_locations[0])
