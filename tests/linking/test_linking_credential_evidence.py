"""What badges show: their own alignments first, their outcomes second, and which it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from skillmatch.linking.alignment_concepts import AlignmentConcepts
from skillmatch.linking.credential_evidence import CredentialReader
from skillmatch.model.concept import ConceptUri
from skillmatch.model.credential import Credential
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.readers.credentials import credential_of
from skillmatch.service.matcher import EVIDENCE, Matcher
from tests.mini_engine import JOB, LISTENING, uri
from tests.readers import badge_samples as samples
from tests.readers.badge_samples import alignment, at_pointer


@pytest.fixture(scope="module")
def reader(mini_matcher: Matcher) -> CredentialReader:
    """The reader over the invented engine, to which every credential is documented."""
    frameworks = mini_matcher.frameworks
    return CredentialReader(
        linker=mini_matcher.linker,
        policy=replace(mini_matcher.policy, min_alone=EVIDENCE, min_mass=EVIDENCE),
        alignments=AlignmentConcepts(
            find=frameworks.find_concept,
            coded=frameworks.find_coded,
            names=frameworks.names,
            family=frameworks.family_of,
        ),
        assure=lambda _: (Assurance.DOCUMENTED, "not verified"),
    )


def badge(achievement: Mapping[str, Any], **subject: Any) -> Credential:  # noqa: ANN401 - JSON
    """Return a badge of an achievement."""
    document = samples.open_badge_3()
    document["credentialSubject"] = {"achievement": {"name": "A badge", **achievement}, **subject}
    return credential_of(document, source="badge.json")


def aligned(*alignments: Mapping[str, Any]) -> Credential:
    """Return a badge with alignments and nothing to read."""
    return badge({"alignment": list(alignments)})


def uris(found: tuple[Evidence, ...]) -> list[ConceptUri]:
    return [one.uri for one in found]


def test_an_alignment_by_url_is_evidence(reader: CredentialReader) -> None:
    """It says who said so, when, where, and that nobody verified it yet."""
    (found,) = reader.read(aligned(alignment("Python!", uri("python"))))

    assert (found.uri, found.kind) == (uri("python"), EvidenceKind.BADGE)
    assert (found.source, found.issuer) == ("badge.json", "Riverside")
    assert (found.text, str(found.issued)) == ("Python!", "2026-01-12")
    assert found.pointer == "/credentialSubject/achievement/alignment/0"
    assert found.assurance is Assurance.DOCUMENTED
    assert found.reason == "not verified (its own alignment)"


@pytest.mark.parametrize(
    ("member", "expected", "how"),
    [
        (alignment("Listening", LISTENING + "?print=1"), LISTENING, ""),
        (
            alignment("x", "https://x.example/1", targetCode="2.A.1.b", targetFramework="O*NET"),
            LISTENING,
            "by its code 2.A.1.b",
        ),
        (
            alignment("develop software", "urn:x:1", targetFramework="ESCO 1.2"),
            uri("develop-software"),
            "by its name",
        ),
        (
            alignment("fax", uri("send-faxes")),
            uri("share-documents"),
            "to its predecessor “send faxes”",
        ),
    ],
    ids=["a page", "a code", "a name", "a withdrawn concept"],
)
def test_other_ways_to_mean_a_concept_are_understood(
    reader: CredentialReader, member: dict[str, Any], expected: str, how: str
) -> None:
    """And the evidence says which way it was."""
    (found,) = reader.read(aligned(member))

    assert found.uri == expected
    own = f"its own alignment, {how}" if how else "its own alignment"
    assert found.reason == f"not verified ({own})"


@pytest.mark.parametrize(
    "member",
    [
        alignment("develop software", "https://frameworks.example/7"),
        alignment("x", "https://frameworks.example/7", targetCode="2.A.1.b"),
        alignment("cook", JOB + "chef"),
        alignment("develop software", "urn:x:1", targetFramework="My school"),
    ],
    ids=["a foreign URL", "a foreign code", "an occupation", "a foreign name"],
)
def test_what_another_framework_means_is_not_guessed(
    reader: CredentialReader, member: dict[str, Any]
) -> None:
    """Codes and names are used by other frameworks for other things."""
    assert reader.read(aligned(member)) == ()


def test_outcomes_are_read_where_no_alignment_names_the_skill(reader: CredentialReader) -> None:
    """Each says that it is a proposal, with the words and their place."""
    credential = badge(
        {
            "description": "They write software. They use version control.",
            "alignment": [alignment("x", uri("develop-software"))],
            "tag": ["Python"],
        }
    )

    found = reader.read(credential)

    by_uri = {one.uri: one for one in found}
    assert by_uri[uri("develop-software")].reason == "not verified (its own alignment)"
    proposed = [one for one in found if one.uri != uri("develop-software")]
    assert {uri("python"), uri("version-control")} <= {one.uri for one in proposed}
    for one in proposed:
        assert one.reason == "not verified (read from its outcomes, proposed)"
        text = at_pointer(credential.document, one.pointer)
        assert one.span is not None
        assert text[one.span.start : one.span.end] == one.text
        assert one.confidence < 1
    assert len(by_uri) == len(found)


@pytest.mark.parametrize("held", [Assurance.VERIFIED, Assurance.ENDORSED])
def test_a_proof_covers_only_skills_that_the_issuer_named(
    reader: CredentialReader, held: Assurance
) -> None:
    """What we read into words that say something near is no word of issuer or endorser."""
    lenient = replace(reader.linker.weights, min_confidence=0.0)
    verified = replace(
        reader,
        linker=replace(reader.linker, weights=lenient),
        policy=replace(reader.policy, min_alone=0.0),
        assure=lambda _: (held, "a known issuer"),
    )
    credential = badge({"description": "Handles version controls daily.", "tag": ["Python"]})

    found = {one.uri: one for one in verified.read(credential)}

    assert found[uri("python")].assurance is held
    near = [one for one in found.values() if one.confidence < 0.5]
    assert near
    assert {one.assurance for one in near} == {Assurance.DOCUMENTED}
    assert all("ask the issuer to align it" in one.reason for one in near)


def levels() -> dict[str, Any]:
    """Return a result description with two rubric levels, each aligned."""
    return {
        "resultDescription": {
            "id": "urn:rd",
            "rubricCriterionLevel": [
                {"id": "urn:low", "name": "low", "alignment": alignment("x", uri("python"))},
                {
                    "id": "urn:high",
                    "name": "high",
                    "alignment": alignment("x", uri("version-control")),
                },
            ],
        }
    }


def test_a_rubric_level_counts_where_it_was_reached(reader: CredentialReader) -> None:
    """A rubric also says what somebody could have reached."""
    reached = badge(levels(), result={"resultDescription": "urn:rd", "achievedLevel": "urn:low"})
    nothing = badge(levels())
    required = levels()
    required["resultDescription"]["requiredLevel"] = "urn:high"

    assert uris(reader.read(reached)) == [uri("python")]
    assert reader.read(nothing) == ()
    assert uris(reader.read(badge(required))) == [uri("version-control")]


def test_a_result_that_was_not_passed_is_not_accepted(reader: CredentialReader) -> None:
    """An enrolment looks like a badge and proves nothing."""
    credential = badge({"alignment": alignment("x", uri("python"))}, result={"status": "Enrolled"})

    (found,) = reader.read(credential)

    assert found.assurance is Assurance.INVALID
    assert found.reason.startswith("its result says Enrolled")


def test_parts_are_assured_by_themselves(reader: CredentialReader) -> None:
    """A good seal around a record makes its parts no better, and a bad one no worse."""
    document = samples.record()
    inner = document["credentialSubject"]["verifiableCredential"][0]
    inner["credentialSubject"]["achievement"] = {
        "name": "A badge",
        "alignment": alignment("x", uri("python")),
    }
    document["credentialSubject"]["achievement"] = [
        {"alignment": alignment("x", uri("version-control"))}
    ]
    judged = replace(
        reader,
        assure=lambda one: (
            (Assurance.VERIFIED, "") if one.id == "urn:uuid:badge-3" else (Assurance.INVALID, "no")
        ),
    )

    found = judged.read(credential_of(document, source="record.json"))

    assert [(one.uri, one.assurance) for one in found if one.uri == uri("python")] == [
        (uri("python"), Assurance.VERIFIED)
    ]
    assert found[0].pointer.startswith("/credentialSubject/verifiableCredential/0/")
    assert uri("version-control") not in uris(found)


@pytest.mark.parametrize("make", [samples.badge_class, samples.achievement, samples.endorsement])
def test_what_nobody_was_awarded_shows_nothing(reader: CredentialReader, make: Any) -> None:  # noqa: ANN401 - a function of samples
    """A description of a badge is not a badge."""
    document = make()
    document["alignment"] = alignment("x", uri("python"))

    assert reader.read(credential_of(document, source="draft.json")) == ()
