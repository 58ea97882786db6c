"""Faults of a request: told in words that help whoever sent it."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Authorised

# PostgreSQL would be asked for nothing but keys, which tests of their own do.
pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

_JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("body", "pointer", "told"),
    [
        ({}, "", "give a posting, an occupation or requirements"),
        ({"posting": "x", "foo": 1}, "/foo", "there is no field of this name here"),
        ({"posting": "x", "have": "SQL"}, "/have", "a list […] is expected here"),
        ({"posting": "x", "at": "soon"}, "/at", "a date is expected here, such as 2027-05-22"),
        ([], "", "Content-Type: application/json"),
    ],
)
def test_a_fault_says_what_was_expected(
    client: TestClient, authorised: Authorised, body: object, pointer: str, told: str
) -> None:
    """The words of pydantic speak of its classes, which whoever calls does not know."""
    answer = client.post("/v1/gap", json=body, headers=authorised("learner"))

    assert answer.status_code == 422
    assert [(one["pointer"], told in one["detail"]) for one in answer.json()["faults"]] == [
        (pointer, True)
    ]


def test_json_that_breaks_off_is_told_as_such(client: TestClient, authorised: Authorised) -> None:
    """A quote that a shell ate is the commonest fault; a pointer into no JSON leads nowhere."""
    answer = client.post(
        "/v1/gap", content='{"posting": ', headers={**authorised("learner"), **_JSON}
    )

    (fault,) = answer.json()["faults"]
    assert fault["pointer"] == ""
    assert fault["detail"] == "the body is no JSON, from character 12 on: expecting value"


def test_a_body_without_its_type_is_told_which_header_to_send(
    client: TestClient, authorised: Authorised
) -> None:
    """``curl -d`` sends a form unless told otherwise, and its body looks right to the eye."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    answer = client.post(
        "/v1/gap",
        content=json.dumps({"posting": "x"}),
        headers={**authorised("learner"), **form},
    )

    (fault,) = answer.json()["faults"]
    assert "Content-Type: application/json" in fault["detail"]


@pytest.mark.parametrize(
    ("route", "body", "pointers"),
    [
        ("gap", {"posting": 7}, {"/posting"}),
        ("gap", {"posting": {"text": "x", "b~/": 1}}, {"/posting", "/posting/b~0~1"}),
        (
            "gap",
            {"posting": "x", "evidence": [{}, {"name": 7}]},
            {"/evidence/0", "/evidence/1/name"},
        ),
        ("plans", {"goals": [{"posting": 7}]}, {"/goals/0/posting"}),
        ("plans", {"goals": [{}, {}]}, {"/goals/0", "/goals/1"}),
        ("plans", {"goals": []}, {"/goals"}),
        ("jobs", {"kind": "badges.lint", "badges": [{"name": 7}]}, {"/badges/0/name"}),
    ],
)
def test_a_pointer_leads_through_the_body_that_was_sent(
    client: TestClient, authorised: Authorised, route: str, body: object, pointers: set[str]
) -> None:
    """Where a field may be a text or a document, names of our own classes are no steps."""
    answer = client.post(f"/v1/{route}", json=body, headers=authorised("learner", "provider"))

    assert {one["pointer"] for one in answer.json()["faults"]} == pointers


@pytest.mark.parametrize(("body", "told"), [({}, "'kind' is needed"), ({"kind": "x"}, "one of")])
def test_a_job_of_no_kind_is_told_which_there_are(
    client: TestClient, authorised: Authorised, body: object, told: str
) -> None:
    """Its kind decides which fields there are."""
    answer = client.post("/v1/jobs", json=body, headers=authorised("provider"))

    (fault,) = answer.json()["faults"]
    assert told in fault["detail"]


@pytest.mark.parametrize(
    "body", [b'{"posting": "\xff"}', b"[" * 3_000, b"9" * 5_000], ids=["latin", "deep", "long"]
)
def test_json_that_no_parser_takes_is_told_in_words(
    client: TestClient, authorised: Authorised, body: bytes
) -> None:
    """The words of the framework name no reason."""
    answer = client.post("/v1/gap", content=body, headers={**authorised("learner"), **_JSON})

    assert answer.status_code == 400
    assert "nested too deeply" in answer.json()["detail"]
