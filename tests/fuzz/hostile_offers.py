"""Hostile catalogues: files that repeat, nest, point in circles, or hold nothing but faults."""

from __future__ import annotations

import random
from collections.abc import Iterable

from tests.fuzz.family import Family, as_json, made

_HEAD = b'{"schema_version": "catalogue-1", "name": "x", '
_CTDL = "https://credreg.net/ctdl/schema/context/json"


def _graph(nodes: Iterable[object]) -> bytes:
    return as_json({"@context": _CTDL, "@graph": list(nodes)})


def _courses(count: int, **terms: object) -> list[object]:
    return [{"@type": "Course", "name": f"a{place}", **terms} for place in range(count)]


def _sheets(number: int, _: random.Random) -> bytes:
    deep = "(" * 3_000 + "A" + ")" * 3_000
    return (
        f'name,requires\na,"{deep}"\n'.encode(),
        b"name,requires\n" + b'a,"%s"\n' % (b"A and " * 3_000 + b"A") * 400,
        b"name,skills\n" + b'a,"%s"\n' % (b"a;" * 999) * 3_000,
        b"name,outcomes\n" + b'a,"%s"\n' % (b"a | " * 999) * 1_500,
        b"name,kind" + b"," * 3_000_000 + b"\na,badge\n",
        b"name,kind\n" + b",\n" * 2_000_000,
        b"id,name,kind,cost,hours\n" + b"a,b,x,y,z\n" * 9_000,
        b"name,kind\n" + b"a,badge\n" * 90_000,
        b"name,skills\na," + b"<" * 19_000 + b"\n",
        b"name,skills\na," + b"(" * 19_000 + b"\n",
        b"name,cost,currency\na," + b"9" * 19_000 + b",EUR\n",
        b"name,reviews\na," + b"1 of " * 3_000 + b"\n",
    )[number]


def _pointing(number: int, _: random.Random) -> bytes:
    """Return documents whose few lines stand for many."""
    manifest = {
        "@id": "_:m",
        "requires": [{"targetCredential": f"x:{place}"} for place in range(9_000)],
        "estimatedCost": [{"price": place, "currency": "EUR"} for place in range(9_000)],
    }
    ways = [
        {"@id": f"_:p{place}", "alternativeCondition": [f"_:p{place + 1}"] * 4, "condition": "c"}
        for place in range(15)
    ]
    layers = [
        {"@id": f"_:p{place}", "@type": "SelectionComponent", "hasChild": [f"_:p{place + 1}"] * 8}
        for place in range(4)
    ]
    circle = {"@id": "_:c", "@type": "SelectionComponent", "hasChild": ["_:c"] * 50}
    pathways = [
        {"@type": "Pathway", "name": f"a{place}", "hasDestinationComponent": "_:p0"}
        for place in range(3_000)
    ]
    return _graph(
        (
            [manifest, *_courses(3_000, commonConditions="_:m", commonCosts="_:m")],
            [*ways, *_courses(3_000, requires="_:p0")],
            [*layers, *pathways],
            [circle, {"@type": "Pathway", "name": "a", "hasPart": ["_:c"] * 50}],
            [{"@id": f"_:{place}"} for place in range(160_000)],
            _courses(40_000),
            _courses(1, teaches=[f"x:{place}" for place in range(100_000)]),
            [{"@id": "_:a", "@type": "Course", "name": "a", "requires": "_:a", "hasPart": "_:a"}],
        )[number]
    )


def _envelopes(number: int, _: random.Random) -> bytes:
    value: object = {"@type": "ceterms:Course", "ceterms:name": "a"}
    for _round in range(6 + 9 * number):
        value = {"envelope_id": "1", "decoded_resource": value}
    return as_json(value)


def _stored(number: int, _: random.Random) -> bytes:
    deep = b'{"conditions": [' * 28 + b"{}" + b"]}" * 28
    return (
        _HEAD + b'"offers": [' + b"1," * 500_000 + b"1]}",
        _HEAD + b'"offers": [], "notes": [' + b"1," * 500_000 + b"1]}",
        _HEAD + b'"offers": [], "sources": [' + b"{}," * 9_000 + b"{}]}",
        _HEAD + b'"offers": [{"id": "a", "name": "b", "outcomes": [' + b"1," * 90_000 + b"1]}]}",
        _HEAD + b'"offers": [{"id": "a", "name": "b", "requires": ' + deep + b"}]}",
        b'{"schema_version": "catalogue-2", "offers": []}',
        b'{"schema_version": ["catalogue-1"], "offers": []}',
        b'["schema_version", "catalogue-1"]',
    )[number]


FAMILIES: tuple[Family, ...] = (
    made("offer sheets", ("offers-sheet",), 12, _sheets, heavy=True),
    made("offers that point", ("offers-ctdl",), 8, _pointing, heavy=True),
    made("offers in envelopes", ("offers-ctdl",), 3, _envelopes),
    made("stored offers", ("offers-stored",), 8, _stored, heavy=True),
)
