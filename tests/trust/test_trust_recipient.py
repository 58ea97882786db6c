"""Whether a credential is about the person who shows it."""

from __future__ import annotations

import hashlib

import pytest

from skillmatch.model.credential import Credential, CredentialFormat, Identity, Recipient
from skillmatch.model.verification import CheckState
from skillmatch.trust.recipient import Person, check_recipient

VALID, INVALID, UNKNOWN = CheckState.VALID, CheckState.INVALID, CheckState.UNKNOWN
HASH = "sha256$" + hashlib.sha256(b"learner@example.orgsea").hexdigest()
OLD_HASH = "md5$" + hashlib.md5(b"learner@example.orgsea").hexdigest()  # noqa: S324 - as published


def badge(*identities: Identity, about: str = "") -> Credential:
    """Return a credential about somebody."""
    return Credential(
        format=CredentialFormat.OPEN_BADGES_3,
        source="badge.json",
        document={},
        recipient=Recipient(id=about, name="Learner", identities=identities),
    )


def hashed(value: str, kind: str = "emailAddress", salt: str = "sea") -> Identity:
    """Return a hashed identity."""
    return Identity(kind=kind, value=value, hashed=True, salt=salt)


def mail(value: str) -> Identity:
    """Return an address in plain text."""
    return Identity(kind="emailAddress", value=value)


@pytest.mark.parametrize(
    ("credential", "name", "state"),
    [
        (badge(mail("learner@example.org")), "learner@example.org", VALID),
        (badge(mail("Learner@Example.org ")), "learner@example.org", VALID),
        (badge(mail("learner@example.org")), " LEARNER@example.org", VALID),
        (badge(mail("other@example.org")), "learner@example.org", INVALID),
        (badge(hashed(HASH)), "learner@example.org", VALID),
        (badge(hashed(HASH)), "mailto:Learner@Example.org", VALID),
        (badge(hashed(HASH.upper().replace("SHA256", "sha256"))), "learner@example.org", VALID),
        (badge(hashed(OLD_HASH)), "learner@example.org", VALID),
        (badge(hashed(HASH, salt="lake")), "learner@example.org", INVALID),
        (badge(hashed(HASH)), "other@example.org", INVALID),
        (badge(hashed(HASH)), "did:example:learner", UNKNOWN),
        (badge(hashed(HASH, kind="identity")), "did:example:learner", INVALID),
        (badge(hashed("sha256$00")), "learner@example.org", UNKNOWN),
        (badge(hashed("learner@example.org")), "learner@example.org", UNKNOWN),
        (badge(about="did:example:learner"), "did:example:learner", VALID),
        (badge(about="did:example:Learner"), "did:example:learner", INVALID),
        (badge(about="did:example:learner"), "learner@example.org", UNKNOWN),
        (badge(about="mailto:learner@example.org"), "learner@example.org", VALID),
        (badge(mail("a@b.example"), hashed(HASH)), "learner@example.org", VALID),
        (badge(), "learner@example.org", UNKNOWN),
    ],
)
def test_an_identity_is_compared_in_the_ways_it_is_written(
    credential: Credential, name: str, state: CheckState
) -> None:
    """Case and blanks of an address do not matter, those of a DID do; a hash hides its salt."""
    assert check_recipient(credential, Person(names=(name,))).state is state


def test_a_display_name_proves_nothing() -> None:
    """Two people may have one name."""
    assert check_recipient(badge(), Person(names=("Learner",))).state is UNKNOWN


def test_any_one_identity_of_the_person_is_enough() -> None:
    """Badges of many years go to many addresses."""
    person = Person(names=("did:example:learner", "learner@example.org"))

    assert check_recipient(badge(hashed(HASH)), person).state is VALID


def test_a_reason_never_repeats_an_address() -> None:
    """Reports are sent around; the address in them would be, too."""
    for name in ("learner@example.org", "other@example.org"):
        check = check_recipient(badge(mail("learner@example.org")), Person(names=(name,)))

        assert "@" not in check.reason + check.mend
