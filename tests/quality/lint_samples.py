"""Invented documents that no rule finds anything in, and a way to break one place of them."""

from __future__ import annotations

import copy
from typing import Any

REMOVED = object()
"""As a new value: take the member away."""

_ISSUER = {
    "id": "https://school.example/issuer",
    "type": ["Profile"],
    "name": "Harbour School",
    "address": {"type": ["Address"], "addressCountryCode": "DE"},
}


def good_credential() -> dict[str, Any]:
    """An Open Badges 3.0 credential that keeps every rule, the European ones included."""
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "https://school.example/credentials/17",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Route planning",
        "issuer": copy.deepcopy(_ISSUER),
        "validFrom": "2026-01-31T12:00:00Z",
        "validUntil": "2029-01-31T12:00:00Z",
        "credentialStatus": {
            "id": "https://school.example/status/1#17",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "17",
            "statusListCredential": "https://school.example/status/1",
        },
        "evidence": [{"id": "https://school.example/work/17", "type": ["Evidence"]}],
        "credentialSubject": {
            "id": "did:example:learner",
            "type": ["AchievementSubject"],
            "achievement": good_achievement(),
            "result": [
                {
                    "type": ["Result"],
                    "resultDescription": "urn:example:mark",
                    "value": "B",
                    "achievedLevel": "urn:example:level-2",
                }
            ],
        },
    }


def good_achievement() -> dict[str, Any]:
    """The achievement of ``good_credential``."""
    return {
        "id": "https://school.example/achievements/routes",
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": "Route planning",
        "version": "2",
        "inLanguage": "en",
        "creator": copy.deepcopy(_ISSUER),
        "tag": ["logistics"],
        "description": "Plan delivery routes for a small fleet with a map service.",
        "creditsAvailable": 2,
        "criteria": {
            "narrative": "The learner submits three route plans, which two teachers grade with a "
            "rubric. The course runs online for 50 hours."
        },
        "alignment": [
            {
                "type": ["Alignment"],
                "targetName": "plan routes",
                "targetUrl": "https://framework.example/skills/17",
                "targetType": "ext:ESCOSkill",
                "targetFramework": "Example framework 1.0",
            },
            {
                "type": ["Alignment"],
                "targetName": "EQF level 4",
                "targetUrl": "https://framework.example/eqf/4",
                "targetType": "ext:Level",
                "targetFramework": "European Qualifications Framework",
            },
        ],
        "endorsementJwt": ["a.b.c"],
        "resultDescription": [
            {
                "id": "urn:example:mark",
                "type": ["ResultDescription"],
                "name": "Mark of the route plans",
                "resultType": "LetterGrade",
                "allowedValue": ["C", "B", "A"],
                "requiredValue": "B",
                "requiredLevel": "urn:example:level-2",
                "rubricCriterionLevel": [
                    {
                        "id": "urn:example:level-2",
                        "type": ["RubricCriterionLevel"],
                        "name": "No detours",
                    }
                ],
            }
        ],
    }


def good_badge_class() -> dict[str, Any]:
    """An Open Badges 2.0 badge class that keeps every rule."""
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "BadgeClass",
        "id": "https://school.example/badges/forklift",
        "@language": "en",
        "version": "1",
        "name": "Forklift driving",
        "description": "Drive a forklift truck in a narrow warehouse without damage.",
        "image": "https://school.example/badges/forklift.png",
        "criteria": {
            "narrative": "An examiner observes one hour of driving and signs a checklist."
        },
        "issuer": "https://school.example/issuer.json",
        "tags": ["warehouse"],
        "alignment": [
            {
                "targetName": "operate forklift",
                "targetUrl": "https://framework.example/skills/18",
                "targetFramework": "Example framework 1.0",
            }
        ],
    }


def good_assertion() -> dict[str, Any]:
    """An Open Badges 2.0 assertion that keeps every rule, its badge class inside it."""
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": "https://school.example/assertions/18",
        "recipient": {
            "type": "email",
            "hashed": True,
            "salt": "sea",
            "identity": "sha256$c7ef86405ba71b85acd8e2e95166c4b111448089f2e1599f42fe1bba46e865c5",
        },
        "badge": {key: value for key, value in good_badge_class().items() if key != "@context"},
        "verification": {"type": "hosted"},
        "issuedOn": "2026-01-31T12:00:00Z",
        "expires": "2029-01-31T12:00:00Z",
        "evidence": "https://school.example/work/18",
    }


def good_ctdl() -> dict[str, Any]:
    """A CTDL credential that keeps every rule."""
    return {
        "@context": "https://credreg.net/ctdl/schema/context/json",
        "@id": "https://credentialengineregistry.org/resources/"
        "ce-14525aea-57c5-4f5a-8f1c-bdc95c7f8b9b",
        "@type": "ceterms:Certificate",
        "ceterms:ctid": "ce-14525aea-57c5-4f5a-8f1c-bdc95c7f8b9b",
        "ceterms:name": {"en": "Bakery certificate"},
        "ceterms:description": {"en": "Shows that its holder can bake bread for a small shop."},
        "ceterms:subjectWebpage": "https://school.example/bakery",
        "ceterms:inLanguage": ["en"],
        "ceterms:ownedBy": ["https://school.example/org"],
        "ceterms:credentialStatusType": {"ceterms:targetNode": "credentialStat:Active"},
        "ceterms:keyword": {"en": ["bread"]},
        "ceterms:availabilityListing": ["https://school.example/dates"],
        "ceterms:estimatedCost": [{"ceterms:price": 100}],
        "ceterms:estimatedDuration": [{"ceterms:exactDuration": "P4W"}],
        "ceterms:occupationType": [{"ceterms:targetNodeName": {"en": "Baker"}}],
        "ceterms:audienceLevelType": [{"ceterms:targetNode": "audLevel:BeginnerLevel"}],
        "ceterms:dateEffective": "2026-01-01",
        "ceterms:expirationDate": "2028-01-01",
        "ceterms:requires": [
            {
                "ceterms:targetCompetency": [
                    {"ceterms:targetNodeName": {"en": "Bake bread in a stone oven"}}
                ]
            }
        ],
    }


def good_rsd() -> dict[str, Any]:
    """A rich skill descriptor that keeps every rule."""
    return {
        "type": "RichSkillDescriptor",
        "id": "https://skills.example/1",
        "skillName": "Access control",
        "skillStatement": "Maintain the locks of a site with tools that its owner provides.",
        "authors": ["Harbour School"],
    }


def good_edc() -> dict[str, Any]:
    """A European Digital Credential that keeps every rule."""
    return {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "http://data.europa.eu/snb/model/context/edc-ap",
        ],
        "id": "urn:credential:17",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": {
            "id": "urn:epass:org:1",
            "type": "Organisation",
            "legalName": {"en": "Harbour School"},
            "location": {"address": {"countryCode": {"id": "https://countries.example/DEU"}}},
            "accreditation": {"title": {"en": "State recognition"}},
        },
        "issuanceDate": "2026-01-31T12:00:00Z",
        "validFrom": "2026-01-31T12:00:00Z",
        "credentialSubject": {
            "id": "urn:epass:person:1",
            "type": "Person",
            "fullName": {"en": "Ada Example"},
            "hasClaim": {
                "id": "urn:epass:learningAchievement:1",
                "type": "LearningAchievement",
                "title": {"en": "Route planning"},
                "description": {"en": "Plan delivery routes for a small fleet."},
                "provenBy": {"type": "LearningAssessment", "title": {"en": "Written exam"}},
                "specifiedBy": {
                    "type": "Qualification",
                    "volumeOfLearning": "PT50H",
                    "eqfLevel": {"id": "http://data.europa.eu/snb/eqf/4"},
                    "mode": {"prefLabel": {"en": "Online"}},
                    "learningOutcome": [
                        {"title": {"en": "Plan delivery routes with a map service"}}
                    ],
                },
            },
        },
    }


def edited(document: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return a copy in which each pointer has a new value; ``REMOVED`` takes it away."""
    made = copy.deepcopy(document)
    for pointer, value in changes.items():
        *above, last = pointer.split("/")[1:]
        holder: Any = made
        for part in above:
            holder = holder[int(part)] if isinstance(holder, list) else holder[part]
        key: Any = int(last) if isinstance(holder, list) else last
        if value is REMOVED:
            del holder[key]
        else:
            holder[key] = value
    return made


GOOD = {
    "credential": good_credential,
    "achievement": good_achievement,
    "badge class": good_badge_class,
    "assertion": good_assertion,
    "CTDL": good_ctdl,
    "RSD": good_rsd,
    "EDC": good_edc,
}
