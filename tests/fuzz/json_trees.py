"""Bending JSON as a tree, so that most of what comes out is still JSON of some format."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

MAX_CHARS = 200_000
_HALF = "\ud800"
ODD: tuple[object, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 10**21, -(10**300), 0.5, -0.0, 1e308, 5e-324),
    *("", " ", "\x00", "\x1b[2J", "\u202e", "\ufeff", _HALF, "é" * 50),
    *("a" * 3000, "0", "-1", "1e9"),
    *([], {}, [[]], [None], [[], {}], {"": ""}, {"id": None}, {"@value": 1}, {"en": []}),
    *("2025-01-01T00:00:00Z", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59-23:59", "2025-02-30"),
    *("0001-01-01T00:00:00+23:59", "P1Y2M", "PT45H", "P999999999D", "-P1D"),
    *("20250101", "1404086400"),
    *("https://example.org/a#b", "http://[::1", "did:key:z6Mk"),
    *("did:web:example.org%3A80:a", "urn:"),
    *("did:key:zzzz", "did:web:", "data:,x", "file:///etc/passwd"),
    *("javascript:x", "_:b0", "https://"),
    *("sha256$00", "md5$", "sha256$" + "ab" * 32, "uH4sIAAAA", "u", "z"),
    *("zQ3s", "m", "e30.e30.e30"),
    *("http://data.europa.eu/esco/skill/S1", "2.A.1.a", "eddsa-rdfc-2022"),
    *("eddsa-jcs-2022", "ES256"),
    *("@id", "@type", "@context", "@graph", "__proto__", "a/b~c", "../../x", "C:\\x", "a\nb", "*"),
)  # fmt: skip
CONTEXTS: tuple[object, ...] = (
    "https://www.w3.org/ns/credentials/v2",
    "https://www.w3.org/2018/credentials/v1",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://w3id.org/openbadges/v2",
    "https://w3id.org/openbadges/v1",
    "https://example.org/unknown",
    {"@vocab": "https://example.org/"},
    {"name": "https://example.org/other"},
    {"@import": "https://example.org/"},
    None,
    [],
    [[["https://www.w3.org/ns/credentials/v2"]]],
)
TYPES = (
    *("VerifiableCredential", "VerifiablePresentation", "OpenBadgeCredential", "ClrCredential"),
    *("EndorsementCredential", "EuropeanDigitalCredential", "Assertion"),
    *("BadgeClass", "Endorsement"),
    *("AchievementSubject", "Achievement", "EnvelopedVerifiableCredential", "Profile", "Issuer"),
    *("BitstringStatusListEntry", "BitstringStatusList", "RevocationList", "1EdTechRevocationList"),
    *("DataIntegrityProof", "Ed25519Signature2020", "Multikey", "JsonWebKey", "CryptographicKey"),
    *("ResultDescription", "RubricCriterionLevel", "Alignment", "Evidence", "ceterms:Badge"),
    *("RichSkillDescriptor", "JobPosting", "LearningAchievement", "signedBadge", "HostedBadge"),
)  # fmt: skip
KEYS = (
    *("@context", "id", "@id", "type", "@type", "issuer"),
    *("credentialSubject", "achievement", "proof"),
    *("criteria", "narrative", "alignment", "alignments", "tag", "result", "resultDescription"),
    *("rubricCriterionLevel", "evidence", "validFrom", "validUntil", "issuedOn", "expires", "name"),
    *("issuanceDate", "expirationDate", "credentialStatus", "statusListIndex", "statusPurpose"),
    *("statusListCredential", "encodedList", "statusSize", "statusMessage", "credentialSchema"),
    *("endorsement", "endorsementJwt", "verifiableCredential", "badge", "recipient", "verify"),
    *("verification", "revoked", "revocationList", "hashed", "salt", "identity", "identifier"),
    *("proofValue", "verificationMethod", "proofPurpose", "cryptosuite"),
    *("created", "previousProof"),
    *("publicKeyJwk", "publicKeyMultibase", "publicKeyPem", "assertionMethod", "controller", "jws"),
    *("vc", "vp", "nbf", "exp", "iat", "jti", "iss", "sub", "alg", "kid"),
    *("jwk", "typ", "crit", "b64"),
    *("targetUrl", "targetName", "targetCode", "targetFramework"),
    *("targetType", "hasClaim", "image"),
    *("specifiedBy", "learningOutcome", "relatedESCOSkill", "displayParameter", "creditPoint"),
    *("claim", "skills", "certifications", "holder", "inLanguage", "version", "related", "@graph"),
)  # fmt: skip
_ODD_BYTES = (b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b'"', b"\x1b[")
Step = str | int
_Change = Callable[[Any, Step, random.Random], None]


def mutate_json(data: bytes, chance: random.Random) -> bytes:
    """Change a JSON text as a tree, else, or now and then, as letters."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return mutate_letters(data, chance)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        tree = _changed(tree, chance)
    text = _written(tree, chance)
    return mutate_letters(text, chance) if chance.random() < 0.08 else text


def _written(tree: object, chance: random.Random) -> bytes:
    try:
        text = json.dumps(tree, ensure_ascii=chance.random() < 0.5, allow_nan=True)
    except RecursionError:
        text = "[" * 3000
    if chance.random() < 0.05:
        text = text.replace('"', '"id": 1, "', 1) if chance.random() < 0.5 else "\ufeff" + text
    return text[:MAX_CHARS].encode("utf-8", "surrogatepass")


def mutate_letters(data: bytes, chance: random.Random) -> bytes:
    """Cut, repeat, swap or replace some bytes."""
    if not data:
        return bytes(chance.randrange(256) for _ in range(chance.randrange(1, 40)))
    place, length = chance.randrange(len(data)), chance.choice((1, 2, 4, 16, 64))
    cut, rest = data[place : place + length], data[place + length :]
    other = chance.randrange(len(data))
    changed = (
        data[:place] + rest,
        data[:place] + cut * chance.choice((2, 3, 50)) + rest,
        data[:place],
        data[:other] + cut + data[other:],
        data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :],
        data[:place] + chance.choice(_ODD_BYTES) + data[place:],
    )
    return chance.choice(changed)


def _changed(tree: Any, chance: random.Random) -> Any:  # noqa: ANN401 - any JSON
    holder = [tree]
    places = list(_places(holder))
    parent, step = chance.choice(places)
    change = chance.choice(_CHANGES)
    change(parent, step, chance)
    if chance.random() < 0.1:
        other, there = chance.choice(places)
        if _still(other, there) and _still(parent, step):
            other[there] = copy.deepcopy(parent[step])
    return holder[0] if holder else None


def _still(parent: Any, step: Step) -> bool:  # noqa: ANN401 - any JSON
    if isinstance(parent, dict):
        return step in parent
    return isinstance(step, int) and step < len(parent)


def _places(value: Any) -> Iterator[tuple[Any, Step]]:  # noqa: ANN401 - any JSON
    """Yield every value as its parent and its key, without recursion; at most 3,000."""
    waiting, count = [value], 0
    while waiting and count < 3000:
        one = waiting.pop()
        steps: list[Step] = list(one) if isinstance(one, dict) else list(range(len(one)))
        for step in steps:
            yield one, step
            count += 1
            if isinstance(one[step], dict | list):
                waiting.append(one[step])


def _replace(parent: Any, step: Step, chance: random.Random) -> None:  # noqa: ANN401 - any JSON
    parent[step] = copy.deepcopy(chance.choice(ODD))


def _retype(parent: Any, step: Step, chance: random.Random) -> None:  # noqa: ANN401 - any JSON
    parent[step] = chance.choice((TYPES[chance.randrange(len(TYPES))], chance.sample(TYPES, 3)))


def _drop(parent: Any, step: Step, _: random.Random) -> None:  # noqa: ANN401 - any JSON
    del parent[step]


def _wrap(parent: Any, step: Step, chance: random.Random) -> None:  # noqa: ANN401 - any JSON
    old = parent[step]
    parent[step] = chance.choice(([old], [old, old], {"id": old}, {chance.choice(KEYS): old}))
    if chance.random() < 0.1:
        for _ in range(chance.choice((20, 70, 300))):
            parent[step] = chance.choice(([parent[step]], {"achievement": parent[step]}))


def _unwrap(parent: Any, step: Step, chance: random.Random) -> None:  # noqa: ANN401 - any JSON
    old = parent[step]
    inside = list(old.values()) if isinstance(old, dict) else old
    if isinstance(inside, list) and inside:
        parent[step] = chance.choice(inside)


def _rename(parent: Any, step: Step, chance: random.Random) -> None:  # noqa: ANN401 - any JSON
    if isinstance(parent, dict):
        parent[chance.choice(KEYS)] = parent.pop(step)


def _add(parent: Any, _: Step, chance: random.Random) -> None:  # noqa: ANN401 - any JSON
    if isinstance(parent, dict):
        parent[chance.choice(KEYS)] = copy.deepcopy(chance.choice(ODD))
    else:
        parent.append(copy.deepcopy(chance.choice(ODD)))


def _repeat(parent: Any, step: Step, chance: random.Random) -> None:  # noqa: ANN401 - any JSON
    parent[step] = [parent[step]] * chance.choice((2, 3, 40))


def _context(parent: Any, _: Step, chance: random.Random) -> None:  # noqa: ANN401 - any JSON
    if isinstance(parent, dict):
        found = chance.choice((chance.choice(CONTEXTS), chance.sample(CONTEXTS, 2)))
        parent["@context"] = copy.deepcopy(found)


def _edit(parent: Any, step: Step, chance: random.Random) -> None:  # noqa: ANN401 - any JSON
    old = parent[step]
    if isinstance(old, str):
        bent = mutate_letters(old.encode("utf-8", "surrogatepass"), chance)
        parent[step] = bent.decode("utf-8", "replace")
    elif isinstance(old, int | float):
        parent[step] = chance.choice((str(old), -old, [old], old * 1000 if abs(old) < 1e300 else 0))


_CHANGES: tuple[_Change, ...] = (
    *(_replace, _replace, _replace, _retype, _drop, _drop, _wrap, _unwrap, _rename, _add, _add),
    *(_repeat, _context, _edit, _edit),
)
