"""Signed by an independent implementation, checked by ours."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from openbadgeslib.ob3 import (
    OB3Signer,
    OpenBadgeCredential,
    add_data_integrity_proof,
    verify_data_integrity_proof,
)
from openbadgeslib.ob3.credential import Achievement, Issuer

from skillmatch.model.verification import CheckState
from skillmatch.readers.credentials import read_credential_bytes
from skillmatch.trust.documents import NoDocuments
from skillmatch.trust.proofs import check_proof
from tests.trust.badge_samples import read
from tests.trust.signed_samples import Signer, badge, rsa_key, signed

KEY = Signer()


def full_badge() -> dict[str, Any]:
    """Return a badge with most of what Open Badges has: lists, numbers, results, identifiers."""
    document = badge(
        KEY, name='Ärztliche Erste Hilfe — \u2028 "Stufe" 1\t', awardedDate="2025-01-01T00:00:00Z"
    )
    subject = document["credentialSubject"]
    subject["creditsEarned"] = 2.5
    subject["identifier"] = [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": "sha256$00",
            "identityType": "emailAddress",
            "salt": "x",
        }
    ]
    subject["achievement"]["resultDescription"] = [
        {
            "id": "urn:result:1",
            "type": ["ResultDescription"],
            "name": "Grade",
            "resultType": "LetterGrade",
            "allowedValue": ["F", "C", "B", "A", "A"],
        }
    ]
    subject["achievement"]["alignment"] = [
        {"type": ["Alignment"], "targetName": name, "targetUrl": f"https://esco.example/{name}"}
        for name in ("one", "two")
    ]
    return document


def test_their_data_integrity_proof_holds() -> None:
    """Two implementations agree on what is signed, down to the last byte."""
    document = add_data_integrity_proof(full_badge(), KEY.pem, KEY.method)

    finding = check_proof(read(document), NoDocuments())

    assert finding.proof.state is CheckState.VALID, finding.proof
    assert finding.issuer.state is CheckState.VALID


def test_our_data_integrity_proof_holds_for_them() -> None:
    """The other way round, with the same document."""
    document = signed(KEY, full_badge())
    public = KEY.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    verify_data_integrity_proof(document, public)

    document["name"] = "Doctor"
    with pytest.raises(Exception, match=r"(?i)sign|proof|verif"):
        verify_data_integrity_proof(document, public)


@pytest.mark.parametrize("algorithm", ["RS256", "EdDSA"])
def test_their_token_holds(algorithm: str) -> None:
    """They carry the key in the header, so that the issuer stays open."""
    pem = KEY.pem
    if algorithm == "RS256":
        pem = rsa_key().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    credential = OpenBadgeCredential(
        issuer=Issuer(id="https://guild.example/issuer", name="Guild", url="https://guild.example"),
        achievement=Achievement(
            id="https://guild.example/a/1",
            name="First aid",
            description="Gives first aid.",
            criteria_narrative="Treats three staged accidents.",
        ),
        recipient_id="mailto:learner@example.org",
    )
    token = OB3Signer(pem, algorithm=algorithm).sign(credential)
    (mine,) = read_credential_bytes(token.encode(), "badge.jwt")

    finding = check_proof(mine, NoDocuments())

    assert finding.proof.state is CheckState.VALID, finding.proof
    assert finding.issuer.state is CheckState.UNKNOWN
