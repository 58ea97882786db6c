"""The table of scopes says of every route what its code says."""

from __future__ import annotations

import os

from fastapi.routing import APIRoute

from skillmatch_api.access.principal import Scope
from skillmatch_api.app import ROUTERS
from tests.api.isolation_table import OPEN
from tests.api.route_scopes import scopes_of_route
from tests.docs.doc_pages import ROOT, page, rows

PAGE = "service-keys.md"
HEADING = "## What each scope may call\n"


def told_by_code() -> list[tuple[str, ...]]:
    """Return a row for each route that not every scope may call, in the order of the routers."""
    found = []
    for router in ROUTERS:
        for route in router.routes:
            if not isinstance(route, APIRoute) or not _is_api(route.path):
                continue
            for method in sorted(route.methods or ()):
                name = f"{method} {route.path}".replace(":path}", "}")
                scopes = scopes_of_route(route)
                marks = ("yes" if scope in scopes else "" for scope in Scope)
                if f"{method} {route.path}" not in OPEN and len(scopes) < len(Scope):
                    found.append((f"`{name}`", *marks))
    return found


def _is_api(path: str) -> bool:
    return path.startswith("/v1/") or path in {"/metrics", "/openapi.json"}


def test_the_table_of_scopes_is_that_of_the_routes() -> None:
    """Who makes a key chooses by it; ``SKILLMATCH_REWRITE_GOLDEN=1`` writes it anew."""
    expected = told_by_code()
    if os.environ.get("SKILLMATCH_REWRITE_GOLDEN") == "1":
        _write(expected)

    section = page(PAGE).partition(HEADING)[2].partition("\n## ")[0]

    assert [tuple(cell.strip() for cell in row) for row in rows(section)] == expected


def _write(expected: list[tuple[str, ...]]) -> None:
    head = ("call", *Scope)
    lines = [head, ("---",) * len(head), *expected]
    table = "".join(
        "|" + "|".join(f" {cell} " if cell else " " for cell in line) + "|\n" for line in lines
    )
    before, heading, rest = page(PAGE).partition(HEADING)
    section, mark, after = rest.partition("\n## ")
    prose = section[: section.index("| call")] if "| call" in section else f"{section}\n"
    text = f"{before}{heading}{prose}{table}{mark}{after}"
    (ROOT / "docs" / PAGE).write_text(text, encoding="utf-8")
