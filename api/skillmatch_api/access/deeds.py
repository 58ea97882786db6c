"""What somebody did, written into the audit log of their organisation under their name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from skillmatch_api.access.principal import Principal
from skillmatch_api.store import audit


def record(
    session: Session,
    caller: Principal,
    action: str,
    *,
    at: datetime,
    subject: str = "",
    details: Mapping[str, Any] | None = None,
) -> str:
    """Write it down as ``audit.record`` does, and return the entry's id."""
    return audit.record(
        session,
        tenant_id=caller.tenant_id,
        by=caller.caller,
        action=action,
        at=at,
        subject=subject,
        details=details,
    )
