"""Keeping, after a restore, to what people decided since the snapshot was made."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from skillmatch_api.people.erasing import erase
from skillmatch_api.ranking import profiles
from skillmatch_api.store.erasures import digest_of
from skillmatch_api.store.snapshots.since import Since
from skillmatch_api.store.tables import ApiKey, Consent, Erasure, Person, Tenant

RESTORE = "operator"
"""Who acts in the audit log, since an operator restores."""


def obey(session: Session, since: Since, *, at: datetime) -> int:
    """Erase, withdraw and revoke again, and return how many people were erased.

    Args:
        session: In the transaction that restores.
        since: What later states of the database know.
        at: This moment.
    """
    erased = _erase(session, since)
    _note(session, since)
    _withdraw(session, since, at)
    for place, moment in sorted(since.revoked.items()):
        key = session.get(ApiKey, place)
        if key is not None and key.revoked_at is None:
            key.revoked_at = moment
    session.flush()
    return erased


def _erase(session: Session, since: Since) -> int:
    """Erase who was erased; the snapshot names them, the ledger knows their digests only."""
    tenants = sorted({tenant_id for tenant_id, _ in since.erased})
    people = session.execute(
        select(Person.tenant_id, Person.id)
        .where(Person.tenant_id.in_(tenants))
        .order_by(Person.tenant_id, Person.id)
    )
    places = [(one.tenant_id, one.id) for one in people]
    erased = 0
    for tenant_id, person_id in places:
        moment = since.erased.get((tenant_id, digest_of(tenant_id, person_id)))
        person = session.get(Person, (tenant_id, person_id)) if moment else None
        if moment is not None and person is not None:
            erase(session, person, by=RESTORE, at=moment)
            erased += 1
    return erased


def _note(session: Session, since: Since) -> None:
    """Keep the ledger of erasures, so that the next restore obeys them, too."""
    there = set(session.scalars(select(Tenant.id)))
    for (tenant_id, digest), moment in sorted(since.erased.items()):
        known = session.get(Erasure, (tenant_id, digest)) is not None
        if tenant_id in there and not known:
            session.add(Erasure(tenant_id=tenant_id, digest=digest, erased_at=moment))
    session.flush()


def _withdraw(session: Session, since: Since, at: datetime) -> None:
    for place, moment in sorted(since.withdrawn.items()):
        consent = session.get(Consent, place)
        if consent is not None and consent.withdrawn_at is None:
            consent.withdrawn_at = moment
            profiles.refresh(session, tenant_id=place[0], person_id=place[1], at=at)
