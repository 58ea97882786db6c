"""From the name of a verification method to its key, and to whoever controls it.

``did:key`` and ``did:jwk`` say their key themselves; ``did:web`` and web addresses are asked
through ``Documents``. A key that is only found in the credential itself is told apart, since
anybody can put one there.

Source: W3C Controlled Identifiers 1.0, section 3.3 "Retrieve Verification Method"; the did:key,
did:jwk and did:web method specifications.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import unquote, urlsplit

from skillmatch.model.verification import CheckState
from skillmatch.trust.documents import Documents, Missing
from skillmatch.trust.linked import UnreadableLinkError, fetch_object
from skillmatch.trust.multikey import (
    PublicKey,
    UnusableKeyError,
    holds_key,
    read_jwk,
    read_method,
    read_multikey,
    read_pem,
)

_MAX_KEYS = 100
_MULTIKEY = re.compile(r"z[1-9A-HJ-NP-Za-km-z]{40,}\Z")
_LISTS = ("verificationMethod", "assertionMethod", "authentication", "publicKey")
_ASSERTION = "assertionMethod"


class KeyOrigin(StrEnum):
    """Where a key was found, which decides what it can show."""

    OWN_NAME = "own name"
    """A ``did:key`` or ``did:jwk``, which nobody but the key's owner can use."""
    DOCUMENT = "document"
    """A document at the address that the key is named by."""
    CREDENTIAL = "credential"
    """The credential itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundKey:
    """A key and what is known of it.

    Attributes:
        method: Id of the verification method, as named.
        controller: Id of who is shown to control it: the DID that it is, or whose document at the
            address of that very id holds it; empty where nobody is.
        document: The document that it was found in, None for the other origins.
        allowed: Whether that document lets it vouch for credentials.
        expires: As written; ``revoked`` likewise; empty where not said.
    """

    key: PublicKey
    method: str
    origin: KeyOrigin
    controller: str = ""
    document: Mapping[str, Any] | None = None
    allowed: bool = True
    expires: str = ""
    revoked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoKey:
    """Why there is no key to check with.

    Attributes:
        state: Invalid where what is named can be no key, unknown where it could not be had.
    """

    state: CheckState
    reason: str
    mend: str = ""


def find_key(method: str, documents: Documents) -> FoundKey | NoKey:
    """Return the key that a verification method, ``kid`` or ``creator`` names; never raises."""
    try:
        return _find(method, documents)
    except UnusableKeyError as error:
        state = CheckState.INVALID if error.supported else CheckState.UNKNOWN
        return NoKey(state=state, reason=f"{_short(method)} names no usable key: {error}")


def _find(method: str, documents: Documents) -> FoundKey | NoKey:
    scheme = method.partition(":")[0].lower()
    if method.startswith("did:key:"):
        return _did_key(method)
    if method.startswith("did:jwk:"):
        return _did_jwk(method)
    if method.startswith("did:web:"):
        return _in_document(method, did_web_url(method), documents)
    if scheme in {"https", "http"}:
        return _in_document(method, method.partition("#")[0], documents)
    if scheme == "did":
        name = _short(":".join(method.split(":")[:2]))
        return NoKey(state=CheckState.UNKNOWN, reason=f"the DID method {name} is not supported")
    reason = f"{_short(method)} is neither a DID nor a web address, so it names no key"
    return NoKey(state=CheckState.INVALID, reason=reason)


def did_web_url(did: str) -> str:
    """Return the address of a ``did:web`` document.

    Raises:
        UnusableKeyError: The DID names no host.
    """
    parts = [unquote(part) for part in did.partition("#")[0].split(":")[2:]]
    host, path = parts[0], parts[1:]
    if not re.fullmatch(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?", host):
        raise UnusableKeyError("it names no host")
    if not all(re.fullmatch(r"[A-Za-z0-9._~@+,=-]+", part) and set(part) != {"."} for part in path):
        raise UnusableKeyError("it names no path")
    return f"https://{host}/{'/'.join(path) if path else '.well-known'}/did.json"


def document_of(identity: str, documents: Documents) -> Mapping[str, Any]:
    """Return the DID document or profile that lies where an issuer's id says.

    Raises:
        UnreadableLinkError: It is not at hand, is no JSON object, or is somebody else's.
    """
    try:
        url = did_web_url(identity) if identity.startswith("did:web:") else identity
    except UnusableKeyError as error:
        raise UnreadableLinkError(f"{_short(identity)} is no usable address: {error}") from error
    document = fetch_object(url.partition("#")[0], documents)
    if document.get("id", identity) != identity:
        raise UnreadableLinkError(
            f"what lies at {_short(identity)} calls itself {_short(str(document.get('id')))}"
        )
    return document


def assertion_keys(document: Mapping[str, Any]) -> tuple[list[tuple[str, PublicKey]], list[str]]:
    """Return the keys that a document lets vouch for credentials, and those that it only names.

    A document that says nothing of purposes (an issuer profile of Open Badges) lends all its keys.
    Keys that cannot be used are left out.
    """
    entries = list(_items(document.get(_ASSERTION)))
    if not _speaks_of_purposes(document):
        entries = [*_items(document.get("verificationMethod")), *_items(document.get("publicKey"))]
    keys: list[tuple[str, PublicKey]] = []
    names: list[str] = []
    for entry in entries[:_MAX_KEYS]:
        found = entry if isinstance(entry, Mapping) else _named(document, str(entry))
        if found is None:
            names.append(_full(document, str(entry)))
            continue
        try:
            keys.append((_full(document, str(found.get("id", ""))), read_method(found)))
        except UnusableKeyError:
            continue
    return keys, names


def _did_key(method: str) -> FoundKey:
    did, _, fragment = method.partition("#")
    text = did.removeprefix("did:key:")
    if fragment not in {"", text}:
        raise UnusableKeyError("its fragment is another key")
    return FoundKey(
        key=read_multikey(text), method=method, origin=KeyOrigin.OWN_NAME, controller=did
    )


def _did_jwk(method: str) -> FoundKey:
    did, _, fragment = method.partition("#")
    text = did.removeprefix("did:jwk:")
    if fragment not in {"", "0"}:
        raise UnusableKeyError("its fragment is not 0")
    try:
        jwk = json.loads(base64.urlsafe_b64decode(text[:4096] + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise UnusableKeyError("it holds no JSON Web Key") from error
    if not isinstance(jwk, dict):
        raise UnusableKeyError("it holds no JSON Web Key")
    return FoundKey(key=read_jwk(jwk), method=method, origin=KeyOrigin.OWN_NAME, controller=did)


def _in_document(method: str, url: str, documents: Documents) -> FoundKey | NoKey:
    answer = documents.get(url)
    if not isinstance(answer, Missing) and answer.lstrip().startswith(b"-----BEGIN"):
        key = read_pem(answer.decode("ascii", "replace"))
        return FoundKey(key=key, method=method, origin=KeyOrigin.DOCUMENT, document={})
    try:
        document = fetch_object(url, documents)
    except UnreadableLinkError as fault:
        return _in_name(method) or NoKey(
            state=CheckState.UNKNOWN, reason=f"the key was not looked at: {fault}", mend=fault.mend
        )
    found = _method_in(document, method, url)
    if found is None:
        reason = f"what lies at {_short(url)} holds no key {_short(method)}"
        return _in_name(method) or NoKey(state=CheckState.INVALID, reason=reason)
    return _found(found, document, method)


def _found(found: Mapping[str, Any], document: Mapping[str, Any], method: str) -> FoundKey:
    return FoundKey(
        key=read_method(found),
        method=method,
        origin=KeyOrigin.DOCUMENT,
        controller=_controller(found, document, method.partition("#")[0]),
        document=document,
        allowed=_allows(document, found, method),
        expires=str(found.get("expires", "")),
        revoked=str(found.get("revoked", "")),
    )


def _controller(found: Mapping[str, Any], document: Mapping[str, Any], asked: str) -> str:
    """Return the id that was asked, where its own document says that the key is its own.

    What a document says of keys of others counts nothing: anybody could claim them.
    """
    stated = found.get("controller", found.get("owner", asked))
    own = found is not document and document.get("id", asked) == asked
    return asked if own and stated == asked else ""


def _in_name(method: str) -> FoundKey | None:
    """Return the key that a verification method carries as its fragment, as many issuers write it.

    Raises:
        UnusableKeyError: The fragment looks like a key and is none.
    """
    fragment = method.partition("#")[2]
    if not _MULTIKEY.match(fragment):
        return None
    return FoundKey(key=read_multikey(fragment), method=method, origin=KeyOrigin.CREDENTIAL)


def _method_in(document: Mapping[str, Any], method: str, url: str) -> Mapping[str, Any] | None:
    """Return the part of a document that is the method: itself, or one of its keys."""
    if holds_key(document) and document.get("id", url) in (method, url):
        return document
    if (named := _named(document, method)) is not None:
        return named
    keys = [one for one in _items(document.get("keys")) if isinstance(one, Mapping)]
    fragment = urlsplit(method).fragment
    wanted = [one for one in keys if one.get("kid") in (method, fragment or None)]
    return wanted[0] if wanted else (keys[0] if len(keys) == 1 and not fragment else None)


def _named(document: Mapping[str, Any], method: str) -> Mapping[str, Any] | None:
    wanted = _full(document, method)
    for name in _LISTS:
        for entry in list(_items(document.get(name)))[:_MAX_KEYS]:
            if not isinstance(entry, Mapping) or not holds_key(entry):
                continue
            if _full(document, str(entry.get("id", ""))) == wanted:
                return entry
    return None


def _allows(document: Mapping[str, Any], found: Mapping[str, Any], method: str) -> bool:
    """Tell whether a document that speaks of purposes lets a key vouch for credentials."""
    if found is document or not _speaks_of_purposes(document):
        return True
    names = {_full(document, method), _full(document, str(found.get("id", "")))}
    return any(
        entry is found or (isinstance(entry, str) and _full(document, entry) in names)
        for entry in _items(document.get(_ASSERTION))
    )


def _speaks_of_purposes(document: Mapping[str, Any]) -> bool:
    return _ASSERTION in document or "authentication" in document


def _full(document: Mapping[str, Any], name: str) -> str:
    """Complete a name that is only a fragment."""
    return f"{document.get('id', '')}{name}" if name.startswith("#") else name


def _items(value: object) -> Iterator[object]:
    if isinstance(value, list | tuple):
        yield from value
    elif value is not None:
        yield value


def _short(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:150]}…"
