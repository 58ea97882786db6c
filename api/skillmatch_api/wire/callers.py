"""Who asks: every route but health names the scopes that it lets in.

@router.get("/v1/frameworks")
def frameworks(caller: Annotated[Principal, Depends(anyone)]) -> ...
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from skillmatch_api.access.keys import principal_of_key
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.access.tenants import DEFAULT, tenant_named
from skillmatch_api.errors import ForbiddenError, UnauthenticatedError
from skillmatch_api.wire.services import Services, ServicesHere

_BEARER = HTTPBearer(
    scheme_name="key",
    description="`Authorization: Bearer skm_…`, a key of `skillmatch keys create`.",
    auto_error=False,
)
_Given = Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]


def principal(request: Request, services: ServicesHere, given: _Given) -> Principal:
    """Return who asks; it stays the same for the whole request.

    Raises:
        UnauthenticatedError: Nobody whom the service knows.
    """
    known: Principal | None = getattr(request.state, "principal", None)
    if known is None:
        known = _known(services, given)
        request.state.principal = known
    return known


def _known(services: Services, given: HTTPAuthorizationCredentials | None) -> Principal:
    if given is not None:
        with services.store.reading() as session:
            return principal_of_key(session, given.credentials, at=services.clock())
    if services.settings.open:
        return _everybody(services)
    raise UnauthenticatedError("send a key: Authorization: Bearer skm_…")


def _everybody(services: Services) -> Principal:
    with services.store.writing() as session:
        tenant_id = tenant_named(session, DEFAULT, at=services.clock()).id
    return Principal(tenant_id=tenant_id, caller="open", scopes=frozenset(Scope), via="open")


def needs(*scopes: Scope) -> Callable[[Principal], Principal]:
    """Return a dependency that lets in who has one of these scopes."""

    def check(caller: Annotated[Principal, Depends(principal)]) -> Principal:
        if not caller.scopes.intersection(scopes):
            raise ForbiddenError(
                f"this needs a key with the scope {' or '.join(scopes)}; "
                f"yours has {', '.join(sorted(caller.scopes)) or 'none'}"
            )
        return caller

    return check


anyone = needs(*Scope)
"""Any good key."""

Anyone = Annotated[Principal, Depends(anyone)]
Learner = Annotated[Principal, Depends(needs(Scope.LEARNER))]
Provider = Annotated[Principal, Depends(needs(Scope.PROVIDER))]
Recruiter = Annotated[Principal, Depends(needs(Scope.RECRUITER))]
Admin = Annotated[Principal, Depends(needs(Scope.ADMIN))]
