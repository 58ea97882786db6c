"""What every page stands in: who looks at it, in which language, and what leads elsewhere.

@router.get("/review")
def review(shell: ProviderShell) -> Response:
    return shell.page("provider/review.html.j2", items=...)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.errors import ForbiddenError, UnauthenticatedError
from skillmatch_api.pages import rendering
from skillmatch_api.pages.language import COOKIE, LANGUAGES, Words, language_of, words_of
from skillmatch_api.wire.services import Services, ServicesHere
from skillmatch_api.wire.who.callers import CSRF_FIELD, PagePrincipal, csrf_token, letting_in

YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of the navigation.

    Attributes:
        key: Its name is the text ``base.nav_<key>``.
    """

    key: str
    path: str
    scope: Scope


PLACES: tuple[Place, ...] = (
    Place(key="learn", path="/learn", scope=Scope.LEARNER),
    Place(key="provide", path="/provide", scope=Scope.PROVIDER),
    Place(key="recruit", path="/recruit", scope=Scope.RECRUITER),
    Place(key="admin", path="/admin", scope=Scope.ADMIN),
)
"""Every entry, in the order shown; each caller sees those of its scopes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The surroundings of one answer.

    Attributes:
        caller: Who looks; None before login.
        asked: Language that a form asks for, which is remembered like one in the address.
    """

    request: Request
    services: Services
    caller: Principal | None
    asked: str | None = None

    @property
    def t(self) -> Words:
        """The texts of the reader's language."""
        return words_of(language_of(self.request, self.asked))

    @property
    def places(self) -> tuple[Place, ...]:
        """Where this caller may go."""
        scopes = self.caller.scopes if self.caller is not None else frozenset()
        return tuple(place for place in PLACES if place.scope in scopes)

    def page(
        self,
        template: str,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        **context: object,
    ) -> HTMLResponse:
        """Return a page made from a template, whatever the template needs in ``context``."""
        words = self.t
        html = rendering.render(
            template,
            t=words,
            lang=words.language,
            languages=LANGUAGES,
            caller=self.caller,
            places=self.places,
            path=self.request.url.path,
            can_leave=self.caller is not None and self.caller.via_cookie,
            most_bytes=self.services.settings.limits.body_mib * 2**20 * 9 // 10,
            csrf_field=CSRF_FIELD,
            csrf_token=csrf_token(self.request),
            **context,
        )
        response = HTMLResponse(
            html,
            status_code=status,
            headers={
                **rendering.HEADERS,
                "Content-Language": words.language,
                **(headers or {}),
            },
        )
        self._remember(response)
        return response

    def _remember(self, response: HTMLResponse) -> None:
        asked = self.asked or self.request.query_params.get("lang")
        if asked is not None and asked in LANGUAGES:
            response.set_cookie(COOKIE, asked, max_age=YEAR, samesite="lax", httponly=True)


# This and the check below wait for nothing; plain functions would be sent through the thread pool.
async def shell(request: Request, services: ServicesHere, caller: PagePrincipal) -> Shell:
    """Return the surroundings of a page that anybody may see."""
    return Shell(request=request, services=services, caller=caller)


def shell_for(scope: Scope) -> Callable[[Shell], Awaitable[Shell]]:
    """Return a dependency that lets in who has a scope; others are sent to the login."""

    async def check(found: Annotated[Shell, Depends(shell)]) -> Shell:
        if found.caller is None:
            raise UnauthenticatedError("log in first")
        if scope not in found.caller.scopes:
            raise ForbiddenError(f"this page needs a key with the scope {scope}")
        return found

    return letting_in(check, [scope])


AnyShell = Annotated[Shell, Depends(shell)]
LearnerShell = Annotated[Shell, Depends(shell_for(Scope.LEARNER))]
ProviderShell = Annotated[Shell, Depends(shell_for(Scope.PROVIDER))]
RecruiterShell = Annotated[Shell, Depends(shell_for(Scope.RECRUITER))]
AdminShell = Annotated[Shell, Depends(shell_for(Scope.ADMIN))]
