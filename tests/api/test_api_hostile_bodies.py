"""Every route is sent bodies, names and values that nobody means well with; none of them breaks it.

What is sent is a right request with one thing spoilt, over every route that there is. The default
tests spoil the body as a whole; the marked ones every value in it, too.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from skillmatch_api.wire.services import Services
from tests.api.hostile_world import HARMFUL, KNOWN, ROUTES, Target, faults_of, target_of

ATTACKED = sorted(set(ROUTES) & set(KNOWN) - HARMFUL)
WRITES = [name for name in ATTACKED if name.split()[0] in {"POST", "PUT", "PATCH"}]
JSON = [name for name in WRITES if KNOWN[name].json is not None]
WITH_NAMES = [name for name in ATTACKED if "{" in name]

SPOILT: dict[str, bytes] = {
    "nothing": b"",
    "broken off": b'{"posting": "You must know',
    "no JSON": b"<gap/>",
    "deeply nested": b"[" * 100_000,
    "deeply nested whole": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "a number of many digits": b'{"at": ' + b"9" * 100_000 + b"}",
    "a number beyond all": b'{"limit": 1e999999}',
    "no number": b'{"limit": NaN, "top": -Infinity}',
    "a key twice": b'{"posting": "a", "posting": {"text": "b"}, "kind": 1, "kind": 2}',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "another charset": '{"posting": "né"}'.encode("utf-16"),
    "no charset": b'{"posting": "\xff\xfe\xc0\x80"}',
    "NUL": b'{"posting": "\\u0000"}\x00',
    "half a character": b'{"posting": "\\ud800", "name": "\\udfff", "\\ud800": 1}',
    "a list": b"[[], {}, null]",
    "a text": b'"posting"',
    "null": b"null",
    "a billion laughs": (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">'
        + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a;" * 10) for n in range(10))
        + b"]><a>&a9;</a>"
    ),
}

VALUES: list[Any] = [
    "\0",
    "\ud800",
    "a\0b' OR '1'='1' --",
    "'; DROP TABLE persons; --",
    "%' ESCAPE '\\",
    "{{7*7}}${7*7}<%= 7*7 %>#{7*7}{% for %}",
    "<script>alert(1)</script><svg onload=alert(1)>",
    "a\r\nSet-Cookie: a=b\r\n\r\n",
    "../../../../etc/passwd",
    "file:///etc/passwd",
    "http://169.254.169.254/latest/meta-data/",
    "\u202e\u2066\ufeff\u2028",
    "x" * 20_000,
    "a," * 900,
    "(" * 1_000,
    "=1+1;@SUM(A1);-2",
    10**400,
    2**63,
    -(2**63) - 1,
    -1,
    0.5,
    float("nan"),
    float("inf"),
    True,
    None,
    [],
    {},
    [[[[]]]],
    {"\0": "\ud800"},
    [None],
    "0001-01-01",
    "9999-12-31T23:59:59.999999+23:59",
    "2026-02-30",
]

NAMES = [
    "\0",
    "..",
    "../../etc/passwd",
    "a\r\nSet-Cookie: a=b",
    "' OR '1'='1",
    "{{7*7}}",
    "\u202e\ufeff",
    "x" * 3_000,
    "0" * 36,
    "-1",
    "%00",
    "<script>",
]


@pytest.fixture
def target(matching: Services) -> Iterator[Target]:
    """A service with something of everything."""
    yield from target_of(matching)


def test_every_route_is_attacked() -> None:
    """A new route has a right request, or what is spoilt would never reach it."""
    assert set(ROUTES) <= set(KNOWN)
    assert set(JSON) >= {
        name for name in WRITES if ROUTES[name].body_field is not None and KNOWN[name].form is None
    }


@pytest.mark.parametrize(
    "every", [pytest.param(1, marks=pytest.mark.fuzz), pytest.param(6, id="a sixth")]
)
def test_no_route_breaks_over_a_spoilt_body(target: Target, every: int) -> None:
    """A body is refused in words, or was not asked for; and whatever it is, not with a 5xx."""
    faults = []
    for place, route in enumerate(WRITES):
        for name, content in list(SPOILT.items())[place % every :: every]:
            answer = target.send(route, content=content)
            faults += [f"{route} with {name}: {one}" for one in faults_of(answer)]

    assert not faults


@pytest.mark.parametrize(
    "every", [pytest.param(1, marks=pytest.mark.fuzz), pytest.param(6, id="a sixth")]
)
def test_no_route_breaks_over_a_spoilt_name(target: Target, every: int) -> None:
    """A name in the path is looked up and nothing else: no file, no statement, no header."""
    faults = []
    for place, route in enumerate(WITH_NAMES):
        for name in ROUTES[route].param_convertors:
            for value in NAMES[place % every :: every]:
                answer = target.send(route, at={name: value})
                faults += [f"{route} with {value[:30]!r}: {one}" for one in faults_of(answer)]
                assert "set-cookie" not in answer.headers

    assert not faults


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
def test_a_form_that_cannot_be_read_is_refused_before_its_token_is_looked_for(
    target: Target, kind: str
) -> None:
    """With a cookie the token is in the form, and with an Idempotency-Key it is read early."""
    key = target.key["Authorization"].partition(" ")[2]
    target.client.post("/v1/session", json={"key": key})
    many = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 2_000 + b"--x--"

    answer = target.client.post(
        "/v1/postings", content=many, headers={"Content-Type": kind, "Idempotency-Key": "a"}
    )

    assert answer.status_code == 400
    assert not faults_of(answer)


@pytest.mark.fuzz
@pytest.mark.parametrize("route", JSON)
def test_no_route_breaks_over_a_spoilt_value(target: Target, route: str) -> None:
    """Each value of a right body, and each that its schema knows, is replaced in turn."""
    faults = []
    for where, body in _spoilt(target, route):
        answer = target.send_json(route, body)
        faults += [f"{where}: {one}" for one in faults_of(answer)]

    assert not faults


@pytest.mark.fuzz
def test_no_route_breaks_over_a_spoilt_parameter(target: Target) -> None:
    """Each parameter of an address takes each value as text."""
    faults = []
    for number, route in enumerate(ATTACKED):
        for one in ROUTES[route].dependant.query_params:
            for value in VALUES[number % 3 :: 3]:
                if isinstance(value, str) and "\ud800" in value:
                    continue  # no address can say it
                asked = {**KNOWN[route].query, one.alias: str(value)[:3_000]}
                answer = target.send(route, query=asked)
                found = faults_of(answer)
                faults += [f"{route}?{one.alias}={str(value)[:30]!r}: {each}" for each in found]

    assert not faults


def _spoilt(target: Target, route: str) -> Iterator[tuple[str, Any]]:
    """Yield bodies with one value spoilt, and where."""
    right = target.body(route)
    places = [*_places(right), *((name,) for name in _fields(target, route))]
    for number, place in enumerate(dict.fromkeys(places)):
        # Neighbours take turns: all places times all values would take minutes.
        for value in VALUES[number % 3 :: 3]:
            body = copy.deepcopy(right)
            _put(body, place, value)
            yield f"{'/'.join(map(str, place))} = {str(value)[:30]!r}", body


def _places(value: object, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield (*above, name)
            yield from _places(each, (*above, name))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield (*above, number)
            yield from _places(each, (*above, number))


def _put(body: Any, place: tuple[str | int, ...], value: object) -> None:  # noqa: ANN401 - JSON
    for step in place[:-1]:
        body = body[step]
    body[place[-1]] = value


def _fields(target: Target, route: str) -> list[str]:
    """Return the fields that the description of a body names."""
    document = target.client.app.openapi()  # type: ignore[attr-defined]  # it is FastAPI
    method, _, path = route.partition(" ")
    operation = document["paths"][path.replace(":path", "")][method.lower()]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    found: list[str] = []
    for one in [schema, *schema.get("anyOf", []), *schema.get("oneOf", [])]:
        named = document["components"]["schemas"].get(one.get("$ref", "").rpartition("/")[2], one)
        found += named.get("properties", {})
    return found
