"""The command ``candidates show``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillmatch_api.cli.candidates.finding import OURS, Tenant, Whom

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from skillmatch_api.store.tables import Person


def show(
    whom: Whom,
    tenant: Tenant = OURS,
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the state of a record: claimed or not, consent, how much evidence; not what it says."""
    import json

    from skillmatch_api.cli.candidates.finding import find
    from skillmatch_api.cli.opening import opened_store
    from skillmatch_api.wire.services import now

    with opened_store() as (_, store):
        at = now()
        with store.writing() as session:
            found = _state(session, find(session, whom, tenant=tenant, at=at), at)
    if json_output:
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    width = max(map(len, found))
    for name, value in found.items():
        typer.echo(f"{name.ljust(width)}  {_words(value)}")


def _state(session: Session, person: Person, at: datetime) -> dict[str, Any]:
    from skillmatch_api.people import consents, documents, evidence_rows, views

    live = next(
        (one for one in consents.history(session, person) if consents.is_live(one, at=at)), None
    )
    expires = live.expires_at if live else None
    return {
        "id": person.id,
        "external_id": person.external_id,
        "created_at": person.created_at.isoformat(),
        "claimed": person.claimed_at is not None,
        "consented": live is not None,
        "shares": list(live.fields) if live else [],
        "consent_expires_at": expires.isoformat() if expires else None,
        "evidence": evidence_rows.count_of(session, person),
        "documents": len(documents.list_documents(session, person)),
        "views": views.count_of(session, person),
        "revision": person.revision,
    }


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(value) or "–"
    return "–" if value is None else str(value)
