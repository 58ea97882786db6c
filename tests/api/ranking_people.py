"""People for tests of ranking: rows of a person, a consent and evidence, without any route."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch_api.access.tenants import DEFAULT, tenant_named
from skillmatch_api.people.evidence_rows import to_row
from skillmatch_api.ranking import profiles
from skillmatch_api.store.tables import Consent, Person
from tests.api.conftest import NOW

EVERYTHING = ("name", "contact", "place", "languages", "availability", "evidence")


def shown(
    uri: str,
    assurance: Assurance = Assurance.CLAIMED,
    *,
    issued: date | None = None,
    level: str = "",
    years: float | None = None,
) -> Evidence:
    """Return a piece of evidence: a badge where somebody else vouches for it, else a claim."""
    proves = assurance in {Assurance.VERIFIED, Assurance.ENDORSED, Assurance.INVALID}
    return Evidence(
        uri=ConceptUri(uri),
        label=uri.rpartition("/")[2],
        kind=EvidenceKind.BADGE if proves else EvidenceKind.CLAIM,
        assurance=assurance,
        source="badge.json" if proves else "--have",
        issued=issued,
        level=level,
        years=years,
        issuer="Example Academy" if proves else "",
    )


def add_person(
    session: Session,
    evidence: Iterable[Evidence] = (),
    *,
    shares: Iterable[str] | None = EVERYTHING,
    expires_at: datetime | None = None,
    tenant: str = DEFAULT,
    person_id: str = "",
    **fields: object,
) -> Person:
    """Add a person who consented to ``shares`` (None: to nothing), with a profile."""
    organisation = tenant_named(session, tenant, at=NOW)
    organisation.people += 1
    person = Person(
        tenant_id=organisation.id,
        id=person_id or str(uuid.uuid4()),
        number=organisation.people,
        revision=1,
        created_at=NOW,
        updated_at=NOW,
        subject=None,
        **{"name": "Ada", "available_from": None, **fields},
    )
    session.add(person)
    session.flush()
    if shares is not None:
        consent(session, person, shares, expires_at=expires_at)
    for place, one in enumerate(evidence):
        session.add(
            to_row(one, tenant_id=person.tenant_id, person_id=person.id, place=place, at=NOW)
        )
    refresh(session, person)
    return person


def consent(
    session: Session,
    person: Person,
    shares: Iterable[str] = EVERYTHING,
    *,
    expires_at: datetime | None = None,
) -> Consent:
    """Add a consent to be found, granted an hour ago."""
    row = Consent(
        tenant_id=person.tenant_id,
        person_id=person.id,
        id=str(uuid.uuid4()),
        purpose=profiles.PURPOSE,
        fields=list(shares),
        granted_at=NOW - timedelta(hours=1),
        expires_at=expires_at,
        withdrawn_at=None,
    )
    session.add(row)
    session.flush()
    return row


def refresh(session: Session, person: Person) -> None:
    """Write the person's profile anew."""
    profiles.refresh(session, tenant_id=person.tenant_id, person_id=person.id, at=NOW)
