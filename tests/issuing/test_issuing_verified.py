"""What is issued here holds for the verifier of this program, and only as long as it should."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from skillmatch.issuing.baking import bake
from skillmatch.issuing.issuers import issuer_profile
from skillmatch.issuing.keys import KeyKind, SigningKey
from skillmatch.issuing.signing import sign_data_integrity, sign_jwt
from skillmatch.issuing.status_entry import (
    list_bits,
    new_status_list,
    status_entry,
    with_bit,
    with_bits,
)
from skillmatch.model.credential import Credential
from skillmatch.model.evidence import Assurance
from skillmatch.model.verification import CheckName, CheckState, Verification
from skillmatch.readers.credentials import read_credential_bytes
from skillmatch.trust.documents import Documents, Missing, NoDocuments
from skillmatch.trust.issuers import KnownIssuer, KnownIssuers
from skillmatch.trust.verify import assurance, verify
from tests.issuing.issuing_samples import DAY, PROFILE, SVG, award, credential, draft, key, png

URL = "https://school.example/status/1"
LATER = datetime(2026, 6, 1, tzinfo=UTC)


class Given:
    """Documents by address, and nothing else."""

    def __init__(self, by_url: Mapping[str, object]) -> None:
        self.by_url = by_url

    def get(self, url: str) -> bytes | Missing:
        """Return the document at an address."""
        if url not in self.by_url:
            return Missing(reason=f"{url} is not there")
        return json.dumps(self.by_url[url]).encode()


def read(data: bytes) -> Credential:
    (found,) = read_credential_bytes(data, "badge")
    return found


def checked(
    one: Credential, signer: SigningKey, documents: Documents | None = None, at: datetime = LATER
) -> Verification:
    """Verify as somebody who knows the issuer."""
    known = KnownIssuers(issuers=(KnownIssuer(id=signer.did),))
    return verify(one, documents=documents or NoDocuments(), issuers=known, at=at)


@pytest.mark.parametrize("kind", list(KeyKind))
def test_a_token_of_every_kind_of_key_is_verified(kind: KeyKind) -> None:
    """Proof, issuer, dates and status, all of them."""
    signer = key(kind)
    found = checked(read(sign_jwt(credential(signer), signer).encode()), signer)

    assert assurance(found)[0] is Assurance.VERIFIED
    assert [one.state for one in found.checks] == [CheckState.VALID] * len(found.checks)


@pytest.mark.parametrize("image", [png(), SVG], ids=["png", "svg"])
def test_a_badge_in_a_picture_is_verified(image: bytes) -> None:
    """Baking changes nothing that was signed."""
    signed = sign_data_integrity(credential(), key(), created=DAY)

    found = checked(read(bake(image, json.dumps(signed, ensure_ascii=False))), key())

    assert assurance(found)[0] is Assurance.VERIFIED


def state_of(found: Verification, name: CheckName) -> CheckState:
    check = found.of(name)
    assert check is not None
    return check.state


def with_status(index: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a signed badge with an entry, and the unsigned list."""
    listed = new_status_list(URL, issuer=key().did, valid_from=DAY)
    order = replace(award(), status=status_entry(listed, index))
    return sign_data_integrity(credential(to=order), key(), created=DAY), listed


@pytest.mark.parametrize(
    ("revoked", "state"), [(4711, CheckState.INVALID), (4710, CheckState.VALID)]
)
def test_a_revoked_badge_is_refused_and_its_neighbour_is_not(
    revoked: int, state: CheckState
) -> None:
    """Through a signed list, found where the badge says."""
    badge, listed = with_status(4711)
    bits = with_bit(list_bits(listed), revoked, value=True)
    changed = with_bits(listed, bits, valid_from=DAY)
    documents = Given({URL: sign_data_integrity(changed, key(), created=DAY)})

    found = checked(read(json.dumps(badge).encode()), key(), documents)

    assert state_of(found, CheckName.STATUS) is state
    assert state_of(found, CheckName.PROOF) is CheckState.VALID


def test_a_list_that_was_changed_after_signing_decides_nothing() -> None:
    """Else anybody between issuer and verifier could restore a badge."""
    badge, listed = with_status(7)
    signed = sign_data_integrity(listed, key(), created=DAY)
    bits = with_bit(list_bits(signed), 7, value=True)
    forged = {**with_bits(signed, bits, valid_from=DAY), "proof": signed["proof"]}

    found = checked(read(json.dumps(badge).encode()), key(), Given({URL: forged}))

    assert state_of(found, CheckName.STATUS) is not CheckState.VALID


def test_a_badge_ends_when_it_says() -> None:
    """Issued with an end."""
    order = replace(award(), valid_until=datetime(2026, 5, 1, tzinfo=UTC))
    badge = read(sign_jwt(credential(to=order), key()).encode())

    assert assurance(checked(badge, key()))[0] is Assurance.INVALID
    assert assurance(checked(badge, key(), at=DAY))[0] is Assurance.VERIFIED


def test_an_issuer_with_a_domain_is_verified_by_its_published_key() -> None:
    """The key is found under the domain, and the domain names it."""
    did = "did:web:school.example"
    signer = SigningKey(kind=key().kind, private=key().private, method=f"{did}#key-1")
    method = {
        "id": f"{did}#key-1",
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": signer.multikey,
    }
    published = {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [method],
        "assertionMethod": [f"{did}#key-1"],
    }
    documents = Given({"https://school.example/.well-known/did.json": published})
    profile = issuer_profile({**PROFILE, "id": did}, signer)
    from skillmatch.issuing.assembling import assemble

    made = assemble(draft(), issuer=profile, award=award())
    for data in (
        json.dumps(sign_data_integrity(made, signer, created=DAY)).encode(),
        sign_jwt(made, signer).encode(),
    ):
        found = checked(read(data), signer, documents)

        assert state_of(found, CheckName.PROOF) is CheckState.VALID
        assert state_of(found, CheckName.ISSUER) is CheckState.VALID


def test_a_stranger_with_the_issuers_name_is_not_verified() -> None:
    """The name is the same, the key is not."""
    signer = key(KeyKind.P256)
    badge = read(sign_jwt(credential(signer), signer).encode())
    known = KnownIssuers(issuers=(KnownIssuer(id=key().did, name=PROFILE["name"]),))  # type: ignore[arg-type]  # a str

    found = verify(badge, documents=NoDocuments(), issuers=known, at=LATER)

    assert assurance(found)[0] is not Assurance.VERIFIED
