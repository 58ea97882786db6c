"""Evidence as its owner sees it, and as others do who may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from skillmatch.model.evidence import Evidence, EvidenceKind
from skillmatch_api.people.cards import as_others_see
from skillmatch_api.people.consents import Field
from skillmatch_api.people.evidence_rows import of_row
from skillmatch_api.store.tables import EvidenceRow

FILE_FIELDS = frozenset({Field.EVIDENCE, Field.NAME, Field.CONTACT})
"""What must be shared for the file of a badge to be: it names whom it was issued to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvidence:
    """A piece of evidence with what lies behind it.

    Attributes:
        badge: What the badge is called.
        document_id: The file, where it may be read.
        checked_at: When it was added, and its assurance found.
    """

    id: str
    evidence: Evidence
    badge: str
    document_id: str | None
    checked_at: datetime


def own(row: EvidenceRow) -> ShownEvidence:
    """Return evidence as its owner sees it."""
    return ShownEvidence(
        id=row.id,
        evidence=of_row(row),
        badge=row.badge,
        document_id=row.document_id,
        checked_at=row.added_at,
    )


def for_others(row: EvidenceRow, shared: frozenset[Field], *, blind: bool) -> ShownEvidence:
    """Return evidence as recruiters see it, given what its owner shares."""
    file_too = not blind and shared >= FILE_FIELDS and row.kind == EvidenceKind.BADGE
    return ShownEvidence(
        id=row.id,
        evidence=as_others_see(row, blind=blind),
        badge="" if blind else row.badge,
        document_id=row.document_id if file_too else None,
        checked_at=row.added_at,
    )


def file_is_shared(document_id: str, rows: Iterable[EvidenceRow], shared: frozenset[Field]) -> bool:
    """Tell whether others may read a file: only that of a badge, and never that of a CV."""
    behind = [row.kind for row in rows if row.document_id == document_id]
    badges = {EvidenceKind.BADGE, EvidenceKind.ENDORSEMENT}
    return shared >= FILE_FIELDS and bool(behind) and set(behind) <= badges
