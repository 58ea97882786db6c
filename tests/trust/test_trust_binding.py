"""A good signature is somebody's; whose, only the issuer's own id or document can show."""

from __future__ import annotations

from typing import Any

import pytest

from skillmatch.model.verification import CheckState
from skillmatch.trust.documents import NoDocuments
from skillmatch.trust.proofs import ProofFinding, check_proof
from tests.trust.badge_samples import NOW, Files, read
from tests.trust.signed_samples import Signer, badge, signed

VALID, INVALID, UNKNOWN = CheckState.VALID, CheckState.INVALID, CheckState.UNKNOWN
ISSUER = "https://badges.example/issuer"
KEY, OTHER = Signer(), Signer()


def check(document: dict[str, Any], **documents: object) -> ProofFinding:
    """Check with the documents given."""
    files = Files(documents) if documents else NoDocuments()
    return check_proof(read(document), files, at=NOW)


def profile(*keys: object, **more: object) -> dict[str, Any]:
    """Return an issuer profile that lists keys."""
    return {"id": ISSUER, "type": ["Profile"], "verificationMethod": list(keys), **more}


def method(signer: Signer, **more: object) -> dict[str, Any]:
    """Return a verification method of the issuer."""
    return {
        "id": f"{ISSUER}#{signer.multikey}",
        "type": "Multikey",
        "controller": ISSUER,
        "publicKeyMultibase": signer.multikey,
        **more,
    }


def by_fragment(signer: Signer) -> dict[str, Any]:
    """Return a badge whose proof names its key as many issuers do."""
    return signed(signer, badge(), verificationMethod=f"{ISSUER}#{signer.multikey}")


def test_a_self_made_did_in_a_known_issuers_name_is_not_that_issuer() -> None:
    """Anybody can make a did:key and write any issuer above it."""
    finding = check(signed(KEY, badge()))

    assert (finding.proof.state, finding.issuer.state) == (VALID, UNKNOWN)
    assert "anybody can make" in finding.issuer.reason
    assert ISSUER not in finding.controllers


def test_an_issuer_that_is_another_key_did_not_sign() -> None:
    """Here nothing is left to be looked up."""
    finding = check(signed(KEY, badge(OTHER)))

    assert (finding.proof.state, finding.issuer.state) == (VALID, INVALID)


def test_a_did_key_issuer_may_write_its_key_at_an_address() -> None:
    """The id is the key, wherever the proof says that the key lies."""
    document = signed(KEY, badge(KEY), verificationMethod=f"{ISSUER}#{KEY.multikey}")

    assert check(document).issuer.state is VALID


@pytest.mark.parametrize(
    ("document", "state", "reason"),
    [
        (profile(method(KEY)), VALID, "lists the key"),
        (profile(method(OTHER), method(KEY)), VALID, "lists the key"),
        (profile(method(OTHER)), INVALID, "lists other keys"),
        (profile(), UNKNOWN, "lists no keys"),
        (profile(method(KEY), id="https://other.example"), UNKNOWN, "calls itself"),
        (profile(method(KEY), assertionMethod=[f"{ISSUER}#{KEY.multikey}"]), VALID, "lists"),
        (profile(method(KEY), assertionMethod=[method(OTHER)["id"]]), INVALID, "does not let"),
        (profile(method(KEY), assertionMethod=[method(OTHER)]), INVALID, "does not let"),
        ({"id": ISSUER, "assertionMethod": [f"{ISSUER}#{KEY.multikey}"]}, VALID, "lists the key"),
        ({"id": ISSUER, "publicKey": [method(KEY)]}, VALID, "lists the key"),
        (profile(method(KEY), assertionMethod=[]), INVALID, "does not let"),
        (profile(method(KEY), authentication=[method(KEY)["id"]]), INVALID, "does not let"),
        ([1], UNKNOWN, "no JSON object"),
    ],
)
def test_the_issuers_document_decides(document: object, state: CheckState, reason: str) -> None:
    """It lists the key, lists others, or says nothing of keys."""
    finding = check(by_fragment(KEY), **{ISSUER: document})

    assert finding.proof.state is VALID
    assert finding.issuer.state is state
    assert reason in finding.issuer.reason


def test_offline_the_key_in_the_name_of_the_key_proves_no_issuer() -> None:
    """It stands in the credential, which its maker wrote."""
    finding = check(by_fragment(KEY))

    assert (finding.proof.state, finding.issuer.state) == (VALID, UNKNOWN)
    assert "--documents" in finding.issuer.mend
    assert f"{ISSUER}#{KEY.multikey}" not in finding.controllers


def test_a_page_of_ones_own_cannot_borrow_a_listed_key() -> None:
    """The forger's page claims that its key is one that the issuer lists."""
    listed = f"{ISSUER}/keys/1"
    mine = "https://mine.example/key"
    page = {"id": mine, "controller": listed, "publicKeyMultibase": KEY.multikey}
    document = signed(KEY, badge(), verificationMethod=mine)

    finding = check(document, **{mine: page, ISSUER: {"id": ISSUER, "assertionMethod": [listed]}})

    assert (finding.proof.state, finding.issuer.state) == (VALID, INVALID)
    assert not {ISSUER, listed} & set(finding.controllers)


def test_a_did_web_issuer_is_asked_for_its_document() -> None:
    """Control of the web address is what the id stands for."""
    did = "did:web:college.example"
    document = badge()
    document["issuer"]["id"] = did
    key = {"id": "#1", "controller": did, "publicKeyMultibase": KEY.multikey}
    did_document = {"id": did, "verificationMethod": [key], "assertionMethod": ["#1"]}
    url = "https://college.example/.well-known/did.json"

    finding = check(signed(KEY, document, verificationMethod=f"{did}#1"), **{url: did_document})

    assert (finding.proof.state, finding.issuer.state) == (VALID, VALID)
    assert {did, f"{did}#1"} <= set(finding.controllers)


@pytest.mark.parametrize(
    ("more", "state", "reason"),
    [
        ({"revoked": "2026-05-01T00:00:00Z"}, INVALID, "was revoked"),
        ({"revoked": "2027-05-01T00:00:00Z"}, VALID, "fits"),
        ({"revoked": "some day"}, INVALID, "was revoked"),
        ({"expires": "2024-05-01T00:00:00Z"}, INVALID, "had run out"),
        ({"expires": "2025-05-01T00:00:00Z"}, VALID, "fits"),
    ],
)
def test_dates_of_keys_count(more: dict[str, str], state: CheckState, reason: str) -> None:
    """A stolen key can date a proof as it likes; an old one vouches for what it signed in time."""
    finding = check(by_fragment(KEY), **{ISSUER: profile(method(KEY, **more))})

    assert finding.proof.state is state
    assert reason in finding.proof.reason


@pytest.mark.parametrize("issuer", ["urn:uuid:6f2e33e5-7a29-4155-840a-59483ba10164", "did:ion:x"])
def test_an_id_that_cannot_be_looked_up_binds_nobody(issuer: str) -> None:
    """There is no place at which it could say which keys are its own."""
    document = badge()
    document["issuer"]["id"] = issuer

    assert check(signed(KEY, document)).issuer.state is UNKNOWN


def test_an_issuer_without_an_id_is_nobody() -> None:
    """A name is no identity."""
    document = badge()
    del document["issuer"]["id"]

    finding = check(signed(KEY, document))

    assert finding.issuer.state is UNKNOWN
    assert "names no issuer" in finding.issuer.reason
