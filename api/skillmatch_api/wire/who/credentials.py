"""Whom a key, or a token of an identity provider, stands for."""

from __future__ import annotations

from skillmatch_api.access.keys import known_key
from skillmatch_api.access.oidc.tokens import principal_of_token
from skillmatch_api.access.principal import Principal
from skillmatch_api.access.tenants import DEFAULT, find_tenant, tenant_named
from skillmatch_api.wire.services import Services


def principal_of(services: Services, credential: str) -> Principal:
    """Return whom a credential stands for.

    Raises:
        UnauthenticatedError: It does not count.
        BusyServiceError: The keys of the identity provider cannot be had.
    """
    at = services.clock()
    if services.tokens is not None and credential.count(".") == 2:
        claimed = services.tokens.read(credential, at=at)
        if claimed.tenant == DEFAULT:
            default_tenant(services)
        with services.store.reading() as session:
            return principal_of_token(session, claimed)
    state = services.store.state
    with services.store.reading() as session:
        known = known_key(session, credential, at=at)
    services.remembered_keys.keep(credential, known, at=at, state=state)
    return known.principal


def remembered(services: Services, credential: str) -> Principal | None:
    """Return whom a key stands for that was looked up a moment ago; it waits for nothing."""
    return services.remembered_keys.find(
        credential, at=services.clock(), state=services.store.state
    )


def default_tenant(services: Services) -> str:
    """Return the id of the organisation ``default``, which is made where there is none."""
    with services.store.reading() as session:
        found = find_tenant(session, DEFAULT)
    if found is None:
        with services.store.writing() as session:
            found = tenant_named(session, DEFAULT, at=services.clock())
    return found.id
