"""``HEAD``: what GET would say, but for its body."""

from __future__ import annotations

import logging
import uuid

import pytest
from fastapi.testclient import TestClient

from skillmatch_api.access.principal import Scope
from tests.api.conftest import Authorised


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/v1/frameworks", "/openapi.json", "/learn"]
)
def test_a_head_says_what_get_would_without_a_body(
    client: TestClient, authorised: Authorised, path: str
) -> None:
    """Monitors ask so, and so does whoever wants to know a size or a tag first."""
    headers = authorised(*Scope) | {"Accept-Encoding": "identity"}
    got = client.get(path, headers=headers)

    asked = client.head(path, headers=headers)
    same = client.head(path, headers={**headers, "If-None-Match": got.headers.get("ETag", "")})

    assert (asked.status_code, asked.content) == (got.status_code, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control"):
        assert asked.headers.get(name) == got.headers.get(name), name
    assert same.status_code == (304 if "ETag" in got.headers else 200)


def test_a_head_is_guarded_as_get_is(client: TestClient, authorised: Authorised) -> None:
    """It would tell a stranger that something is there."""
    unknown = client.head("/v1/keys")
    refused = client.head("/v1/keys", headers=authorised(Scope.PROVIDER))

    assert (unknown.status_code, refused.status_code) == (401, 403)


def test_what_has_no_end_or_no_get_is_not_asked_by_head(
    client: TestClient, authorised: Authorised
) -> None:
    """A stream would be followed for minutes, and nobody would read it."""
    headers = authorised(*Scope)

    followed = client.head(f"/v1/jobs/{uuid.uuid4()}/events", headers=headers)
    computed = client.head("/v1/gap", headers=headers)

    assert (followed.status_code, computed.status_code) == (405, 405)


def test_the_log_tells_a_head_with_its_route(
    client: TestClient, authorised: Authorised, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever counts what monitors ask finds it beside the GETs."""
    with caplog.at_level(logging.INFO):
        client.head("/v1/frameworks", headers=authorised(Scope.LEARNER))

    (line,) = (vars(one)["fields"] for one in caplog.records if one.message == "request")
    assert (line["method"], line["route"], line["status"]) == ("HEAD", "/v1/frameworks", 200)
