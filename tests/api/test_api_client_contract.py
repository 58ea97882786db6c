"""The Python client beside the golden OpenAPI document: nothing is missing, nothing differs."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from skillmatch_api.client import Client
from tests.api import client_types
from tests.api.client_types import Json, document, found, operations
from tests.api.documented import examples_of

ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
DOCUMENT: Any = {"name": "badge.json", "json": {"type": "BadgeClass"}}
GOALS: Any = [{"posting": "You know SQL."}]

Call = Callable[[Client], object]

CALLS: Mapping[str, tuple[Call, ...]] = {
    "healthz": (lambda it: it.health(),),
    "metrics": (lambda it: it.metrics(),),
    "openapi": (lambda it: it.openapi(),),
    "readyz": (lambda it: it.ready(),),
    "list_alignments": (
        lambda it: it.alignments.page(state="open", job=ID, limit=3, cursor="x"),
        lambda it: next(it.alignments.each(state="open")),
    ),
    "export_alignments": (lambda it: it.alignments.export(written_as="sssom", state="reviewed"),),
    "delete_alignment": (lambda it: it.alignments.delete(ID, revision=2),),
    "read_alignment": (lambda it: it.alignments.get(ID),),
    "read_badge": (
        lambda it: it.alignments.badge(ID, written_as="ob3", proposed=True, license_uri="x"),
        lambda it: it.alignments.mappings(ID),
    ),
    "decide": (
        lambda it: it.alignments.decide(
            ID, [{"at": "/name", "digest": "t1", "decision": "accept"}], reviewer="A", revision=1
        ),
    ),
    "read_audit": (
        lambda it: it.audit.page(action="key.create", since=datetime(2026, 1, 1, tzinfo=UTC)),
        lambda it: next(it.audit.each(until=datetime(2026, 1, 1, tzinfo=UTC))),
    ),
    "align": (lambda it: it.badges.align(badges=[DOCUMENT], top=3),),
    "lint": (
        lambda it: it.badges.lint(badges=[DOCUMENT], profile="ob3"),
        lambda it: it.badges.lint_as("application/sarif+json", badges=[DOCUMENT]),
    ),
    "show": (lambda it: it.badges.show(badges=[DOCUMENT]),),
    "verify": (
        lambda it: it.badges.verify(badges=[DOCUMENT], at=datetime(2026, 1, 1, tzinfo=UTC)),
    ),
    "list_candidates": (
        lambda it: it.candidates.page(limit=2, blind=True),
        lambda it: next(it.candidates.each()),
    ),
    "register_candidate": (lambda it: it.candidates.register(name="Ada", languages=["de"]),),
    "claim_candidate": (lambda it: it.candidates.claim("code"),),
    "export_shortlist": (
        lambda it: it.candidates.shortlist([ID], blind=True),
        lambda it: it.candidates.shortlist_csv([ID]),
    ),
    "import_candidates": (lambda it: it.candidates.import_csv("external_id,name\np-1,Bo\n"),),
    "search_candidates": (
        lambda it: it.candidates.search(skills=[{"text": "SQL", "level": "basic"}], blind=True),
        lambda it: next(it.candidates.each_found(posting="You know SQL.")),
    ),
    "erase_candidate": (lambda it: it.candidates.erase(ID),),
    "read_candidate": (lambda it: it.candidates.get(ID, blind=True),),
    "change_candidate": (lambda it: it.candidates.change(ID, revision=1, place="Graz"),),
    "withdraw_consent": (lambda it: it.candidates.withdraw(ID),),
    "read_consent": (lambda it: it.candidates.consents(ID),),
    "give_consent": (lambda it: it.candidates.consent(ID, fields=["name"]),),
    "read_document": (lambda it: it.evidence.document(ID, ID),),
    "list_evidence": (
        lambda it: it.evidence.page(ID, blind=True),
        lambda it: next(it.evidence.each(ID)),
    ),
    "add_evidence": (lambda it: it.evidence.add(ID, have=["SQL"], documents=[DOCUMENT]),),
    "remove_evidence": (lambda it: it.evidence.remove(ID, ID),),
    "export_candidate": (
        lambda it: it.evidence.export(ID),
        lambda it: it.evidence.export_zip(ID),
    ),
    "list_views": (
        lambda it: it.candidates.views_page(ID, limit=1),
        lambda it: next(it.candidates.views(ID)),
    ),
    "list_catalogues": (
        lambda it: it.catalogue.page(limit=1),
        lambda it: next(it.catalogue.each()),
    ),
    "delete_catalogue": (lambda it: it.catalogue.delete("software"),),
    "get_catalogue": (lambda it: it.catalogue.get("software"),),
    "put_catalogue": (lambda it: it.catalogue.put("software", [DOCUMENT], revision=1),),
    "check_catalogue": (lambda it: it.catalogue.check("software", at=date(2026, 1, 1)),),
    "concept": (lambda it: it.concept("http://example.org/skill"),),
    "demand": (
        lambda it: it.demand(postings=[DOCUMENT], catalogue=[DOCUMENT], at=date(2026, 1, 1)),
        lambda it: it.demand_as("text/csv", postings=[DOCUMENT]),
    ),
    "frameworks": (lambda it: it.frameworks.list(),),
    "reload": (lambda it: it.frameworks.reload(),),
    "framework": (lambda it: it.frameworks.get("onet-30.3-open"),),
    "gap": (
        lambda it: it.gap(posting="You know SQL.", have=["SQL"], at=date(2026, 1, 1)),
        lambda it: it.gap_as("text/html", posting="You know SQL."),
    ),
    "list_jobs": (
        lambda it: it.jobs.page(state="running", limit=1),
        lambda it: next(it.jobs.each()),
    ),
    "create_job": (
        lambda it: it.jobs.align(badges=[DOCUMENT]),
        lambda it: it.jobs.lint(badges=[DOCUMENT]),
        lambda it: it.jobs.import_catalogue("software", [DOCUMENT]),
        lambda it: it.jobs.recheck(stale_days=7),
    ),
    "delete_job": (lambda it: it.jobs.delete(ID),),
    "read_job": (lambda it: it.jobs.get(ID), lambda it: it.jobs.wait(ID, limit_s=0)),
    "list_keys": (lambda it: it.keys.page(), lambda it: next(it.keys.each())),
    "create_key": (lambda it: it.keys.create(name="desk", scopes=["recruiter"]),),
    "revoke_key": (lambda it: it.keys.revoke(ID),),
    "read_key": (lambda it: it.keys.get(ID),),
    "rotate_key": (lambda it: it.keys.rotate(ID, grace_hours=1),),
    "link": (lambda it: it.link(texts=["You know SQL."], top=2),),
    "occupations": (lambda it: it.occupations.find("nurse", limit=2),),
    "occupation": (lambda it: it.occupations.get("http://example.org/a/b"),),
    "list_plans": (lambda it: it.plans.page(limit=1), lambda it: next(it.plans.each())),
    "plan": (
        lambda it: it.plans.make(goals=GOALS, max_cost={"amount": 5, "currency": "EUR"}),
        lambda it: it.plans.make_as("text/calendar", goals=GOALS),
    ),
    "delete_plan": (lambda it: it.plans.delete(ID),),
    "get_plan": (
        lambda it: it.plans.get(ID),
        lambda it: it.plans.get_as("text/plain", ID),
    ),
    "list_postings": (lambda it: it.postings.page(), lambda it: next(it.postings.each())),
    "keep_posting": (lambda it: it.postings.keep(posting="You know SQL."),),
    "delete_posting": (lambda it: it.postings.delete(ID),),
    "get_posting": (lambda it: it.postings.get(ID),),
    "requirements": (lambda it: it.requirements(posting="You know SQL."),),
    "search": (lambda it: it.search("py", kind="skill", framework=["esco-1.1.1-open"]),),
    "end_session": (lambda it: it.session.end("token"),),
    "read_session": (lambda it: it.session.read(),),
    "begin_session": (lambda it: it.session.begin("key"),),
}
"""Calls of each operation. Those that follow or fetch a job are tested with a real one."""

WITH_A_JOB = {"follow_job", "read_result"}


class Documented(httpx.MockTransport):
    """Answers with the examples of the document, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.faults: list[str] = []
        super().__init__(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        for method, path, data in operations():
            pattern = re.sub(r"\{\w+\}", "[^/]+", path)
            where = request.url.raw_path.decode().partition("?")[0]
            if method == request.method and re.fullmatch(pattern, where):
                self.asked.append(data["operationId"])
                self.faults += _wrong_with(request, data)
                return _example(data, request.headers["Accept"])
        return httpx.Response(404, json={"detail": f"{request.method} {request.url}"})


def _wrong_with(request: httpx.Request, data: Json) -> list[str]:
    """Return what the document does not allow in a request."""
    known = {one["name"] for one in map(found, data.get("parameters", [])) if one["in"] == "query"}
    faults = [f"no parameter {name}" for name in request.url.params if name not in known]
    if "requestBody" in data:
        schema = found(data["requestBody"])["content"]["application/json"]["schema"]
        whole = {"allOf": [schema], "components": document()["components"]}
        errors = Draft202012Validator(whole).iter_errors(json.loads(request.content))
        faults += [f"{one.json_path}: {one.message}" for one in errors]
    return faults


def _example(data: Json, accepted: str) -> httpx.Response:
    for status, answer in data["responses"].items():
        content: Json = found(answer).get("content", {})
        if status.startswith("2"):
            if not content:
                return httpx.Response(int(status))
            media = accepted if accepted in content else next(iter(content))
            example = examples_of(content[media])
            if media == "application/json":
                return httpx.Response(int(status), json=example[0])
            return httpx.Response(int(status), text=str(example[0] if example else "…"))
    raise AssertionError(data["operationId"])


def test_every_operation_has_a_method() -> None:
    """Somebody would have to write the request by hand, and everything around it."""
    assert {*CALLS, *WITH_A_JOB} == {data["operationId"] for _, _, data in operations()}


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_method_asks_what_the_document_describes_and_reads_what_it_answers(name: str) -> None:
    """A wrong path, parameter, field or type of an answer would break whoever calls it."""
    transport = Documented()
    with Client("http://service.example", "key", transport=transport) as service:
        for call in CALLS[name]:
            call(service)

    assert set(transport.asked) == {name}
    assert transport.faults == []


def test_the_types_are_those_of_the_document() -> None:
    """They cannot drift apart; ``SKILLMATCH_REWRITE_GOLDEN=1`` writes them anew."""
    expected = client_types.modules()
    if os.environ.get("SKILLMATCH_REWRITE_GOLDEN") == "1":
        for path, text in expected.items():
            path.write_text(text, encoding="utf-8")

    assert {path: path.read_text(encoding="utf-8") for path in expected} == expected
