"""Trading a key for a cookie, and back; shared by ``/v1/session`` and the pages.

value, login = log_in(request, services, key)
response = RedirectResponse("/", status_code=303)
set_cookie(response, request, value, login)
"""

from __future__ import annotations

from fastapi import Request, Response

from skillmatch_api.access import deeds, sessions
from skillmatch_api.access.sessions import Login
from skillmatch_api.errors import UnauthenticatedError
from skillmatch_api.wire.services import Services
from skillmatch_api.wire.who.credentials import principal_of
from skillmatch_api.wire.who.origins import is_loopback, network_of, refuse_other_sites


def log_in(request: Request, services: Services, credential: str) -> tuple[str, Login]:
    """Return the value of a new cookie and its login; a login that the browser had is ended.

    Args:
        request: Where it comes from; another site's page may not log anybody in.
        services: Of the application.
        credential: A key, or a token of OpenID Connect where that is set up.

    Raises:
        UnauthenticatedError: It does not count.
        BusyServiceError: Too many logins of this network failed lately.
        ForbiddenError: Another site sends it.
    """
    refuse_other_sites(request)
    at, network = services.clock(), network_of(request)
    services.failed_logins.check(network, at=at)
    try:
        who = principal_of(services, credential.strip())
    except UnauthenticatedError:
        services.failed_logins.note(network, at=at)
        raise
    until = sessions.until(at, services.settings.session_hours)
    with services.store.writing() as session:
        sessions.end(session, request.cookies.get(sessions.COOKIE, ""))
        made = sessions.make(session, who, at=at, until=until)
        deeds.record(session, who, "session.begin", at=at)
    return made


def log_out(request: Request, services: Services) -> None:
    """End the login of this browser; without one nothing happens."""
    cookie = request.cookies.get(sessions.COOKIE, "")
    at = services.clock()
    with services.store.writing() as session:
        login = sessions.find(session, cookie, at=at)
        sessions.end(session, cookie)
        if login is not None:
            deeds.record(session, login.principal, "session.end", at=at)


def set_cookie(response: Response, request: Request, value: str, login: Login) -> None:
    """Give a response the cookie of a login, out of reach of scripts and of other sites."""
    response.set_cookie(
        sessions.COOKIE,
        value,
        expires=login.expires_at,
        path="/",
        secure=_is_secure(request),
        httponly=True,
        samesite="strict",
    )


def clear_cookie(response: Response, request: Request) -> None:
    """Take the cookie from the browser."""
    response.delete_cookie(
        sessions.COOKIE, path="/", secure=_is_secure(request), httponly=True, samesite="strict"
    )


def _is_secure(request: Request) -> bool:
    # Browsers drop a Secure cookie that comes over plain http; only this machine has that excuse.
    return request.url.scheme == "https" or not is_loopback(request)
