"""What a rule found, with everything a person needs to judge and mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters, worst first; the names are those of SARIF levels."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITIES: tuple[Severity, ...] = tuple(Severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What one rule says of one place; the registry adds the rest to make a ``Finding``.

    Attributes:
        pointer: JSON pointer (RFC 6901) in the document that was read.
        message: One plain sentence without a full stop.
        words: The offending words as written; empty for what is missing, and for a person's data
            or key material, which no report repeats.
        mend: Where this place needs other advice than the rule gives.
        severity: Where it differs from the rule's own.
    """

    pointer: str
    message: str
    words: str = ""
    mend: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One flaw with its rule's reasons.

    Attributes:
        rule: Id, as in ``B4``.
        source: Where the rule comes from: a specification and its section, a recommendation.
        line: 1-based line in the file; 0 where it is no JSON file of its own.
    """

    rule: str
    severity: Severity
    title: str
    pointer: str
    message: str
    words: str
    why: str
    mend: str
    source: str
    line: int = 0
