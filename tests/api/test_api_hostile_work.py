"""Cheap requests for dear work: it is bounded, and ends soon after nobody waits for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from skillmatch.errors import BusyError
from skillmatch.giving_up import go_on, until
from skillmatch.service.named_files import named_in
from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.settings import Limits
from skillmatch_api.wire.given.documents import DocumentIn, read_all, read_wallets
from skillmatch_api.wire.limits.deadlines import Deadlines
from skillmatch_api.wire.services import Services
from tests.api.conftest import Authorised


def _named(documents: list[DocumentIn]) -> object:
    return named_in([(one.name, one.data) for one in documents])


def test_work_whose_time_is_over_ends_by_itself(services: Services) -> None:
    """A place that was kept until the thread ends would be kept as long as the text is long."""
    app = create_app(replace(services, settings=replace(services.settings, limits=Limits(rate=0))))
    given_up = threading.Event()

    def endless() -> None:
        try:
            while True:
                go_on()
        except BusyError:
            given_up.set()
            raise

    app.add_api_route("/probe/endless", endless)
    limit = next(one for one in app.user_middleware if one.cls is Deadlines)  # type: ignore[comparison-overlap]  # a factory to mypy
    limit.kwargs["seconds"] = 0.05
    with TestClient(app, base_url="http://127.0.0.1") as client:
        answer = client.get("/probe/endless")

    assert answer.status_code == 503
    assert given_up.is_set()


def test_a_client_of_another_request_is_not_given_up() -> None:
    """What is late is told to its own thread alone."""
    seen: list[str] = []

    async def inner(scope: dict[str, Any], _receive: object, _send: object) -> None:
        await asyncio.sleep(0.02 if scope["name"] == "late" else 0.1)
        try:
            go_on()
        except BusyError:
            seen.append(scope["name"])

    async def both() -> None:
        slow, fast = Deadlines(inner, seconds=0.001), Deadlines(inner, seconds=60)  # type: ignore[arg-type]  # plain ASGI

        async def nowhere(*_: object) -> None: ...

        scopes: list[dict[str, object]] = [
            {"type": "http", "name": name, "state": {}} for name in ("late", "in time")
        ]
        await asyncio.gather(
            slow(scopes[0], nowhere, nowhere),  # type: ignore[arg-type]
            fast(scopes[1], nowhere, nowhere),  # type: ignore[arg-type]
        )

    asyncio.run(both())

    assert seen == ["late"]


@pytest.mark.parametrize("path", ["/v1/gap", "/v1/plans", "/v1/candidates/{id}/evidence"])
def test_commas_do_not_multiply_skills_without_end(
    client: TestClient, authorised: Authorised, path: str
) -> None:
    """Two thousand lines of a thousand commas each are two million skills in four megabytes."""
    person = client.post("/v1/candidates", json={}, headers=authorised(Scope.LEARNER)).json()
    posting = {"posting": "You must know Git."}
    body: dict[str, object] = {"/v1/gap": posting, "/v1/plans": {"goals": [posting]}}.get(path, {})  # type: ignore[assignment]  # JSON

    answer = client.post(
        path.replace("{id}", person["id"]),
        json={**body, "have": ["a," * 900] * 3},
        headers={"Authorization": f"Bearer {person['key']}"},
    )

    assert answer.status_code == 422
    assert "more than 2,000 skills" in answer.json()["detail"]


@pytest.mark.parametrize("read", [read_all, read_wallets, _named])
def test_documents_that_nobody_waits_for_are_not_unpacked(
    read: Callable[[list[DocumentIn]], object],
) -> None:
    """A hundred small archives can be gigabytes, each of them within its limits."""
    documents = [DocumentIn(name="a.json", text="{}") for _ in range(3)]
    looked = iter([False, False, True])

    with until(lambda: next(looked)), pytest.raises(BusyError, match="given up"):
        read(documents)

    assert not list(looked)
