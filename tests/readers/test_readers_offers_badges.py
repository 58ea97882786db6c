"""Open Badges as offers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from skillmatch.errors import UnreadableError
from skillmatch.model.offer import Offer, OfferKind, OfferSkill
from skillmatch.readers.offers import catalogue_json, read_catalogue

Json = dict[str, Any]
ACHIEVEMENT: Json = {
    "id": "https://x.example/badges/weld",
    "type": ["Achievement"],
    "name": "Welding badge",
    "description": "Given to who can weld.",
    "achievementType": "Badge",
    "inLanguage": "en",
    "creator": {"id": "https://x.example/", "type": ["Profile"], "name": "Steel School"},
    "criteria": {
        "id": "https://x.example/badges/weld/criteria",
        "narrative": "To earn it:\n\n- Weld two plates\n- Read a drawing",
    },
    "alignment": [
        {
            "type": ["Alignment"],
            "targetName": "weld metal",
            "targetUrl": "http://x.example/skill",
            "targetFramework": "ESCO",
            "targetCode": "S8",
        }
    ],
    "resultDescription": [
        {
            "id": "urn:r",
            "name": "Mastery",
            "rubricCriterionLevel": [
                {
                    "id": "urn:r:1",
                    "name": "Journeyman",
                    "level": "advanced",
                    "alignment": [{"targetName": "TIG welding", "targetUrl": "http://x.example/t"}],
                }
            ],
        }
    ],
}
CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]


def read(folder: Path, document: object) -> Offer:
    """Read the one offer of a document."""
    path = folder / "badge.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    (offer,) = read_catalogue(path).offers
    return offer


def test_a_draft_of_an_achievement_is_an_offer(tmp_path: Path) -> None:
    """Providers have drafts of what they will award, with alignments that the engine wrote."""
    offer = read(tmp_path, {"@context": CONTEXT, **ACHIEVEMENT})

    assert offer == Offer(
        id="https://x.example/badges/weld",
        name="Welding badge",
        kind=OfferKind.BADGE,
        provider="Steel School",
        provider_id="https://x.example/",
        description="Given to who can weld.",
        url="https://x.example/badges/weld/criteria",
        outcomes=("Weld two plates", "Read a drawing"),
        skills=(
            OfferSkill(
                name="weld metal",
                url="http://x.example/skill",
                framework="ESCO",
                code="S8",
                pointer="/alignment/0",
            ),
            OfferSkill(
                name="TIG welding",
                url="http://x.example/t",
                level="advanced",
                pointer="/resultDescription/0/rubricCriterionLevel/0/alignment/0",
            ),
        ),
        languages=("en",),
        source="badge.json",
        pointer="/",
    )


def test_other_editions_and_identifiers_are_the_same_offer(tmp_path: Path) -> None:
    """Somebody may hold the German edition, or an older version, of what is on offer."""
    edition = {"type": ["Related"], "id": "https://x.example/badges/schweissen"}
    identifier = {
        "type": "IdentifierEntry",
        "identifier": "ce-1",
        "identifierType": "identifier",
    }
    achievement = {**ACHIEVEMENT, "related": [edition], "otherIdentifier": [identifier]}
    document = awarded()
    document["credentialSubject"]["achievement"] = achievement

    drafted = read(tmp_path, {"@context": CONTEXT, **achievement})
    held = read(tmp_path, document)

    assert drafted.same_as == held.same_as == ("https://x.example/badges/schweissen", "ce-1")


def awarded() -> Json:
    """Somebody's badge, full of what concerns nobody else."""
    return {
        "@context": CONTEXT,
        "id": "urn:uuid:1234-of-anna",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://x.example/", "type": ["Profile"], "name": "Steel School"},
        "validFrom": "2025-02-03T00:00:00Z",
        "validUntil": "2027-02-03T00:00:00Z",
        "evidence": [{"id": "https://x.example/anna/video", "narrative": "Anna welding"}],
        "credentialSubject": {
            "id": "mailto:anna@x.example",
            "type": ["AchievementSubject"],
            "name": "Anna Muster",
            "narrative": "Anna did well.",
            "achievement": ACHIEVEMENT,
            "result": [
                {
                    "value": "97",
                    "alignment": [
                        {"targetName": "annas talent", "targetUrl": "http://x.example/p"}
                    ],
                }
            ],
        },
    }


def test_an_awarded_badge_describes_its_achievement_and_nobody(tmp_path: Path) -> None:
    """Whoever puts their own badge into a folder must not find themselves in a catalogue."""
    path = tmp_path / "badge.json"
    path.write_text(json.dumps(awarded()), encoding="utf-8")

    catalogue = read_catalogue(path)

    (offer,) = catalogue.offers
    assert (offer.id, offer.name) == ("https://x.example/badges/weld", "Welding badge")
    assert [one.name for one in offer.skills] == ["weld metal", "TIG welding"]
    assert offer.valid_months is None
    stored = catalogue_json(catalogue).casefold()
    assert not any(word in stored for word in ("anna", "mailto", "2025", "2027", "97"))


def test_a_person_who_issues_to_themselves_is_no_provider(tmp_path: Path) -> None:
    """Their name would be personal, and no school."""
    document = awarded()
    document["issuer"] = {"id": "mailto:anna@x.example", "name": "Anna Muster"}
    document["credentialSubject"]["achievement"] = {
        key: value for key, value in ACHIEVEMENT.items() if key != "creator"
    }

    offer = read(tmp_path, document)

    assert (offer.provider, offer.provider_id) == ("", "")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("MicroCredential", OfferKind.BADGE),
        ("Certificate", OfferKind.CERTIFICATE),
        ("License", OfferKind.LICENCE),
        ("MasterDegree", OfferKind.DEGREE),
        ("Course", OfferKind.COURSE),
        ("ext:Something", OfferKind.BADGE),
    ],
)
def test_the_type_of_an_achievement_is_the_kind_of_its_offer(
    tmp_path: Path, kind: str, expected: OfferKind
) -> None:
    """Open Badges 3.0 names the classes of CTDL."""
    document = {"@context": CONTEXT, **ACHIEVEMENT, "achievementType": kind}

    assert read(tmp_path, document).kind is expected


def test_a_badge_class_of_version_2_is_an_offer(tmp_path: Path) -> None:
    """Most badges out there are still these."""
    document = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "BadgeClass",
        "name": "Soldering",
        "description": "Can solder.",
        "criteria": {"narrative": "Solder a board."},
        "issuer": {"id": "https://x.example/", "name": "Steel School"},
        "alignment": [{"targetName": "solder", "targetUrl": "http://x.example/solder"}],
    }

    offer = read(tmp_path, document)

    assert offer.id == "badge.json#/"
    assert offer.provider == "Steel School"
    assert [one.url for one in offer.skills] == ["http://x.example/solder"]


def test_a_badge_baked_into_a_picture_is_an_offer(tmp_path: Path) -> None:
    """Even where it speaks of CTDL, a picture is no JSON."""
    badge = json.dumps({"@context": [*CONTEXT, "https://credreg.net/ctdl/"], **ACHIEVEMENT})
    path = tmp_path / "badge.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" '
        'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">'
        f"<openbadges:credential><![CDATA[{badge}]]></openbadges:credential></svg>",
        encoding="utf-8",
    )

    (offer,) = read_catalogue(path).offers

    assert offer.name == "Welding badge"


def test_a_badge_that_is_only_a_link_is_not_fetched(tmp_path: Path) -> None:
    """Nothing is guessed of it, and nothing is called."""
    document = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": "https://x.example/1",
        "recipient": {"type": "email", "identity": "a@x.example", "hashed": False},
        "badge": "https://x.example/class",
        "issuedOn": "2025-01-01T00:00:00Z",
    }
    path = tmp_path / "badge.json"
    path.write_text(json.dumps(document), encoding="utf-8")

    with pytest.raises(UnreadableError, match="only a link, which is not fetched"):
        read_catalogue(path)


def test_another_credential_of_a_person_is_no_offer(tmp_path: Path) -> None:
    """A diploma with its holder's name describes nothing that others can take."""
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": "https://x.example/",
        "credentialSubject": {"id": "did:example:anna", "name": "Anna Muster"},
    }
    path = tmp_path / "badge.json"
    path.write_text(json.dumps(document), encoding="utf-8")

    with pytest.raises(UnreadableError, match="somebody's credential") as caught:
        read_catalogue(path)

    assert "Anna" not in str(caught.value)
