"""The OpenAPI document: complete, true, and the same as the one in git."""

from __future__ import annotations

import json
import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.engine.holder import MatcherHolder
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.store import Store
from skillmatch_api.wire.services import Services
from tests.api.conftest import Authorised
from tests.api.documented import Operation, Requests, examples_of, operations
from tests.golden_files import GOLDEN, assert_golden

PROBLEM = "application/problem+json"
OPEN = {"healthz", "readyz", "begin_session", "claim_candidate"}
"""What can be asked without a key: health, and what gives one."""


@pytest.fixture(scope="module")
def app(mini_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The application; nothing of it is used but its description."""
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('described') / 'service.sqlite'}")
    return create_app(
        Services(
            settings=ServiceSettings(library=mini_settings, database=""),
            store=store,
            matchers=MatcherHolder(opening=lambda: Matcher.open(settings=mini_settings)),
        )
    )


def test_the_description_is_the_one_in_git(app: FastAPI) -> None:
    """Whoever changes a route sees what its clients will see."""
    document = app.openapi()

    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    assert document["openapi"].startswith("3.1")
    assert_golden(GOLDEN / "openapi.json", text)


def test_every_operation_says_what_it_is_for(app: FastAPI) -> None:
    """A generated client, and its reader, have nothing else."""
    found = list(operations(app))
    tags = {one["name"] for one in found[0].document["tags"]}

    assert len({one.name for one in found}) == len(found)
    for one in found:
        assert one.data["summary"], one.name
        assert one.data["description"], one.name
        assert one.data["tags"], one.name
        assert tags >= set(one.data["tags"]), one.name
        assert bool(one.data.get("security")) == (one.name not in OPEN), one.name


def test_every_operation_declares_how_it_may_fail(app: FastAPI) -> None:
    """Refusals that hold for all routes are declared by all of them, as problems."""
    for one in list(operations(app)):
        responses = one.responses
        wanted = {"500", "503", "507"} if one.path.startswith("/v1/") else set()
        guarded = {"401", "403", "429", "500", "503"}
        wanted |= guarded if one.data.get("security") else set()
        wanted |= {"400", "408", "413", "415", "422"} if "requestBody" in one.data else set()
        keyed = any(each["name"] == "Idempotency-Key" for each in one.parameters)
        wanted |= {"409", "422"} if keyed else set()

        assert wanted <= set(responses), one.name
        for status, response in responses.items():
            if status >= "400" and (one.name, status) != ("readyz", "503"):
                assert list(response["content"]) == [PROBLEM], (one.name, status)


def test_every_read_declares_that_nothing_may_have_changed(
    client: TestClient, authorised: Authorised
) -> None:
    """``If-None-Match`` gets an answer that the document knows; a stream has no tag."""
    key = authorised(*Scope)
    reads = [one for one in operations(client.app) if one.method == "GET"]  # type: ignore[arg-type]

    for path in ("/healthz", "/openapi.json", "/v1/frameworks", "/v1/keys"):
        tag = client.get(path, headers=key).headers["ETag"]
        again = client.get(path, headers={**key, "If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b""), path

    assert {one.name for one in reads if "304" not in one.responses} == {"follow_job"}


def test_everything_has_an_example_that_follows_its_schema(app: FastAPI) -> None:
    """People read examples first, and copy them."""
    lacking, wrong = [], []
    for one in list(operations(app)):
        contents = [one.data.get("requestBody", {}).get("content", {})]
        contents += [response.get("content", {}) for response in one.responses.values()]
        for kind, content in ((k, c) for each in contents for k, c in each.items()):
            examples = examples_of(content)
            if not examples and kind not in {"application/zip", "application/octet-stream"}:
                lacking.append(f"{one.name} {kind}")
            if "json" in kind:
                wrong += [
                    fault for each in examples for fault in one.faults(content["schema"], each)
                ]
        lacking += [
            f"{one.name} {each['name']}"
            for each in one.parameters
            if not examples_of(each) and "default" not in each["schema"]
        ]

    assert (lacking, wrong) == ([], [])


def test_the_description_refers_to_what_it_has(app: FastAPI) -> None:
    """A dangling reference breaks every generator of clients."""
    document = app.openapi()
    text = json.dumps(document)

    for kind, name in set(re.findall(r'"#/components/(\w+)/([^"]+)"', text)):
        assert name in document["components"][kind]
    assert "HTTPValidationError" not in text


def test_documented_requests_are_answered_as_documented(
    client: TestClient, authorised: Authorised
) -> None:
    """Every example is sent: what makes something first, then what shows it, at last DELETE."""
    key, requests = authorised(*Scope), Requests()
    every = operations(client.app)  # type: ignore[arg-type]  # it is FastAPI's
    # A reload closes the matcher of all tests; a stream ends with its job.
    found = [one for one in every if one.name not in {"reload", "follow_job"}]
    order = {"PUT": 1, "GET": 2, "PATCH": 2, "DELETE": 3}

    wrong = []
    for one in sorted(found, key=lambda one: order.get(one.method, 2 if "{" in one.path else 0)):
        asked = requests.of(one)
        answer = client.request(**asked, headers=key)
        wrong += faults_of(one, answer.status_code, answer.headers.get("Content-Type", ""), asked)
        if answer.content and answer.headers["Content-Type"] == "application/json":
            wrong += one.faults(one.schema_of(answer.status_code), answer.json())
            requests.note(one, answer.json())

    assert wrong == []


def faults_of(one: Operation, status: int, kind: str, asked: object) -> list[str]:
    """Return what an answer has that is not declared, or why its example is none."""
    response = one.responses.get(str(status))
    if response is None or (kind and kind.partition(";")[0] not in response.get("content", {})):
        return [f"{one.method} {one.path}: {status} {kind} is not declared"]
    # Made-up ids and codes are not there, and what is there may be another's.
    return [f"{one.method} {one.path}: {status} for {asked}"] if status in {400, 415, 422} else []
