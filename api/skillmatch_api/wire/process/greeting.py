"""What the command line says when the service is up."""

from __future__ import annotations

from sqlalchemy import select

from skillmatch_api.store.tables import ApiKey
from skillmatch_api.wire.services import Services


def greeting(services: Services, address: str) -> str:
    """Return where the service is, who may use it, and how the first one gets in."""
    lines = [f"skillmatch answers at {address} (Ctrl+C stops it)"]
    if services.settings.open:
        lines.append("Everybody on this machine may use it without a key: --open.")
    else:
        with services.store.reading() as session:
            anybody = session.scalar(select(ApiKey.id).limit(1))
        if anybody is None:
            lines.append(
                "Nobody has a key yet; make one with: skillmatch keys create --scope admin"
            )
    return "\n".join(lines)
