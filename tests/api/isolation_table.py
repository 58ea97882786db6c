"""How each route is called with what belongs to another organisation; a new route needs a line.

``{candidate}`` and the like in a path's parameters, query or body stand for a name of that kind:
one of the other organisation, or one of nothing. See ``isolation_world`` for the kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.api.test_api_jobs import BADGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request.

    Attributes:
        at: The path's parameters.
        form: Fields of a page's form.
        status: What staff of the other organisation are answered: 404 where the path names
            something, unless said otherwise.
        undo: Route that takes back what the call made under the other's name, at the same path.
        nobody: What is answered to nobody in particular: 401, or where a page sends them.
    """

    at: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    form: Mapping[str, str] | None = None
    status: int = 200
    nobody: int = 401
    undo: str | None = None


_POSTING = "You must know Git."
_BADGES = [{"name": "stock.json", "json": BADGE}]
_SHEET = "name,provider,skills,cost,currency\nOther course,College,Git,120,EUR\n"
_CANDIDATE = {"candidate_id": "{candidate}"}
_JOB = {"job_id": "{job}"}
_SOUGHT = {
    "skill": "Git", "necessity": "must", "level": "", "skill_uri": "", "skill_known": "",
    "skill_years": "",
}  # fmt: skip
_KEY = {"key_id": "{key}"}
_ALIGNMENT = {"alignment_id": "{alignment}"}
_DECISION = {"at": "/criteria/narrative", "digest": "t1", "decision": "accept"}


def _of(**at: str) -> Call:
    return Call(at=at, status=404)


CALLS: dict[str, Call] = {
    "GET /metrics": Call(status=403),
    "GET /openapi.json": Call(),
    # What the engine answers, from nothing but the request.
    "POST /v1/gap": Call(json={"posting": _POSTING, "have": ["Git"]}),
    "POST /v1/requirements": Call(json={"posting": _POSTING}),
    "POST /v1/link": Call(json={"texts": [_POSTING]}),
    "GET /v1/search": Call(query={"query": "{word}"}),
    "GET /v1/concepts": Call(query={"uri": "http://example.org/esco/skill/python"}),
    "GET /v1/occupations": Call(query={"query": "{word}"}),
    "GET /v1/occupations/{occupation:path}": _of(occupation="{word}"),
    "GET /v1/frameworks": Call(),
    "GET /v1/frameworks/{framework}": _of(framework="{word}"),
    "POST /v1/frameworks/reload": Call(status=403),
    # Keys, logins, log.
    "POST /v1/session": Call(json={"key": "{key}"}, status=401),
    "GET /v1/session": Call(),
    "DELETE /v1/session": Call(status=204),
    "GET /v1/keys": Call(),
    "POST /v1/keys": Call(json={"scopes": ["learner"]}, status=201),
    "GET /v1/keys/{key_id}": _of(key_id="{key}"),
    "DELETE /v1/keys/{key_id}": _of(key_id="{key}"),
    "POST /v1/keys/{key_id}/rotate": Call(at={"key_id": "{key}"}, json={}, status=404),
    "GET /v1/audit": Call(),
    # People.
    "POST /v1/candidates": Call(json={"external_id": "{external}", "myself": False}, status=201),
    "GET /v1/candidates": Call(),
    "GET /v1/candidates/{candidate_id}": Call(at=_CANDIDATE, status=404),
    "PATCH /v1/candidates/{candidate_id}": Call(at=_CANDIDATE, json={"name": "X"}, status=404),
    "DELETE /v1/candidates/{candidate_id}": Call(at=_CANDIDATE, status=404),
    "GET /v1/candidates/{candidate_id}/consent": Call(at=_CANDIDATE, status=404),
    "PUT /v1/candidates/{candidate_id}/consent": Call(
        at=_CANDIDATE, json={"fields": ["name"]}, status=404
    ),
    "DELETE /v1/candidates/{candidate_id}/consent": Call(at=_CANDIDATE, status=404),
    "POST /v1/candidates/{candidate_id}/evidence": Call(
        at=_CANDIDATE, json={"have": ["Git"]}, status=404
    ),
    "GET /v1/candidates/{candidate_id}/evidence": Call(at=_CANDIDATE, status=404),
    "DELETE /v1/candidates/{candidate_id}/evidence/{evidence_id}": _of(
        candidate_id="{candidate}", evidence_id="{evidence}"
    ),
    "GET /v1/candidates/{candidate_id}/documents/{document_id}": _of(
        candidate_id="{candidate}", document_id="{document}"
    ),
    "GET /v1/candidates/{candidate_id}/views": Call(at=_CANDIDATE, status=404),
    "GET /v1/candidates/{candidate_id}/export": Call(at=_CANDIDATE, status=404),
    "POST /v1/candidates/export": Call(json={"ids": ["{candidate}"]}),
    "POST /v1/candidates/import": Call(
        json={"csv": "external_id,name\n{external}-i,Other\n"}, status=201
    ),
    "POST /v1/candidates/search": Call(json={"skills": [{"text": "Git"}]}),
    # Badges and what reviewers decide.
    "POST /v1/badges/show": Call(json={"badges": _BADGES}),
    "POST /v1/badges/verify": Call(json={"badges": _BADGES}),
    "POST /v1/badges/lint": Call(json={"badges": _BADGES}),
    "POST /v1/badges/align": Call(json={"badges": _BADGES}),
    "POST /v1/jobs": Call(json={"kind": "badges.lint", "badges": _BADGES}, status=202),
    "GET /v1/jobs": Call(),
    "GET /v1/jobs/{job_id}": _of(job_id="{job}"),
    "GET /v1/jobs/{job_id}/result": _of(job_id="{job}"),
    "GET /v1/jobs/{job_id}/events": _of(job_id="{job}"),
    "DELETE /v1/jobs/{job_id}": _of(job_id="{job}"),
    "GET /v1/alignments": Call(query={"job": "{job}"}),
    "GET /v1/alignments/export": Call(query={"job": "{job}", "proposed": "true"}, status=409),
    "GET /v1/alignments/{alignment_id}": _of(alignment_id="{alignment}"),
    "POST /v1/alignments/{alignment_id}/decisions": Call(
        at={"alignment_id": "{alignment}"}, json={"decisions": [_DECISION]}, status=404
    ),
    "GET /v1/alignments/{alignment_id}/badge": _of(alignment_id="{alignment}"),
    "DELETE /v1/alignments/{alignment_id}": _of(alignment_id="{alignment}"),
    # What is on offer, and what was kept.
    "POST /v1/demand": Call(
        json={"postings": [{"name": "a.txt", "text": _POSTING}], "catalogues": ["{catalogue}"]},
        status=404,
    ),
    "GET /v1/catalogue": Call(),
    "GET /v1/catalogue/{name}": _of(name="{catalogue}"),
    "PUT /v1/catalogue/{name}": Call(
        at={"name": "{catalogue}"},
        json={"documents": [{"name": "offers.csv", "text": _SHEET}]},
        status=201,
        undo="DELETE /v1/catalogue/{name}",
    ),
    "DELETE /v1/catalogue/{name}": _of(name="{catalogue}"),
    "GET /v1/catalogue/{name}/check": _of(name="{catalogue}"),
    "POST /v1/postings": Call(json={"posting": _POSTING}, status=201),
    "GET /v1/postings": Call(),
    "GET /v1/postings/{posting}": _of(posting="{posting}"),
    "DELETE /v1/postings/{posting}": _of(posting="{posting}"),
    "POST /v1/plans": Call(
        json={"goals": [{"posting": _POSTING}], "catalogues": ["{catalogue}"]}, status=404
    ),
    "GET /v1/plans": Call(),
    "GET /v1/plans/{plan}": _of(plan="{plan}"),
    "DELETE /v1/plans/{plan}": _of(plan="{plan}"),
    # Pages.
    "POST /logout": Call(status=303, nobody=303),
    "GET /learn": Call(nobody=303),
    "POST /learn": Call(form={"posting": _POSTING}),
    "POST /learn/{name}": Call(at={"name": "gap.json"}, form={"posting": _POSTING}),
    "GET /provide": Call(query={"job": "{job}"}, nobody=303),
    "POST /provide": Call(form={"badges": ""}, status=422),
    "GET /provide/jobs/{job_id}": Call(at=_JOB, status=404, nobody=303),
    "POST /provide/jobs/{job_id}": Call(at=_JOB, form={}, status=404),
    "GET /provide/badges/{alignment_id}": Call(at=_ALIGNMENT, status=404, nobody=303),
    "POST /provide/badges/{alignment_id}": Call(
        at=_ALIGNMENT, form={"do": "accept 0 0", "revision": "1"}, status=404
    ),
    "POST /provide/badges/{alignment_id}/remove": Call(at=_ALIGNMENT, form={}, status=404),
    "GET /provide/badges/{alignment_id}/files/{name}": Call(
        at={**_ALIGNMENT, "name": "review.yaml"}, status=404, nobody=303
    ),
    "GET /provide/files/{name}": Call(
        at={"name": "badge.zip"}, query={"job": "{job}"}, status=409, nobody=303
    ),
    "GET /provide/demand": Call(nobody=303),
    "POST /provide/demand": Call(form={"text": _POSTING, "catalogue": "{catalogue}"}, status=422),
    "GET /recruit": Call(nobody=303),
    "POST /recruit": Call(form=_SOUGHT),
    "GET /recruit/about": Call(nobody=303),
    "POST /recruit/shortlist/{form_name}": Call(
        at={"form_name": "json"}, form={"pick": "{candidate}"}
    ),
    "GET /recruit/people/{person_id}": Call(
        at={"person_id": "{candidate}"}, status=404, nobody=303
    ),
    "GET /admin": Call(status=303, nobody=303),
    "GET /admin/keys": Call(nobody=303),
    "POST /admin/keys": Call(form={"name": "", "scope": "learner", "days": "1"}),
    "GET /admin/keys/{key_id}/revoke": Call(at=_KEY, status=404, nobody=303),
    "POST /admin/keys/{key_id}/revoke": Call(at=_KEY, form={}, status=404),
    "GET /admin/keys/{key_id}/rotate": Call(at=_KEY, status=404, nobody=303),
    "POST /admin/keys/{key_id}/rotate": Call(at=_KEY, form={"grace": "1"}, status=404),
    "GET /admin/people": Call(nobody=303),
    "GET /admin/people/{person_id}/erase": Call(
        at={"person_id": "{candidate}"}, status=404, nobody=303
    ),
    "POST /admin/people/{person_id}/erase": Call(
        at={"person_id": "{candidate}"}, form={"sure": "1"}, status=404
    ),
    "GET /admin/frameworks": Call(nobody=303),
    "POST /admin/frameworks/reload": Call(form={}, status=403),
    "GET /admin/jobs": Call(nobody=303),
    "GET /admin/jobs/{job_id}/end": Call(at=_JOB, status=404, nobody=303),
    "POST /admin/jobs/{job_id}/end": Call(at=_JOB, form={}, status=404),
    "GET /admin/audit": Call(nobody=303),
}

OPEN: dict[str, Call] = {
    "GET /healthz": Call(),
    "GET /readyz": Call(),
    "POST /v1/candidates/claim": Call(json={"code": "skmi_unknown"}, status=401),
    "GET /assets/{digest}/{name}": Call(at={"digest": "0", "name": "x"}, status=404),
    "GET /": Call(status=303),
    "GET /login": Call(),
    "POST /login": Call(form={"key": "x"}, status=422),
}
"""Routes that let everybody in; each proves in another way who asks, or tells nothing."""
