"""Organisations, their keys and logins, long work, and what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
)
from sqlalchemy.orm import Mapped, mapped_column

from skillmatch_api.store.columns import Id
from skillmatch_api.store.tables.base import Base, id_column, tenant_column


class Tenant(Base):
    """An organisation.

    Attributes:
        people: How many numbers of persons were given out; one transaction at a time raises it.
        changes: Version of the newest change of a profile. A transaction that changes profiles
            raises it and holds the row until it ends, so that versions become visible in order.
    """

    __tablename__ = "tenants"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    people: Mapped[int] = mapped_column(BigInteger, default=0)
    changes: Mapped[int] = mapped_column(BigInteger, default=0)


class ApiKey(Base):
    """A key; only the SHA-256 of its secret part is kept.

    Attributes:
        person_id: Whom a learner's key is bound to. No foreign key: erasing a person deletes
            their keys by hand, in the same transaction.
    """

    __tablename__ = "api_keys"

    tenant_id: Mapped[str] = tenant_column()
    id: Mapped[str] = mapped_column(Id, primary_key=True, unique=True)
    name: Mapped[str]
    scopes: Mapped[list[Any]]
    person_id: Mapped[str | None] = mapped_column(Id)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class BrowserSession(Base):
    """A login of a browser; ``id`` is the SHA-256, in hexadecimal, of what the cookie holds."""

    __tablename__ = "browser_sessions"

    tenant_id: Mapped[str] = tenant_column()
    id: Mapped[str] = mapped_column(primary_key=True, unique=True)
    key_id: Mapped[str | None] = mapped_column(Id)
    subject: Mapped[str | None]
    scopes: Mapped[list[Any]]
    person_id: Mapped[str | None] = mapped_column(Id)
    csrf: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class Job(Base):
    """Long work: what was asked for, how far it is, what came of it.

    Attributes:
        state: ``waiting``, ``running``, ``done``, ``failed`` or ``cancelled``.
        request: What the worker reads, as bytes of its kind's own form.
        problem: The RFC 9457 problem of a failed one.
        beat_at: When its worker last said that it lives; a job of a dead worker starts again.
        worker: Id of the claim that runs it, None while nobody does. Whatever a worker writes
            names its claim, so that one that was taken for dead changes nothing any more.
        attempts: How many claims there were; a job that ends its worker is not tried for ever.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index(None, "state", "created_at"),
        Index(None, "tenant_id", "created_at", "id"),
    )

    tenant_id: Mapped[str] = tenant_column()
    id: Mapped[str] = id_column()
    kind: Mapped[str]
    state: Mapped[str]
    by: Mapped[str]
    request: Mapped[bytes] = mapped_column(LargeBinary)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    result: Mapped[str | None]
    problem: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    worker: Mapped[str | None] = mapped_column(Id)
    attempts: Mapped[int] = mapped_column(default=0)


class JobPart(Base):
    """What a job had found when its worker stopped, so that the next one goes on from there.

    Attributes:
        key: Digest of all that the finding depends on, so a part can be old but never wrong.
    """

    __tablename__ = "job_parts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "job_id"], ["jobs.tenant_id", "jobs.id"], ondelete="CASCADE"
        ),
    )

    tenant_id: Mapped[str] = tenant_column()
    job_id: Mapped[str] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]


class Replay(Base):
    """The answer to a write that carried an ``Idempotency-Key``, to be given again for a day.

    Attributes:
        status: None while the first request is still being answered.
    """

    __tablename__ = "replays"
    __table_args__ = (Index(None, "created_at"),)

    tenant_id: Mapped[str] = tenant_column()
    caller: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request: Mapped[str]
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any] | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class AuditEntry(Base):
    """Who did what, when; never a person's words, and of persons only their id.

    Attributes:
        by: Key, subject or ``operator`` (the command line).
        subject: What it was done to; the id of an erased person is taken out again.
    """

    __tablename__ = "audit"
    __table_args__ = (Index(None, "tenant_id", "at", "id"),)

    tenant_id: Mapped[str] = tenant_column()
    id: Mapped[str] = id_column()
    at: Mapped[datetime]
    by: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    details: Mapped[dict[str, Any]]
