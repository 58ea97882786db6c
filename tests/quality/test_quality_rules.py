"""Every rule finds what it is for, and leaves alone what only looks like it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from skillmatch.errors import UnreadableError, UsageError
from skillmatch.quality import Severity, get_rule, lint, lint_badge, rules
from skillmatch.quality.kinds import kind_of
from skillmatch.quality.lint import badge_of, packaged_detector
from skillmatch.quality.profiles import PROFILES
from skillmatch.readers.credentials.node import Node
from tests.quality.lint_samples import GOOD, REMOVED, edited, good_credential

EU = "eu-microcredential"
ACHIEVEMENT = "/credentialSubject/achievement"
ALIGNMENT = f"{ACHIEVEMENT}/alignment/0"
RESULT = f"{ACHIEVEMENT}/resultDescription/0"
NARRATIVE = f"{ACHIEVEMENT}/criteria/narrative"
CLAIM = "/credentialSubject/hasClaim"
JWK = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A document that breaks a rule and a near twin that does not.

    Attributes:
        breaks: Changes to the sample by pointer.
        twin: Changes that come close to those and are fine.
        at: Where the finding must point; "*" for anywhere.
    """

    rule: str
    breaks: dict[str, Any]
    twin: dict[str, Any] = field(default_factory=dict)
    sample: str = "credential"
    at: str = "*"


CASES = (
    Case(rule="A1", breaks={f"{ACHIEVEMENT}/criteria": REMOVED}, at=ACHIEVEMENT),
    Case(rule="A1", breaks={f"{ACHIEVEMENT}/name": ["a", {}]}, twin={f"{ACHIEVEMENT}/name": "a"}),
    Case(
        rule="A1",
        breaks={"/issuer/type": ["Organisation"]},
        twin={"/issuer/type": ["Organisation", "Profile"]},
        at="/issuer/type",
    ),
    Case(
        rule="A1",
        breaks={"/validFrom": "31.1.2026"},
        twin={"/validFrom": "2026-01-31T12:00:00.5+01:00"},
        at="/validFrom",
    ),
    Case(rule="A1", breaks={ACHIEVEMENT: "https://school.example/a"}, at=ACHIEVEMENT),
    Case(rule="A1", sample="badge class", breaks={"/image": REMOVED}, at=""),
    Case(
        rule="A1",
        sample="assertion",
        breaks={"/recipient/hashed": REMOVED},
        twin={"/recipient/hashed": False},
        at="/recipient",
    ),
    Case(
        rule="A2",
        breaks={"/@context": list(reversed(good_credential()["@context"]))},
        at="/@context/0",
    ),
    Case(
        rule="A2",
        breaks={"/@context/1": "https://purl.imsglobal.org/spec/ob/v3p0/context-3.9.9.json"},
        twin={"/@context/1": "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"},
        at="/@context/1",
    ),
    Case(
        rule="A2",
        sample="badge class",
        breaks={"/@context": "https://w3id.org/openbadges/v9x/none"},
        twin={"/@context": ["https://w3id.org/openbadges/v2"]},
    ),
    Case(
        rule="A3",
        breaks={f"{ALIGNMENT}/confidence": 0.9},
        twin={f"{ALIGNMENT}/targetCode": "17"},
        at=f"{ALIGNMENT}/confidence",
    ),
    Case(
        rule="A3",
        breaks={f"{ACHIEVEMENT}/id": "routes"},
        twin={f"{ACHIEVEMENT}/id": "urn:example:routes"},
        at=f"{ACHIEVEMENT}/id",
    ),
    Case(
        rule="A4",
        breaks={"/credentialSubject/id": REMOVED},
        twin={
            "/credentialSubject/id": REMOVED,
            "/credentialSubject/identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityHash": "sha256$00",
                    "identityType": "emailAddress",
                }
            ],
        },
        at="/credentialSubject",
    ),
    Case(
        rule="A5",
        breaks={f"{ALIGNMENT}/targetType": "Skill"},
        twin={f"{ALIGNMENT}/targetType": "ext:Skill"},
        at=f"{ALIGNMENT}/targetType",
    ),
    Case(
        rule="A6",
        breaks={f"{ALIGNMENT}/targetUrl": "/skills/17"},
        twin={f"{ALIGNMENT}/targetUrl": "urn:example:17"},
        at=f"{ALIGNMENT}/targetUrl",
    ),
    Case(rule="A6", breaks={f"{ALIGNMENT}/targetUrl": "https:///17"}, at=f"{ALIGNMENT}/targetUrl"),
    Case(
        rule="A7",
        breaks={"/credentialSubject/result/0/resultDescription": "urn:example:other"},
        at="/credentialSubject/result/0/resultDescription",
    ),
    Case(
        rule="A7",
        breaks={"/credentialSubject/result/0/achievedLevel": "urn:example:other"},
        at="/credentialSubject/result/0/achievedLevel",
    ),
    Case(
        rule="A7",
        breaks={f"{RESULT}/requiredLevel": "urn:example:mark"},
        at=f"{RESULT}/requiredLevel",
    ),
    Case(
        rule="A7",
        breaks={f"{RESULT}/requiredValue": "b"},
        twin={f"{RESULT}/requiredValue": "A"},
        at=f"{RESULT}/requiredValue",
    ),
    Case(
        rule="A7",
        breaks={f"{RESULT}/resultType": "Status"},
        twin={f"{RESULT}/resultType": "Status", "/credentialSubject/result/0/status": "Completed"},
        at="/credentialSubject/result/0",
    ),
    Case(
        rule="A8",
        breaks={"/validUntil": "2026-01-31T11:59:59Z"},
        twin={"/validUntil": "2026-01-31T13:00:00+01:00"},
        at="/validUntil",
    ),
    Case(rule="A8", sample="assertion", breaks={"/expires": "2020-01-01T00:00:00Z"}, at="/expires"),
    Case(rule="A8", sample="CTDL", breaks={"/ceterms:expirationDate": "2020-01-01"}),
    Case(
        rule="A9",
        sample="CTDL",
        breaks={"/ceterms:ctid": "ce-14525aea-57c5-1f5a-8f1c-bdc95c7f8b9b"},
        twin={"/ceterms:ctid": "ce-14525AEA-57c5-4f5a-8f1c-bdc95c7f8b9b"},
        at="/ceterms:ctid",
    ),
    Case(
        rule="A9",
        breaks={f"{ALIGNMENT}/targetUrl": "https://credentialengineregistry.org/resources/ce-17"},
        twin={f"{ALIGNMENT}/targetUrl": "https://other.example/resources/ce-17"},
    ),
    Case(
        rule="A10",
        breaks={
            "/issuer/publicKeyJwk": {**JWK, "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}
        },
        twin={"/issuer/publicKeyJwk": JWK},
        at="/issuer/publicKeyJwk/d",
    ),
    Case(
        rule="A10",
        breaks={
            "/proof": {"privateKeyMultibase": "z3u2en7t5LR2WtQH5PfFqMqwVHgeXouLzo6haApm8XHqvjxq"}
        },
        twin={"/proof": {"publicKeyMultibase": "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQXJPqSsLVBBpa"}},
    ),
    Case(
        rule="B1",
        breaks={f"{ACHIEVEMENT}/criteria": {"id": "https://school.example/criteria"}},
        at=f"{ACHIEVEMENT}/criteria",
    ),
    Case(
        rule="B1",
        breaks={NARRATIVE: "https://school.example/criteria"},
        twin={NARRATIVE: "Two teachers grade a plan: https://school.example/criteria"},
        at=NARRATIVE,
    ),
    Case(rule="B1", sample="badge class", breaks={"/criteria": "https://school.example/criteria"}),
    Case(rule="B1", sample="assertion", breaks={"/badge": "https://school.example/b"}, at="/badge"),
    Case(
        rule="B2",
        breaks={f"{ACHIEVEMENT}/alignment": []},
        at=ACHIEVEMENT,
    ),
    Case(
        rule="B2",
        breaks={f"{ALIGNMENT}/targetFramework": REMOVED, f"{ALIGNMENT}/targetType": REMOVED},
        twin={f"{ALIGNMENT}/targetFramework": REMOVED},
        at=ALIGNMENT,
    ),
    Case(
        rule="B2",
        breaks={f"{ALIGNMENT}/targetUrl": "http://data.europa.eu/esco/skill/"},
        twin={f"{ALIGNMENT}/targetUrl": "http://data.europa.eu/esco/skill/17"},
        at=f"{ALIGNMENT}/targetUrl",
    ),
    Case(
        rule="B3",
        breaks={f"{ACHIEVEMENT}/description": "Awarded for completing the logistics course."},
        twin={
            f"{ACHIEVEMENT}/description": "Awarded for completing the logistics course. The holder "
            "can plan routes with a map."
        },
        at=f"{ACHIEVEMENT}/description",
    ),
    Case(
        rule="B3",
        breaks={f"{ACHIEVEMENT}/description": "Plan routes with maps. " * 30},
        twin={f"{ACHIEVEMENT}/description": "Plan routes with maps. " * 20},
        at=f"{ACHIEVEMENT}/description",
    ),
    Case(
        rule="B4",
        breaks={f"{ACHIEVEMENT}/description": "Understand delivery routes for small fleets."},
        twin={f"{ACHIEVEMENT}/description": "Explain delivery routes for small fleets."},
        at=f"{ACHIEVEMENT}/description",
    ),
    Case(
        rule="B4",
        breaks={f"{ACHIEVEMENT}/description": "A badge about routes."},
        twin={f"{ACHIEVEMENT}/description": "A badge whose holder is able to plan routes for us."},
        at=ACHIEVEMENT,
    ),
    Case(
        rule="B4",
        sample="RSD",
        breaks={"/skillStatement": "Food safety", "/inLanguage": "en"},
        twin={"/skillStatement": "Weigh food", "/inLanguage": "en"},
        at="/skillStatement",
    ),
    Case(
        rule="B5",
        sample="RSD",
        breaks={"/skillStatement": "Students maintain locks with tools."},
        twin={"/skillStatement": "Maintain locks of students with tools."},
        at="/skillStatement",
    ),
    Case(
        rule="B5",
        breaks={f"{ACHIEVEMENT}/description": "Collaborate."},
        twin={f"{ACHIEVEMENT}/description": "Collaborate with drivers."},
    ),
    Case(rule="B6", sample="RSD", breaks={"/authors": []}, twin={"/authors": [{"name": "A"}]}),
    Case(
        rule="B7",
        breaks={NARRATIVE: "Everybody attended all sessions of the workshop."},
        twin={NARRATIVE: "Everybody attended all sessions of the workshop and passed a test."},
        at=NARRATIVE,
    ),
    Case(
        rule="B7",
        breaks={NARRATIVE: "For those who love maps and long roads."},
        twin={NARRATIVE: "For those who love maps; a jury judges three plans."},
        at=NARRATIVE,
    ),
    Case(
        rule="B8",
        breaks={"/evidence": [], "/credentialSubject/result": []},
        twin={"/evidence": []},
        at="",
    ),
    Case(
        rule="B8",
        breaks={"/evidence/0/id": "https://github.com/someone/routes"},
        twin={"/evidence/0/id": f"https://github.com/someone/routes/tree/{'0a' * 20}"},
        at="/evidence/0",
    ),
    Case(
        rule="B8",
        breaks={"/evidence/0/id": "https://school.example/work?email=ada%40example.org"},
        twin={"/evidence/0/id": "https://school.example/work?page=2"},
        at="/evidence/0",
    ),
    Case(
        rule="B8",
        breaks={"/evidence/0/narrative": "Written to ada@example.org in 2026"},
        twin={"/evidence/0/narrative": "Written at noon in 2026"},
    ),
    Case(
        rule="B9",
        breaks={f"{ACHIEVEMENT}/achievementType": "License", "/validUntil": REMOVED},
        twin={f"{ACHIEVEMENT}/achievementType": "License"},
        at=f"{ACHIEVEMENT}/achievementType",
    ),
    Case(rule="B10", breaks={f"{ACHIEVEMENT}/version": REMOVED}, at=ACHIEVEMENT),
    Case(rule="B10", sample="badge class", breaks={"/@language": REMOVED}, at=""),
    Case(rule="B11", breaks={"/credentialStatus": REMOVED}, at=""),
    Case(
        rule="B11",
        breaks={"/credentialSubject/id": "mailto:ada@example.org"},
        twin={"/credentialSubject/id": "urn:uuid:9d8fbe17-6100-446e-93f6-3385e9a3b584"},
        at="/credentialSubject/id",
    ),
    Case(
        rule="B11",
        sample="assertion",
        breaks={"/recipient/hashed": False},
        at="/recipient/identity",
    ),
    Case(
        rule="B12",
        sample="CTDL",
        breaks={"/ceterms:ownedBy": REMOVED},
        twin={"/ceterms:ownedBy": REMOVED, "/ceterms:offeredBy": ["https://school.example/org"]},
    ),
    Case(rule="B13", sample="CTDL", breaks={"/ceterms:estimatedCost": REMOVED}),
    Case(
        rule="B14",
        breaks={f"{ACHIEVEMENT}/name": "Route Guru"},
        twin={f"{ACHIEVEMENT}/name": "Routes of Gurugram"},
        at=f"{ACHIEVEMENT}/name",
    ),
    Case(rule="C1", sample="EDC", breaks={"/credentialSubject": {"hasClaim": {}}}),
    Case(
        rule="C2",
        breaks={"/name": "", f"{ACHIEVEMENT}/name": ""},
        twin={"/name": ""},
    ),
    Case(
        rule="C3",
        breaks={"/issuer/address": REMOVED, f"{ACHIEVEMENT}/creator/address": REMOVED},
        twin={"/issuer/address": REMOVED},
        at="/issuer",
    ),
    Case(
        rule="C4",
        breaks={"/issuer/name": REMOVED, f"{ACHIEVEMENT}/creator/name": REMOVED},
        twin={f"{ACHIEVEMENT}/creator/name": REMOVED},
    ),
    Case(
        rule="C5",
        breaks={"/validFrom": REMOVED},
        twin={"/validFrom": REMOVED, "/awardedDate": "2026-01-31T12:00:00Z"},
    ),
    Case(
        rule="C6",
        sample="EDC",
        breaks={f"{CLAIM}/specifiedBy/learningOutcome": []},
        twin={f"{CLAIM}/specifiedBy/learningOutcome": [{"id": "urn:example:1"}]},
    ),
    Case(rule="C7", breaks={f"{ACHIEVEMENT}/creditsAvailable": REMOVED}, at=NARRATIVE),
    Case(rule="C7", sample="EDC", breaks={f"{CLAIM}/specifiedBy/volumeOfLearning": REMOVED}, at=""),
    Case(rule="C8", breaks={f"{ACHIEVEMENT}/alignment/1": REMOVED}, at=""),
    Case(rule="C8", sample="EDC", breaks={f"{CLAIM}/specifiedBy/eqfLevel": REMOVED}),
    Case(rule="C9", breaks={RESULT: REMOVED, "/credentialSubject/result": []}, at=NARRATIVE),
    Case(rule="C9", sample="EDC", breaks={f"{CLAIM}/provenBy": REMOVED}, at=""),
    Case(
        rule="C10",
        breaks={NARRATIVE: "Two teachers grade three route plans."},
        twin={
            NARRATIVE: "Two teachers grade three route plans.",
            f"{ACHIEVEMENT}/ext:mode": "online",
        },
    ),
    Case(rule="C11", breaks={f"{ACHIEVEMENT}/endorsementJwt": REMOVED}, at=""),
    Case(rule="C11", sample="EDC", breaks={"/issuer/accreditation": REMOVED}),
)


def found(document: dict[str, Any], rule: str) -> list[str]:
    """Return the places where a rule finds something; no other rule is run."""
    root, one = Node(document), get_rule(rule)
    kind = kind_of(root)
    assert kind is not None
    badge = badge_of(root, kind, packaged_detector)
    return [flaw.pointer for flaw in one.check(badge)] if kind in one.kinds else []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{sorted(case.breaks)[0]}")
def test_a_rule_finds_what_it_is_for_and_spares_the_near_twin(case: Case) -> None:
    """A rule that never fires and one that always does are equally useless."""
    sample = GOOD[case.sample]()

    broken = found(edited(sample, case.breaks), case.rule)
    spared = found(edited(sample, case.twin), case.rule)

    assert broken
    assert case.at in ("*", *broken)
    # What only words tell of participation stays a note; the twins of C10 give it a field.
    assert spared == ([NARRATIVE] if case.rule == "C10" and not case.twin else [])


def test_every_rule_has_a_case() -> None:
    """A rule without a document that breaks it may be dead."""
    assert {case.rule for case in CASES} == {one.id for one in rules()}


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_badge_that_does_everything_right_has_no_findings(name: str) -> None:
    """Advice must be possible to follow, all of it at once."""
    report = lint_badge(Node(GOOD[name]()))

    assert [(one.rule, one.pointer) for one in report.findings if one.rule != "C10"] == []
    assert report.score is not None
    assert report.score.value >= 99


def test_findings_say_why_it_matters_how_to_mend_it_and_where_it_comes_from() -> None:
    """A bare code sends people to a search engine."""
    lacking = [one.id for one in rules() if not (one.title and one.why and one.mend and one.source)]

    assert lacking == []


def test_rules_of_the_specification_are_errors_and_no_others() -> None:
    """An error stops a build; advice on wording must not."""
    errors = {one.id for one in rules() if one.severity is Severity.ERROR}

    assert errors == {f"A{number}" for number in range(1, 11)}


def test_every_rule_is_in_a_profile() -> None:
    """A rule outside every profile never runs."""
    assert {name for names in PROFILES.values() for name in names} == {one.id for one in rules()}


def test_private_key_material_and_identities_are_never_repeated() -> None:
    """A report is copied further than the badge."""
    key = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
    document = edited(
        good_credential(),
        {
            "/issuer/publicKeyJwk": {**JWK, "d": key},
            "/credentialSubject/id": "mailto:ada@example.org",
            "/evidence/0/narrative": "Call +49 30 1234567 or ada@example.org",
        },
    )

    findings = repr(lint(document))

    assert key not in findings
    assert "ada@" not in findings
    assert "1234567" not in findings


def test_a_micro_credential_is_held_to_the_european_elements_by_itself() -> None:
    """The profile follows from what the badge says it is."""
    plain = edited(good_credential(), {f"{ACHIEVEMENT}/achievementType": "Badge"})

    assert lint_badge(Node(good_credential())).profile == EU
    assert lint_badge(Node(plain)).profile == "ob3"
    assert lint_badge(Node(plain), profile=EU).profile == EU


def test_a_document_of_no_kind_is_refused_unless_a_profile_is_named() -> None:
    """Guessing what a file should have been helps nobody; being told does."""
    with pytest.raises(UnreadableError, match="neither an Open Badge"):
        lint({"hello": "world"})

    assert [one.rule for one in lint({"hello": "world"}, profile="ob3")].count("A1") > 3


def test_an_unknown_profile_or_rule_is_refused_with_those_that_there_are() -> None:
    """A typing error must not pass for a clean bill."""
    with pytest.raises(UsageError, match="eu-microcredential"):
        lint(good_credential(), profile="ob4")
    with pytest.raises(UsageError, match="B14"):
        get_rule("Z1")


def test_what_only_links_an_achievement_gets_no_score() -> None:
    """A hundred for nothing would be the best score of all."""
    document = edited(GOOD["assertion"](), {"/badge": "https://school.example/badges/forklift"})

    assert lint_badge(Node(document)).score is None
    assert lint_badge(Node(GOOD["assertion"]())).score is not None


def test_findings_come_by_rule_then_place() -> None:
    """The same badge gives the same report, and /10 comes after /2."""
    alignments = [{"type": ["Alignment"], "targetName": "x", "targetUrl": "x"} for _ in range(12)]
    document = edited(good_credential(), {f"{ACHIEVEMENT}/alignment": alignments})

    places = [one.pointer for one in lint(document) if one.rule == "A6"]

    assert places == [f"{ACHIEVEMENT}/alignment/{number}/targetUrl" for number in range(12)]
    assert lint(document) == lint(document)
