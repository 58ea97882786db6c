"""What the W3C data model asks of every verifiable credential and presentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from skillmatch.trust.shape_values import (
    children,
    is_language_text,
    is_stamp,
    is_uri,
    items,
    type_names,
)

BASE_V1 = "https://www.w3.org/2018/credentials/v1"
BASE_V2 = "https://www.w3.org/ns/credentials/v2"
_BASE_TYPES = frozenset(
    {
        "VerifiableCredential",
        "EnvelopedVerifiableCredential",
        "VerifiablePresentation",
        "EnvelopedVerifiablePresentation",
        "JsonSchemaCredential",
        "JsonSchema",
        "BitstringStatusListCredential",
        "BitstringStatusList",
        "BitstringStatusListEntry",
        "DataIntegrityProof",
    }
)
_BASE_TERMS = _BASE_TYPES | {
    "id",
    "type",
    "description",
    "digestMultibase",
    "digestSRI",
    "mediaType",
    "name",
    "holder",
    "proof",
    "verifiableCredential",
    "confidenceMethod",
    "credentialSchema",
    "credentialStatus",
    "credentialSubject",
    "evidence",
    "issuer",
    "refreshService",
    "relatedResource",
    "termsOfUse",
    "validFrom",
    "validUntil",
}
_TYPED = ("credentialStatus", "evidence", "refreshService", "termsOfUse", "proof")
_DATES = ("validFrom", "validUntil", "issuanceDate", "expirationDate")


def credential_faults(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the faults of a verifiable credential, 1.1 or 2.0 by its first context.

    Source: W3C Verifiable Credentials Data Model 2.0 (and 1.1), section 4.
    """
    yield from context_faults(document)
    yield from _type_faults(document, "VerifiableCredential")
    yield from _id_faults(document, "")
    yield from _issuer_faults(document)
    yield from _subject_faults(document)
    yield from _date_faults(document)
    for key in _TYPED:
        yield from _typed_faults(document, key, needs_id=False)
    yield from _typed_faults(document, "credentialSchema", needs_id=True)
    yield from _name_faults(document, "")


def presentation_faults(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the faults of a verifiable presentation; the credentials in it are checked apart."""
    yield from context_faults(document)
    yield from _type_faults(document, "VerifiablePresentation")
    yield from _id_faults(document, "")
    if "holder" in document:
        yield from _agent_faults(document["holder"], "/holder")
    yield from _typed_faults(document, "proof", needs_id=False)
    for held, pointer in children(
        document.get("verifiableCredential", []), "/verifiableCredential"
    ):
        yield from _held_faults(held, pointer, text_allowed=base_of(document) == BASE_V1)


def base_of(document: Mapping[str, Any]) -> str:
    """Return the first context where it is one of the data model's, else an empty string."""
    first = items(document.get("@context"))[:1]
    return first[0] if first and first[0] in (BASE_V1, BASE_V2) else ""


def context_faults(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with ``@context``: its first item, its other items, its definitions."""
    if not base_of(document):
        yield f"/@context should begin with {BASE_V2} (or {BASE_V1})"
        return
    protected: dict[str, Any] = {}
    for position, part in enumerate(items(document["@context"])):
        if isinstance(part, Mapping):
            yield from _inline_faults(part, position, protected)
        elif not is_uri(part):
            yield f"/@context/{position} should be a URL or an object"


def _inline_faults(
    part: Mapping[str, Any], position: int, protected: dict[str, Any]
) -> Iterator[str]:
    """Yield redefinitions of protected terms; remember the ones protected here."""
    for term, meaning in part.items():
        if term in _BASE_TERMS or (term in protected and protected[term] != meaning):
            yield f"/@context/{position} gives another meaning to {term}, which is protected"
    if part.get("@protected") is True:
        protected.update({term: part[term] for term in part if not term.startswith("@")})


def _type_faults(document: Mapping[str, Any], needed: str) -> Iterator[str]:
    value = document.get("type", document.get("@type"))
    if value in (None, "", []):
        yield "/type is missing"
        return
    if not all(isinstance(name, str) and name for name in items(value)):
        yield "/type should hold strings only"
    if needed not in type_names(document):
        yield f"/type should include {needed}"
    yield from _unmapped_faults(document)


def _unmapped_faults(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield types that no context maps to a URL; other published contexts may map any of them."""
    contexts = items(document.get("@context"))
    inline = [part for part in contexts if isinstance(part, Mapping)]
    only_base = all(part == BASE_V2 for part in contexts if not isinstance(part, Mapping))
    defined: dict[str, Any] = {}
    for part in inline:
        defined.update(part)
    for name in type_names(document):
        meaning = defined.get(name)
        target = meaning.get("@id") if isinstance(meaning, Mapping) else meaning
        if target is not None and not is_uri(target):
            yield f"/type {name} is mapped to something that is no URL"
        elif target is None and only_base and name not in _BASE_TYPES and not is_uri(name):
            yield f"/type {name} is not defined by any context"


def _id_faults(document: Mapping[str, Any], pointer: str) -> Iterator[str]:
    if "id" in document and not is_uri(document["id"]):
        yield f"{pointer}/id should be one absolute URI"


def _agent_faults(agent: object, pointer: str) -> Iterator[str]:
    identity = agent.get("id") if isinstance(agent, Mapping) else agent
    if not is_uri(identity):
        yield f"{pointer} should be an absolute URI, or an object whose id is one"


def _issuer_faults(document: Mapping[str, Any]) -> Iterator[str]:
    issuer = document.get("issuer")
    if issuer is None:
        yield "/issuer is missing"
        return
    yield from _agent_faults(issuer, "/issuer")
    if isinstance(issuer, Mapping):
        yield from _name_faults(issuer, "/issuer")


def _subject_faults(document: Mapping[str, Any]) -> Iterator[str]:
    subject = document.get("credentialSubject")
    if subject in (None, [], {}, ""):
        yield "/credentialSubject is missing or empty"
        return
    for one, pointer in children(subject, "/credentialSubject"):
        if not isinstance(one, Mapping) or not one:
            yield f"{pointer} should be an object that says something"
        else:
            yield from _id_faults(one, pointer)


def _date_faults(document: Mapping[str, Any]) -> Iterator[str]:
    if base_of(document) == BASE_V1 and not document.keys() & {"issuanceDate", "validFrom"}:
        yield "/issuanceDate is missing"
    for key in _DATES:
        if key in document and not is_stamp(document[key]):
            yield f"/{key} should be a date-time with time zone, as in 2026-01-31T12:00:00Z"


def _typed_faults(document: Mapping[str, Any], key: str, *, needs_id: bool) -> Iterator[str]:
    """Yield what is wrong with a property whose every value needs a type (and perhaps an id)."""
    if key not in document:
        return
    for one, pointer in children(document[key], f"/{key}"):
        if not isinstance(one, Mapping):
            yield f"{pointer} should be an object"
            continue
        names = one.get("type", one.get("@type"))
        if names in (None, "", []) or not all(isinstance(name, str) for name in items(names)):
            yield f"{pointer}/type is missing or no string"
        if needs_id and "id" not in one:
            yield f"{pointer}/id is missing"
        yield from _id_faults(one, pointer)


def _name_faults(node: Mapping[str, Any], pointer: str) -> Iterator[str]:
    for key in ("name", "description"):
        if key in node and not is_language_text(node[key]):
            yield f"{pointer}/{key} should be a string or language value object with nothing else"


def _held_faults(held: object, pointer: str, *, text_allowed: bool) -> Iterator[str]:
    if isinstance(held, str) and text_allowed:
        return
    if not isinstance(held, Mapping):
        yield f"{pointer} should be an object, not {type(held).__name__}"
        return
    names = type_names(held)
    if "EnvelopedVerifiableCredential" in names:
        if not str(held.get("id", "")).startswith("data:"):
            yield f"{pointer}/id should be a data: URL that holds the secured credential"
    elif "VerifiableCredential" not in names:
        yield f"{pointer}/type should include VerifiableCredential"
