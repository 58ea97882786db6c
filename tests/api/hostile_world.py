"""A service with something of everything, and every route of it with a request that is right.

Hostile tests start from the right request and spoil one thing at a time, so that what is spoilt is
reached; ``isolation_table`` has the requests.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx2 import Response

from skillmatch_api.app import ROUTERS, create_app
from skillmatch_api.settings import Limits
from skillmatch_api.wire.services import Services
from tests.api.isolation_table import CALLS, OPEN, Call
from tests.api.isolation_world import Header, Names, Settled, settled

ROUTES: Mapping[str, APIRoute] = {
    f"{method} {route.path}": route
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods or ())
}
"""Every route of the service by method and path."""

KNOWN: Mapping[str, Call] = {**CALLS, **OPEN}
"""A right request for each of them."""

HARMFUL = frozenset({"POST /v1/frameworks/reload", "POST /logout", "DELETE /v1/session"})
"""What takes no body and would end the service or the login of the test."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is attacked: a running application, and who may do everything in it."""

    client: TestClient
    owner: Settled

    @property
    def key(self) -> Header:
        """The header of the key of every scope."""
        return self.owner.staff

    def path(self, route: str, at: Mapping[str, str] | None = None) -> str:
        """Return the path of a route, with names of what is there, or those given instead."""
        call = KNOWN[route]
        names = {name: filled(value, self.owner.names) for name, value in call.at.items()}
        names |= {name: quote(value, safe="") for name, value in (at or {}).items()}
        template = route.partition(" ")[2]
        return re.sub(r"\{(\w+)(?::path)?\}", lambda found: names[found[1]], template)

    def body(self, route: str) -> Any:  # noqa: ANN401 - JSON
        """Return the right body of a route; None where it takes none."""
        return filled(KNOWN[route].json, self.owner.names)

    def send(
        self,
        route: str,
        *,
        at: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Ask a route; what is not given is as it should be, but for the body."""
        asked = filled(KNOWN[route].query, self.owner.names) if query is None else query
        self.client.cookies.clear()
        try:
            return self.client.request(
                route.partition(" ")[0],
                self.path(route, at),
                params=asked,
                content=content,
                headers={"Content-Type": "application/json", **self.key, **(headers or {})},
            )
        finally:
            self.client.cookies.clear()

    def send_json(self, route: str, body: Any) -> Response:  # noqa: ANN401 - JSON
        """Ask a route with a body that JSON can write, NaN and half characters included."""
        return self.send(route, content=json.dumps(body).encode("ascii"))


def target_of(services: Services) -> Iterator[Target]:
    """Yield an application over services, with an organisation that has everything."""
    limits = replace(Limits(), rate=0)
    settings = replace(services.settings, limits=limits, job_workers=0)
    app = create_app(replace(services, settings=settings))
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield Target(client=client, owner=settled(client, services, "Acmeish"))


def filled(value: Any, names: Names) -> Any:  # noqa: ANN401 - JSON
    """Return a value with names in the places that ``{…}`` marks."""
    if isinstance(value, str):
        return re.sub(r"\{(\w+)\}", lambda found: names.get(found[1], found[0]), value)
    if isinstance(value, Mapping):
        return {key: filled(each, names) for key, each in value.items()}
    return [filled(each, names) for each in value] if isinstance(value, list) else value


def faults_of(response: Response) -> list[str]:
    """Return what is wrong with an answer to something hostile."""
    found = []
    if response.status_code >= 500:
        found.append("it broke")
    kind = response.headers.get("content-type", "")
    if response.status_code >= 400 and not kind.startswith(
        ("application/problem+json", "text/html; charset=utf-8")
    ):
        found.append(f"a refusal of the type {kind}")
    if response.headers.get("x-content-type-options") != "nosniff":
        found.append("a browser may guess its type")
    if "frame-ancestors 'none'" not in response.headers.get("content-security-policy", "") and (
        "sandbox" not in response.headers.get("content-security-policy", "")
    ):
        found.append("another site may frame it")
    if "Traceback" in response.text or "site-packages" in response.text:
        found.append("it tells what it is made of")
    return [f"{response.status_code} {one}" for one in found]
