"""Published files, broken on purpose or not, give the rules that their names promise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skillmatch.quality import lint_badge
from skillmatch.quality.batch import LintResult, Options, lint_path, result_of
from skillmatch.quality.kinds import Kind
from skillmatch.quality.reading import Nature, Vagueness
from skillmatch.readers.credentials.node import Node

pytestmark = pytest.mark.shared

VALIDATOR = "credentials/1edtech-validator/inspector-vc/src/test/resources"
BADGES_3 = f"{VALIDATOR}/ob30"
BADGES_2 = f"{VALIDATOR}/ob20"
MYNEXTID = "credentials/mynextid/microcredential/v1"
CTDL = "credentials/ctdl-registry-assistant"


def linted(path: Path) -> LintResult:
    """Return what is found in a path."""
    options = Options()
    return result_of(tuple(lint_path(path, options)), options)


def found(path: Path) -> set[tuple[str, str]]:
    """Return rule and place of each error in a file of one badge."""
    (badge,) = linted(path).badges
    return {(one.rule, one.pointer) for one in badge.findings if one.rule.startswith("A")}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("simple-err-context", {("A2", "/@context/0")}),
        ("simple-err-issuer", {("A1", "")}),
        ("simple-err-issuer-type", {("A1", "/issuer/type")}),
        ("simple-err-issuer-parentorg-type", {("A1", "/issuer/parentOrg/type")}),
        ("simple-err-issuer-otheridentifier-type", {("A1", "/issuer/otherIdentifier/1/type")}),
        ("simple-err-type", {("A1", "/type"), ("A1", "/credentialSubject")}),
        ("simple-err-credential-subject-type", {("A1", "/credentialSubject/type")}),
        ("simple-err-credential-subject-profile-type", {("A1", "/credentialSubject/source/type")}),
        (
            "simple-err-credential-subject-identifier-type",
            {("A1", "/credentialSubject/identifier/0/type")},
        ),
        (
            "simple-err-credential-subject-result-type",
            {
                ("A1", "/credentialSubject/result/1/type"),
                ("A7", "/credentialSubject/result/0/resultDescription"),
            },
        ),
        (
            "simple-err-credential-subject-achievement-result-description-type",
            {("A1", "/credentialSubject/achievement/resultDescription/2/type")},
        ),
        ("simple-err-evidence-type", {("A1", "/evidence/1/type")}),
    ],
)
def test_a_file_broken_on_purpose_gives_the_rule_of_its_fault(
    shared_data: Path, name: str, expected: set[tuple[str, str]]
) -> None:
    """The names of these files are the only independent answer there is."""
    assert found(shared_data / BADGES_3 / f"{name}.json") >= expected


@pytest.mark.parametrize(
    "name",
    ["simple", "simple_v1", "simple-context-alias", "simple-context-version", "complete",
     "simple-did-key-method", "simple-did-web-method", "simple-err-expired"],
)  # fmt: skip
def test_a_sound_file_breaks_no_rule_of_the_specification(shared_data: Path, name: str) -> None:
    """Expiry and proofs are for `badge verify`; an error here would be a false one."""
    assert found(shared_data / BADGES_3 / f"{name}.json") == set()


@pytest.mark.parametrize(
    "name", ["simple-json.png", "simple-json.svg", "simple-jwt.png", "simple-jwt.svg"]
)
def test_a_badge_in_a_picture_is_judged_like_its_file(shared_data: Path, name: str) -> None:
    """Pictures are how badges are handed out."""
    folder = shared_data / BADGES_3
    (plain,) = linted(folder / "simple.json").badges

    (baked,) = linted(folder / name).badges

    rules = [one.rule for one in plain.findings]
    assert [one.rule for one in baked.findings] == rules


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("basic-assertion-expired-before-issued", {("A8", "/expires")}),
        ("basic-assertion-invalid-context", {("A2", "/@context")}),
        ("basic-assertion-invalid-type", {("A1", "/type")}),
        ("basic-assertion", set()),
        ("basic-assertion-in-future", set()),
    ],
)
def test_files_of_version_two_give_the_rules_of_their_faults(
    shared_data: Path, name: str, expected: set[tuple[str, str]]
) -> None:
    """The older format is the one that most providers still have."""
    errors = found(shared_data / BADGES_2 / f"{name}.json")

    assert errors >= expected
    assert bool(errors - {("A3", "/@context")}) is bool(expected)


def test_a_micro_credential_misses_what_its_format_has_no_field_for(shared_data: Path) -> None:
    """One real file with ESCO alignments: the gaps are named, one by one."""
    (badge,) = linted(
        shared_data / MYNEXTID / "open-badge/examples/open-badge-mc-example.json"
    ).badges

    assert badge.profile == "eu-microcredential"
    european = {one.rule for one in badge.findings if one.rule.startswith("C")}
    assert european == {"C3", "C8", "C9", "C10", "C11"}
    assert [one.pointer for one in badge.findings if one.rule == "B2"] == [
        "/credentialSubject/achievement/alignment/0",
        "/credentialSubject/achievement/alignment/1",
    ]


@pytest.mark.parametrize("name", ["edc-mc-example.json", "edc-mc-signed.jsonld"])
def test_a_european_credential_has_nearly_all_elements(shared_data: Path, name: str) -> None:
    """The European model has a field for each of them but one of this file's."""
    (badge,) = linted(shared_data / MYNEXTID / "edc/examples" / name).badges

    assert badge.kind is Kind.EDC
    assert {one.rule for one in badge.findings} == {"B3", "C11"}


def test_envelopes_of_the_registry_are_judged_or_told_apart(shared_data: Path) -> None:
    """Credentials, courses and assessments are; organisations and cost manifests are not badges."""
    result = linted(shared_data / CTDL)

    names = {one.source.rsplit("/", 1)[1] for one in result.badges}
    assert names == {
        "AssessmentEnvelope.json",
        "CredentialEnvelope.json",
        "LearningOpportunityEnvelope.json",
    }
    assert {one.rule for badge in result.badges for one in badge.findings} == {"B12", "B13"}


def test_most_published_skill_statements_are_understood(shared_data: Path) -> None:
    """A hundred statements written by people who were trained to write them well."""
    folder = shared_data / "credentials/osmt-rsd/test/api-test/api/v3"
    skills = [
        skill
        for path in (folder / "skills/get.json", folder / "search/skills/post.json")
        for skill in json.loads(path.read_text(encoding="utf-8"))
    ]

    readings = [one for skill in skills for one in lint_badge(Node(skill)).statements]

    outcomes = [one for one in readings if one.nature is Nature.OUTCOME]
    vague = [one for one in outcomes if Vagueness.VAGUE_VERB in one.reasons]
    assert len(skills) == 100
    assert len(outcomes) >= 97
    assert all(
        "awareness" in one.statement.text or "understand" in one.statement.text.lower()
        for one in vague
    )
    assert not [one for one in outcomes if Vagueness.NO_VERB in one.reasons]


def test_no_published_file_makes_the_lint_fail(shared_data: Path) -> None:
    """Every file of every kind, contexts and schemas included, is judged or named as unread."""
    result = linted(shared_data / "credentials")

    assert len(result.badges) > 300
    assert all(one.reason for one in result.unread)
