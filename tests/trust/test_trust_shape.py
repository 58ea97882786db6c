"""Whether a credential has the fields and types that its format asks for."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from skillmatch.model.credential import Credential, CredentialFormat
from skillmatch.model.verification import CheckState
from skillmatch.trust.shape import check_shape
from tests.trust.badge_samples import ASSERTION, BADGE, changed, read

SUBJECT = "credentialSubject"
ACHIEVEMENT = f"{SUBJECT}/achievement"


def test_a_complete_badge_has_its_shape() -> None:
    """What the specification requires is enough; nothing optional is asked for."""
    check = check_shape(read(BADGE))

    assert check.state is CheckState.VALID, check.reason


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("id", None, "/id is missing"),
        ("id", "no uri", "/id should be"),
        ("issuer", None, "/issuer is missing"),
        ("issuer", "Example Guild", "/issuer should be"),
        ("issuer/type", ["Organisation"], "/issuer/type should include Profile"),
        ("issuer/type", None, "/issuer/type is missing"),
        ("validFrom", None, "/validFrom is missing"),
        ("validFrom", "1 January 2025", "/validFrom should be a date-time"),
        ("validUntil", "2026-02-01", "/validUntil should be a date-time"),
        ("type", ["VerifiableCredential", "Diploma"], "/type should include AchievementCredential"),
        ("@context", ["https://www.w3.org/ns/credentials/v2"], "/@context/1 should be a known"),
        (SUBJECT, None, "/credentialSubject is missing"),
        (f"{SUBJECT}/id", None, "/credentialSubject/id or identifier is missing"),
        (f"{SUBJECT}/type", ["Person"], "type should include AchievementSubject"),
        (f"{SUBJECT}/achievement", None, "/credentialSubject/achievement is missing"),
        (f"{ACHIEVEMENT}/id", None, "achievement/id is missing"),
        (f"{ACHIEVEMENT}/name", None, "achievement/name is missing"),
        (f"{ACHIEVEMENT}/name", 7, "achievement/name should be a string"),
        (f"{ACHIEVEMENT}/description", None, "achievement/description is missing"),
        (f"{ACHIEVEMENT}/criteria", None, "achievement/criteria is missing"),
        (f"{ACHIEVEMENT}/criteria", "Do it.", "criteria should be an object"),
        (f"{ACHIEVEMENT}/creditsAvailable", "5", "creditsAvailable should be a number"),
        (
            f"{ACHIEVEMENT}/alignment",
            [{"type": "Alignment", "targetUrl": "https://x.example"}],
            "alignment/0/targetName is missing",
        ),
        (
            f"{ACHIEVEMENT}/resultDescription",
            {"id": "urn:x:1", "type": "Description", "name": "n", "resultType": "Status"},
            "resultDescription/type should include ResultDescription",
        ),
        (f"{SUBJECT}/result", [{"type": ["Outcome"]}], "result/0/type should include Result"),
        (f"{SUBJECT}/source", {"id": "urn:x:2", "type": "School"}, "type should include Profile"),
        ("evidence", {"type": "Work"}, "/evidence/type should include Evidence"),
        ("proof", {"created": "2025-01-01T00:00:00Z"}, "/proof/type is missing"),
        ("credentialStatus", {"id": "urn:x:3"}, "/credentialStatus/type is missing"),
        ("credentialSchema", {"type": "JsonSchema"}, "/credentialSchema/id is missing"),
        ("name", {"@value": "n", "url": "urn:x:4"}, "/name should be a string or language"),
    ],
)
def test_a_fault_is_named_with_its_place(path: str, value: object, named: str) -> None:
    """An issuer can correct only what is pointed at; each requirement is broken by itself."""
    check = check_shape(read(changed(BADGE, path, value)))

    assert check.state is CheckState.INVALID
    assert named in check.reason


def test_all_faults_are_named_at_once() -> None:
    """Somebody who mends one fault at a time would need as many rounds."""
    twice = changed(changed(BADGE, "validFrom"), f"{ACHIEVEMENT}/description")

    reason = check_shape(read(twice)).reason

    assert "/validFrom is missing" in reason
    assert "description is missing" in reason


def test_a_recipient_may_be_named_by_identity_alone() -> None:
    """Many learners have no DID; Open Badges 3.0 takes a hashed address instead."""
    identity = [{"type": "IdentityObject", "identityHash": "a@b.example", "hashed": False}]
    identity[0]["identityType"] = "emailAddress"
    document = changed(BADGE, SUBJECT + "/id")
    document["credentialSubject"]["identifier"] = identity

    assert check_shape(read(document)).state is CheckState.VALID


@pytest.mark.parametrize(
    ("context", "types", "state"),
    [
        ([{"Own": "https://x.example/#Own"}], ["Own"], CheckState.VALID),
        ([{"Own": "not a url"}], ["Own"], CheckState.INVALID),
        ([], ["Own"], CheckState.INVALID),
        ([], ["https://x.example/#Own"], CheckState.VALID),
        ([{"VerifiableCredential": "https://x.example/#Other"}], [], CheckState.INVALID),
        (
            [
                {"@protected": True, "Own": "https://x.example/#Own"},
                {"Own": "https://x.example/#Changed"},
            ],
            ["Own"],
            CheckState.INVALID,
        ),
        (["https://x.example/context", {}], ["Own"], CheckState.VALID),
        ([17], [], CheckState.INVALID),
    ],
)
def test_types_must_mean_something(context: list[Any], types: list[str], state: CheckState) -> None:
    """A type that no context maps to a URL, or that one redefines, means whatever one likes."""
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2", *context],
        "type": ["VerifiableCredential", *types],
        "issuer": "did:example:issuer",
        "credentialSubject": {"id": "did:example:learner"},
    }

    assert check_shape(read(document)).state is state


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("@context", "https://w3id.org/openbadges/other", "/@context should be"),
        ("type", ["Award", "Assertion_"], "/type should include Assertion"),
        ("recipient/identity", None, "/recipient/identity is missing"),
        ("recipient/hashed", "yes", "/recipient/hashed should be true or false"),
        ("issuedOn", None, "/issuedOn is missing"),
        ("issuedOn", "yesterday", "/issuedOn should be an ISO 8601"),
        ("verification/type", "stamped", "/verification/type should be hosted or signed"),
        ("badge", {"type": "BadgeClass", "name": "n"}, "/badge/criteria is missing"),
    ],
)
def test_an_open_badge_2_is_held_against_its_own_rules(
    path: str, value: object, named: str
) -> None:
    """Version 2 badges are still the greater part of what learners have."""
    check = check_shape(read(changed(ASSERTION, path, value)))

    assert check.state is CheckState.INVALID
    assert named in check.reason


def test_an_older_jwt_may_state_issuer_and_dates_in_its_claims_alone() -> None:
    """The data model 1.1 lets iss, jti and nbf stand for issuer, id and issuanceDate."""
    inner = changed(changed(changed(BADGE, "issuer"), "id"), "validFrom")
    inner["@context"][0] = "https://www.w3.org/2018/credentials/v1"
    claims = {"vc": inner, "iss": "did:example:issuer", "jti": "urn:x:1", "nbf": 1_700_000_000}

    check = check_shape(read(claims, compact="a.b.c"))

    assert check.state is CheckState.VALID, check.reason


def test_a_presentation_needs_objects_and_a_holder_with_an_address() -> None:
    """A presentation is judged by itself; what it holds is judged apart."""
    held = copy.deepcopy(BADGE)
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": "VerifiablePresentation",
        "holder": {"name": "Nobody"},
        "verifiableCredential": [held, "a.b.c", changed(held, "type", ["OpenBadgeCredential"])],
    }

    reason = check_shape(read(document)).reason

    assert "/holder should be" in reason
    assert "/verifiableCredential/1 should be an object" in reason
    assert "/verifiableCredential/2/type should include VerifiableCredential" in reason


def test_a_format_without_rules_is_unknown_not_valid() -> None:
    """Nobody looked, so nobody may say that it is in order."""
    resume = Credential(format=CredentialFormat.EUROPASS, source="cv.xml", document={})

    assert check_shape(resume).state is CheckState.UNKNOWN


def test_deep_nesting_ends_in_a_fault_not_in_a_crash() -> None:
    """A profile may name a parent organisation, which may name one, without an end."""
    profile: dict[str, Any] = {"id": "urn:x:1", "type": "Profile"}
    for _ in range(40):
        profile = {"id": "urn:x:1", "type": "Profile", "parentOrg": profile}

    check = check_shape(read(changed(BADGE, "issuer", profile)))

    assert "nested too deeply" in check.reason
