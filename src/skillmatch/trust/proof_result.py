"""What checking one signature found, before it becomes part of a verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from skillmatch.model.verification import CheckState
from skillmatch.trust.did import FoundKey, NoKey

_ASK = "ask the issuer for the credential as it was issued"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofResult:
    """One signature and what it is worth.

    Attributes:
        reason: One plain sentence without a full stop.
        found: The key that a valid signature was made with.
    """

    state: CheckState
    reason: str
    mend: str = ""
    found: FoundKey | None = None


def bad(reason: str, mend: str = _ASK) -> ProofResult:
    """Return the result of a signature that is wrong."""
    return ProofResult(state=CheckState.INVALID, reason=reason, mend=mend)


def open_question(reason: str, mend: str = "") -> ProofResult:
    """Return the result of a signature that could not be judged."""
    return ProofResult(state=CheckState.UNKNOWN, reason=reason, mend=mend)


def good(reason: str, found: FoundKey) -> ProofResult:
    """Return the result of a signature that fits."""
    return ProofResult(state=CheckState.VALID, reason=reason, found=found)


def without_key(fault: NoKey) -> ProofResult:
    """Return the result where there is no key to check with."""
    return ProofResult(state=fault.state, reason=fault.reason, mend=fault.mend)


def key_fault(found: FoundKey, made: datetime | None, at: datetime) -> str:
    """Return why a key must not be used, empty where it may.

    A revoked key is worth nothing from then on, whatever a proof says of its own date, since
    whoever stole it can write any date. One that only ran out still vouches for what it signed
    before.

    Args:
        found: The key.
        made: When the signature says that it was made.
        at: Moment that is judged from.
    """
    if found.revoked:
        revoked = moment(found.revoked)
        if revoked is None or revoked <= at:
            return f"its key was revoked ({found.revoked[:40]})"
    if found.expires:
        expires = moment(found.expires)
        if expires is None or expires <= (made or at):
            return f"its key had run out ({found.expires[:40]}) when it was made"
    return ""


def moment(text: object) -> datetime | None:
    """Return an aware moment from ISO 8601 with a zone, None for anything else."""
    if not isinstance(text, str) or len(text) > 60:
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        # The last day of the year 9999 has no end in UTC where the zone lies behind it.
        return None
