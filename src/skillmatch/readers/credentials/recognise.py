"""What a JSON document is: a credential of some format, or something that only looks like one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from skillmatch.errors import UnreadableError
from skillmatch.model.credential import CredentialFormat
from skillmatch.readers.credentials.node import Node

EUROPEAN_CONTEXT = "data.europa.eu/snb"
LER_RS_TYPE = "LER-RSType"
FORMATS = (
    "an Open Badge (1.x, 2.0, 3.0), a Comprehensive Learner Record 2.0, a verifiable credential or "
    "presentation, or a European Digital Credential"
)
ENVELOPES = frozenset({"EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation"})
# In this order: an Open Badge is a verifiable credential, too.
_BY_TYPE = (
    ("VerifiablePresentation", CredentialFormat.PRESENTATION),
    ("ClrCredential", CredentialFormat.CLR_2),
    ("EndorsementCredential", CredentialFormat.ENDORSEMENT),
    ("EuropeanDigitalCredential", CredentialFormat.EDC),
    ("EuropassCredential", CredentialFormat.EDC),
    ("OpenBadgeCredential", CredentialFormat.OPEN_BADGES_3),
    ("AchievementCredential", CredentialFormat.OPEN_BADGES_3),
    ("VerifiableCredential", CredentialFormat.VERIFIABLE_CREDENTIAL),
    ("Endorsement", CredentialFormat.ENDORSEMENT),
    ("Achievement", CredentialFormat.OPEN_BADGES_3),
    ("Assertion", CredentialFormat.OPEN_BADGES_2),
    ("BadgeClass", CredentialFormat.OPEN_BADGES_2),
)
_OTHER_TYPES = {
    "Issuer": "the profile of an issuer",
    "Profile": "the profile of an issuer",
    "Organization": "the profile of an issuer",
    "CryptographicKey": "a public key",
    "Multikey": "a public key",
    "RevocationList": "a list of revoked badges",
    "Criteria": "the criteria of a badge",
    "AlignmentObject": "an alignment without its badge",
}
_OTHER_KEYS = (
    ("SkillsPassport", "a Europass profile; save it as PDF and give it as a document"),
    ("learnerInfo", "a Europass profile; save it as PDF and give it as a document"),
    ("publicKeyPem", "a public key"),
    ("CFDocument", "a competency framework (CASE)"),
    ("ceterms:ctid", "a description in the Credential Transparency Description Language"),
    ("$schema", "a JSON Schema"),
    ("proofPurpose", "a proof without the document that it is for"),
    ("@graph", "a JSON-LD graph without a credential at its top"),
)


def format_of(root: Node) -> CredentialFormat:
    """Return the format of a document or of the claims of a token.

    Raises:
        UnreadableError: It is no credential; the message says what it looks like.
    """
    body = body_of(root)
    names = {short_type(one) for one in body.types()}
    found = next((kind for name, kind in _BY_TYPE if name in names), None)
    if found is CredentialFormat.VERIFIABLE_CREDENTIAL or (found is None and _is_untyped_vc(body)):
        return _verifiable(body)
    if found is CredentialFormat.OPEN_BADGES_2:
        return _badge_version(body)
    if found is not None:
        return found
    if any(LER_RS_TYPE in one for one in body.types()):
        return CredentialFormat.LER_RS
    if body.get("verifiableCredential") and _names_credentials(body):
        return CredentialFormat.PRESENTATION
    if _is_old_assertion(body) or _is_old_class(body):
        return _badge_version(body)
    raise UnreadableError(f"it is {_other(body, names)}; what can be read is {FORMATS}")


def body_of(root: Node) -> Node:
    """Return the credential itself: older JWTs carry it under ``vc`` or ``vp``."""
    inner = root.get("vc", "vp")
    return inner if inner.objects() else root


def short_type(name: str) -> str:
    """Return a type without its prefix or namespace, as in ``obi:Assertion``."""
    return re.split(r"[:/#]", name)[-1]


def _verifiable(body: Node) -> CredentialFormat:
    """Tell verifiable credentials apart that name no more than that as their type."""
    subjects = body.objects("credentialSubject")
    if any(EUROPEAN_CONTEXT in one for one in contexts(body)):
        return CredentialFormat.EDC
    if any(LER_RS_TYPE in name for one in subjects for name in one.types()):
        return CredentialFormat.LER_RS
    if any(one.get("achievement") for one in subjects):
        return CredentialFormat.OPEN_BADGES_3
    return CredentialFormat.VERIFIABLE_CREDENTIAL


def _is_untyped_vc(body: Node) -> bool:
    return bool(body.objects("credentialSubject")) and _names_credentials(body)


def _names_credentials(body: Node) -> bool:
    return any("credentials/v" in one for one in contexts(body))


def contexts(body: Node) -> tuple[str, ...]:
    """Return the contexts that are named by URL."""
    return tuple(one.value for one in body.many("@context") if isinstance(one.value, str))


def _badge_version(body: Node) -> CredentialFormat:
    named = contexts(body)
    if any("openbadges/v2" in one or "ob/v2" in one for one in named):
        return CredentialFormat.OPEN_BADGES_2
    if any("openbadges/v1" in one for one in named) or not body.types() or body.get("verify"):
        return CredentialFormat.OPEN_BADGES_1
    return CredentialFormat.OPEN_BADGES_2


def _is_old_assertion(body: Node) -> bool:
    """Before version 1.1 assertions had no types."""
    return bool(body.get("badge") and (body.get("recipient") or body.get("verify")))


def _is_old_class(body: Node) -> bool:
    return not body.types() and all(body.get(name) for name in ("name", "criteria", "issuer"))


def _other(body: Node, names: set[str]) -> str:
    for name, what in _OTHER_TYPES.items():
        if name in names:
            return what
    for key, what in _OTHER_KEYS:
        if body.get(key):
            return what
    # Under ``vc`` may stand a list, whose elements need not have a hash.
    alone = isinstance(body.value, Mapping) and set(body.value) == {"@context"}
    return "a JSON-LD context" if alone else "no credential"
