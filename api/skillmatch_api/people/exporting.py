"""Everything that is kept about a person, for the person: to read it, and to take it elsewhere.

Source: GDPR, Articles 15 (access) and 20 (portability).
"""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from skillmatch_api.people.consents import history
from skillmatch_api.people.documents import documents_of
from skillmatch_api.people.evidence_rows import rows_of
from skillmatch_api.people.views import views_of
from skillmatch_api.store.tables import (
    ApiKey,
    AuditEntry,
    Base,
    BrowserSession,
    Invitation,
    Job,
    Person,
    StoredDocument,
    StoredPlan,
    StoredPosting,
)

SCHEMA = "candidate-export-1"
_SECRET = frozenset({"tenant_id", "person_id", "digest", "csrf", "owner"})
"""Columns that say nothing of the person, or would let somebody act in their name."""


_Owned = type[Invitation | ApiKey | BrowserSession]


def everything(session: Session, person: Person, *, at: datetime) -> dict[str, Any]:
    """Return all that is kept about a person, as values of JSON.

    What searches are answered from is left out: it is made from the rows here and adds nothing.
    """
    return {
        "schema_version": SCHEMA,
        "exported_at": at.isoformat(),
        "person": _values(person),
        "consents": [_values(one) for one in history(session, person)],
        "evidence": [_values(one) for one in rows_of(session, person)],
        "documents": [_with_content(one) for one in documents_of(session, person)],
        "views": [_values(one) for one in views_of(session, person)],
        "invitations": _owned(session, Invitation, person, without="id"),
        "keys": _owned(session, ApiKey, person),
        "logins": _owned(session, BrowserSession, person, without="id"),
        "postings": _kept(session, StoredPosting, person),
        "plans": _kept(session, StoredPlan, person),
        "jobs": _jobs(session, person),
        "log": _log(session, person),
    }


def as_json(found: Mapping[str, Any]) -> bytes:
    """Return an export as a document of JSON, files in Base64."""
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def as_zip(found: Mapping[str, Any]) -> bytes:
    """Return an export as an archive: ``candidate.json``, and the files beside it as they were."""
    files = {
        f"documents/{one['id']}-{_safe(one['name'])}": base64.b64decode(one["base64"])
        for one in found["documents"]
    }
    named = [
        {key: value for key, value in one.items() if key != "base64"} | {"file": file}
        for one, file in zip(found["documents"], files, strict=True)
    ]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        text = as_json({**found, "documents": named})
        for name, content in {"candidate.json": text, **files}.items():
            # The same record gives the same bytes, whenever it is written.
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _values(row: Base) -> dict[str, Any]:
    return {
        column.name: _value(getattr(row, column.key))
        for column in row.__table__.columns
        if column.name not in _SECRET
    }


def _value(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def _with_content(row: StoredDocument) -> dict[str, Any]:
    found = _values(row)
    return {**found, "base64": found.pop("content")}


def _owned(
    session: Session, table: _Owned, person: Person, *, without: str = ""
) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(table)
        .where(table.tenant_id == person.tenant_id, table.person_id == person.id)
        .order_by(table.created_at, table.id)
    )
    return [
        {name: value for name, value in _values(one).items() if name != without} for one in rows
    ]


def _kept(
    session: Session, table: type[StoredPosting | StoredPlan], person: Person
) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(table)
        .where(table.tenant_id == person.tenant_id, table.owner == person.id)
        .order_by(table.created_at, table.id)
    )
    return [_values(one) for one in rows]


def _callers(session: Session, person: Person) -> list[str]:
    keys = session.scalars(
        select(ApiKey.id).where(ApiKey.tenant_id == person.tenant_id, ApiKey.person_id == person.id)
    )
    login = [f"oidc:{person.subject}"] if person.subject else []
    return [f"person:{person.id}", *(f"key:{one}" for one in keys), *login]


def _jobs(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(Job)
        .where(Job.tenant_id == person.tenant_id, Job.by.in_(_callers(session, person)))
        .order_by(Job.created_at, Job.id)
    )
    return [_values(one) for one in rows]


def _log(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.tenant_id == person.tenant_id,
            or_(AuditEntry.subject == person.id, AuditEntry.by.in_(_callers(session, person))),
        )
        .order_by(AuditEntry.at, AuditEntry.id)
    )
    return [_values(one) for one in rows]


def _safe(name: str) -> str:
    return "".join(one if one.isalnum() or one in "._-" else "_" for one in name)[-100:]
