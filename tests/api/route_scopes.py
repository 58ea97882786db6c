"""Which scopes a route lets in, as its dependencies say."""

from __future__ import annotations

from fastapi.routing import APIRoute

from skillmatch_api.access.principal import Scope
from skillmatch_api.wire.who.callers import scopes_of


def scopes_of_route(route: APIRoute) -> frozenset[Scope]:
    """Return the scopes that a route lets in: those that all its conditions name."""
    found = [frozenset(Scope)]
    waiting = [route.dependant]
    while waiting:
        one = waiting.pop()
        waiting += one.dependencies
        declared = scopes_of(one.call)
        if declared is not None:
            found.append(declared)
    return frozenset.intersection(*found)
