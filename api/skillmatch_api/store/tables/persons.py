"""People, what they consented to, and what they can show."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Index,
    Integer,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from skillmatch_api.store.columns import Id
from skillmatch_api.store.tables.base import Base, id_column, of_a_person, tenant_column

_LAPSES = text("lapses_at IS NOT NULL")
"""Most evidence never lapses, and has no place in the index of what does."""


class Person(Base):
    """A person who may be a candidate.

    Attributes:
        number: Of this tenant, never given twice; what indexes know a person by.
        revision: Raised by every change of what the person shows; the ``ETag``.
        claimed_at: Since when the person has a key or a login of their own; until then whoever
            made the record may still mend it.
        external_id: What the organisation calls the person in its own lists, so that the same
            list can be imported twice.
        subject: ``issuer subject`` of an OpenID Connect login, where one is bound.
        languages: BCP 47 tags, sorted.
    """

    __tablename__ = "persons"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        UniqueConstraint("tenant_id", "subject"),
        UniqueConstraint("tenant_id", "external_id"),
    )

    tenant_id: Mapped[str] = tenant_column()
    id: Mapped[str] = id_column()
    number: Mapped[int] = mapped_column(BigInteger)
    revision: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    external_id: Mapped[str | None]
    subject: Mapped[str | None]
    name: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[Any]] = mapped_column(default=list)
    available_from: Mapped[date | None]


class Consent(Base):
    """What a person allowed, for what, and until when; withdrawn ones stay as proof.

    Attributes:
        fields: Which of ``name contact place languages availability evidence`` may be shown.
    """

    __tablename__ = "consents"
    __table_args__ = of_a_person()

    tenant_id: Mapped[str] = tenant_column()
    person_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = id_column()
    purpose: Mapped[str]
    fields: Mapped[list[Any]]
    granted_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class Invitation(Base):
    """A single-use code by which a person takes their record over; kept as its SHA-256."""

    __tablename__ = "invitations"
    __table_args__ = of_a_person()

    tenant_id: Mapped[str] = tenant_column()
    person_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True, unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class StoredDocument(Base):
    """A badge, a CV or another file that a person chose to leave here."""

    __tablename__ = "documents"
    __table_args__ = of_a_person()

    tenant_id: Mapped[str] = tenant_column()
    person_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = id_column()
    name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    added_at: Mapped[datetime]


class EvidenceRow(Base):
    """One ``skillmatch.model.evidence.Evidence`` of a person, column by column.

    Attributes:
        place: Order in which it was added.
        document_id: The stored file that says so, where there is one.
        badge: What the badge behind it is called; empty for everything else.
        span_start: With ``span_end``, the span; both None for none.
        lapses_at: When it is no longer accepted, since the badge behind it ends; None for never,
            and once it has lapsed.
    """

    __tablename__ = "evidence"
    __table_args__ = of_a_person(
        Index(
            None,
            "tenant_id",
            "lapses_at",
            sqlite_where=_LAPSES,
            postgresql_where=_LAPSES,
        )
    )

    tenant_id: Mapped[str] = tenant_column()
    person_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = id_column()
    place: Mapped[int]
    document_id: Mapped[str | None] = mapped_column(Id)
    badge: Mapped[str] = mapped_column(default="")
    uri: Mapped[str]
    label: Mapped[str]
    kind: Mapped[str]
    assurance: Mapped[str]
    source: Mapped[str]
    text: Mapped[str]
    span_start: Mapped[int | None]
    span_end: Mapped[int | None]
    confidence: Mapped[float]
    level: Mapped[str]
    level_value: Mapped[float | None]
    level_scale: Mapped[str]
    years: Mapped[float | None]
    issued: Mapped[date | None]
    issuer: Mapped[str]
    reason: Mapped[str]
    pointer: Mapped[str]
    lapses_at: Mapped[datetime | None]
    added_at: Mapped[datetime]


class View(Base):
    """That a person was shown to somebody; theirs to see, gone with them."""

    __tablename__ = "views"
    __table_args__ = of_a_person()

    tenant_id: Mapped[str] = tenant_column()
    person_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = id_column()
    at: Mapped[datetime]
    by: Mapped[str]
    action: Mapped[str]
    search_id: Mapped[str | None] = mapped_column(Id)
    blind: Mapped[bool]


class Erasure(Base):
    """That somebody was erased, as the SHA-256 of ``tenant/person``; a restore obeys it."""

    __tablename__ = "erasures"

    tenant_id: Mapped[str] = tenant_column()
    digest: Mapped[str] = mapped_column(primary_key=True)
    erased_at: Mapped[datetime]
