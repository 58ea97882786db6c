"""What a Data Integrity proof says of itself: purpose, dates, contexts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from skillmatch.trust.data_integrity import Suite, suite_of
from skillmatch.trust.proof_result import moment

MAX_LETTERS = 20_000
"""Of one proof; the supported ones need some 500."""


def options_fault(
    proof: Mapping[str, Any], document: Mapping[str, Any], *, purpose: str, at: datetime
) -> str:
    """Return what is wrong with a proof before its signature is looked at; empty where nothing is.

    Args:
        proof: Of a supported suite.
        document: Without its proofs.
        purpose: What the proof must be made for.
        at: Moment that its dates are compared with.
    """
    suite = suite_of(proof)
    if len(repr(proof)) > MAX_LETTERS:
        return f"its proof is longer than {MAX_LETTERS:,} letters"
    stated = proof.get("proofPurpose")
    if stated != purpose:
        return f"its proof was made for {str(stated)[:60]}, not for {purpose}"
    if suite is Suite.ED25519_SIGNATURE_2020 and "created" not in proof:
        return "its proof does not say when it was created"
    if suite is Suite.JCS and not _begins(document, proof):
        return "its proof was made for other contexts than the document names"
    return _dates_fault(proof, at)


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
