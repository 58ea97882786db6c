"""Proofs inside a credential: single ones, sets of which each stands alone, and chains.

Source: W3C Verifiable Credential Data Integrity 1.0, sections 2.1.1 "Proof Sets", 2.1.2 "Proof
Chains", 4.4 "Verify Proof" and 4.5 "Verify Proof Sets and Chains".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from skillmatch.jsonld import DroppedTermsError, JsonLdError, edition_count
from skillmatch.model.verification import CheckState
from skillmatch.trust.data_integrity import Suite, hash_data, signature_of, suite_of
from skillmatch.trust.did import FoundKey, NoKey, find_key
from skillmatch.trust.documents import Documents
from skillmatch.trust.multikey import KeyKind, UnusableKeyError
from skillmatch.trust.plain_reading import reading_fault
from skillmatch.trust.proof_result import (
    ProofResult,
    bad,
    good,
    key_fault,
    moment,
    open_question,
    without_key,
)

MAX_PROOFS = 16


@dataclass(slots=True, kw_only=True)
class _Checking:
    """One document under way.

    Attributes:
        results: Of the proofs checked so far, by their number; None for one that is under way.
    """

    document: Mapping[str, Any]
    proofs: Sequence[object]
    documents: Documents
    purpose: str
    at: datetime
    results: dict[int, ProofResult | None] = field(default_factory=dict)


def check_embedded(
    document: Mapping[str, Any], documents: Documents, *, purpose: str, at: datetime
) -> tuple[ProofResult, ...]:
    """Return the result of every proof of a document, in its order.

    Args:
        document: With its ``proof``.
        documents: Where keys come from.
        purpose: What the proofs must be made for, as in ``assertionMethod``.
        at: Moment that dates of proofs and keys are compared with.
    """
    listed = document.get("proof")
    proofs = listed if isinstance(listed, list | tuple) else [listed]
    if len(proofs) > MAX_PROOFS:
        return (open_question(f"it carries more than {MAX_PROOFS} proofs"),)
    unsecured = {key: value for key, value in document.items() if key != "proof"}
    checking = _Checking(
        document=unsecured, proofs=proofs, documents=documents, purpose=purpose, at=at
    )
    return tuple(_result(number, checking) for number in range(len(proofs)))


def _result(number: int, checking: _Checking) -> ProofResult:
    if number in checking.results:
        known = checking.results[number]
        return known or bad("its proofs build on each other in a circle")
    checking.results[number] = None
    found = _check(checking.proofs[number], checking)
    checking.results[number] = found
    return found


def _check(proof: object, checking: _Checking) -> ProofResult:
    if not isinstance(proof, Mapping):
        return bad("its proof is not an object")
    suite = suite_of(proof)
    if suite is None:
        name = proof.get("cryptosuite") or proof.get("type")
        return open_question(f"unsupported suite {str(name)[:80]}")
    if fault := _options_fault(proof, suite, checking):
        return bad(fault)
    before = _before(proof, checking)
    if isinstance(before, ProofResult):
        return before
    found = _key(proof, checking)
    if isinstance(found, ProofResult):
        return found
    document = {**checking.document, "proof": before} if before else checking.document
    return _signed(document, proof, suite, found)


def _options_fault(proof: Mapping[str, Any], suite: Suite, checking: _Checking) -> str:
    """Return what is wrong with a proof before its signature is looked at."""
    purpose = proof.get("proofPurpose")
    if purpose != checking.purpose:
        return f"its proof was made for {str(purpose)[:60]}, not for {checking.purpose}"
    if suite is Suite.ED25519_SIGNATURE_2020 and "created" not in proof:
        return "its proof does not say when it was created"
    if suite is Suite.JCS and not _begins(checking.document, proof):
        return "its proof was made for other contexts than the document names"
    return _dates_fault(proof, checking.at)


def _dates_fault(proof: Mapping[str, Any], at: datetime) -> str:
    for name in ("created", "expires"):
        if name in proof and moment(proof[name]) is None:
            return f"/proof/{name} is no moment with a time zone"
    created, expires = moment(proof.get("created")), moment(proof.get("expires"))
    if created is not None and created > at:
        return "its proof is dated in the future"
    if expires is not None and expires <= at:
        return f"its proof has run out ({proof['expires']})"
    return ""


def _begins(document: Mapping[str, Any], proof: Mapping[str, Any]) -> bool:
    """Tell whether the document's contexts begin with those of a proof, as JCS proofs need it."""
    named, wanted = (
        one if isinstance(one, list) else [one]
        for one in (document.get("@context"), proof.get("@context", document.get("@context")))
    )
    return named[: len(wanted)] == wanted


def _before(proof: Mapping[str, Any], checking: _Checking) -> list[Any] | ProofResult:
    """Return the proofs that one builds on, in the document's order; all of them must be valid."""
    named = proof.get("previousProof")
    wanted = [] if named is None else (named if isinstance(named, list) else [named])
    numbers = [
        number
        for number, one in enumerate(checking.proofs)
        if isinstance(one, Mapping) and one.get("id") is not None and one["id"] in wanted
    ]
    if len(numbers) != len(wanted):
        return bad("it lacks a proof that another proof of it builds on")
    for number in numbers:
        earlier = _result(number, checking)
        if earlier.state is not CheckState.VALID:
            reason = f"a proof that it builds on does not hold: {earlier.reason}"
            return ProofResult(state=earlier.state, reason=reason, mend=earlier.mend)
    return [checking.proofs[number] for number in numbers]


def _key(proof: Mapping[str, Any], checking: _Checking) -> FoundKey | ProofResult:
    method = proof.get("verificationMethod")
    if isinstance(method, Mapping):
        method = method.get("id")
    if not isinstance(method, str) or not method:
        return bad("its proof names no key")
    found = find_key(method, checking.documents)
    if isinstance(found, NoKey):
        return without_key(found)
    if found.key.kind is not KeyKind.ED25519:
        return bad(f"its proof needs an Ed25519 key, and names one of {found.key.kind.value}")
    if fault := key_fault(found, moment(proof.get("created")), checking.at):
        return bad(fault)
    return found


def _signed(
    document: Mapping[str, Any], proof: Mapping[str, Any], suite: Suite, found: FoundKey
) -> ProofResult:
    try:
        signature = signature_of(proof)
    except UnusableKeyError as error:
        return bad(f"/proof/proofValue is no signature: {error}")
    trials = 1 if suite is Suite.JCS else edition_count(document)
    refused: JsonLdError | None = None
    mismatch = False
    for edition in range(trials):
        try:
            if suite is not Suite.JCS and (fault := reading_fault(document, edition=edition)):
                return bad(fault)
            data = hash_data(document, proof, suite, edition=edition)
        except JsonLdError as error:
            refused = error
            continue
        if _fits(found, signature, data):
            return good(f"its signature ({_suite_name(proof)}) fits", found)
        mismatch = True
    if mismatch or refused is None:
        return bad("its signature does not fit: it was changed, or signed with another key")
    return _refused(refused)


def _refused(error: JsonLdError) -> ProofResult:
    if isinstance(error, DroppedTermsError):
        return bad(error.reason, error.mend)
    return open_question(
        f"it cannot be brought into the form that was signed: {error.reason}", error.mend
    )


def _fits(found: FoundKey, signature: bytes, data: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = found.key.load()
    try:
        if isinstance(key, Ed25519PublicKey):
            key.verify(signature, data)
            return True
    except InvalidSignature:
        pass
    return False


def _suite_name(proof: Mapping[str, Any]) -> str:
    return str(proof.get("cryptosuite") or proof["type"])
