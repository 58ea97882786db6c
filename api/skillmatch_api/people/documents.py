"""The files that people left here; their bytes are read only where they are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from skillmatch_api.store.tables import Person, StoredDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """A file without its bytes."""

    id: str
    name: str
    media_type: str
    size: int
    added_at: datetime


def documents_of(session: Session, person: Person) -> Sequence[StoredDocument]:
    """Return a person's files with their bytes, oldest first."""
    return session.scalars(
        select(StoredDocument)
        .where(*_of(person))
        .order_by(StoredDocument.added_at, StoredDocument.id)
    ).all()


def list_documents(session: Session, person: Person) -> tuple[DocumentFacts, ...]:
    """Return a person's files without their bytes, oldest first."""
    rows = session.execute(
        select(
            StoredDocument.id,
            StoredDocument.name,
            StoredDocument.media_type,
            func.length(StoredDocument.content).label("size"),
            StoredDocument.added_at,
        )
        .where(*_of(person))
        .order_by(StoredDocument.added_at, StoredDocument.id)
    )
    return tuple(
        DocumentFacts(
            id=row.id,
            name=row.name,
            media_type=row.media_type,
            size=row.size,
            added_at=row.added_at,
        )
        for row in rows
    )


def find_document(session: Session, person: Person, document_id: str) -> StoredDocument | None:
    """Return a file of a person."""
    return session.scalar(
        select(StoredDocument).where(*_of(person), StoredDocument.id == document_id)
    )


def find_same(session: Session, person: Person, content: bytes) -> StoredDocument | None:
    """Return a person's file with these very bytes."""
    return session.scalar(
        select(StoredDocument)
        .where(
            *_of(person),
            func.length(StoredDocument.content) == len(content),
            StoredDocument.content == content,
        )
        .limit(1)
    )


def bytes_of(session: Session, person: Person) -> int:
    """Return how many bytes a person's files have together."""
    asked = select(func.coalesce(func.sum(func.length(StoredDocument.content)), 0))
    return int(session.scalar(asked.where(*_of(person))) or 0)


def _of(person: Person) -> tuple[ColumnElement[bool], ...]:
    return (StoredDocument.tenant_id == person.tenant_id, StoredDocument.person_id == person.id)
