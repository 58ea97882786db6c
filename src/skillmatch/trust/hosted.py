"""Open Badges 1 and 2 that are proved by lying where their issuer put them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from skillmatch.model.achievement import Profile
from skillmatch.model.credential import Credential
from skillmatch.model.verification import Check, CheckName, CheckState
from skillmatch.trust.checks import invalid, unknown, valid
from skillmatch.trust.documents import Documents
from skillmatch.trust.linked import Linked, UnreadableLinkError, fetch_object, follow, host_of
from skillmatch.trust.scope import scope_fault
from skillmatch.trust.shape_values import items
from skillmatch.trust.status import revoked_check

_MAX_DEPTH = 6
_IGNORED = frozenset({"@context", "image", "verify", "verification"})
_REISSUE = "ask the issuer to issue it again"
_ASK = "ask the issuer whether the badge still stands"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostedFinding:
    """What lies at the address of a badge says of it.

    Attributes:
        profile: Who issued it, as its own profile says; empty where that was not read.
        controllers: Id of the issuer whose scope the badge lies in.
    """

    proof: Check
    issuer: Check
    status: Check
    profile: Profile = field(default_factory=Profile)
    controllers: frozenset[str] = frozenset()


def check_hosted(credential: Credential, documents: Documents) -> HostedFinding:
    """Fetch a hosted badge from its own address, and compare it and its issuer's scope.

    Every field of the file must be in what is hosted, or in the documents that this links to; only
    image and context may differ. The hosted copy may say more.

    Source: Open Badges 2.0, "Hosted Verification".
    """
    url = _address(credential)
    if not url:
        return _nothing(
            invalid(CheckName.PROOF, "a hosted badge needs a web address as its id", _REISSUE)
        )
    try:
        hosted = fetch_object(url, documents)
    except UnreadableLinkError as fault:
        return _not_hosted(fault)
    if (proof := _compare(credential, hosted, url, documents)) is not None:
        return _nothing(proof, _revoked(hosted))
    proof = valid(CheckName.PROOF, f"{url} holds the same badge")
    status = _revoked(hosted)
    try:
        linked = follow(hosted, documents)
    except UnreadableLinkError as fault:
        reason = f"the issuer's profile was not read: {fault}"
        issuer = unknown(CheckName.ISSUER, reason, fault.mend)
        return HostedFinding(proof=proof, issuer=issuer, status=status)
    issuer = _issuer(linked, url)
    shown = issuer.state is CheckState.VALID
    return HostedFinding(
        proof=proof,
        issuer=issuer,
        status=status,
        profile=linked.profile,
        controllers=frozenset({linked.profile.id, linked.issuer_url} if shown else ()),
    )


def _address(credential: Credential) -> str:
    """Return where a badge says that it lies; version 1 says so apart from its id."""
    verify = credential.document.get("verify")
    stated = verify.get("url") if isinstance(verify, Mapping) else None
    for url in (credential.document.get("id"), stated):
        if isinstance(url, str) and host_of(url):
            return url
    return ""


def _not_hosted(fault: UnreadableLinkError) -> HostedFinding:
    if fault.gone:
        reason = f"its host has taken it away for good: {fault}"
        return _nothing(
            invalid(CheckName.PROOF, reason, _ASK), invalid(CheckName.STATUS, reason, _ASK)
        )
    reason = f"a hosted badge is proved by what lies at its address alone: {fault}"
    return _nothing(
        unknown(CheckName.PROOF, reason, fault.mend),
        unknown(CheckName.STATUS, "whether it was revoked shows at its address only", fault.mend),
    )


def _nothing(proof: Check, status: Check | None = None) -> HostedFinding:
    reason = "who issued it shows only once its proof holds"
    return HostedFinding(
        proof=proof,
        issuer=unknown(CheckName.ISSUER, reason, proof.mend),
        status=status or unknown(CheckName.STATUS, "its address was not looked at", proof.mend),
    )


def _revoked(hosted: Mapping[str, Any]) -> Check:
    if hosted.get("revoked") is True:
        entry = {**hosted, "id": "this"}
        return revoked_check([entry], "this", "revocationReason")
    return valid(CheckName.STATUS, "its hosted copy is not marked as revoked")


def _compare(
    credential: Credential, hosted: Mapping[str, Any], url: str, documents: Documents
) -> Check | None:
    """Return what keeps the hosted copy from proving the file, None where nothing does."""
    if hosted.get("revoked") is True:
        # A host may keep no more of a revoked badge than that.
        return invalid(CheckName.PROOF, f"{url} says that it was revoked", _ASK)
    stated = hosted.get("id", url)
    if stated != url:
        return invalid(CheckName.PROOF, f"what lies at {url} calls itself {stated}", _REISSUE)
    try:
        different = _differences(credential.document, hosted, documents, "")
    except UnreadableLinkError as fault:
        return unknown(CheckName.PROOF, f"a part of it was not looked at: {fault}", fault.mend)
    if different:
        reason = f"{url} says something else at {', '.join(different[:4])}"
        return invalid(CheckName.PROOF, reason, _REISSUE)
    return None


def _differences(
    here: object, there: object, documents: Documents, pointer: str, depth: int = 0
) -> list[str]:
    """Return pointers of values of the file that are not in the hosted documents."""
    if here == there:
        return []
    if depth > _MAX_DEPTH:
        return [pointer]
    if isinstance(here, list) != isinstance(there, list):
        # One value may stand with its brackets or without.
        here, there = items(here), items(there)
    if isinstance(there, str) and isinstance(here, Mapping) and host_of(there):
        # The file has written out what its hosted copy only links to.
        there = {"id": there, **fetch_object(there, documents)}
    if isinstance(here, str) and isinstance(there, Mapping):
        return [] if here == there.get("id") else [pointer]
    if isinstance(here, Mapping) and isinstance(there, Mapping):
        return [
            place
            for key, value in here.items()
            if key not in _IGNORED
            for place in _differences(
                value, there.get(key), documents, f"{pointer}/{key}", depth + 1
            )
        ]
    if isinstance(here, list) and isinstance(there, list) and len(here) == len(there):
        pairs = enumerate(zip(here, there, strict=True))
        return [
            place
            for position, (one, other) in pairs
            for place in _differences(one, other, documents, f"{pointer}/{position}", depth + 1)
        ]
    return [pointer]


def _issuer(linked: Linked, url: str) -> Check:
    """Return whether the badge lies where the issuer's badges may lie."""
    identity = linked.profile.id
    if not host_of(identity):
        reason = f"its issuer is {identity}, which is no web address that hosting could show"
        return unknown(CheckName.ISSUER, reason, "ask the issuer for a web address as id")
    if fault := _elsewhere(linked) or scope_fault(url, linked.issuer, identity):
        return invalid(CheckName.ISSUER, fault, _REISSUE)
    reason = f"{identity} is the issuer, and the badge lies where its badges may lie"
    return valid(CheckName.ISSUER, reason)


def _elsewhere(linked: Linked) -> str:
    """Return what is wrong with a profile that claims the id of another host."""
    identity = linked.profile.id
    if host_of(identity) == host_of(linked.issuer_url):
        return ""
    return f"the profile at {linked.issuer_url} claims to be {identity}, which is another host's"
