"""Every route, asked whatever its own description allows, and what it does not.

The default tests send each documented example (``test_api_openapi``); these take a minute.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.settings import Limits
from skillmatch_api.wire.services import Services
from tests.api import documented
from tests.api.conftest import Authorised
from tests.api.documented import Requests

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """The application's own description, and headers of somebody who may do everything."""

    operations: tuple[APIOperation[Any, Any, Any, Any], ...]
    key: dict[str, str]
    made: dict[str, str]


@pytest.fixture
def asked(matching: Services, authorised: Authorised) -> _Asked:
    """All operations of the application over the matcher of ``mini_esco``."""
    limits = Limits(rate=0)
    app = create_app(replace(matching, settings=replace(matching.settings, limits=limits)))
    key = authorised(*Scope)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, headers=key)
    # A reload closes the matcher, which is that of all tests; a stream lasts as long as its job.
    found = schema.exclude(operation_id=["reload", "follow_job"]).get_all_operations()
    return _Asked(
        operations=tuple(one.ok() for one in found if isinstance(one, Ok)),
        key=key,
        made=made_by_examples(app, key),
    )


def made_by_examples(app: FastAPI, key: dict[str, str]) -> dict[str, str]:
    """Make one of each thing that can be made, by the documented examples."""
    requests, client = Requests(), TestClient(app, base_url="http://127.0.0.1")
    for one in documented.operations(app):
        if one.method == "POST" and "{" not in one.path and one.name != "reload":
            answer = client.request(**requests.of(one), headers=key)
            if answer.status_code in {201, 202}:
                requests.note(one, answer.json())
    return requests.made


def ask_all(asked: _Asked, *, examples: int, mode: GenerationMode) -> None:
    """Ask each operation, mostly with the key, and mostly about what is there."""
    for operation in asked.operations:

        @settings(
            max_examples=examples,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(
            case=operation.as_strategy(generation_mode=mode),
            with_key=st.sampled_from([True, True, True, False]),
            known=st.sampled_from([True, True, False]),
        )
        def ask(case: Case[Any], with_key: bool, known: bool) -> None:
            if known:
                name_known(case, asked.made)
            response = case.call(headers=asked.key if with_key else {})
            case.validate_response(response, checks=CHECKS)

        # What takes no parameter and no body cannot be asked wrongly.
        with contextlib.suppress(Unsatisfiable):
            ask()


def name_known(case: Case[Any], made: dict[str, str]) -> None:
    """Put ids of what is there into the address, or the chance of meeting one is none."""
    for name in case.path_parameters or {}:
        collection = case.operation.path.partition("{" + name)[0].rstrip("/")
        if collection in made:
            case.path_parameters[name] = made[collection]


@pytest.mark.fuzz
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_route_breaks_whatever_it_is_sent(asked: _Asked, mode: GenerationMode) -> None:
    """No 5xx, nothing undeclared and nothing against its schema, in either way of asking."""
    ask_all(asked, examples=12, mode=mode)
