"""All checks of one credential, with states and reasons, and what they make evidence worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from skillmatch.model.achievement import Profile
from skillmatch.model.credential import Credential, CredentialFormat, Securing
from skillmatch.model.evidence import Assurance
from skillmatch.model.verification import Check, CheckName, CheckState, Verification
from skillmatch.trust.checks import unknown, worst
from skillmatch.trust.dates import check_dates
from skillmatch.trust.documents import Documents
from skillmatch.trust.endorsements import check_endorsements
from skillmatch.trust.hosted import check_hosted
from skillmatch.trust.issuers import KnownIssuers
from skillmatch.trust.known import check_issuer
from skillmatch.trust.linked import UnreadableLinkError, follow
from skillmatch.trust.proofs import ProofFinding, check_proof
from skillmatch.trust.recipient import Person, check_recipient
from skillmatch.trust.revocation import check_revocation
from skillmatch.trust.shape import check_shape
from skillmatch.trust.status import check_status

MAX_DEPTH = 4
"""Endorsements of endorsements, and records in records."""
MAX_ENDORSEMENTS = 60
"""In all, for one credential that a person gave: endorsements may link to each other in circles."""
_OLD = frozenset({CredentialFormat.OPEN_BADGES_1, CredentialFormat.OPEN_BADGES_2})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """What all credentials of one verification share."""

    documents: Documents
    issuers: KnownIssuers
    at: datetime
    recipient: Person | None
    endorsements: _Budget


@dataclass(slots=True)
class _Budget:
    left: int


def verify(
    credential: Credential,
    *,
    documents: Documents,
    issuers: KnownIssuers,
    at: datetime,
    recipient: Person | None = None,
) -> Verification:
    """Return every check of a credential and of the credentials inside it.

    Nothing is fetched but through ``documents``, and nothing raises: what cannot be judged is
    ``unknown`` with its reason.

    Args:
        credential: As read.
        documents: Where keys, profiles, status lists and hosted badges come from.
        issuers: The file of known issuers.
        at: Aware moment that dates are compared with.
        recipient: Who shows the credential; None leaves that check out.
    """
    setting = _Setting(
        documents=documents,
        issuers=issuers,
        at=at,
        recipient=recipient,
        endorsements=_Budget(MAX_ENDORSEMENTS),
    )
    return _verify(credential, setting, 0)


def _verify(credential: Credential, setting: _Setting, depth: int) -> Verification:
    proof, issuer, status = _secured(credential, setting)
    checks = [
        check_shape(credential),
        proof,
        issuer,
        check_dates(credential, setting.at),
        status,
        _endorsed(credential, setting, depth),
    ]
    # An endorsement is about a badge, so whom the badge was awarded to is no matter of its own.
    if setting.recipient is not None and credential.format is not CredentialFormat.ENDORSEMENT:
        checks.append(check_recipient(credential, setting.recipient))
    parts = credential.parts if depth < MAX_DEPTH else ()
    return Verification(
        source=credential.source,
        pointer=credential.pointer,
        credential=credential.id,
        at=setting.at,
        checks=tuple(checks),
        parts=tuple(_verify(part, setting, depth + 1) for part in parts),
    )


def _secured(credential: Credential, setting: _Setting) -> tuple[Check, Check, Check]:
    """Return the checks of proof, issuer and status, by what secures the credential."""
    if credential.securing is Securing.HOSTED:
        hosted = check_hosted(credential, setting.documents)
        finding = ProofFinding(
            proof=hosted.proof, issuer=hosted.issuer, controllers=tuple(hosted.controllers)
        )
        issuer, status = hosted.profile, hosted.status
    else:
        finding = check_proof(credential, setting.documents, at=setting.at)
        issuer, status = _profile(credential, setting), _status(credential, setting)
    checked = check_issuer(
        issuer if issuer.id else credential.issuer,
        proof=finding.proof,
        binding=finding.issuer,
        controllers=frozenset(finding.controllers),
        known=setting.issuers,
        by_key=credential.securing is not Securing.HOSTED,
    )
    return finding.proof, checked, status


def _profile(credential: Credential, setting: _Setting) -> Profile:
    """Return who is said to answer for a credential: its issuer, or who presents it.

    Open Badges 1 and 2 name their issuer through the badge class, often by links alone.
    """
    if credential.format is CredentialFormat.PRESENTATION:
        return Profile(id=credential.recipient.id)
    if not _is_old(credential):
        return credential.issuer
    try:
        linked = follow(credential.document, setting.documents)
    except UnreadableLinkError:
        return credential.issuer
    return replace(linked.profile, id=linked.issuer_url)


def _is_old(credential: Credential) -> bool:
    return credential.format in _OLD or "claim" in credential.document


def _status(credential: Credential, setting: _Setting) -> Check:
    if _is_old(credential):
        if "badge" not in credential.document and "claim" not in credential.document:
            return unknown(CheckName.STATUS, "it describes a badge and awards it to nobody")
        return check_revocation(credential, setting.documents)
    return check_status(
        credential,
        documents=setting.documents,
        at=setting.at,
        proof_of=lambda one: _proof_and_key(one, setting),
    )


def _proof_and_key(credential: Credential, setting: _Setting) -> Check:
    """Return the check of a status list's proof; a key that is another's makes it worthless."""
    finding = check_proof(credential, setting.documents, at=setting.at)
    if finding.issuer.state is CheckState.INVALID:
        return replace(finding.issuer, check=CheckName.PROOF)
    return finding.proof


def _endorsed(credential: Credential, setting: _Setting, depth: int) -> Check:
    stranger = replace(setting, recipient=None)

    def verify_one(endorsement: Credential) -> Verification | None:
        if depth >= MAX_DEPTH or setting.endorsements.left <= 0:
            return None
        setting.endorsements.left -= 1
        return _verify(endorsement, stranger, depth + 1)

    return check_endorsements(credential, documents=setting.documents, verify_one=verify_one)


_ALWAYS = frozenset({CheckName.PROOF, CheckName.ISSUER, CheckName.DATES, CheckName.STATUS})
_NEEDED = _ALWAYS | {CheckName.RECIPIENT}


def assurance(verification: Verification) -> tuple[Assurance, str]:
    """Return what a credential is worth as evidence, and why, with what would mend it.

    Verified needs a valid proof, an issuer that is known or shown to control its web address, dates
    and status in order, and the right recipient where a person was named. A fault in any of them
    makes it invalid; a doubt leaves it a document that says so, like a CV. Shape and endorsements
    are shown but decide nothing: neither tells whether the credential is genuine.
    """
    checks = [check for check in verification.checks if check.check in _NEEDED]
    if not {check.check for check in checks} >= _ALWAYS:
        return Assurance.DOCUMENTED, "it was not checked in full"
    decisive = worst(checks)
    if decisive.state is CheckState.VALID:
        issuer = verification.of(CheckName.ISSUER)
        return Assurance.VERIFIED, issuer.reason if issuer else decisive.reason
    reason = f"{decisive.check.value}: {decisive.reason}"
    if decisive.mend:
        reason += f"; to mend it, {decisive.mend}"
    if decisive.state is CheckState.INVALID:
        return Assurance.INVALID, reason
    return Assurance.DOCUMENTED, reason
