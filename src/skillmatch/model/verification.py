"""What checking a credential found: states with reasons, never one boolean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CheckName(StrEnum):
    """What is checked, in the order it is reported."""

    SHAPE = "shape"
    PROOF = "proof"
    ISSUER = "issuer"
    DATES = "dates"
    STATUS = "status"
    ENDORSEMENTS = "endorsements"
    RECIPIENT = "recipient"


class CheckState(StrEnum):
    """What a check found."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check and why it ended as it did.

    Attributes:
        reason: One plain sentence without a full stop.
        mend: What the person could do about it, empty where there is nothing to do.
    """

    check: CheckName
    state: CheckState
    reason: str
    mend: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What is known of one credential.

    Attributes:
        source: As in ``Credential``, and ``pointer`` and ``credential`` (its id) likewise.
        at: Moment that dates were compared with.
        checks: One for each ``CheckName`` in order; ``RECIPIENT`` only where a person was named.
        parts: Of the credentials inside it.
    """

    source: str
    pointer: str
    credential: str
    at: datetime
    checks: tuple[Check, ...]
    parts: tuple[Verification, ...] = ()

    def of(self, name: CheckName) -> Check | None:
        """Return the check of a name, None where it was not made."""
        return next((check for check in self.checks if check.check is name), None)
