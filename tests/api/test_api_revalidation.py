"""Tags of answers, 304, revisions and packing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient

from skillmatch_api.app import create_app
from skillmatch_api.wire.answers import etags
from skillmatch_api.wire.services import Services


def add_probes(app: FastAPI) -> None:
    """Add routes that answer what the tests need."""

    @app.get("/probe/long")
    def long() -> dict[str, str]:
        return {"text": "gap " * 1_000}

    @app.get("/probe/stream")
    def stream() -> StreamingResponse:
        return StreamingResponse(iter(["a", "b"]), media_type="text/event-stream")

    @app.get("/probe/revision")
    def revision(response: Response) -> dict[str, int]:
        response.headers["ETag"] = etags.tag_of(3)
        return {"revision": 3}

    @app.put("/probe/revision")
    def change(request: Request) -> dict[str, int]:
        etags.check(request, 3)
        return {"revision": 4}


@pytest.fixture
def probing(services: Services) -> Iterator[TestClient]:
    """A client of the application with the probes."""
    app = create_app(services)
    add_probes(app)
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


def test_an_unchanged_answer_is_not_sent_again(probing: TestClient) -> None:
    """Whoever polls costs a head, no body."""
    first = probing.get("/probe/long")

    again = probing.get("/probe/long", headers={"If-None-Match": first.headers["ETag"]})
    other = probing.get("/probe/long", headers={"If-None-Match": 'W/"other"'})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "content-type" not in again.headers
    assert (other.status_code, other.json()) == (200, first.json())


def test_packed_and_plain_answers_carry_the_same_weak_tag(probing: TestClient) -> None:
    """The tag says what the answer means, whichever way it travels."""
    plain = probing.get("/probe/long", headers={"Accept-Encoding": "identity"})
    packed = probing.get("/probe/long", headers={"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["ETag"] == packed.headers["ETag"]
    assert plain.headers["ETag"].startswith('W/"')
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert packed.json() == plain.json()


def test_small_answers_and_streams_are_left_alone(probing: TestClient) -> None:
    """Packing a few bytes makes them more, and a stream must not wait for its end."""
    small = probing.get("/healthz", headers={"Accept-Encoding": "gzip"})
    stream = probing.get("/probe/stream", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in small.headers
    assert "Content-Encoding" not in stream.headers
    assert "ETag" not in stream.headers
    assert stream.text == "ab"


def test_a_revision_is_its_own_tag(probing: TestClient) -> None:
    """What GET tells is what If-Match wants, gzip's weakening included."""
    tag = probing.get("/probe/revision").headers["ETag"]

    assert tag == etags.tag_of(3)
    assert probing.get("/probe/revision", headers={"If-None-Match": tag}).status_code == 304
    for good in (tag, f"W/{tag}", f'"r2", {tag}', "*", None):
        headers = {"If-Match": good} if good else {}
        assert probing.put("/probe/revision", headers=headers).status_code == 200


@pytest.mark.parametrize("stale", ['"r2"', '"r33"', "r3", "", '"', 'W/"r4"'])
def test_a_change_of_what_is_no_longer_there_is_refused(probing: TestClient, stale: str) -> None:
    """Two people who edit the same thing do not overwrite each other unknowingly."""
    answer = probing.put("/probe/revision", headers={"If-Match": stale})

    assert (answer.status_code, answer.json()["status"]) == (412, 412)
    assert "read it again" in answer.json()["detail"]


def test_an_error_has_no_tag(probing: TestClient) -> None:
    """A client must not take a problem for the thing."""
    assert "ETag" not in probing.get("/probe/none").headers
