"""Small invented credentials of every format that can be read."""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
import zlib
from typing import Any

ESCO = "http://data.europa.eu/esco/skill/"
OB3_CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
SVG = (
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" '
    'xmlns:openbadges="{namespace}">{element}<rect width="9" height="9"/></svg>'
)


def alignment(name: str, url: str = "", **more: str) -> dict[str, Any]:
    """Return an alignment of Open Badges 3.0."""
    return {"type": ["Alignment"], "targetName": name, "targetUrl": url or ESCO + name, **more}


def achievement() -> dict[str, Any]:
    """Return an achievement with alignments at three of the four places."""
    return {
        "id": "https://school.example/achievements/stock",
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": "Stock control",
        "description": "Learners keep stock. They count it every week.",
        "criteria": {"narrative": "# Criteria\n- Count stock with a scanner.\n- Report losses."},
        "alignment": [alignment("stock-control", targetType="ext:ESCOSkill", targetCode="S4.2")],
        "creditsAvailable": 2.5,
        "inLanguage": "en",
        "tag": ["warehouse", "stock"],
        "creator": {"id": "https://school.example", "type": ["Profile"], "name": "Riverside"},
        "resultDescription": [
            {
                "id": "urn:result:1",
                "type": ["ResultDescription"],
                "name": "Scanner test",
                "resultType": "RubricCriterionLevel",
                "requiredLevel": "urn:level:2",
                "alignment": [alignment("use-scanner")],
                "rubricCriterionLevel": [
                    {
                        "id": "urn:level:1",
                        "type": ["RubricCriterionLevel"],
                        "name": "Beginner",
                        "description": "Scans with help.",
                        "alignment": [alignment("scan-with-help")],
                    },
                    {
                        "id": "urn:level:2",
                        "type": ["RubricCriterionLevel"],
                        "name": "Able",
                        "level": "2",
                        "description": "Scans alone.",
                        "alignment": [alignment("scan-alone")],
                    },
                ],
            }
        ],
    }


def open_badge_3(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - members of a JSON object
    """Return an Open Badge 3.0 of the data model 2.0; ``more`` replaces members."""
    subject = {
        "id": "did:example:lia",
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "identityType": "emailAddress",
                "identityHash": "lia@mail.example",
                "hashed": False,
            }
        ],
        "narrative": "Lia counted the whole store.",
        "achievement": achievement(),
        "result": [
            {
                "type": ["Result"],
                "resultDescription": "urn:result:1",
                "achievedLevel": "urn:level:2",
                "alignment": [alignment("counted")],
            }
        ],
    }
    badge = {
        "@context": OB3_CONTEXT,
        "id": "urn:uuid:badge-3",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Stock control badge",
        "issuer": {"id": "https://school.example", "type": ["Profile"], "name": "Riverside"},
        "validFrom": "2026-01-12T07:04:19Z",
        "validUntil": "2031-01-12T00:00:00+01:00",
        "awardedDate": "2026-01-10T00:00:00Z",
        "credentialSubject": subject,
        "evidence": [{"id": "https://lia.example/count", "type": ["Evidence"], "name": "Count"}],
    }
    return badge | more


def open_badge_2(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - members of a JSON object
    """Return a hosted assertion of Open Badges 2.0 with its badge class inside."""
    badge = {
        "@context": "https://w3id.org/openbadges/v2",
        "id": "https://club.example/assertions/7",
        "type": "Assertion",
        "recipient": {
            "type": "email",
            "hashed": True,
            "salt": "pepper",
            "identity": "sha256$" + "ab" * 32,
        },
        "issuedOn": "2024-05-01T00:00:00Z",
        "expires": "2025-05-01T00:00:00Z",
        "verification": {"type": "hosted"},
        "evidence": "https://club.example/photo",
        "badge": badge_class(),
    }
    return badge | more


def badge_class() -> dict[str, Any]:
    """Return a badge class of Open Badges 2.0."""
    return {
        "id": "https://club.example/badges/first-aid",
        "type": "BadgeClass",
        "name": "First aid",
        "description": "Gives first aid to adults.",
        "criteria": {"id": "https://club.example/c", "narrative": "Passed the practical test."},
        "tags": ["health"],
        "alignment": {"targetName": "first-aid", "targetUrl": ESCO + "first-aid"},
        "issuer": {"id": "https://club.example", "type": "Profile", "name": "Club"},
    }


def open_badge_1() -> dict[str, Any]:
    """Return an assertion of Open Badges 1.1 whose badge class is a link."""
    return {
        "@context": "https://w3id.org/openbadges/v1",
        "type": "Assertion",
        "uid": "abc",
        "recipient": {"type": "email", "hashed": False, "identity": "lia@mail.example"},
        "badge": "https://club.example/badges/1",
        "verify": {"type": "hosted", "url": "https://club.example/a/1"},
        "issuedOn": 1404086400,
    }


def record() -> dict[str, Any]:
    """Return a Comprehensive Learner Record with one badge as JSON and one as a token."""
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://example.org/clr"],
        "id": "urn:uuid:record",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Transcript",
        "issuer": "https://school.example",
        "validFrom": "2026-02-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:lia",
            "type": ["ClrSubject"],
            "verifiableCredential": [open_badge_3(), token(open_badge_3(id="urn:uuid:inner"))],
        },
    }


def endorsement() -> dict[str, Any]:
    """Return an endorsement of the achievement of ``open_badge_3``."""
    return {
        "@context": OB3_CONTEXT,
        "id": "urn:uuid:endorsement",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": "https://board.example", "type": ["Profile"], "name": "Board"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "https://school.example/achievements/stock",
            "type": ["EndorsementSubject"],
            "endorsementComment": "Well assessed.",
        },
    }


def european() -> dict[str, Any]:
    """Return a European Digital Credential with a learning outcome and its ESCO skill."""
    return {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "http://data.europa.eu/snb/model/context/edc-ap",
        ],
        "id": "urn:credential:1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": {"id": "urn:org:1", "type": "Organisation", "legalName": {"sl": "Šola"}},
        "validFrom": "2026-01-12T07:12:23Z",
        "displayParameter": {"title": {"de": "Nachweis", "en": "Micro-credential"}},
        "credentialSubject": {
            "id": "urn:person:1",
            "type": "Person",
            "fullName": {"en": "Lia Andrews"},
            "contactPoint": {"emailAddress": {"id": "mailto:lia@mail.example"}},
            "hasClaim": {
                "id": "urn:achievement:1",
                "type": "LearningAchievement",
                "title": {"de": "Statistik", "en": "Statistics"},
                "provenBy": {"type": "LearningAssessment", "grade": {"noteLiteral": {"en": "A"}}},
                "specifiedBy": {
                    "title": {"en": "Course"},
                    "creditPoint": {"point": "5"},
                    "eqfLevel": {"id": "http://data.europa.eu/snb/eqf/6"},
                    "volumeOfLearning": "PT45H",
                    "learningOutcome": [
                        {
                            "id": "urn:outcome:1",
                            "title": {"en": "Tests hypotheses"},
                            "relatedESCOSkill": {
                                "id": ESCO + "statistics",
                                "prefLabel": {"en": "statistics"},
                            },
                        }
                    ],
                },
            },
        },
    }


def learner_resume() -> dict[str, Any]:
    """Return a résumé of the LER Resume Standard."""
    return {
        "type": "http://schema.hropenstandards.org/4.4/recruiting/json/ler-rs/LER-RSType.json",
        "person": {"name": {"formattedName": "Lia Andrews"}},
        "certifications": [{"name": "Forklift licence"}],
        "skills": [{"name": "Stock control", "descriptions": ["Keeps stock."]}],
    }


def base64url(data: bytes) -> str:
    """Return bytes in base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def token(claims: object, header: object | None = None) -> str:
    """Return a compact token of some claims, signed by nobody."""
    parts = [json.dumps(one).encode() for one in (header or {"alg": "EdDSA"}, claims)]
    return ".".join([*map(base64url, parts), base64url(b"no signature")])


def old_token(badge: dict[str, Any]) -> str:
    """Return a token as the data model 1.1 has it: the credential under ``vc``."""
    inner = {key: value for key, value in badge.items() if key not in {"id", "validFrom"}}
    claims = {"vc": inner, "jti": badge["id"], "nbf": 1_767_225_600, "exp": 1_924_992_000}
    return token(claims, {"alg": "RS256", "typ": "JWT"})


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return the frame of a PNG with chunks of (kind, content)."""
    parts = [b"\x89PNG\r\n\x1a\n"]
    for kind, body in (*chunks, (b"IEND", b"")):
        parts.append(struct.pack(">I", len(body)) + kind + body)
        parts.append(struct.pack(">I", zlib.crc32(kind + body)))
    return b"".join(parts)


def baked_png(
    text: str, *, kind: bytes = b"iTXt", keyword: bytes = b"openbadgecredential"
) -> bytes:
    """Return a PNG with a text baked in; ``zTXt`` compresses it."""
    data = text.encode()
    bodies = {
        b"iTXt": keyword + b"\x00\x00\x00\x00\x00" + data,
        b"tEXt": keyword + b"\x00" + data,
        b"zTXt": keyword + b"\x00\x00" + zlib.compress(data),
    }
    return png((b"tEXt", b"Title\x00a badge"), (kind, bodies[kind]))


def baked_svg(element: str, namespace: str = "https://purl.imsglobal.org/ob/v3p0") -> bytes:
    """Return an SVG with an element before its shapes."""
    return SVG.format(namespace=namespace, element=element).encode()


def archive(members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


def as_bytes(document: object) -> bytes:
    """Return a document as JSON in UTF-8."""
    return json.dumps(document).encode()


def at_pointer(document: Any, pointer: str) -> Any:  # noqa: ANN401 - any JSON
    """Return the value at a JSON pointer."""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        document = document[int(key)] if isinstance(document, list) else document[key]
    return document
