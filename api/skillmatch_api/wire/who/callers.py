"""Who asks: every route but health names the scopes that it lets in.

@router.get("/v1/frameworks")
def frameworks(caller: Anyone, services: ServicesHere) -> ...

A page asks ``page_principal`` (None: send the browser to ``/login``) and writes
``csrf_token(request)`` into every form, as the field ``CSRF_FIELD``.
"""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from functools import partial
from typing import Annotated, TypeVar

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool

from skillmatch_api.access import sessions
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.access.sessions import Login
from skillmatch_api.errors import ForbiddenError, UnauthenticatedError
from skillmatch_api.wire.limits.admission import Lanes
from skillmatch_api.wire.limits.rates import count
from skillmatch_api.wire.services import Services, ServicesHere
from skillmatch_api.wire.services import services as services_of
from skillmatch_api.wire.who.credentials import default_tenant, principal_of, remembered
from skillmatch_api.wire.who.origins import SAFE_METHODS, refuse_strangers

CSRF_HEADER = "X-CSRF-Token"
"""Header by which a script proves that it is one of the service's own pages."""

CSRF_FIELD = "csrf_token"
"""Field by which a form does."""

_BEARER = HTTPBearer(
    scheme_name="key",
    description="`Authorization: Bearer skm_…`, a key of `skillmatch keys create`, or a token of "
    "the identity provider that the service is set up with.",
    auto_error=False,
)
_SEND_A_KEY = "send a key: Authorization: Bearer skm_…"
_Given = Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]


async def _repeated_token(request: Request) -> str:
    """Return the CSRF token that a request carries, ``""`` for none."""
    header = request.headers.get(CSRF_HEADER)
    if header is not None:
        return header
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return ""
    field = (await request.form()).get(CSRF_FIELD)
    return field if isinstance(field, str) else ""


async def _note_use(request: Request, services: ServicesHere) -> AsyncIterator[None]:
    """Write the last use of a key down once the answer is sent, whatever became of it."""
    try:
        yield
    finally:
        known: Principal | None = getattr(request.state, "principal", None)
        at = services.clock()
        if known is not None and services.last_uses.is_due(known.caller, at=at):
            note = partial(services.last_uses.note, services.store, known.caller, at=at)
            await run_in_threadpool(note)


_Noted = Annotated[None, Depends(_note_use)]


async def principal(
    request: Request, services: ServicesHere, given: _Given, _noted: _Noted
) -> Principal:
    """Return who asks; it stays the same for the whole request.

    A key or token in ``Authorization`` counts before a cookie, and one that does not count is
    refused rather than passed over.

    Raises:
        UnauthenticatedError: Nobody whom the service knows.
        ForbiddenError: A cookie alone asks for something unsafe, without the CSRF token.
        BusyServiceError: They ask too often.
    """
    return await _asked(request, services, given)


async def page_principal(
    request: Request, services: ServicesHere, given: _Given, _noted: _Noted
) -> Principal | None:
    """Return who looks at a page; None for nobody, who is to be sent to ``/login``.

    Raises:
        ForbiddenError: A form came without its CSRF token.
    """
    try:
        return await _asked(request, services, given)
    except UnauthenticatedError:
        return None


PagePrincipal = Annotated[Principal | None, Depends(page_principal)]


def csrf_token(request: Request) -> str:
    """Return what the forms of this page must repeat; ``""`` where no cookie logs in."""
    login: Login | None = getattr(request.state, "login", None)
    return login.csrf if login is not None else ""


async def _asked(
    request: Request, services: Services, given: HTTPAuthorizationCredentials | None
) -> Principal:
    known: Principal | None = getattr(request.state, "principal", None)
    if known is None:
        known = await _found(request, services, given)
        await _check_token(request)
        request.state.principal = known
        count(request, known)
    return known


async def _found(
    request: Request, services: Services, given: HTTPAuthorizationCredentials | None
) -> Principal:
    """Return whose key or cookie a request carries, looked up once."""
    found: Principal | None = getattr(request.state, "found", None)
    if found is None:
        if given is None and not _may_be_known(request, services):
            raise UnauthenticatedError(_SEND_A_KEY)
        found = remembered(services, given.credentials) if given is not None else None
        found = found or await _looked_up(request, services, given)
        request.state.found = found
    return found


def _may_be_known(request: Request, services: Services) -> bool:
    """Whether the database can tell who sends a request without a key; it waits for nothing."""
    return services.settings.open or bool(request.cookies.get(sessions.COOKIE))


async def _looked_up(
    request: Request, services: Services, given: HTTPAuthorizationCredentials | None
) -> Principal:
    """Ask the database in a thread, of which only a few are for this."""
    lanes: Lanes = request.app.state.lanes
    place = await lanes.lookups.enter()
    try:
        return await run_in_threadpool(_known, request, services, given)
    finally:
        place.leave()


async def asking(request: Request) -> Principal:
    """Return who asks, before a route is found.

    Raises:
        UnauthenticatedError: Nobody whom the service knows.
        ForbiddenError: A cookie alone asks for something unsafe, without the CSRF token.
        BusyServiceError: They ask too often.
    """
    return await _asked(request, services_of(request), await _BEARER(request))


async def is_known(request: Request) -> bool:
    """Tell whether the service knows who sends a request; its body need not be there.

    Raises:
        BusyServiceError: Too many are looked up right now.
    """
    try:
        await _found(request, services_of(request), await _BEARER(request))
    except (UnauthenticatedError, ForbiddenError):
        return False
    return True


def _known(
    request: Request, services: Services, given: HTTPAuthorizationCredentials | None
) -> Principal:
    if given is not None:
        return principal_of(services, given.credentials)
    login = _login(request, services)
    if login is not None:
        request.state.login = login
        return login.principal
    if services.settings.open:
        refuse_strangers(request)
        return _everybody(services)
    raise UnauthenticatedError(_SEND_A_KEY)


def _login(request: Request, services: Services) -> Login | None:
    cookie = request.cookies.get(sessions.COOKIE)
    if not cookie:
        return None
    with services.store.reading() as session:
        return sessions.find(session, cookie, at=services.clock())


async def _check_token(request: Request) -> None:
    """Let what a cookie alone proves change nothing without the token of the service's pages."""
    login: Login | None = getattr(request.state, "login", None)
    if login is None or request.method in SAFE_METHODS:
        return
    token = await _repeated_token(request)
    if not hmac.compare_digest(login.csrf.encode(), token.encode("utf-8", "surrogateescape")):
        raise ForbiddenError(
            f"a cookie alone may not change anything: send {CSRF_HEADER}, or load the page again"
        )


def _everybody(services: Services) -> Principal:
    everything = frozenset(Scope)
    return Principal(
        tenant_id=default_tenant(services), caller="open", scopes=everything, via="open"
    )


T = TypeVar("T")
_DECLARED: dict[object, frozenset[Scope]] = {}


def needs(*scopes: Scope) -> Callable[[Principal], Awaitable[Principal]]:
    """Return a dependency that lets in who has one of these scopes.

    ``scopes_of`` tells which they were.
    """

    # It waits for nothing; as a plain function it would be sent through the thread pool.
    async def check(caller: Annotated[Principal, Depends(principal)]) -> Principal:
        if not caller.scopes.intersection(scopes):
            raise ForbiddenError(
                f"this needs a key with the scope {' or '.join(scopes)}; "
                f"yours has {', '.join(sorted(caller.scopes)) or 'none'}"
            )
        return caller

    return letting_in(check, scopes)


def letting_in(check: T, scopes: Iterable[Scope]) -> T:
    """Return a dependency that lets in who has one of these scopes, and remember which."""
    _DECLARED[check] = frozenset(scopes)
    return check


def scopes_of(dependency: object) -> frozenset[Scope] | None:
    """Return the scopes that a dependency lets in; None where that is no matter of it."""
    return _DECLARED.get(dependency)


anyone = needs(*Scope)
"""Any good key."""

Anyone = Annotated[Principal, Depends(anyone)]
Learner = Annotated[Principal, Depends(needs(Scope.LEARNER))]
Provider = Annotated[Principal, Depends(needs(Scope.PROVIDER))]
Recruiter = Annotated[Principal, Depends(needs(Scope.RECRUITER))]
Admin = Annotated[Principal, Depends(needs(Scope.ADMIN))]
KeyHolder = Annotated[Principal, Depends(needs(Scope.LEARNER, Scope.ADMIN))]
"""Whose business keys are: an admin, and a person for their own."""


def operator(caller: Admin, services: ServicesHere) -> Principal:
    """Return an admin whose business the whole service is: one of the organisation ``default``.

    Raises:
        ForbiddenError: It is the admin of another organisation, which shares the service.
    """
    if caller.tenant_id != default_tenant(services):
        raise ForbiddenError(
            "this concerns every organisation: it takes a key with the scope admin in the "
            "organisation 'default'"
        )
    return caller


Operator = Annotated[Principal, Depends(operator)]
