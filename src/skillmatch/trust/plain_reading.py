"""Whether a JSON-LD document says to whoever reads its JSON what its signature covers.

A signature over RDF does not see how the JSON is written. Somebody could move an expiry date from
``validUntil`` to its full name, or wrap it in an object: the signature stays good, and whoever
reads the JSON finds no date. Where a decision hangs on a property, only its plain form is accepted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from skillmatch.jsonld import expand

_CREDENTIALS = "https://www.w3.org/2018/credentials#"
_DATES = ("validFrom", "validUntil", "issuanceDate", "expirationDate", "issued")
_DECISIVE = {
    f"{_CREDENTIALS}{name}": name
    for name in (*_DATES, "issuer", "credentialSubject", "credentialStatus", "holder")
}
_ID = "id"


def reading_fault(document: Mapping[str, Any], *, edition: int | None = None) -> str:
    """Return what a reader of the JSON would miss, empty where there is nothing.

    Args:
        document: A credential without its proof.
        edition: As for ``skillmatch.jsonld.expand``.

    Raises:
        JsonLdError: It cannot be expanded.
    """
    for name in _DATES:
        if name in document and not isinstance(document[name], str):
            return f"/{name} is not written as a plain date"
    for name in ("credentialStatus", "credentialSubject"):
        if any(not isinstance(one, Mapping) for one in _items(document.get(name))):
            return f"/{name} is not written as a plain object"
    if elsewhere := _said_elsewhere(document):
        return f"{elsewhere} of the credential stands in another part of it"
    # Every decisive property has one term in the pinned contexts; any other name has a colon.
    if any(":" in name for name in document):
        return _hidden(expand(document, edition=edition), document)
    return ""


def _hidden(nodes: list[Any], document: Mapping[str, Any]) -> str:
    if len(nodes) != 1 or not isinstance(nodes[0], Mapping):
        return "it is more than one object"
    for full, name in _DECISIVE.items():
        if full in nodes[0] and name not in document:
            return f"{name} stands under another name, where nobody would look for it"
    return ""


def _said_elsewhere(document: Mapping[str, Any]) -> str:
    """Return a decisive property that only an object further down states of the credential.

    To RDF all objects of one id are one, wherever they stand.
    """
    identity = document.get(_ID)
    missing = set(_DECISIVE.values()) - set(document)
    waiting: list[object] = [part for key, part in document.items() if key != "proof"]
    while waiting and identity is not None:
        part = waiting.pop()
        if isinstance(part, Mapping):
            if part.get(_ID) == identity and (found := missing & set(part)):
                return min(found)
            waiting += part.values()
        elif isinstance(part, list | tuple):
            waiting += part
    return ""


def _items(value: object) -> Iterator[object]:
    if isinstance(value, list | tuple):
        yield from value
    elif value is not None:
        yield value
