"""Whether the key of a proof is the issuer's own.

A good signature shows only that the holder of a key signed. Who that is shows in one of two ways:
the issuer's id is the key itself (``did:key``, ``did:jwk``), or the document at the issuer's id
lists the key. Anything less is anybody's key in the issuer's name.
"""

from __future__ import annotations

from skillmatch.model.verification import Check, CheckName
from skillmatch.trust.checks import invalid, unknown, valid
from skillmatch.trust.did import FoundKey, KeyOrigin, assertion_keys, document_of
from skillmatch.trust.documents import Documents
from skillmatch.trust.linked import UnreadableLinkError

_OWN_NAMES = ("did:key:", "did:jwk:")
_ADDRESSES = ("did:web:", "https://", "http://")
_ASK = "ask the issuer whether the credential is theirs"


def check_binding(issuer: str, found: FoundKey, documents: Documents) -> Check:
    """Return whether a key is controlled by an issuer.

    Args:
        issuer: The issuer's id as the credential states it.
        found: The key that a valid proof was made with.
        documents: Where the issuer's own document comes from.
    """
    if not issuer:
        return unknown(CheckName.ISSUER, "it names no issuer by an id", _ASK)
    if issuer.startswith(_OWN_NAMES):
        if found.origin is KeyOrigin.OWN_NAME and found.controller == issuer:
            return valid(CheckName.ISSUER, "it is signed with the key that the issuer's id is")
        if issuer == f"did:key:{found.key.multikey}":
            return valid(CheckName.ISSUER, "it is signed with the key that the issuer's id is")
        return invalid(
            CheckName.ISSUER, f"it is signed with another key than that of {issuer[:120]}", _ASK
        )
    if not issuer.startswith(_ADDRESSES):
        reason = f"{issuer[:120]} is no id that can be looked up, so anybody may have signed"
        return unknown(CheckName.ISSUER, reason, _ASK)
    return _by_document(issuer, found, documents)


def _by_document(issuer: str, found: FoundKey, documents: Documents) -> Check:
    try:
        document = document_of(issuer, documents)
    except UnreadableLinkError as fault:
        reason = f"{_whose(found)}; whether {issuer[:120]} uses it is not known: {fault}"
        return unknown(CheckName.ISSUER, reason, fault.mend or _ASK)
    keys, names = assertion_keys(document)
    if any(key == found.key for _, key in keys) or _names(names, found):
        return valid(CheckName.ISSUER, f"the document at {issuer[:120]} lists the key")
    if found.document == document and not found.allowed:
        reason = f"the document at {issuer[:120]} does not let the key vouch for credentials"
        return invalid(CheckName.ISSUER, reason, _ASK)
    if keys or names:
        reason = f"the document at {issuer[:120]} lists other keys, and not the one that signed"
        return invalid(CheckName.ISSUER, reason, _ASK)
    reason = f"{_whose(found)}; the document at {issuer[:120]} lists no keys"
    return unknown(CheckName.ISSUER, reason, _ASK)


def _names(names: list[str], found: FoundKey) -> bool:
    """Tell whether one of the listed addresses is where the key was found, or spells the key."""
    if found.origin is KeyOrigin.CREDENTIAL:
        return found.method in names and found.method.endswith(f"#{found.key.multikey}")
    own = found.controller if found.origin is KeyOrigin.OWN_NAME else found.method
    return found.method in names or own in names


def _whose(found: FoundKey) -> str:
    if found.origin is KeyOrigin.CREDENTIAL:
        return "the key stands in the credential itself, where anybody can put one"
    if found.origin is KeyOrigin.OWN_NAME:
        return "the key belongs to a DID that anybody can make"
    return f"the key lies at {found.method[:120]}"
