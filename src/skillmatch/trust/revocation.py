"""The revocation list that the issuer of a signed Open Badge 1 or 2 publishes."""

from __future__ import annotations

from skillmatch.model.credential import Credential
from skillmatch.model.verification import Check, CheckName
from skillmatch.trust.checks import unknown, valid
from skillmatch.trust.documents import Documents
from skillmatch.trust.linked import UnreadableLinkError, fetch_object, follow
from skillmatch.trust.status import revoked_check

_TELL = "tell the issuer: its revocation list cannot be read"


def check_revocation(credential: Credential, documents: Documents) -> Check:
    """Return whether the issuer's list of revoked assertions names a signed badge.

    Source: Open Badges 2.0, "RevocationList".
    """
    try:
        profile = follow(credential.document, documents).issuer
        url = profile.get("revocationList")
        if url is None:
            return valid(CheckName.STATUS, "its issuer publishes no revocation list")
        if not isinstance(url, str):
            return unknown(CheckName.STATUS, "its issuer's revocationList is no web address", _TELL)
        found = fetch_object(url, documents)
    except UnreadableLinkError as fault:
        return unknown(
            CheckName.STATUS, f"its issuer's revocation list was not read: {fault}", fault.mend
        )
    revoked = found.get("revokedAssertions")
    if isinstance(revoked, dict):
        # Version 1 maps the uid of a badge to the reason.
        revoked = [{"id": key, "revocationReason": why} for key, why in revoked.items()]
    if revoked is None and "@context" not in found:
        revoked = [{"id": key, "revocationReason": why} for key, why in found.items()]
    if not isinstance(revoked, list):
        return unknown(CheckName.STATUS, f"what lies at {url} is no revocation list", _TELL)
    return revoked_check(revoked, credential.id, "revocationReason")
