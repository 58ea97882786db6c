"""Badges as one record: each as it was issued."""

from __future__ import annotations

import copy
import json
import warnings
from datetime import UTC, datetime
from typing import Any

import pytest

from skillmatch.errors import UsageError
from skillmatch.issuing.choosing import choose
from skillmatch.issuing.keys import KeyKind
from skillmatch.issuing.profile_link import linkedin_link
from skillmatch.issuing.record import fits_record, learner_record
from skillmatch.issuing.selective import PADDED_TO, selective_profile
from skillmatch.issuing.signing import check_signable, sign_data_integrity
from skillmatch.model.credential import CredentialFormat
from skillmatch.readers.credentials import credential_of, read_credential_bytes
from tests.issuing.issuing_samples import DAY, LEARNER, key
from tests.issuing.portfolio_samples import (
    CUTTING,
    HYGIENE,
    LEADING,
    as_token,
    portfolio,
    signed,
)

BADGES = (signed("Knives", CUTTING, HYGIENE), signed("Cleaning", HYGIENE), signed("Pass", LEADING))


def test_a_record_holds_every_badge_untouched() -> None:
    """One changed blank could break a proof."""
    before = [copy.deepcopy(one.document) for one in BADGES]

    made = learner_record(BADGES, at=DAY)

    assert made["credentialSubject"]["verifiableCredential"] == before
    assert made["credentialSubject"]["id"] == LEARNER


def test_a_record_has_the_shape_of_the_standard_and_can_be_signed() -> None:
    """A draft that nobody can sign is no draft."""
    made = learner_record(BADGES, at=DAY)

    check_signable(made)
    assert sign_data_integrity(made, key(), created=DAY)["proof"]


def test_badges_in_a_record_still_prove_what_they_proved() -> None:
    """Read back from the record, by the verifier of this program."""
    from skillmatch.model.verification import CheckState
    from skillmatch.trust.documents import NoDocuments
    from skillmatch.trust.proofs import check_proof

    record = credential_of(
        json.loads(json.dumps(learner_record([*BADGES, as_token("Token", LEADING)], at=DAY))),
        source="record.json",
    )

    assert record.format is CredentialFormat.CLR_2
    states = [check_proof(part, NoDocuments()).proof.state for part in record.parts]
    assert states == [CheckState.VALID] * 4


def test_badges_that_share_a_skill_are_related() -> None:
    """The association names each pair once."""
    made = learner_record(BADGES, at=DAY)["credentialSubject"]

    (association,) = made["association"]
    assert association["associationType"] == "isRelatedTo"
    ids = {one["name"]: one["id"] for one in made["achievement"]}
    assert {association["sourceId"], association["targetId"]} == {ids["Knives"], ids["Cleaning"]}


def test_the_same_badges_give_the_same_record() -> None:
    """At the same moment."""
    assert learner_record(BADGES, at=DAY) == learner_record(BADGES, at=DAY)


def test_a_badge_of_version_2_has_no_place_in_a_record() -> None:
    """It is told instead of wrapped into something it is not."""
    old: dict[str, Any] = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": "https://old.example/1",
        "badge": {"type": "BadgeClass", "name": "Old", "criteria": {"narrative": "x"}},
        "recipient": {"type": "email", "identity": "a@b.example", "hashed": False},
        "issuedOn": "2020-01-01T00:00:00Z",
        "verification": {"type": "hosted"},
    }
    (read,) = read_credential_bytes(json.dumps(old).encode(), "old.json")

    assert not fits_record(read)
    assert fits_record(BADGES[0])


def test_an_empty_record_is_refused() -> None:
    """The standard asks for at least one credential."""
    with pytest.raises(UsageError, match="no badge is left"):
        learner_record((), at=DAY)


def disclosed(text: str, kind: KeyKind) -> dict[str, Any]:
    """Verify an SD-JWT by the reference implementation and return what can be read of it."""
    from importlib import import_module

    from sd_jwt.verifier import SDJWTVerifier

    # jwcrypto has no types; it comes with sd_jwt.
    public = import_module("jwcrypto.jwk").JWK.from_json(json.dumps(key(kind).public_jwk()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = SDJWTVerifier(text, lambda *_: public).get_verified_payload()
    assert isinstance(read, dict)
    return read


@pytest.mark.parametrize("kind", [KeyKind.ED25519, KeyKind.P256])
def test_a_selective_list_shows_what_was_chosen_and_nothing_else(kind: KeyKind) -> None:
    """Checked by the reference implementation of the standard's authors."""
    everything = portfolio(claims=["Danish"])
    choice = choose(everything, only=["lead a team", "Danish"])

    text = selective_profile(everything, choice.leaving, key=key(kind), created=DAY)

    read = disclosed(text, kind)
    assert {one["name"] for one in read["skills"]} == {"lead a team", "Danish"}
    assert read["iss"] == key(kind).did


def test_hidden_skills_are_nowhere_in_the_bytes() -> None:
    """Not as text, and in no decoded part either."""
    import base64

    everything = portfolio()
    leaving = choose(everything, only=["lead a team"]).leaving

    text = selective_profile(everything, leaving, key=key(), created=DAY)

    parts = text.replace("~", ".").split(".")
    decoded = b" ".join(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in parts)
    assert b"lead a team" in decoded
    for hidden in (b"vegetables", b"hygiene", b"Knives", b"Cleaning"):
        assert hidden not in decoded
        assert hidden.decode() not in text


def test_the_length_of_the_list_tells_not_how_many_are_hidden() -> None:
    """Decoys fill it up."""
    import base64

    def entries(count: int) -> int:
        everything = portfolio(claims=[f"claim {number}" for number in range(count)])
        leaving = choose(everything, only=["lead a team"]).leaving
        text = selective_profile(everything, leaving, key=key(), created=DAY)
        payload = text.split("~")[0].split(".")[1]
        read = json.loads(base64.urlsafe_b64decode(payload + "=="))
        return len(read["skills"])

    assert entries(0) == entries(9) == PADDED_TO


def test_a_changed_disclosure_is_caught() -> None:
    """A chosen skill cannot be exchanged for a better one."""
    import base64

    everything = portfolio()
    leaving = choose(everything, only=["lead a team"]).leaving
    text = selective_profile(everything, leaving, key=key(), created=DAY)
    token, disclosure, rest = text.split("~")
    value = json.loads(base64.urlsafe_b64decode(disclosure + "=="))
    value[1]["name"] = "lead a hotel"
    forged = base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    read = disclosed("~".join((token, forged, rest)), KeyKind.ED25519)

    assert read["skills"] == []


def test_an_rsa_key_signs_no_selective_list() -> None:
    """The message says which key does."""
    everything = portfolio()
    with pytest.raises(UsageError, match="Ed25519 or P-256"):
        selective_profile(everything, everything, key=key(KeyKind.RSA), created=DAY)


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that brings it."""
    import sys

    from skillmatch.errors import NotFoundError

    monkeypatch.setitem(sys.modules, "sd_jwt.common", None)
    everything = portfolio()

    with pytest.raises(NotFoundError, match=r"skillmatch\[sd-jwt\]"):
        selective_profile(everything, everything, key=key(), created=DAY)


def test_a_link_without_an_issuers_name_is_refused() -> None:
    """The form would be half empty."""
    from dataclasses import replace

    badge = BADGES[0]
    nameless = replace(badge, issuer=replace(badge.issuer, name=""))

    assert "issueYear=2026" in linkedin_link(
        replace(badge, awarded=datetime(2026, 3, 2, tzinfo=UTC))
    )
    with pytest.raises(UsageError, match="issuer's name"):
        linkedin_link(nameless)
