"""Whether the issuer has taken a credential back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from skillmatch.model.credential import Credential
from skillmatch.model.verification import Check, CheckName
from skillmatch.trust.checks import invalid, unknown, valid, worst
from skillmatch.trust.claims import body_of
from skillmatch.trust.documents import Documents
from skillmatch.trust.linked import UnreadableLinkError, fetch_object
from skillmatch.trust.shape_values import items, type_names
from skillmatch.trust.status_list import ENTRY_TYPES, ProofOf, check_entry

MAX_ENTRIES = 8
_TELL = "tell the issuer: the status of this credential cannot be read"
_ASK = "ask the issuer why"


def check_status(
    credential: Credential, *, documents: Documents, at: datetime, proof_of: ProofOf
) -> Check:
    """Return whether ``credentialStatus`` says that the credential was revoked or suspended.

    Of several entries the worst counts. Without any the issuer has no way to revoke, which is good
    news as far as it goes.
    """
    entries = [one for one in items(body_of(credential).get("credentialStatus")) if one is not None]
    if not entries:
        return valid(CheckName.STATUS, "it names no status list, so it cannot be revoked")
    if len(entries) > MAX_ENTRIES:
        return unknown(CheckName.STATUS, f"it has more than {MAX_ENTRIES} status entries", _TELL)
    return worst([_one(entry, credential, documents, at, proof_of) for entry in entries])


def _one(
    entry: object, credential: Credential, documents: Documents, at: datetime, proof_of: ProofOf
) -> Check:
    if not isinstance(entry, Mapping):
        return unknown(CheckName.STATUS, "credentialStatus is no object", _TELL)
    names = type_names(entry)
    if ENTRY_TYPES & set(names):
        return check_entry(entry, documents=documents, at=at, proof_of=proof_of)
    if "1EdTechRevocationList" in names:
        return _revocation_list(entry, credential, documents)
    kind = ", ".join(names) or "no type"
    return unknown(
        CheckName.STATUS,
        f"its kind of status ({kind}) is not supported",
        "ask the issuer whether it still holds",
    )


def _revocation_list(
    entry: Mapping[str, Any], credential: Credential, documents: Documents
) -> Check:
    """Look the credential up in a list of revoked ids.

    Source: 1EdTech Revocation List Status Method 1.0.
    """
    url = entry.get("id")
    if not isinstance(url, str):
        return unknown(CheckName.STATUS, "credentialStatus names no list in its id", _TELL)
    try:
        found = fetch_object(url, documents)
    except UnreadableLinkError as fault:
        return unknown(CheckName.STATUS, f"the revocation list was not read: {fault}", fault.mend)
    revoked = found.get("revokedCredentials", found.get("revokedCredential"))
    if not isinstance(revoked, list):
        return unknown(CheckName.STATUS, f"what lies at {url} is no revocation list", _TELL)
    issuer = found.get("issuer")
    if isinstance(issuer, str) and issuer != credential.issuer.id:
        return unknown(CheckName.STATUS, "the revocation list is another issuer's", _TELL)
    return revoked_check(revoked, credential.id, "revocationReason")


def revoked_check(entries: list[Any], identity: str, reason_key: str) -> Check:
    """Look an id up in a list of ids, or of objects with ``id`` (or ``uid``) and perhaps a reason.

    An object with ``revoked`` false is a credential that was given back.
    """
    for entry in entries:
        one = entry if isinstance(entry, Mapping) else {"id": entry}
        same = identity and identity in (one.get("id"), one.get("uid"))
        if same and one.get("revoked", True) is not False:
            why = one.get(reason_key)
            said = f", giving as reason: {why}" if isinstance(why, str) and why else ""
            return invalid(CheckName.STATUS, f"the issuer has revoked it{said}", _ASK)
    return valid(CheckName.STATUS, "the issuer's revocation list does not name it")
