"""Postings, plans, catalogues, and badges under review."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ForeignKeyConstraint,
    Index,
    LargeBinary,
)
from sqlalchemy.orm import Mapped, mapped_column

from skillmatch_api.store.columns import Id
from skillmatch_api.store.tables.base import Base, id_column, tenant_column


class StoredPosting(Base):
    """A posting that somebody asked to keep, with its checklist as JSON.

    Attributes:
        owner: Person it belongs to, erased with them; ``""`` for the organisation's own.
    """

    __tablename__ = "postings"
    __table_args__ = (Index(None, "tenant_id", "owner"),)

    tenant_id: Mapped[str] = tenant_column()
    id: Mapped[str] = id_column()
    owner: Mapped[str] = mapped_column(Id, default="")
    title: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    checklist: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]


class StoredPlan(Base):
    """A plan that somebody asked to keep, as the JSON of ``skillmatch plan``."""

    __tablename__ = "plans"
    __table_args__ = (Index(None, "tenant_id", "owner"),)

    tenant_id: Mapped[str] = tenant_column()
    id: Mapped[str] = id_column()
    owner: Mapped[str] = mapped_column(Id, default="")
    title: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime]


class StoredCatalogue(Base):
    """Offers of an organisation, as the JSON ``catalogue-1``."""

    __tablename__ = "catalogues"

    tenant_id: Mapped[str] = tenant_column()
    name: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]
    offers: Mapped[int]
    revision: Mapped[int] = mapped_column(default=1)
    imported_at: Mapped[datetime]


class StoredAlignment(Base):
    """A badge's outcomes with proposed concepts, waiting for or after a review.

    Attributes:
        source: Name of the uploaded file.
        job_id: The job that proposed, kept after the job itself is gone.
        place: Of the badge among those of its job, from 0.
        document: ``skillmatch.model.alignment.Badge`` as JSON, for writing back.
        proposals: The JSON ``align-1`` of this badge.
        lint: The JSON ``lint-1`` of the file that it was in.
        state: ``open`` or ``reviewed``.
    """

    __tablename__ = "alignments"
    __table_args__ = (Index(None, "tenant_id", "state", "created_at", "place", "id"),)

    tenant_id: Mapped[str] = tenant_column()
    id: Mapped[str] = id_column()
    job_id: Mapped[str | None] = mapped_column(Id)
    place: Mapped[int]
    source: Mapped[str]
    title: Mapped[str]
    document: Mapped[bytes] = mapped_column(LargeBinary)
    proposals: Mapped[dict[str, Any]]
    lint: Mapped[dict[str, Any]]
    state: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class ReviewDecision(Base):
    """What a reviewer decided on one proposed target; the newest of a target counts.

    Attributes:
        place: Order in which decisions were made, from 0.
        outcome: Which statement: its JSON Pointer and digest with ``#`` between them.
        target: URI of the concept that was decided on; ``""`` for one that was added.
        decision: ``pending``, ``accept``, ``reject``, ``replace``, ``add`` or ``comment``.
        chosen: ``skillmatch.model.alignment.ConceptTarget`` that is right instead, or as well.
        reviewer: Name that goes into the badge's mappings, where one was given.
        by: Who sent it, as in the audit log.
    """

    __tablename__ = "review_decisions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "alignment_id"],
            ["alignments.tenant_id", "alignments.id"],
            ondelete="CASCADE",
        ),
    )

    tenant_id: Mapped[str] = tenant_column()
    alignment_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = id_column()
    place: Mapped[int]
    outcome: Mapped[str]
    target: Mapped[str]
    decision: Mapped[str]
    chosen: Mapped[dict[str, Any] | None]
    note: Mapped[str]
    reviewer: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
