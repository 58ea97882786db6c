"""Whether the issuer has taken a credential back."""

from __future__ import annotations

import base64
import gzip
from typing import Any

import pytest

from skillmatch.model.credential import Credential
from skillmatch.model.verification import Check, CheckName, CheckState
from skillmatch.trust.checks import invalid, unknown, valid
from skillmatch.trust.revocation import check_revocation
from skillmatch.trust.status import check_status
from tests.trust.badge_samples import (
    ASSERTION,
    BADGE,
    BADGE_CLASS,
    NOW,
    PROFILE,
    Files,
    changed,
    read,
)

VALID, INVALID, UNKNOWN = CheckState.VALID, CheckState.INVALID, CheckState.UNKNOWN
LIST_URL = "https://badges.example/status/1"
REVOKED_URL = "https://badges.example/revoked"


def encoded(*marked: int, entries: int = 131_072) -> str:
    """Return a status list with some places set."""
    data = bytearray(entries // 8)
    for index in marked:
        data[index // 8] |= 0x80 >> index % 8
    packed = gzip.compress(bytes(data), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def status_list(**subject: object) -> dict[str, Any]:
    """Return a status list credential with place 7 set."""
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": LIST_URL,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": "https://badges.example/issuer",
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": LIST_URL + "#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(7),
            **subject,
        },
    }


def entry(index: object = "7", **fields: object) -> dict[str, Any]:
    """Return an entry of ``credentialStatus``."""
    return {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": index,
        "statusListCredential": LIST_URL,
        **fields,
    }


def proof_holds(_: Credential) -> Check:
    """Accept the proof of any list."""
    return valid(CheckName.PROOF, "the signature holds")


def status(
    *entries: dict[str, Any],
    at: object = None,
    proof: Check | None = None,
    revoked: object = None,
) -> Check:
    """Return the status of a badge with such entries; ``at`` is what lies at the list's address."""
    documents = Files({LIST_URL: status_list() if at is None else at, REVOKED_URL: revoked})
    return check_status(
        read({**BADGE, "credentialStatus": list(entries)}),
        documents=documents,
        at=NOW,
        proof_of=proof_holds if proof is None else lambda _: proof,
    )


def test_a_credential_without_a_status_cannot_be_revoked() -> None:
    """Nothing to look up is no doubt."""
    check = check_status(read(BADGE), documents=Files({}), at=NOW, proof_of=proof_holds)

    assert check.state is VALID


@pytest.mark.parametrize(
    ("index", "state"), [("7", INVALID), (7, INVALID), ("6", VALID), (8, VALID)]
)
def test_a_set_bit_revokes_and_its_neighbours_do_not(index: object, state: CheckState) -> None:
    """Public lists write the place as a number, too, which the standard does not."""
    assert status(entry(index)).state is state


def test_a_suspended_credential_says_so() -> None:
    """A suspension may be lifted; the person asks differently about it."""
    check = status(
        entry(statusPurpose="suspension"),
        at=status_list(statusPurpose=["revocation", "suspension"]),
    )

    assert (check.state, "suspended" in check.reason) == (INVALID, True)


@pytest.mark.parametrize(
    ("one", "at", "said"),
    [
        (entry("131072"), None, "outside the list"),
        (entry("-1"), None, "no whole number"),
        (entry("seven"), None, "no whole number"),
        (entry(statusListCredential=None), None, "names no status list"),
        (entry(statusPurpose="suspension"), None, "the status list is about revocation"),
        (entry(), status_list(encodedList="H4sI"), "does not begin with u"),
        (entry(), status_list(encodedList=None), "no encodedList"),
        (entry(), b"no json", "cannot be read"),
        (entry(), BADGE, "about revocation|no encodedList"),
        (entry(), {**status_list(), "validUntil": "2026-05-01T00:00:00Z"}, "out of date"),
        (entry(), {**status_list(), "validFrom": "2026-07-01T00:00:00Z"}, "out of date"),
        (entry(statusSize=99), None, "statusSize"),
        (entry(type="EthereumRevocation"), None, "not supported"),
        ({"id": "x"}, None, "not supported"),
    ],
)
def test_a_status_that_cannot_be_read_is_unknown(
    one: dict[str, Any], at: object, said: str
) -> None:
    """Neither good nor bad follows from a list that is faulty; the issuer has to be told."""
    check = status(one, at=at)

    assert check.state is UNKNOWN
    assert any(part in check.reason for part in said.split("|")), check.reason
    assert check.mend


def test_a_small_list_is_read_with_a_warning() -> None:
    """Public test lists have 100,000 places, fewer than the standard asks for."""
    check = status(entry("3"), at=status_list(encodedList=encoded(7, entries=100_000)))

    assert check.state is VALID
    assert "100,000 places" in check.reason


@pytest.mark.parametrize(
    ("proof", "index", "state"),
    [
        (invalid(CheckName.PROOF, "wrong"), "7", UNKNOWN),
        (invalid(CheckName.PROOF, "wrong"), "6", UNKNOWN),
        (unknown(CheckName.PROOF, "key not read", "bring it"), "7", INVALID),
        (unknown(CheckName.PROOF, "key not read", "bring it"), "6", UNKNOWN),
    ],
)
def test_the_lists_own_proof_counts(proof: Check, index: str, state: CheckState) -> None:
    """Anybody can write a list of zeros; one of ones from the issuer's address is a warning."""
    assert status(entry(index), proof=proof).state is state


def test_of_several_entries_the_worst_counts() -> None:
    """A credential may be fine on one list and revoked on another."""
    assert status(entry("6"), entry("7")).state is INVALID
    assert status(entry("6"), entry("999999999")).state is UNKNOWN
    assert status(*[entry("6")] * 9).state is UNKNOWN


def test_a_message_is_passed_on_and_judges_nothing() -> None:
    """Places of several bits carry a number that the entry explains."""
    messages = [{"status": "0x1", "message": "under review"}]
    one = entry("3", statusPurpose="message", statusSize=2, statusMessage=messages)

    check = status(one, at=status_list(statusPurpose="message"))

    assert (check.state, check.reason) == (
        VALID,
        "the issuer says: under review (the list has "
        + ("65,536 places, the standard asks for 131,072)"),
    )


def test_a_list_of_2021_is_read_alike() -> None:
    """StatusList2021 came before the standard, without the prefix."""
    old = status_list(type="StatusList2021", encodedList=encoded(7)[1:])

    assert status(entry(type="StatusList2021Entry"), at=old).state is INVALID
    assert status(entry("6", type="StatusList2021Entry"), at=old).state is VALID


@pytest.mark.parametrize(
    ("revoked", "state"),
    [
        ([], VALID),
        ([{"id": "urn:x:other"}], VALID),
        ([{"id": BADGE["id"], "revocationReason": "a mistake"}], INVALID),
        ([{"id": BADGE["id"], "revoked": False}], VALID),
        ([BADGE["id"]], INVALID),
        ("all", UNKNOWN),
    ],
)
def test_a_revocation_list_of_ids_is_looked_up(revoked: object, state: CheckState) -> None:
    """1EdTech's method lists what was revoked, by the credential's id."""
    one = {"id": REVOKED_URL, "type": "1EdTechRevocationList"}
    listed = {"id": REVOKED_URL, "revokedCredentials": revoked}

    assert status(one, revoked=listed).state is state


def test_a_revocation_list_of_another_issuer_revokes_nothing() -> None:
    """Otherwise one issuer could take back what another gave."""
    one = {"id": REVOKED_URL, "type": "1EdTechRevocationList"}
    listed = {"issuer": "https://other.example", "revokedCredentials": [BADGE["id"]]}

    assert status(one, revoked=listed).state is UNKNOWN


@pytest.mark.parametrize(
    ("content", "state"),
    [
        ({"@context": "x", "revokedAssertions": []}, VALID),
        ({"@context": "x", "revokedAssertions": [ASSERTION["id"]]}, INVALID),
        ({"@context": "x", "revokedAssertions": [{"uid": ASSERTION["id"]}]}, INVALID),
        ({ASSERTION["id"]: "a mistake"}, INVALID),
        ({"@context": "x"}, UNKNOWN),
    ],
)
def test_a_signed_open_badge_2_is_looked_up_in_its_issuers_list(
    content: object, state: CheckState
) -> None:
    """The profile of the issuer names the list; version 1 wrote it as one object."""
    signed = changed(ASSERTION, "verification/type", "signed")
    documents = {
        BADGE_CLASS["id"]: BADGE_CLASS,
        PROFILE["id"]: {**PROFILE, "revocationList": REVOKED_URL},
        REVOKED_URL: content,
    }

    assert check_revocation(read(signed, compact="a.b.c"), Files(documents)).state is state


def test_an_issuer_without_a_list_revokes_nothing() -> None:
    """The list is optional; a profile that cannot be read leaves the question open."""
    signed = read(changed(ASSERTION, "verification/type", "signed"), compact="a.b.c")
    there = Files({BADGE_CLASS["id"]: BADGE_CLASS, PROFILE["id"]: PROFILE})

    assert check_revocation(signed, there).state is VALID
    assert check_revocation(signed, Files({})).state is UNKNOWN
