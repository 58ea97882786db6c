"""Who looked at a person; the person can see it, and it goes when they go."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from skillmatch_api.access.principal import Principal
from skillmatch_api.store.tables import View


def record_views(
    session: Session,
    *,
    caller: Principal,
    person_ids: Iterable[str],
    action: str,
    search_id: str | None,
    blind: bool,
    at: datetime,
) -> None:
    """Write down that people were shown to the caller, in the caller's transaction.

    ``action`` is the one of the audit log (``candidate.search``, ``candidate.read``), and
    ``search_id`` its entry there; ``blind`` says that names and what points at protected traits
    were hidden.
    """
    rows = [
        {
            "tenant_id": caller.tenant_id,
            "person_id": one,
            "id": str(uuid.uuid4()),
            "at": at,
            "by": caller.caller,
            "action": action,
            "search_id": search_id,
            "blind": blind,
        }
        for one in dict.fromkeys(person_ids)
    ]
    if rows:
        session.execute(insert(View), rows)
