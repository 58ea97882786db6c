"""Evidence as rows: every column of one is a field of the other."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.posting import Span
from skillmatch_api.store.tables import EvidenceRow, Person


def to_row(
    evidence: Evidence,
    *,
    tenant_id: str,
    person_id: str,
    place: int,
    at: datetime,
    document_id: str | None = None,
    badge: str = "",
) -> EvidenceRow:
    """Return the row of a piece of evidence, added and checked at ``at``.

    ``place`` is where it stands among the person's evidence, from 0; ``document_id`` is the stored
    file that it comes from, and ``badge`` what the badge in it is called.
    """
    return EvidenceRow(
        tenant_id=tenant_id,
        person_id=person_id,
        id=str(uuid.uuid4()),
        place=place,
        document_id=document_id,
        badge=badge,
        uri=evidence.uri,
        label=evidence.label,
        kind=evidence.kind.value,
        assurance=evidence.assurance.value,
        source=evidence.source,
        text=evidence.text,
        span_start=evidence.span.start if evidence.span else None,
        span_end=evidence.span.end if evidence.span else None,
        confidence=evidence.confidence,
        level=evidence.level,
        level_value=evidence.level_value,
        level_scale=evidence.level_scale,
        years=evidence.years,
        issued=evidence.issued,
        issuer=evidence.issuer,
        reason=evidence.reason,
        pointer=evidence.pointer,
        added_at=at,
    )


def of_row(row: EvidenceRow) -> Evidence:
    """Return the evidence of a row."""
    return Evidence(
        uri=ConceptUri(row.uri),
        label=row.label,
        kind=EvidenceKind(row.kind),
        assurance=Assurance(row.assurance),
        source=row.source,
        text=row.text,
        span=_span(row.span_start, row.span_end),
        confidence=row.confidence,
        level=row.level,
        level_value=row.level_value,
        level_scale=row.level_scale,
        years=row.years,
        issued=row.issued,
        issuer=row.issuer,
        reason=row.reason,
        pointer=row.pointer,
    )


def rows_of(session: Session, person: Person) -> Sequence[EvidenceRow]:
    """Return a person's evidence in the order in which it was added."""
    return session.scalars(
        select(EvidenceRow)
        .where(EvidenceRow.tenant_id == person.tenant_id, EvidenceRow.person_id == person.id)
        .order_by(EvidenceRow.place, EvidenceRow.id)
    ).all()


def page_of(
    session: Session, person: Person, *, after: tuple[int, str], limit: int
) -> Sequence[EvidenceRow]:
    """Return at most ``limit`` pieces behind a place and id, in the order of ``rows_of``."""
    return session.scalars(
        select(EvidenceRow)
        .where(
            EvidenceRow.tenant_id == person.tenant_id,
            EvidenceRow.person_id == person.id,
            or_(
                EvidenceRow.place > after[0],
                and_(EvidenceRow.place == after[0], EvidenceRow.id > after[1]),
            ),
        )
        .order_by(EvidenceRow.place, EvidenceRow.id)
        .limit(limit)
    ).all()


def count_of(session: Session, person: Person) -> int:
    """Return how many pieces of evidence a person has."""
    asked = select(func.count()).select_from(EvidenceRow)
    return (
        session.scalar(
            asked.where(
                EvidenceRow.tenant_id == person.tenant_id, EvidenceRow.person_id == person.id
            )
        )
        or 0
    )


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start=start, end=end)
