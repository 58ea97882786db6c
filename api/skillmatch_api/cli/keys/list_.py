"""The command ``keys list``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch_api.settings import DEFAULT_TENANT

if TYPE_CHECKING:
    from skillmatch_api.routes.keys import KeyList


def list_(
    tenant: Annotated[str, typer.Option(help="Organisation.")] = DEFAULT_TENANT,
    json_output: Annotated[
        bool, typer.Option("--json", help="Print JSON, as GET /v1/keys answers.")
    ] = False,
) -> None:
    """List the keys of an organisation, the newest first; none of them can be read again."""
    from skillmatch_api.access import key_life
    from skillmatch_api.access.tenants import get_tenant
    from skillmatch_api.cli.opening import opened_store
    from skillmatch_api.routes.keys import KeyList, shown
    from skillmatch_api.wire.services import now

    with opened_store() as (_, store):
        at = now()
        with store.writing() as session:
            rows = key_life.keys(session, tenant_id=get_tenant(session, tenant, at=at).id)
    found = KeyList(items=[shown(row, at) for row in rows], next=None)
    typer.echo(found.model_dump_json(indent=2) if json_output else _text(found), nl=json_output)


def _text(found: KeyList) -> str:
    from skillmatch_api.cli.keys.telling import minute, table

    if not found.items:
        return "no key yet; make one with: skillmatch keys create --scope admin\n"
    head = ("KEY", "STATE", "FOR", "NAME", "COUNTS UNTIL", "LAST USED")
    return table(
        head,
        [
            (
                one.id,
                one.state,
                ",".join(one.scopes) + (f" ({one.person})" if one.person else ""),
                one.name or "–",
                minute(one.expires_at),
                minute(one.last_used_at),
            )
            for one in found.items
        ],
    )
