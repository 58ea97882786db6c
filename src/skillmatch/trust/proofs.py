"""Whether a credential is as it was signed, and whether its issuer signed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from skillmatch.errors import DataError
from skillmatch.model.credential import Credential, CredentialFormat, Securing
from skillmatch.model.verification import Check, CheckName, CheckState
from skillmatch.trust.binding import check_binding
from skillmatch.trust.checks import invalid, unknown, valid
from skillmatch.trust.did import KeyOrigin
from skillmatch.trust.documents import Documents
from skillmatch.trust.embedded import check_embedded
from skillmatch.trust.jose import Token, check_token, claims_fault, read_token
from skillmatch.trust.linked import UnreadableLinkError, follow
from skillmatch.trust.proof_result import ProofResult, bad

_ASK = "ask the issuer for a signed credential"
_BEST_FIRST = (CheckState.VALID, CheckState.UNKNOWN, CheckState.INVALID)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFinding:
    """What the proofs of a credential show.

    Attributes:
        proof: Whether it is as it was signed; any one valid proof of several suffices.
        issuer: Whether a key of a valid proof is the issuer's own.
        controllers: Names of the keys of valid proofs and of who controls them, sorted: each key as
            Multikey and as did:key, and where the key's own document was read, its id and that of
            its controller. What only the credential claims of a key is not among them.
    """

    proof: Check
    issuer: Check
    controllers: tuple[str, ...] = ()


def check_proof(
    credential: Credential, documents: Documents, *, at: datetime | None = None
) -> ProofFinding:
    """Check what secures a credential; never raises.

    Args:
        credential: As read.
        documents: Where keys and issuer documents come from.
        at: Aware moment that the dates of proofs and keys are compared with; None is now.
    """
    moment = at or datetime.now(UTC)
    if credential.token:
        return _token(credential, documents, moment)
    if credential.securing is Securing.EMBEDDED_PROOF:
        return _embedded(credential, documents, moment)
    if credential.securing in {Securing.JWT, Securing.JWS}:
        reason = "its seal is none of those that can be checked"
        return _unproved(unknown(CheckName.PROOF, reason, _ASK))
    if credential.securing is Securing.HOSTED:
        reason = "it is proved by its host, and not by a signature"
        return _unproved(unknown(CheckName.PROOF, reason, "look it up where it is hosted"))
    return _unproved(
        unknown(CheckName.PROOF, "it carries no proof, so anybody may have written it", _ASK)
    )


def _unproved(proof: Check) -> ProofFinding:
    reason = "who issued it shows only once its proof holds"
    return ProofFinding(proof=proof, issuer=unknown(CheckName.ISSUER, reason, proof.mend))


def _embedded(credential: Credential, documents: Documents, at: datetime) -> ProofFinding:
    presented = credential.format is CredentialFormat.PRESENTATION
    results = check_embedded(
        credential.document,
        documents,
        purpose="authentication" if presented else "assertionMethod",
        at=at,
    )
    issuer = credential.recipient.id if presented else credential.issuer.id
    return _finding(results, issuer, documents)


def _token(credential: Credential, documents: Documents, at: datetime) -> ProofFinding:
    try:
        token = read_token(credential.token)
    except DataError as error:
        return _unproved(invalid(CheckName.PROOF, f"its token cannot be read: {error}", _ASK))
    if credential.document != token.claims:
        reason = "its content is not that of its token"
        return _unproved(invalid(CheckName.PROOF, reason, _ASK))
    if credential.securing is Securing.JWS:
        return _badge_token(token, documents, at)
    result = check_token(token, documents, at=at)
    if result.state is CheckState.VALID and (fault := claims_fault(token)):
        result = bad(fault)
    presented = credential.format is CredentialFormat.PRESENTATION
    issuer = credential.recipient.id if presented else credential.issuer.id
    return _finding((result,), issuer, documents)


def _badge_token(token: Token, documents: Documents, at: datetime) -> ProofFinding:
    """Check a signed badge of Open Badges 1 or 2, whose issuer is found by following its links."""
    issuer, named = "", _creators(token)
    try:
        linked = follow(token.claims, documents)
        issuer = linked.issuer_url
        stated = linked.issuer.get("publicKey")
        listed = stated if isinstance(stated, list) else [stated]
        named = named or tuple(one for one in listed if isinstance(one, str))
        fault = None
    except UnreadableLinkError as error:
        fault = error
    result = check_token(token, documents, named=named, at=at)
    if fault is not None and result.state is CheckState.VALID:
        reason = f"its issuer was not found: {fault}"
        finding = _finding((result,), "", documents)
        issuer_check = unknown(CheckName.ISSUER, reason, fault.mend)
        return ProofFinding(
            proof=finding.proof, issuer=issuer_check, controllers=finding.controllers
        )
    return _finding((result,), issuer, documents)


def _creators(token: Token) -> tuple[str, ...]:
    """Return the addresses of keys that a badge names: version 2 as creator, version 1 as url."""
    stated = token.claims.get("verification", token.claims.get("verify"))
    if not isinstance(stated, dict):
        return ()
    return tuple(one for name in ("creator", "url") if isinstance(one := stated.get(name), str))


def _finding(results: Sequence[ProofResult], issuer: str, documents: Documents) -> ProofFinding:
    found = [one.found for one in results if one.found is not None]
    if not found:
        return _unproved(_failed(results))
    bindings = [check_binding(issuer, key, documents) for key in found]
    best = min(bindings, key=lambda check: _BEST_FIRST.index(check.state))
    number = f"{len(found)} of {len(results)} proofs hold: " if len(results) > 1 else ""
    reason = next(one.reason for one in results if one.found is not None)
    names = {name for key in found for name in (key.key.multikey, f"did:key:{key.key.multikey}")}
    for key in found:
        if key.origin is not KeyOrigin.CREDENTIAL:
            names |= {key.method, key.controller}
    return ProofFinding(
        proof=valid(CheckName.PROOF, number + reason),
        issuer=best,
        controllers=tuple(sorted(names - {""})),
    )


def _failed(results: Sequence[ProofResult]) -> Check:
    """Return a fault before a doubt: a proof that does not fit shows that something was changed."""
    if not results:
        return unknown(CheckName.PROOF, "it carries no proof, so anybody may have written it", _ASK)
    first = min(results, key=lambda one: one.state is not CheckState.INVALID)
    made = invalid if first.state is CheckState.INVALID else unknown
    return made(CheckName.PROOF, first.reason, first.mend)
