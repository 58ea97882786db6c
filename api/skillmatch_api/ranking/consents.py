"""Which consent makes a person a candidate at a moment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from skillmatch_api.store.tables import Consent

PURPOSE = "candidate-search"
"""What a consent must be for, so that recruiters find its person."""


def live_consent(
    session: Session, *, tenant_id: str, person_id: str, at: datetime
) -> Consent | None:
    """Return the consent to be found that counts at ``at``, the newest of several, or None."""
    return session.scalar(
        select(Consent)
        .where(
            Consent.tenant_id == tenant_id,
            Consent.person_id == person_id,
            Consent.purpose == PURPOSE,
            Consent.withdrawn_at.is_(None),
            Consent.granted_at <= at,
            or_(Consent.expires_at.is_(None), Consent.expires_at > at),
        )
        .order_by(Consent.granted_at.desc(), Consent.id.desc())
        .limit(1)
    )
