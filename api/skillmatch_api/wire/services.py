"""What every request may use, made once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request

from skillmatch_api.access.failed_logins import FailedLogins
from skillmatch_api.access.last_use import LastUses
from skillmatch_api.access.oidc.tokens import TokenReader
from skillmatch_api.access.remembered import RememberedKeys
from skillmatch_api.engine.holder import MatcherHolder
from skillmatch_api.ranking.indexes import RankingIndexes
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.store import Store


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(tz=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What the application is made from.

    Attributes:
        clock: Tells the time; tests set it.
        tokens: Reads tokens of an identity provider, where one is set.
        failed_logins: Of this process.
        last_uses: Which keys this process noted the use of lately.
        remembered_keys: Which keys this process looked up a moment ago.
        indexes: Candidates in memory, as searches read them.
    """

    settings: ServiceSettings
    store: Store
    matchers: MatcherHolder
    clock: Callable[[], datetime] = now
    tokens: TokenReader | None = None
    failed_logins: FailedLogins = field(default_factory=FailedLogins)
    last_uses: LastUses = field(default_factory=LastUses)
    remembered_keys: RememberedKeys = field(default_factory=RememberedKeys)
    indexes: RankingIndexes = field(default_factory=RankingIndexes)


def services(request: Request) -> Services:
    """Return what ``create_app`` was given."""
    found: Services = request.app.state.services
    return found


async def _services_here(request: Request) -> Services:
    # It waits for nothing; as a plain function it would be sent through the thread pool.
    return services(request)


ServicesHere = Annotated[Services, Depends(_services_here)]
