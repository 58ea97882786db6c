"""Credentials of every format become one value, and every part knows its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from skillmatch.errors import UnreadableError
from skillmatch.model.achievement import AlignmentPlace
from skillmatch.model.credential import Credential, CredentialFormat, Securing
from skillmatch.readers.credentials import credential_of, read_credential_bytes
from skillmatch.text.outcomes import outcome_statements
from tests.readers import badge_samples as samples
from tests.readers.badge_samples import ESCO, as_bytes, at_pointer


def read(document: object) -> Credential:
    """Read one credential from JSON or a token."""
    data = document.encode() if isinstance(document, str) else as_bytes(document)
    (credential,) = read_credential_bytes(data, "badge.json")
    return credential


def pointers(credential: Credential) -> Iterator[str]:
    """Yield the pointer of every part of a credential."""
    yield from (one.pointer for one in credential.results)
    yield from (one.pointer for one in credential.evidence)
    yield credential.issuer.pointer
    for one in credential.achievements:
        yield one.pointer
        yield from (part.pointer for part in one.alignments)
        for result in one.result_descriptions:
            yield result.pointer
            yield from (level.pointer for level in result.rubric_levels)


ALL: dict[str, Callable[[], object]] = {
    "open badge 3": samples.open_badge_3,
    "open badge 2": samples.open_badge_2,
    "open badge 1": samples.open_badge_1,
    "badge class": samples.badge_class,
    "achievement": samples.achievement,
    "record": samples.record,
    "endorsement": samples.endorsement,
    "european": samples.european,
    "resume": samples.learner_resume,
    "token": lambda: samples.token(samples.open_badge_3()),
    "old token": lambda: samples.old_token(samples.open_badge_3()),
}


@pytest.mark.parametrize("make", ALL.values(), ids=ALL)
def test_every_part_stands_where_its_pointer_says(make: Callable[[], object]) -> None:
    """Findings, proposals and write-backs name places; a wrong one would edit something else."""
    credential = read(make())

    places = list(pointers(credential))

    for place in places:
        assert at_pointer(credential.document, place) is not None
    for one in credential.achievements:
        for said in outcome_statements(one):
            text = at_pointer(credential.document, said.pointer)
            assert text[said.start : said.end] == said.text


def test_an_open_badge_3_is_read_whole() -> None:
    """Everything that matters for matching, and for showing it to its holder."""
    credential = read(samples.open_badge_3())

    (achievement,) = credential.achievements
    assert credential.format is CredentialFormat.OPEN_BADGES_3
    assert credential.securing is Securing.NONE
    assert (credential.id, credential.issuer.name) == ("urn:uuid:badge-3", "Riverside")
    assert credential.valid_from == datetime(2026, 1, 12, 7, 4, 19, tzinfo=UTC)
    assert credential.valid_until == datetime(2031, 1, 11, 23, tzinfo=UTC)
    assert credential.awarded == datetime(2026, 1, 10, tzinfo=UTC)
    assert credential.recipient.id == "did:example:lia"
    assert credential.recipient.identities[0].value == "lia@mail.example"
    assert credential.narrative.startswith("Lia counted")
    assert credential.evidence[0].id == "https://lia.example/count"
    assert credential.results[0].achieved_level == "urn:level:2"
    assert achievement.credits == 2.5
    assert achievement.result_descriptions[0].required_level == "urn:level:2"
    assert credential.issues == ()


def test_alignments_are_read_from_all_four_places() -> None:
    """Issuers put them wherever their tool offers a field."""
    (achievement,) = read(samples.open_badge_3()).achievements

    found = [(one.target_name, one.place) for one in achievement.alignments]

    assert found == [
        ("stock-control", AlignmentPlace.ACHIEVEMENT),
        ("use-scanner", AlignmentPlace.RESULT_DESCRIPTION),
        ("scan-with-help", AlignmentPlace.RUBRIC_LEVEL),
        ("scan-alone", AlignmentPlace.RUBRIC_LEVEL),
        ("counted", AlignmentPlace.RESULT),
    ]
    assert achievement.alignments[0].target_code == "S4.2"


@pytest.mark.parametrize(
    "member",
    [
        {"alignments": [{"targetName": "x", "targetUrl": ESCO + "x"}]},
        {"alignment": {"targetName": "x", "targetUrl": ESCO + "x"}},
        {"alignment": [{"name": "x", "url": ESCO + "x", "description": "said before 2.0"}]},
    ],
    ids=["Badgr", "one instead of many", "version 1"],
)
def test_older_spellings_of_an_alignment_are_understood(member: dict[str, Any]) -> None:
    """They stand in badges that people still hold."""
    badge = samples.badge_class()
    badge.pop("alignment")

    (found,) = read(samples.open_badge_2(badge=badge | member)).achievements[0].alignments

    assert (found.target_name, found.target_url) == ("x", ESCO + "x")


def test_an_open_badge_2_is_read_with_its_class() -> None:
    """The achievement of an assertion is its badge class."""
    credential = read(samples.open_badge_2())

    assert credential.format is CredentialFormat.OPEN_BADGES_2
    assert credential.securing is Securing.HOSTED
    assert credential.issuer.name == "Club"
    assert credential.recipient.identities[0].hashed
    assert credential.achievements[0].criteria == "Passed the practical test."
    assert credential.achievements[0].criteria_url == "https://club.example/c"
    assert credential.valid_until == datetime(2025, 5, 1, tzinfo=UTC)


def test_a_linked_badge_class_is_named_and_not_fetched() -> None:
    """Reading never goes online; what is missing is said."""
    credential = read(samples.open_badge_1())

    assert credential.format is CredentialFormat.OPEN_BADGES_1
    assert credential.achievements[0].id == "https://club.example/badges/1"
    assert credential.valid_from == datetime(2014, 6, 30, tzinfo=UTC)
    assert "not fetched" in credential.issues[0]


def test_a_signed_assertion_is_known_by_its_token() -> None:
    """Its proof is the token; the payload alone would look unprotected."""
    compact = samples.token(samples.open_badge_2())

    credential = read(compact)

    assert credential.securing is Securing.JWS
    assert credential.token == compact


@pytest.mark.parametrize("make", [samples.token, samples.old_token], ids=["at the top", "under vc"])
def test_a_token_says_the_same_as_the_badge_in_it(make: Callable[[Any], str]) -> None:
    """The data model 1.1 put the badge under ``vc``, version 2.0 at the top."""
    credential = read(make(samples.open_badge_3()))

    assert credential.securing is Securing.JWT
    assert credential.id == "urn:uuid:badge-3"
    assert credential.achievements[0].name == "Stock control"
    assert credential.valid_from is not None


def test_claims_of_the_token_count_where_the_badge_is_silent() -> None:
    """JWTs repeat id and dates under names of their own, and may hold them only there."""
    badge = samples.open_badge_3()
    del badge["validUntil"]

    credential = read(samples.old_token(badge))

    assert credential.valid_from == datetime(2026, 1, 1, tzinfo=UTC)
    assert credential.valid_until == datetime(2031, 1, 1, tzinfo=UTC)


def test_a_record_holds_its_credentials_as_parts() -> None:
    """One as JSON, one as a token, each with its own document and place."""
    credential = read(samples.record())

    assert credential.format is CredentialFormat.CLR_2
    assert credential.achievements == ()
    assert [part.id for part in credential.parts] == ["urn:uuid:badge-3", "urn:uuid:inner"]
    assert [part.securing for part in credential.parts] == [Securing.NONE, Securing.JWT]
    assert credential.parts[1].pointer == "/credentialSubject/verifiableCredential/1"


def test_an_enveloped_credential_is_opened() -> None:
    """The data model 2.0 wraps tokens in presentations as data URLs."""
    compact = samples.token(samples.open_badge_3())
    wrapped = {
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{compact}",
    }
    presentation = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "VerifiablePresentation",
        "holder": "did:example:lia",
        "verifiableCredential": wrapped,
    }

    credential = read(presentation)

    assert credential.format is CredentialFormat.PRESENTATION
    assert credential.recipient.id == "did:example:lia"
    assert credential.parts[0].token == compact


def test_endorsements_are_found_wherever_they_stand() -> None:
    """Of the badge, its achievement and its issuer, as JSON and as a token."""
    badge = samples.open_badge_3(endorsement=[samples.endorsement()])
    badge["issuer"]["endorsementJwt"] = [samples.token(samples.endorsement())]
    badge["credentialSubject"]["achievement"]["endorsement"] = samples.endorsement()

    credential = read(badge)

    assert [one.comment for one in credential.endorsements] == ["Well assessed."] * 3
    assert credential.endorsements[0].endorses == "https://school.example/achievements/stock"
    assert {one.issuer.name for one in credential.endorsements} == {"Board"}


def test_an_endorsement_of_open_badges_2_is_read() -> None:
    """Its statement stands under ``claim``."""
    document = {
        "@context": "https://w3id.org/openbadges/v2",
        "id": "https://board.example/e/1",
        "type": "Endorsement",
        "claim": {"id": "https://club.example/badges/1", "endorsementComment": "Pretty good"},
        "issuedOn": "2017-10-01T00:00Z",
        "issuer": "https://board.example",
        "verification": {"type": "HostedBadge"},
    }

    credential = read(document)

    assert credential.format is CredentialFormat.ENDORSEMENT
    assert (credential.comment, credential.endorses) == (
        "Pretty good",
        "https://club.example/badges/1",
    )


def test_a_european_credential_is_read_by_its_learning_outcomes() -> None:
    """They are what says which skills were learnt, and to what level."""
    credential = read(samples.european())

    (achievement,) = credential.achievements
    assert credential.format is CredentialFormat.EDC
    assert (credential.name, credential.issuer.name) == ("Micro-credential", "Šola")
    assert credential.recipient.name == "Lia Andrews"
    assert credential.recipient.identities[0].value == "lia@mail.example"
    assert (achievement.name, achievement.level) == ("Statistics", "6")
    assert (achievement.credits, achievement.workload) == (5.0, "PT45H")
    assert achievement.result_descriptions[0].name == "Tests hypotheses"
    assert achievement.alignments[0].target_url == ESCO + "statistics"
    assert achievement.alignments[0].place is AlignmentPlace.RESULT_DESCRIPTION
    assert credential.results[0].value == "A"


def test_a_sealed_european_credential_is_opened() -> None:
    """The seal is a JWS in JSON form around the credential as a text."""
    document = {"payload": json.dumps(samples.european()), "signatures": [{"signature": "x"}]}

    credential = read(document)

    assert credential.format is CredentialFormat.EDC
    assert credential.pointer == "/payload"
    assert credential.securing is Securing.JWS


def test_a_learner_resume_gives_what_it_says_was_achieved() -> None:
    """Employment and narratives are for the reader of documents."""
    credential = read(samples.learner_resume())

    assert credential.format is CredentialFormat.LER_RS
    assert [one.name for one in credential.achievements] == ["Forklift licence", "Stock control"]
    assert credential.achievements[1].description == "Keeps stock."


@pytest.mark.parametrize(
    ("make", "kind"), [(samples.badge_class, "BadgeClass"), (samples.achievement, "Achievement")]
)
def test_a_draft_is_a_credential_without_recipient(
    make: Callable[[], dict[str, Any]], kind: str
) -> None:
    """Providers lint and align drafts before anybody earns them."""
    credential = read(make())

    assert kind in credential.types
    assert credential.recipient.identities == ()
    assert len(credential.achievements) == 1


def test_unknown_members_are_kept() -> None:
    """Writing back must not lose what this program does not know."""
    badge = samples.open_badge_3(**{"ext:seal": {"colour": "blue"}})

    credential = read(badge)

    assert credential.document == badge


def test_a_bad_date_is_an_issue_and_not_the_end() -> None:
    """The rest of the badge is still worth showing."""
    credential = read(samples.open_badge_3(validUntil="next year"))

    assert credential.valid_until is None
    assert credential.issues[0].startswith("/validUntil: ")


def test_what_is_inside_and_cannot_be_read_is_said_with_its_place() -> None:
    """A record that silently lost a badge would be a wrong record."""
    record = samples.record()
    record["credentialSubject"]["verifiableCredential"].append("https://elsewhere.example/7")

    credential = read(record)

    assert len(credential.parts) == 2
    assert credential.issues[0].startswith(
        "/credentialSubject/verifiableCredential/2: it is a link"
    )


def test_credentials_inside_each_other_have_an_end() -> None:
    """A chain of endorsements could be made as long as one likes."""
    document = samples.endorsement()
    for _ in range(12):
        document = samples.endorsement() | {"endorsement": document}

    credential = read(document)

    while credential.endorsements:
        (credential,) = credential.endorsements
    assert "inside each other" in credential.issues[0]


@pytest.mark.parametrize(
    ("document", "what"),
    [
        ({"type": "Issuer", "name": "Club"}, "the profile of an issuer"),
        ({"type": "RevocationList"}, "a list of revoked badges"),
        ({"SkillsPassport": {}}, "a Europass profile"),
        ({"CFDocument": {}}, "a competency framework"),
        ({"@context": {}}, "a JSON-LD context"),
        ({"name": "x"}, "no credential"),
        ({"vc": [{"name": "x"}]}, "no credential"),
    ],
)
def test_what_is_no_credential_is_called_by_its_name(document: dict[str, Any], what: str) -> None:
    """People export the wrong file; the message should help them to find the right one."""
    with pytest.raises(UnreadableError, match=what):
        credential_of(document, source="x.json")
