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
from skillmatch.trust.data_integrity import (
    Suite,
    hash_document,
    hash_options,
    signature_of,
    suite_of,
)
from skillmatch.trust.did import FoundKey, NoKey, find_key
from skillmatch.trust.documents import Documents
from skillmatch.trust.multikey import KeyKind, UnusableKeyError
from skillmatch.trust.plain_reading import reading_fault
from skillmatch.trust.proof_options import options_fault
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
MAX_HASHES = 8
"""Forms of one document that are hashed: with several proofs under it, and in several editions."""


@dataclass(slots=True, kw_only=True)
class _Checking:
    """One document under way.

    Attributes:
        results: Of the proofs checked so far, by their number; None for one that is under way.
        hashes: Of the document, by form, edition and the ids of proofs under it; or why none.
        faults: What a reader of its JSON would miss, by edition.
    """

    document: Mapping[str, Any]
    proofs: Sequence[object]
    documents: Documents
    purpose: str
    at: datetime
    results: dict[int, ProofResult | None] = field(default_factory=dict)
    hashes: dict[tuple[bool, int, tuple[str, ...]], bytes | JsonLdError] = field(
        default_factory=dict
    )
    faults: dict[int, str] = field(default_factory=dict)


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
    if fault := options_fault(proof, checking.document, purpose=checking.purpose, at=checking.at):
        return bad(fault)
    before = _before(proof, checking)
    if isinstance(before, ProofResult):
        return before
    found = _key(proof, checking)
    if isinstance(found, ProofResult):
        return found
    return _signed(proof, suite, found, _Signed(before=before, checking=checking))


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


@dataclass(frozen=True, slots=True)
class _Signed:
    """A document as one proof saw it: without proofs, or with those that the proof builds on."""

    before: list[Any]
    checking: _Checking

    @property
    def document(self) -> dict[str, Any]:
        """The document that is hashed."""
        plain = dict(self.checking.document)
        return {**plain, "proof": self.before} if self.before else plain

    def _names(self) -> tuple[str, ...]:
        return tuple(str(one.get("id")) for one in self.before)

    def fault(self, edition: int) -> str:
        """Return what a reader of the JSON would miss; looked for once, as ``digest`` is made once.

        Raises:
            JsonLdError: It cannot be expanded.
        """
        known = self.checking.faults
        if edition not in known:
            known[edition] = reading_fault(self.checking.document, edition=edition)
        return known[edition]

    def digest(self, suite: Suite, edition: int) -> bytes:
        """Return the hash of the document, made once for all proofs that share it.

        Raises:
            JsonLdError: It cannot be brought into canonical form, or costs too much.
        """
        known = self.checking.hashes
        key = (suite is Suite.JCS, edition, self._names())
        if key not in known:
            if len(known) >= MAX_HASHES:
                raise JsonLdError("its proofs build on each other in too many ways")
            try:
                known[key] = hash_document(self.document, suite, edition=edition)
            except JsonLdError as error:
                known[key] = error
        found = known[key]
        if isinstance(found, JsonLdError):
            raise found
        return found


def _signed(
    proof: Mapping[str, Any], suite: Suite, found: FoundKey, signed: _Signed
) -> ProofResult:
    try:
        signature = signature_of(proof)
    except UnusableKeyError as error:
        return bad(f"/proof/proofValue is no signature: {error}")
    document = signed.document
    refused: JsonLdError | None = None
    mismatch = False
    for edition in range(1 if suite is Suite.JCS else edition_count(document)):
        try:
            if suite is not Suite.JCS and (fault := signed.fault(edition)):
                return bad(fault)
            digest = signed.digest(suite, edition)
            data = hash_options(document, proof, suite, edition=edition) + digest
        except JsonLdError as error:
            refused = refused or error
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
