"""The way in and out: start page, login and logout."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Response
from fastapi.responses import RedirectResponse

from skillmatch_api.errors import UnauthenticatedError
from skillmatch_api.pages.routing import page_router, to_login
from skillmatch_api.pages.shell import AnyShell, Shell
from skillmatch_api.wire.who.logins import clear_cookie, log_in, log_out, set_cookie

router = page_router()


@router.get("/")
def home(shell: AnyShell) -> Response:
    """Send everybody to what they came for."""
    if shell.caller is None:
        return to_login(shell.request)
    return RedirectResponse(shell.places[0].path if shell.places else "/login", status_code=303)


@router.get("/login")
def login(shell: AnyShell, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """Ask for a key; who is known already is sent on."""
    if shell.caller is not None and shell.places:
        return RedirectResponse(_inside(next), status_code=303)
    return shell.page("login.html.j2", next=_inside(next), fault="")


@router.post("/login")
def enter(
    shell: AnyShell,
    key: Annotated[str, Form(max_length=16_384)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002 - the name of the field
) -> Response:
    """Trade a key for a cookie."""
    if not key.strip():
        return _again(shell, next, "base.login_empty")
    try:
        value, login = log_in(shell.request, shell.services, key)
    except UnauthenticatedError:
        return _again(shell, next, "base.login_refused")
    response = RedirectResponse(_inside(next), status_code=303)
    set_cookie(response, shell.request, value, login)
    return response


@router.post("/logout")
def leave(shell: AnyShell) -> Response:
    """End the login of this browser."""
    log_out(shell.request, shell.services)
    response = RedirectResponse("/login", status_code=303)
    clear_cookie(response, shell.request)
    return response


def _again(shell: Shell, next_page: str, fault: str) -> Response:
    return shell.page("login.html.j2", status=422, next=_inside(next_page), fault=fault)


def _inside(path: str) -> str:
    """Return a path of this service; whatever leads elsewhere becomes the start page."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if inside else "/"
