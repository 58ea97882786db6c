"""From a draft to a credential: what is said, about whom, by whom."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from skillmatch.errors import DataError, UsageError
from skillmatch.issuing.assembling import assemble
from skillmatch.issuing.endorsing import endorsement
from skillmatch.issuing.issuers import binding_note, issuer_profile
from skillmatch.issuing.keys import SigningKey
from skillmatch.issuing.moments import moment_of, timestamp
from skillmatch.issuing.recipients import recipient_fields
from skillmatch.issuing.signing import check_signable, sign_data_integrity
from tests.issuing.issuing_samples import DAY, LEARNER, PROFILE, award, credential, draft, key


def test_a_draft_becomes_a_credential_that_can_be_signed() -> None:
    """Nothing is left for the provider to fill in by hand."""
    made = credential()

    check_signable(made)
    assert made["type"] == ["VerifiableCredential", "AchievementCredential"]
    assert made["credentialSubject"]["id"] == LEARNER
    assert made["credentialSubject"]["achievement"]["alignment"] == draft()["alignment"]
    assert (made["validFrom"], made["issuer"]["id"]) == ("2026-03-02T09:30:00Z", key().did)


def test_an_e_mail_address_is_stored_as_a_salted_hash() -> None:
    """A badge is published; an address in it would be collected."""
    fields = recipient_fields("ada@school.example", salt="0123456789abcdef")

    (identity,) = fields["identifier"]
    expected = hashlib.sha256(b"ada@school.example0123456789abcdef").hexdigest()
    assert identity["identityHash"] == f"sha256${expected}"
    assert "ada@" not in str(fields)
    check_signable(credential(to=replace(award(), recipient=fields)))


@pytest.mark.parametrize("to", ["did:key:z6Mk", "mailto:ada@school.example", "https://ada.example"])
def test_a_uri_becomes_the_id_of_the_subject(to: str) -> None:
    """Whoever gives an id wants it to be read."""
    assert recipient_fields(to, salt="") == {"id": to}


@pytest.mark.parametrize(("to", "salt"), [("Ada", "a" * 16), ("", "a" * 16), ("a@b.example", "x")])
def test_a_recipient_that_nobody_could_be_is_refused(to: str, salt: str) -> None:
    """A name alone fits thousands of people; a short salt hides nobody."""
    with pytest.raises(UsageError):
        recipient_fields(to, salt=salt)


def test_the_same_award_has_the_same_id_and_another_person_another() -> None:
    """Issuing again replaces a badge instead of doubling it."""
    other = credential(to=award("did:example:other"))

    assert credential()["id"] == credential()["id"]
    assert credential()["id"] != other["id"]


def test_an_old_badge_as_draft_gives_nobody_elses_results_away() -> None:
    """Evidence, results and narrative belong to the person they are about."""
    old = credential()
    old["credentialSubject"]["narrative"] = "Ada cut onions."
    old["evidence"] = [{"type": ["Evidence"], "narrative": "Ada's video"}]
    issuer = issuer_profile(PROFILE, key())

    own = assemble(old, issuer=issuer, award=award())
    others = assemble(old, issuer=issuer, award=award("did:example:other"))

    assert own["credentialSubject"]["narrative"] == "Ada cut onions."
    assert "Ada" not in str(others)


def test_an_older_context_gives_way_and_an_extension_stays() -> None:
    """Signing covers a term only where its context comes along."""
    old = draft()
    old["@context"] = [
        "https://www.w3.org/2018/credentials/v1",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    ]

    made = credential(of=old)

    assert made["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    ]


@pytest.mark.parametrize(
    "value",
    [{}, {"type": "Profile"}, {"credentialSubject": {"achievement": [{}, {}]}}, {"type": 3}],
)
def test_a_draft_without_one_achievement_is_refused(value: dict[str, Any]) -> None:
    """Of two achievements nobody could say which was earned."""
    with pytest.raises(DataError, match="no Achievement"):
        assemble(value, issuer=PROFILE, award=award())


def test_a_badge_does_not_end_before_it_begins() -> None:
    """It would be expired on the day it is issued."""
    with pytest.raises(UsageError, match="before it begins"):
        credential(to=replace(award(), valid_until=DAY - timedelta(days=1)))


def test_a_profile_without_an_id_speaks_as_the_key() -> None:
    """Which needs no server, no domain and nobody's permission."""
    assert issuer_profile(PROFILE, key())["id"] == key().did


@pytest.mark.parametrize(
    ("profile", "error"),
    [
        ({"id": "did:key:z6MkOther", "name": "A"}, UsageError),
        ({"id": "https://a.example"}, DataError),
        ({"id": 3, "name": "A"}, DataError),
    ],
)
def test_a_profile_that_the_key_cannot_speak_for_is_refused(
    profile: dict[str, Any], error: type[Exception]
) -> None:
    """Nobody could verify such a badge."""
    with pytest.raises(error):
        issuer_profile(profile, key())


def test_a_profile_without_an_id_and_without_a_key_is_refused() -> None:
    """An endorsement has to come from somebody."""
    with pytest.raises(DataError, match="no id"):
        issuer_profile(PROFILE, None)


def test_a_key_that_is_not_the_issuers_is_noted() -> None:
    """The signature would be valid, and no verifier could tell whose it is."""
    profile = issuer_profile({**PROFILE, "id": "did:web:school.example"}, key())
    own = SigningKey(kind=key().kind, private=key().private, method="did:web:school.example#key-1")

    assert "--verification-method" in binding_note(profile, key())
    assert binding_note(profile, own) == ""
    assert binding_note(issuer_profile(PROFILE, key()), key()) == ""


def test_an_endorsement_can_be_signed_and_says_what_it_is_about() -> None:
    """By a supervisor or a peer, in their own words."""
    by = issuer_profile({"type": ["Profile"], "name": "Chef Rosa"}, key())

    made = endorsement(credential(), by=by, comment=" Cut onions daily. ", valid_from=DAY)

    assert sign_data_integrity(made, key(), created=DAY)["proof"]
    assert made["credentialSubject"]["id"] == credential()["id"]
    assert made["credentialSubject"]["endorsementComment"] == "Cut onions daily."


@pytest.mark.parametrize(("about", "comment"), [({}, "Good"), ({"id": "urn:uuid:1"}, "  ")])
def test_an_endorsement_of_nothing_is_refused(about: dict[str, Any], comment: str) -> None:
    """Empty praise is not evidence."""
    with pytest.raises(UsageError):
        endorsement(about, by=PROFILE, comment=comment, valid_from=DAY)


def test_a_day_is_its_first_second_in_utc() -> None:
    """So that a date means the same for everybody."""
    assert timestamp(moment_of("2026-11-30", option="--at")) == "2026-11-30T00:00:00Z"
    assert timestamp(moment_of("2026-11-30T01:00:00+02:00", option="--at")) == (
        "2026-11-29T23:00:00Z"
    )


@pytest.mark.parametrize("text", ["tomorrow", "2026-13-01", "2026-11-30T12:00:00"])
def test_a_moment_that_is_not_told_exactly_is_refused(text: str) -> None:
    """The message names the option."""
    with pytest.raises(UsageError, match="--valid-from"):
        moment_of(text, option="--valid-from")


def test_a_moment_without_a_zone_is_never_written() -> None:
    """It would mean another second in each place."""
    with pytest.raises(UsageError, match="time zone"):
        timestamp(datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None))
