"""Whether a credential has the fields and types that its format asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from skillmatch.model.credential import Credential, CredentialFormat
from skillmatch.model.verification import Check, CheckName
from skillmatch.trust.checks import invalid, listed, unknown, valid
from skillmatch.trust.claims import body_of
from skillmatch.trust.shape_classes import class_faults
from skillmatch.trust.shape_open_badges import OB3_CLASSES, ob2_faults
from skillmatch.trust.shape_values import items, type_names
from skillmatch.trust.shape_verifiable import base_of, credential_faults, presentation_faults

_OPEN_BADGES = re.compile(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.0\.[0-3])?\.json")
_RECORD = re.compile(r"https://purl\.imsglobal\.org/spec/clr/v2p0/context(-2\.0\.[01])?\.json")
_KNOWN_TYPES = {
    "AchievementCredential": "AchievementCredential",
    "OpenBadgeCredential": "AchievementCredential",
    "EndorsementCredential": "EndorsementCredential",
    "ClrCredential": "ClrCredential",
}
_MEND = "ask the issuer for a corrected one"


def check_shape(credential: Credential) -> Check:
    """Return whether the document has what its format requires; all faults are named.

    Only the document itself is looked at, nothing it points to.
    """
    rules = _RULES.get(credential.format)
    if rules is None:
        return unknown(
            CheckName.SHAPE,
            f"{credential.format.value} documents are read, but their shape is not checked",
        )
    faults = tuple(dict.fromkeys(rules(body_of(credential))))
    if faults:
        return invalid(CheckName.SHAPE, listed(faults), _MEND)
    return valid(CheckName.SHAPE, f"it has the fields that {credential.format.value} asks for")


def verifiable_faults(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the faults of a W3C document, by its types: presentation, badge, record or other."""
    names = type_names(document)
    if "VerifiablePresentation" in names and "VerifiableCredential" not in names:
        yield from presentation_faults(document)
        return
    yield from credential_faults(document)
    known = next((_KNOWN_TYPES[name] for name in names if name in _KNOWN_TYPES), "")
    contexts = [part for part in items(document.get("@context")) if isinstance(part, str)]
    if known:
        yield from _order_faults(contexts, _RECORD if known == "ClrCredential" else _OPEN_BADGES)
        yield from _start_faults(document)
        yield from class_faults(document, known, OB3_CLASSES, "")
    elif any(_OPEN_BADGES.fullmatch(part) for part in contexts):
        yield "/type should include AchievementCredential or another type of 1EdTech's"


def _order_faults(contexts: list[str], needed: re.Pattern[str]) -> Iterator[str]:
    """Yield what is wrong with the second context; the first is every credential's own matter."""
    second = contexts[1] if len(contexts) > 1 else ""
    if not needed.fullmatch(second):
        kind = "Open Badges 3.0" if needed is _OPEN_BADGES else "CLR 2.0"
        yield f"/@context/1 should be a known version of the {kind} context"


def _start_faults(document: Mapping[str, Any]) -> Iterator[str]:
    if base_of(document).endswith("/v2") and "validFrom" not in document:
        yield "/validFrom is missing"


_RULES: Mapping[CredentialFormat, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    CredentialFormat.OPEN_BADGES_1: ob2_faults,
    CredentialFormat.OPEN_BADGES_2: ob2_faults,
    CredentialFormat.OPEN_BADGES_3: verifiable_faults,
    CredentialFormat.CLR_2: verifiable_faults,
    CredentialFormat.PRESENTATION: verifiable_faults,
    CredentialFormat.VERIFIABLE_CREDENTIAL: verifiable_faults,
    CredentialFormat.ENDORSEMENT: lambda document: (
        verifiable_faults(document)
        if "VerifiableCredential" in type_names(document)
        else ob2_faults(document)
    ),
    CredentialFormat.EDC: verifiable_faults,
}
