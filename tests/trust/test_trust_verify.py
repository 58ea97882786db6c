"""All checks of one credential together, and what they make it worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, cast

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.model.evidence import Assurance
from skillmatch.model.verification import Check, CheckName, CheckState, Verification
from skillmatch.trust.data_integrity import hash_data
from skillmatch.trust.issuers import KnownIssuer, KnownIssuers
from skillmatch.trust.recipient import Person
from skillmatch.trust.verify import assurance, verify
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
from tests.trust.test_trust_status import status_list

VALID, INVALID, UNKNOWN = CheckState.VALID, CheckState.INVALID, CheckState.UNKNOWN
ISSUER = BADGE["issuer"]["id"]
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def multikey(key: Ed25519PrivateKey) -> str:
    """Return a public key as Multikey."""
    import base58

    encoded: bytes = base58.b58encode(b"\xed\x01" + key.public_key().public_bytes_raw())
    return "z" + encoded.decode()


def signed(
    document: dict[str, Any], *, method: str = "", key: Ed25519PrivateKey = KEY
) -> dict[str, Any]:
    """Return a document with a proof; without a method, of the issuer's own key address."""
    import base58

    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": "2025-01-01T00:00:00Z",
        "verificationMethod": method or f"{ISSUER}#{multikey(key)}",
        "proofPurpose": "assertionMethod",
        "@context": document["@context"],
    }
    signature = key.sign(hash_data(document, options, suite="eddsa-jcs-2022"))
    return {
        **document,
        "proof": {**options, "proofValue": "z" + base58.b58encode(signature).decode()},
    }


def controller(key: Ed25519PrivateKey = KEY) -> dict[str, Any]:
    """Return the document at the issuer's address."""
    method = f"{ISSUER}#{multikey(key)}"
    return {
        "id": ISSUER,
        "verificationMethod": [
            {
                "id": method,
                "type": "Multikey",
                "controller": ISSUER,
                "publicKeyMultibase": multikey(key),
            }
        ],
        "assertionMethod": [method],
    }


def judged(
    document: dict[str, Any],
    *known: KnownIssuer,
    at: datetime = NOW,
    person: Person | None = None,
    files: dict[str, object] | None = None,
) -> Verification:
    """Verify a document."""
    return verify(
        read(document),
        documents=Files(files or {}),
        issuers=KnownIssuers(issuers=known),
        at=at,
        recipient=person,
    )


def worth(verification: Verification) -> Assurance:
    """Return only the assurance."""
    return assurance(verification)[0]


def test_checks_come_in_one_order_and_recipient_only_when_asked() -> None:
    """Programs read them by name, people by place."""
    names = tuple(check.check for check in judged(BADGE).checks)
    asked = judged(BADGE, person=Person(names=("did:example:learner",)))

    assert names == tuple(CheckName)[:-1]
    assert tuple(check.check for check in asked.checks) == tuple(CheckName)


def test_a_badge_signed_with_a_listed_key_of_a_known_issuer_is_verified() -> None:
    """This is the one way without any document from elsewhere."""
    known = KnownIssuer(id=ISSUER, name="Example Guild", keys=(multikey(KEY),))

    verification = judged(signed(BADGE), known)

    assert worth(verification) is Assurance.VERIFIED


def test_a_badge_whose_key_lies_at_its_issuers_address_is_verified() -> None:
    """Control of the https id, shown by the document there, counts like being known."""
    verification = judged(signed(BADGE), files={ISSUER: controller()})

    assert worth(verification) is Assurance.VERIFIED


def test_a_key_out_of_the_credential_itself_is_not_enough() -> None:
    """The same badge without that document: a good signature of nobody in particular."""
    verification = judged(signed(BADGE))

    grade, reason = assurance(verification)

    assert verification.checks[1].state is VALID
    assert grade is Assurance.DOCUMENTED
    assert reason.startswith("issuer:")
    assert "to mend it" in reason


def test_a_self_made_badge_in_a_known_issuers_name_is_not_verified() -> None:
    """Anybody can mint it in a minute; the name is text, the id is identity."""
    forger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    identity = f"did:key:{multikey(forger)}"
    forged = changed(BADGE, "issuer/id", identity)
    method = f"{identity}#{multikey(forger)}"
    known = KnownIssuer(id=ISSUER, name="Example Guild", keys=(multikey(KEY),))

    verification = judged(signed(forged, method=method, key=forger), known)

    issuer = verification.of(CheckName.ISSUER)
    assert issuer is not None
    assert "not that of the known issuer" in issuer.reason
    assert worth(verification) is Assurance.DOCUMENTED


def test_a_forger_who_writes_the_known_id_is_not_verified_either() -> None:
    """The id can be written by anybody, too; the key decides."""
    forger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    known = KnownIssuer(id=ISSUER, name="Example Guild", keys=(multikey(KEY),))

    verification = judged(signed(BADGE, key=forger), known)
    online = judged(signed(BADGE, key=forger), known, files={ISSUER: controller()})

    assert worth(verification) is Assurance.DOCUMENTED
    assert worth(online) is Assurance.INVALID


@given(data=st.data())
def test_a_change_of_any_letter_of_a_signed_claim_is_caught(data: st.DataObject) -> None:
    """Whichever text is changed at whichever place, the badge is no longer verified."""
    known = KnownIssuer(id=ISSUER, name="Example Guild", keys=(multikey(KEY),))
    document = signed(BADGE)
    path = data.draw(st.sampled_from(sorted(texts(BADGE))))
    text = texts(BADGE)[path]
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("aZ0é "))
    other = text[:place] + letter + text[place + 1 :]

    verification = judged(changed(document, path, other), known)

    assert (worth(verification) is Assurance.VERIFIED) == (other == text)


def texts(node: object, path: str = "") -> dict[str, str]:
    """Return every string of a document by slash path."""
    if isinstance(node, str):
        return {path: node}
    pairs = node.items() if isinstance(node, dict) else enumerate(cast("list[object]", node))
    return {
        place: text
        for key, value in pairs
        for place, text in texts(value, f"{path}/{key}".lstrip("/")).items()
    }


@pytest.mark.parametrize(
    ("fields", "person", "word"),
    [
        ({"validUntil": "2026-01-01T00:00:00Z"}, None, "expired"),
        ({}, Person(names=("did:example:somebody",)), "recipient"),
    ],
)
def test_an_expired_badge_or_another_persons_is_not_accepted(
    fields: dict[str, str], person: Person | None, word: str
) -> None:
    """A fault in one thing that verified needs is a fault of the whole."""
    known = KnownIssuer(id=ISSUER, keys=(multikey(KEY),))

    grade, reason = assurance(judged(signed({**BADGE, **fields}), known, person=person))

    assert grade is Assurance.INVALID
    assert word in reason


def checked(**states: CheckState) -> Verification:
    """Return a verification with such states; what is not named is valid."""
    checks = tuple(
        Check(check=name, state=states.get(name.value, VALID), reason="why", mend="how")
        for name in CheckName
    )
    return Verification(source="b.json", pointer="", credential="urn:x:1", at=NOW, checks=checks)


@pytest.mark.parametrize("name", ["proof", "issuer", "dates", "status", "recipient"])
def test_each_needed_check_decides(name: str) -> None:
    """One fault makes it invalid, one doubt leaves it a document; the reason names the check."""
    bad, bad_reason = assurance(checked(**{name: INVALID}))
    open_, reason = assurance(checked(**{name: UNKNOWN}))

    assert (bad, open_) == (Assurance.INVALID, Assurance.DOCUMENTED)
    assert bad_reason == reason == f"{name}: why; to mend it, how"


@pytest.mark.parametrize("name", ["shape", "endorsements"])
def test_shape_and_endorsements_are_shown_but_do_not_decide(name: str) -> None:
    """Neither tells whether the credential is genuine."""
    assert worth(checked(**{name: INVALID})) is Assurance.VERIFIED


def test_a_verification_with_a_check_missing_verifies_nothing() -> None:
    """A program that leaves out a check must not gain by it."""
    whole = checked()
    for name in (CheckName.PROOF, CheckName.ISSUER, CheckName.DATES, CheckName.STATUS):
        rest = tuple(check for check in whole.checks if check.check is not name)

        assert worth(replace(whole, checks=rest)) is Assurance.DOCUMENTED


def endorsement(about: str, **fields: str) -> dict[str, Any]:
    """Return a signed endorsement of an id."""
    document = {
        **changed(BADGE, "credentialSubject"),
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "id": "https://badges.example/endorsements/1",
        "credentialSubject": {"id": about, "type": ["EndorsementSubject"]},
        **fields,
    }
    return signed(document)


@pytest.mark.parametrize(
    ("about", "fields", "state", "word"),
    [
        (ISSUER, {}, VALID, "the one it has holds"),
        (BADGE["id"], {}, VALID, "holds"),
        ("https://other.example/badge", {}, INVALID, "about something else"),
        ("", {}, INVALID, "does not say what it is about"),
        (ISSUER, {"validUntil": "2026-01-01T00:00:00Z"}, INVALID, "expired"),
    ],
)
def test_an_endorsement_must_hold_and_be_about_this_credential(
    about: str, fields: dict[str, str], state: CheckState, word: str
) -> None:
    """An endorsement of something else, hung on a badge, would lend it a good name."""
    document = signed({**BADGE, "endorsement": [endorsement(about, **fields)]})

    verification = judged(document, files={ISSUER: controller()})

    check = verification.of(CheckName.ENDORSEMENTS)
    assert check is not None
    assert (check.state, word in check.reason) == (state, True), check.reason
    assert worth(verification) is Assurance.VERIFIED


def test_linked_endorsements_are_fetched_and_missing_ones_leave_a_doubt() -> None:
    """Open Badges 2.0 names endorsements by address."""
    url = "https://guild.example/endorsements/1"
    linked = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Endorsement",
        "id": url,
        "claim": {"id": BADGE_CLASS["id"]},
        "issuer": PROFILE["id"],
        "issuedOn": "2025-01-01T00:00:00Z",
        "verification": {"type": "hosted"},
    }
    document = {**ASSERTION, "endorsement": [url]}
    files: dict[str, object] = {
        ASSERTION["id"]: document,
        BADGE_CLASS["id"]: BADGE_CLASS,
        PROFILE["id"]: PROFILE,
    }

    there = judged(document, files={**files, url: linked}).of(CheckName.ENDORSEMENTS)
    missing = judged(document, files=files).of(CheckName.ENDORSEMENTS)

    assert there is not None
    assert missing is not None
    assert (there.state, missing.state) == (VALID, UNKNOWN), there.reason


def test_endorsements_of_endorsements_end() -> None:
    """Each may hold another; the check stops at a depth and says so."""
    inner = endorsement(ISSUER)
    for _ in range(6):
        inner = {**endorsement(ISSUER), "endorsement": [inner]}

    verification = judged({**BADGE, "endorsement": [inner]}, files={ISSUER: controller()})

    check = verification.of(CheckName.ENDORSEMENTS)
    assert check is not None
    assert check.state is not VALID


def test_an_endorsement_that_cannot_be_read_leaves_a_doubt() -> None:
    """To pass over it would say that there is none."""
    verification = judged({**BADGE, "endorsement": [{"type": "Praise"}]})

    check = verification.of(CheckName.ENDORSEMENTS)
    assert check is not None
    assert (check.state, "cannot be read" in check.reason) == (UNKNOWN, True)


def test_endorsements_that_link_to_each_other_end_soon() -> None:
    """Twenty that each link to all twenty would be checked 160,000 times."""
    urls = [f"https://guild.example/endorsements/{number}" for number in range(20)]
    files: dict[str, object] = {
        url: {
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Endorsement",
            "id": url,
            "claim": {"id": PROFILE["id"]},
            "issuer": PROFILE["id"],
            "issuedOn": "2025-01-01T00:00:00Z",
            "verification": {"type": "hosted"},
            "endorsement": urls,
        }
        for url in urls
    }
    documents = Files({**files, PROFILE["id"]: PROFILE})

    verification = verify(
        read({**ASSERTION, "badge": BADGE_CLASS, "endorsement": urls}),
        documents=documents,
        issuers=KnownIssuers(),
        at=NOW,
    )

    check = verification.of(CheckName.ENDORSEMENTS)
    assert check is not None
    assert check.state is UNKNOWN, check.reason
    assert len(documents.asked) < 5000


def test_a_status_list_in_the_issuers_name_by_another_key_frees_nobody() -> None:
    """Whoever can put a list of zeros in the way would undo every revocation."""
    forger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    url = "https://badges.example/status/1"
    entry = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "6",
        "statusListCredential": url,
    }
    document = signed({**BADGE, "credentialStatus": entry})
    files: dict[str, object] = {ISSUER: controller()}

    own = judged(document, files={**files, url: signed(status_list())})
    forged = judged(document, files={**files, url: signed(status_list(), key=forger)})

    assert worth(own) is Assurance.VERIFIED
    assert worth(forged) is Assurance.DOCUMENTED
    assert forged.checks[4].state is UNKNOWN


def test_the_credentials_inside_a_presentation_are_verified_apart() -> None:
    """What wraps a badge neither lends it trust nor takes it."""
    presentation = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [signed(BADGE)],
    }

    verification = judged(presentation, files={ISSUER: controller()})

    assert worth(verification) is Assurance.DOCUMENTED
    assert [worth(part) for part in verification.parts] == [Assurance.VERIFIED]
