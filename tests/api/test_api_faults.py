"""Faults of a request: told in words that help whoever sent it."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Authorised

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
