"""Hostile badges, records and presentations in JSON."""

from __future__ import annotations

import base64
import json
import random
from typing import Any

from tests.fuzz.family import as_json, made
from tests.readers import badge_samples as samples

JSON_READERS = ("credentials-json", "show", "jsonld", "lint")
MANY = (1_000, 10_000, 100_000)
_VC = "https://www.w3.org/ns/credentials/v2"
_EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"


def _deep(number: int, _: random.Random) -> bytes:
    depth = (70, 1_000, 100_000, 500_000)[number % 4]
    start, end = ((b"[", b"]"), (b'{"id":', b"}"), (b'{"achievement":[', b"]}"))[number // 4]
    return start * depth + b"1" + (end * depth if number % 2 else b"")


def _numbers(number: int, _: random.Random) -> bytes:
    digits = ("9" * 400, "9" * 5_000, "1e400", "-1e-400", "0." + "3" * 100_000, "NaN", "-Infinity")
    text = json.dumps({**samples.open_badge_3(), "awardedDate": 0}).replace(
        '"awardedDate": 0', f'"awardedDate": {digits[number]}, "creditsAvailable": {digits[number]}'
    )
    return text.encode()


def _twice(number: int, _: random.Random) -> bytes:
    keys = ("id", "type", "issuer", "proof", "@context", "credentialSubject", "name", "validUntil")
    text = json.dumps(samples.open_badge_3())
    return text.replace("{", "{" + f'"{keys[number]}": "a", ' * 2, 1).encode()


def _encoded(number: int, _: random.Random) -> bytes:
    text = json.dumps(samples.open_badge_3() | {"name": "a\ud83d"[:2] if number % 2 else "é\x00"})
    codes = ("utf-16", "utf-32", "utf-8-sig", "utf-16-le", "latin-1", "utf-7")
    data = text.encode(codes[number // 2])
    return b"\xef\xbb\xbf" * 3 + data if number > 9 else data


def _large_array(number: int, _: random.Random) -> bytes:
    size, kind = MANY[number % 3], number // 3
    places = ("alignment", "tag", "resultDescription", "criteria", "name", "inLanguage")
    fill: tuple[object, ...] = (
        {"type": ["Alignment"], "targetName": "a", "targetUrl": "https://a.example/1"},
        *("a", {"id": "urn:r", "rubricCriterionLevel": [{"name": "x"}]}, "b", "c", "en"),
    )
    document: dict[str, Any] = samples.open_badge_3()
    document["credentialSubject"]["achievement"][places[kind]] = [fill[kind]] * size
    return as_json(document)


def _large_around(number: int, _: random.Random) -> bytes:
    size, kind = MANY[number % 3], number // 3
    document: dict[str, Any] = samples.open_badge_3()
    members: tuple[dict[str, Any], ...] = (
        {"@context": ["https://www.w3.org/ns/credentials/v2"] * size},
        {"type": ["VerifiableCredential"] * size},
        {"proof": [{"type": "DataIntegrityProof", "proofValue": "z1"}] * size},
        {"endorsement": [samples.endorsement()] * (size // 100)},
        {"credentialStatus": [{"type": "BitstringStatusListEntry"}] * size},
        {"evidence": [{"narrative": "x"}] * size, "credentialSubject": [document] * (size // 1000)},
        {f"key{one}": one for one in range(size)},
        {"type": ["VerifiablePresentation"], "verifiableCredential": ["e30.e30.e30"] * size},
    )
    return as_json(document | members[kind])


def _long_text(number: int, _: random.Random) -> bytes:
    pieces = (
        *(
            "a",
            " ",
            "- ",
            "a. ",
            "* * ",
            "(",
            "\\",
            "<b>",
            "&",
            "|",
            "#",
            "1. ",
            "a) ",
            "\n",
            "\n- a",
        ),
        *(
            "will be able to ",
            "A.B.",
            "“",
            "·",
            "é",
            "\u200d",
            "e.g. ",
            "…",
            "> > ",
            "`",
            "__",
            "\t",
        ),
    )
    piece = pieces[number]
    document: dict[str, Any] = samples.open_badge_3()
    achievement = document["credentialSubject"]["achievement"]
    achievement["description"] = piece * (300_000 // len(piece)) + "x"
    achievement["criteria"]["narrative"] = piece * (1_000_000 // len(piece)) + "!"
    return as_json(document)


def _long_scalar(number: int, _: random.Random) -> bytes:
    keys = ("validFrom", "validUntil", "id", "type", "@context", "inLanguage", "targetUrl", "image")
    values = (
        "2025-01-01T" + "0" * 100_000,
        "P" + "9" * 100_000 + "Y",
        "https://" + "a." * 50_000,
        "http" + ":" * 100_000,
        "en" + "-a" * 50_000,
        "did:key:z" + "1" * 100_000,
        "did:web:" + "%3A" * 30_000,
        "data:image/png;base64," + "A" * 1_000_000,
        "sha256$" + "a" * 100_000,
    )
    value = values[number]
    document: dict[str, Any] = samples.open_badge_3() | dict.fromkeys(keys, value)
    document["issuer"] = {"id": value, "name": value, "type": value}
    document["credentialSubject"]["achievement"]["alignment"] = [{"targetUrl": value}]
    return as_json(document)


def _contexts(number: int, _: random.Random) -> bytes:
    listed: Any = "https://a.example/c"
    for _one in range(60):
        listed = [listed]
    contexts: tuple[object, ...] = (
        {"@vocab": "https://a.example/"},
        {"@import": "https://a.example/c"},
        [_VC, {"@protected": True, "name": "https://a.example/name"}],
        [_VC, {"type": "@id", "id": "@type"}],
        {"a": {"@id": "b", "@context": {"a": {"@id": "b"}}}},
        listed,
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "../context.json",
        [None, _VC, None],
        {"@base": "https://a.example/", "@language": "x" * 10_000},
        {f"t{one}": f"https://a.example/{one}" for one in range(20_000)},
        {"a": "b", "b": "c", "c": "a"},
        {"@context": {"@context": {"@context": _VC}}},
        5,
        {"@version": 1.1, "x": {"@nest": "@nest", "@container": ["@graph", "@set"]}},
    )
    return as_json(samples.open_badge_3() | {"@context": contexts[number]})


def _keywords(number: int, _: random.Random) -> bytes:
    keys = (
        "@graph",
        "@reverse",
        "@included",
        "@nest",
        "@set",
        "@list",
        "@value",
        "@index",
        "@json",
    )
    document: dict[str, Any] = samples.open_badge_3()
    document["credentialSubject"][keys[number]] = [samples.achievement()]
    return as_json(document)


def _alike(number: int, _: random.Random) -> bytes:
    def tree(depth: int, width: int) -> dict[str, Any]:
        return {"part": [tree(depth - 1, width) for _ in range(width)]} if depth else {"leaf": "x"}

    shapes = ((1, 9, 2), (4, 3, 2), (6, 2, 4), (3, 5, 3), (12, 2, 2), (2, 60, 2), (1, 3000, 2))
    depth, width, times = shapes[number]
    part = [tree(depth, width)] * times
    return as_json({"@context": [_VC, _EXAMPLES], "id": "urn:x", "part": part})


def _cliques(number: int, _: random.Random) -> bytes:
    size = (5, 9, 12, 30, 120)[number]
    names = [f"_:b{one}" for one in range(size)]
    parts = [{"id": one, "related": [{"id": two} for two in names if two != one]} for one in names]
    document: dict[str, Any] = samples.open_badge_3()
    document["credentialSubject"]["achievement"]["related"] = parts
    return as_json({"@context": [_VC, _EXAMPLES], "id": "urn:x", "part": parts} | document)


def _cyclic(number: int, _: random.Random) -> bytes:
    document: dict[str, Any] = samples.open_badge_3()
    for _one in range((3, 10, 30)[number % 3]):
        outer: dict[str, Any] = samples.open_badge_3()
        kind = number // 3
        if kind == 0:
            outer["endorsement"] = [document]
        elif kind == 1:
            outer["credentialSubject"]["verifiableCredential"] = [document, document]
            outer["type"] = ["VerifiableCredential", "ClrCredential"]
        elif kind == 2:
            data = base64.b64encode(samples.token(document).encode()).decode()[:200_000]
            outer = {
                "@context": _VC,
                "type": "EnvelopedVerifiableCredential",
                "id": "data:application/vc+jwt," + samples.token(document) if number < 8 else data,
            }
        else:
            outer = {"verifiableCredential": [document], "type": "VerifiablePresentation"}
        document = outer
        if len(json.dumps(document)) > 500_000:
            break
    return as_json(document)


FAMILIES = (
    made("deep json", (*JSON_READERS, "verify", "diff", "rdf-jsonld"), 12, _deep),
    made("numbers", JSON_READERS, 7, _numbers),
    made("keys twice", JSON_READERS, 8, _twice),
    made("encodings", JSON_READERS, 12, _encoded),
    made("large arrays", JSON_READERS, 18, _large_array, heavy=True),
    made("large around", JSON_READERS, 24, _large_around, heavy=True),
    made("long text", JSON_READERS, 27, _long_text, heavy=True),
    made("long scalars", JSON_READERS, 9, _long_scalar, heavy=True),
    made("contexts", (*JSON_READERS, "rdf-jsonld"), 16, _contexts),
    made("keywords", JSON_READERS, 9, _keywords),
    made("alike", ("jsonld", "lint"), 7, _alike),
    made("cliques", ("jsonld", "lint"), 5, _cliques),
    made("inside each other", JSON_READERS, 12, _cyclic),
)
