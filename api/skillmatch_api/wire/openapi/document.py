"""The OpenAPI document, completed: what middleware answers, examples, and plain summaries.

Routes say what is theirs. What holds for all of them alike (refusals of size, time and rate,
``Idempotency-Key``, the form of a problem) is said here once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from skillmatch_api.wire.answers.problems import MEDIA_TYPE, Problem, declared
from skillmatch_api.wire.openapi.example_values import example_of
from skillmatch_api.wire.passing.idempotency import HEADER, MAX_KEY, is_write

Json = dict[str, Any]

DESCRIPTION = """\
Which skills a job asks for, which of them a person can show, and what closes the rest.

Send a key with every request: `Authorization: Bearer skm_…`. `skillmatch keys create` makes it.
Errors are problems as RFC 9457 describes them; lists go on with `cursor`; a write with an
`Idempotency-Key` is done once, however often it is sent; a GET has an `ETag`.
"""

TAGS = {
    "gap": "What a job asks for, beside what a person can show.",
    "link": "Texts to skills.",
    "search": "Skills and occupations by name.",
    "occupations": "What occupations ask for.",
    "frameworks": "What is installed.",
    "postings": "Postings that somebody asked to keep.",
    "plans": "From a gap to dated steps.",
    "catalogue": "What is on offer.",
    "demand": "What postings ask for beside what is on offer.",
    "badges": "Reading, checking, linting and aligning badges.",
    "alignments": "Reviewing what was proposed for badges.",
    "jobs": "Long work, and how far it is.",
    "candidates": "People, their consent and what they can show.",
    "keys": "Keys of an organisation.",
    "session": "Logins of browsers.",
    "audit": "Who did what.",
    "health": "Whether the service lives and is ready; open to everybody.",
    "operations": "Numbers for whoever runs it.",
}

_DETAILS = {
    400: "the body cannot be read as JSON: it is not UTF-8, is nested too deeply, or has a "
    "number that is too long",
    401: "send a key: Authorization: Bearer skm_…",
    403: "this needs a key with the scope admin; yours has learner",
    404: "there is no such thing",
    406: "this can be answered as application/json",
    408: "the body did not arrive in 60 s; send it again",
    409: "it was changed meanwhile; read it again",
    412: "this was changed since you read it; read it again and repeat your change",
    413: "the body is over 8 MiB; send less at once",
    415: "send the body as it is, without Content-Encoding",
    422: "the request is not what it should be; faults names every place",
    429: "a key may ask 3,600 times a minute; come again in 2 s",
    500: "something went wrong here; it is written down under the id in instance",
    502: "the issuer's address could not be reached",
    503: "too many ask for this right now; come again in a moment",
    507: "what this service stores cannot be read or written; whoever runs it finds why in its log",
}

_TEXTS = {
    "text/plain": "Python (computer programming)  missing\n",
    "text/markdown": "| skill | state |\n|---|---|\n| Python (computer programming) | missing |\n",
    "text/html": "<!doctype html>\n<html lang='en'>…</html>\n",
    "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'>…</svg>\n",
    "text/csv": "skill,state\nPython (computer programming),missing\n",
    "text/tab-separated-values": "skill\tstate\nPython (computer programming)\tmissing\n",
    "text/calendar": "BEGIN:VCALENDAR\r\n…\r\nEND:VCALENDAR\r\n",
    "text/event-stream": 'event: progress\ndata: {"done": 3, "total": 10}\n\n',
}

_NOT_MODIFIED = (
    "Nothing has changed: the request named the ETag of this answer in If-None-Match. No body."
)

_ID = "7f1a4b0e-3c55-4b43-9d5e-2f1f6c1d9a10"

_PARAMETERS = {
    "action": "candidate.search",
    "cursor": "WyIyMDI2LTExLTIyIl0",
    "job": _ID,
    "last-event-id": "12",
    "query": "python",
    "uri": "http://data.europa.eu/esco/skill/ccd0a1d9-afda-43d9-b901-96344886e14d",
    "occupation": "software developer",
    "framework": "esco-1.1.1-open",
}

_KEY_HEADER: Json = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Any text of your own, such as a UUID: the same request with the same key is "
    "done once within a day, and answered alike each time.",
    "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY, "pattern": "^[!-~]+$"},
    "example": "9f6c2a9e-7d0b-4c57-9c0e-0d9f0b7f3a51",
}


def describe(app: FastAPI, routes: Sequence[APIRoute]) -> None:
    """Let ``app``, which has these routes, describe itself completely."""

    def document() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = _completed(_bare(app), _known(routes))
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # the documented way


def _known(routes: Sequence[APIRoute]) -> dict[tuple[str, str], APIRoute]:
    return {
        (route.path_format, method): route for route in routes for method in route.methods or ()
    }


def _bare(app: FastAPI) -> Json:
    return get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=DESCRIPTION,
        routes=app.routes,
        servers=[{"url": "/", "description": "Wherever this document came from."}],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )


def _completed(document: Json, routes: dict[tuple[str, str], APIRoute]) -> Json:
    components: Json = document.setdefault("components", {})
    schemas: Json = components.setdefault("schemas", {})
    shared: Json = components.setdefault("responses", {})
    components["parameters"] = {"IdempotencyKey": _KEY_HEADER}
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs", {})
    schemas["Problem"] = problem
    used: set[str] = set()
    for path, method, operation in _operations(document):
        used.update(operation.get("tags", []))
        route = routes[path, method]
        operation["operationId"] = route.name
        _say_plainly(operation)
        _add_doorkeeping(operation)
        if path.startswith("/v1/"):
            _add_refusals(operation)
            if is_write(route, method):
                _add_idempotency_key(operation)
        _share_problems(operation, shared)
        _add_not_modified(operation, method, shared)
        _add_examples(operation, schemas)
        _add_parameter_examples(operation, schemas)
    document["tags"] = [
        {"name": name, "description": text} for name, text in TAGS.items() if name in used
    ]
    return document


def _operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield path, method.upper(), operation


def _say_plainly(operation: Json) -> None:
    """Take the first clause of the description for a summary where nobody wrote one."""
    description = operation.get("description", "")
    made_up = operation["operationId"].replace("_", " ").title()
    if description and operation.get("summary", made_up) == made_up:
        operation["summary"] = re.split(r"[.:;](?:\s|$)", description, maxsplit=1)[0]


def _add_not_modified(operation: Json, method: str, shared: Json) -> None:
    """Declare what a reader who has the answer already is told; streams have no tag."""
    responses = operation["responses"]
    if method == "GET" and "text/event-stream" not in responses["200"].get("content", {}):
        shared["NotModified"] = {"description": _NOT_MODIFIED}
        responses["304"] = {"$ref": "#/components/responses/NotModified"}


def _add_doorkeeping(operation: Json) -> None:
    """Declare what whoever needs a key may be told before the route is asked."""
    if operation.get("security"):
        _declare(operation, 401, 403, 429, 500, 503)


def _add_refusals(operation: Json) -> None:
    """Declare what middleware and the database may answer before or instead of the route."""
    _declare(operation, 500, 503, 507)
    if "requestBody" in operation:
        _declare(operation, 400, 408, 413, 415)
    if "requestBody" in operation or operation.get("parameters"):
        _declare(operation, 422)


def _add_idempotency_key(operation: Json) -> None:
    parameters = operation.setdefault("parameters", [])
    parameters.append({"$ref": "#/components/parameters/IdempotencyKey"})
    _declare(operation, 409, 422)


def _declare(operation: Json, *statuses: int) -> None:
    for status in map(str, statuses):
        # FastAPI declares a form of 422 that nobody answers with.
        if status not in operation["responses"] or status == "422":
            operation["responses"][status] = declared(int(status))[int(status)]


def _add_examples(operation: Json, schemas: Json) -> None:
    contents = [operation.get("requestBody", {})]
    contents += [one for one in operation["responses"].values() if "$ref" not in one]
    for content in contents:
        for kind, media in content.get("content", {}).items():
            if "example" in media or "examples" in media:
                continue
            if "json" in kind:
                media["example"] = example_of(media.get("schema", {}), schemas)
            elif kind in _TEXTS:
                media["example"] = _TEXTS[kind]


def _add_parameter_examples(operation: Json, schemas: Json) -> None:
    for one in operation.get("parameters", []):
        schema = one.get("schema", {})
        given = {"example", "examples"}.intersection(one) or {"examples", "default"}.intersection(
            schema
        )
        if "$ref" not in one and not given:
            one["example"] = _parameter(one["name"], schema, schemas)


def _parameter(name: str, schema: Json, schemas: Json) -> Any:  # noqa: ANN401 - any JSON
    if name in _PARAMETERS:
        return _PARAMETERS[name]
    return _ID if name.endswith("_id") else example_of(schema, schemas)


def _share_problems(operation: Json, shared: Json) -> None:
    """Refer to one description of each problem, where the route says nothing more of its own."""
    responses = operation["responses"]
    for status in sorted(responses):
        response = responses.pop(status)
        plain = declared(int(status))[int(status)]
        if response == plain:
            name = _component(int(status))
            plain["content"][MEDIA_TYPE]["example"] = _problem(int(status))
            shared[name] = plain
            response = {"$ref": f"#/components/responses/{name}"}
        elif MEDIA_TYPE in response.get("content", {}):
            response["content"][MEDIA_TYPE].setdefault("example", _problem(int(status)))
        responses[status] = response


def _component(status: int) -> str:
    return HTTPStatus(status).phrase.replace(" ", "")


def _problem(status: int) -> Json:
    detail = _DETAILS.get(status, HTTPStatus(status).phrase)
    date = {"pointer": "/at", "detail": "a date is expected here, such as 2027-05-22"}
    faults = [date] if status == 422 else []
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": "0e0c4b1e-6d0f-4a53-8f5c-8b7a3a2e9d11",
        "faults": faults,
    }
