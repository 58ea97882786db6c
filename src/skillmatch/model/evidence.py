"""What a person can show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from skillmatch.model.concept import ConceptUri
from skillmatch.model.posting import Span


class EvidenceKind(StrEnum):
    """Where a piece of evidence comes from."""

    BADGE = "badge"
    ENDORSEMENT = "endorsement"
    DOCUMENT = "document"
    CLAIM = "claim"


class Assurance(StrEnum):
    """How far evidence can be believed, best first (see ``ASSURANCE_ORDER``)."""

    VERIFIED = "verified"
    ENDORSED = "endorsed"
    DOCUMENTED = "documented"
    CLAIMED = "claimed"
    INVALID = "invalid"


ASSURANCE_ORDER: tuple[Assurance, ...] = tuple(Assurance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One skill that a person brings, and the place that says so.

    Attributes:
        source: File name, or ``--have`` for a skill named on the command line.
        text: The person's own words at ``span``.
        confidence: Of the link from those words to the concept; 1.0 for a named URI.
        level_value: On ``level_scale`` where known.
        reason: Why the assurance is what it is, where that needs saying; of a badge also how the
            concept was found in it.
        pointer: JSON pointer of the place in ``source``, for badges; ``span`` counts from there.
    """

    uri: ConceptUri
    label: str
    kind: EvidenceKind
    assurance: Assurance
    source: str
    text: str = ""
    span: Span | None = None
    confidence: float = 1.0
    level: str = ""
    level_value: float | None = None
    level_scale: str = ""
    years: float | None = None
    issued: date | None = None
    issuer: str = ""
    reason: str = ""
    pointer: str = ""
