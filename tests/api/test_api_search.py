"""``/v1/search``, ``/v1/concepts``, ``/v1/occupations`` and ``/v1/frameworks``."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from skillmatch.cli.main import app as program
from skillmatch.errors import NotFoundError
from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.wire.services import Services
from tests.api.conftest import Authorised
from tests.mini_engine import ESCO, JOB, ONET, uri

# PostgreSQL would be asked for nothing but keys, which tests of their own do.
pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def key(authorised: Authorised) -> dict[str, str]:
    """A recruiter's key: every scope may search."""
    return authorised(Scope.RECRUITER)


@pytest.fixture
def opened(services: Services) -> Iterator[TestClient]:
    """The application with a matcher of its own, which it may exchange."""
    with TestClient(create_app(services), base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize(
    ("query", "kind"), [("pyth", "skill"), ("communication", "skill"), ("developer", "occupation")]
)
def test_a_search_has_the_bytes_of_the_command_line(
    query: str, kind: str, client: TestClient, key: dict[str, str], mini_settings: Settings
) -> None:
    """One ranking, whichever way it is asked for."""
    arguments = ["search", query, "--kind", kind, "--limit", "3", "--json"]
    environment = {"SKILLMATCH_DATA": str(mini_settings.data_dir)}
    printed = CliRunner().invoke(program, arguments, env=environment).stdout

    answer = client.get(
        "/v1/search", headers=key, params={"query": query, "kind": kind, "limit": 3}
    )

    assert answer.text == printed
    assert answer.json()["concepts"]


def test_a_search_can_be_kept_to_one_framework(client: TestClient, key: dict[str, str]) -> None:
    """By id or by its bare name, open or only installed."""
    for named in (ONET, "onet"):
        params = {"query": "Python", "framework": named}
        answer = client.get("/v1/search", headers=key, params=params)

        assert {one["framework"] for one in answer.json()["concepts"]} == {ONET}


def test_a_search_in_a_framework_that_is_not_there_says_so(
    client: TestClient, key: dict[str, str]
) -> None:
    """An empty list would look like a skill that nobody knows."""
    params = {"query": "Python", "framework": "esco-9.9"}

    assert client.get("/v1/search", headers=key, params=params).status_code == 404


@pytest.mark.parametrize("params", [{}, {"query": ""}, {"query": "a", "limit": 0}])
def test_a_search_for_nothing_is_a_problem(
    params: dict[str, str], client: TestClient, key: dict[str, str]
) -> None:
    """It names the parameter."""
    answer = client.get("/v1/search", headers=key, params=params)

    assert answer.status_code == 422
    assert answer.json()["faults"]


@pytest.mark.parametrize(
    "query", ["\0", "a\0b", '"', "*", "NOT", "a OR", "(", "-", "c++", "\u202e"]
)
def test_signs_of_a_query_language_are_text(
    query: str, client: TestClient, key: dict[str, str]
) -> None:
    """Whatever somebody types is looked for, and never obeyed."""
    answer = client.get("/v1/search", headers=key, params={"query": query})

    assert answer.status_code in {200, 422}


def test_a_concept_tells_its_names_and_relations(client: TestClient, key: dict[str, str]) -> None:
    """Enough to show beside a search."""
    answer = client.get("/v1/concepts", headers=key, params={"uri": uri("pick-orders")})
    absent = client.get("/v1/concepts", headers=key, params={"uri": "http://example.org/none"})

    assert answer.json()["label"] == "pick orders"
    assert answer.json()["framework"] == ESCO
    assert absent.status_code == 404


def test_an_occupation_is_found_and_asked(client: TestClient, key: dict[str, str]) -> None:
    """What it asks for is the checklist of a gap, by code and by URI."""
    hits = client.get("/v1/occupations", headers=key, params={"query": "cook"}).json()
    by_uri = client.get(f"/v1/occupations/{quote(JOB + 'cook', safe='')}", headers=key)
    by_code = client.get("/v1/occupations/5120.1", headers=key)
    gap = client.post("/v1/gap", headers=key, json={"occupation": "5120.1"}).json()

    assert hits["concepts"][0]["uri"] == JOB + "cook"
    assert by_uri.json() == by_code.json()
    assert by_uri.json()["title"] == gap["checklist"]["title"]
    assert len(by_uri.json()["requirements"]) == len(gap["gaps"])
    assert client.get("/v1/occupations/cook", headers=key).status_code == 404


def test_frameworks_tell_whose_they_are_and_not_where_they_lie(
    client: TestClient, key: dict[str, str], mini_settings: Settings
) -> None:
    """The attribution is owed; the path of a file is nobody's business."""
    listed = client.get("/v1/frameworks", headers=key)
    shown = client.get(f"/v1/frameworks/{ESCO}", headers=key)

    assert [(one["id"], one["serving"]) for one in listed.json()["items"]] == [
        (ESCO, True),
        (ONET, True),
    ]
    assert shown.json()["digest"]
    assert str(mini_settings.data_dir) not in listed.text + shown.text
    for absent in ("esco-9.9", "..", "%2e%2e%2f%2e%2e"):
        assert client.get(f"/v1/frameworks/{absent}", headers=key).status_code == 404


def test_only_an_admin_takes_a_new_release_into_use(
    opened: TestClient, authorised: Authorised
) -> None:
    """It takes seconds of a processor."""
    refused = opened.post("/v1/frameworks/reload", headers=authorised(Scope.PROVIDER))
    done = opened.post("/v1/frameworks/reload", headers=authorised(Scope.ADMIN))

    assert refused.status_code == 403
    assert done.json() == {"frameworks": [ESCO, ONET]}


def _nothing_is_installed() -> Matcher:
    raise NotFoundError("no framework is installed yet; run `skillmatch setup` once")


def test_a_reload_that_fails_says_why_and_changes_nothing(
    services: Services, authorised: Authorised
) -> None:
    """A release that is half copied must not stop the service."""
    holder = services.matchers
    with TestClient(create_app(services), base_url="http://127.0.0.1") as client:
        holder.exchange()
        holder.opening = _nothing_is_installed
        answer = client.post("/v1/frameworks/reload", headers=authorised(Scope.ADMIN))
        after = client.get("/v1/search?query=Python", headers=authorised(Scope.LEARNER))

    assert answer.status_code == 404
    assert "no framework is installed" in answer.json()["detail"]
    assert after.json()["concepts"]
