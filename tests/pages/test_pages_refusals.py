"""What is refused before a page is made is a page all the same, for who reads pages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import httpx2 as httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.pages.rendering import POLICY
from skillmatch_api.settings import Limits
from skillmatch_api.wire.limits.admission import Place
from skillmatch_api.wire.services import Services
from tests.pages.browsing import found, opened_to_all, parsed
from tests.pages.conftest import Keys

BROWSER = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "de",
}
PROBLEM = "application/problem+json"


def limited(services: Services, **limits: int) -> FastAPI:
    """Return an application that is open to all within some limits."""
    opened = opened_to_all(services)
    settings = replace(opened.settings, limits=Limits(**limits))
    return create_app(replace(opened, settings=settings))


@pytest.fixture
def narrow(services: Services) -> Iterator[TestClient]:
    """A client of a service that takes 1 MiB."""
    with TestClient(limited(services, body_mib=1), base_url="http://127.0.0.1") as opened:
        yield opened


@pytest.mark.parametrize(
    ("language", "heading", "words"),
    [
        ("de", "Das ist zu viel auf einmal", "Es sind mehr als 1 MiB."),
        ("en", "That is too much at once", "this is over 1 MiB"),
    ],
)
def test_a_form_that_is_too_large_is_refused_on_a_page(
    narrow: TestClient, language: str, heading: str, words: str
) -> None:
    """Without scripts nobody stops a browser from sending a film, and braces help nobody."""
    headers = {**BROWSER, "Accept-Language": language}

    answer = narrow.post("/learn", files={"documents": b"x" * (2**20 + 1)}, headers=headers)
    page = parsed(answer.text)

    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-security-policy"] == POLICY
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert (page.get("lang"), found(page, "//h1")) == (language, [heading])
    assert found(page, "//p[@class='headline']")[0].startswith(words)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/learn", {}),
        ("/learn", {"Accept": "application/json, text/html;q=0.5"}),
        ("/learn", {"Accept": "image/png"}),
        ("/v1/gap", BROWSER),
    ],
)
def test_programs_still_get_a_problem(
    narrow: TestClient, path: str, headers: dict[str, str]
) -> None:
    """Who does not say that it reads pages, and who calls the interface, is a program."""
    answer = narrow.post(path, content=b"x" * (2**20 + 1), headers=headers)

    assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)
    assert answer.json()["status"] == 413


def test_a_full_house_says_so_on_a_page_and_leads_back(services: Services) -> None:
    """At the busiest moment of the year people must read that it is worth coming again."""
    app = limited(services, requests=1, rate=0)

    async def load() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        place: Place = await app.state.lanes.door.enter()
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            answer = await client.get("/learn", headers=BROWSER)
        place.leave()
        return answer

    answer = asyncio.run(load())
    page = parsed(answer.text)

    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1
    assert found(page, "//h1")[0].startswith("Gerade ausgelastet")
    assert found(page, "//main//a/@href") == ["/learn"]


def test_who_asks_too_often_reads_when_to_come_again(services: Services, key: Keys) -> None:
    """The limit counts for pages as for all else."""
    settings = replace(services.settings, limits=Limits(rate=6))
    with TestClient(create_app(replace(services, settings=settings))) as client:
        client.base_url = httpx.URL("http://127.0.0.1")
        client.post("/login", data={"key": key(Scope.LEARNER)}, headers=BROWSER)
        answers = [client.get("/learn", headers=BROWSER) for _ in range(3)]

    last = answers[-1]
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) >= 1
    assert found(parsed(last.text), "//h1")[0].startswith("Zu viel auf einmal")


def test_an_address_that_is_none_is_told_so_on_a_page(narrow: TestClient) -> None:
    """A mistyped address is the commonest error of people."""
    nowhere = narrow.get("/lern", headers=BROWSER)
    wrong = narrow.delete("/learn", headers=BROWSER)
    program = narrow.get("/lern")

    assert (nowhere.status_code, found(parsed(nowhere.text), "//h1")) == (404, ["Hier ist nichts"])
    assert found(parsed(nowhere.text), "//main//a/@href") == ["/"]
    assert wrong.status_code == 405
    assert wrong.headers["allow"]
    assert parsed(wrong.text).get("lang") == "de"
    assert program.headers["content-type"] == PROBLEM


def test_what_nobody_foresaw_is_a_page_with_its_id(
    services: Services,
) -> None:
    """The id is all that a person can pass on; what went wrong is nobody's business."""
    app = limited(services, body_mib=1)

    def broken() -> None:
        raise RuntimeError("secret")

    app.add_api_route("/probe", broken)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        answer = client.get("/probe", headers=BROWSER)

    assert answer.status_code == 500
    assert found(parsed(answer.text), "//main//code") == [answer.headers["x-request-id"]]
    assert "secret" not in answer.text
