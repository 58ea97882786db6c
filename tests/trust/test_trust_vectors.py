"""Published signatures: the W3C test vectors, and every proof among 1EdTech's test files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from skillmatch.jsonld import canonical_nquads
from skillmatch.jsonld import contexts as room
from skillmatch.jsonld.pins import PINS, Pin
from skillmatch.model.credential import Credential
from skillmatch.model.verification import CheckState
from skillmatch.readers.credentials import read_credential_bytes
from skillmatch.trust.data_integrity import hash_data, signature_of
from skillmatch.trust.documents import Documents, NoDocuments
from skillmatch.trust.proofs import ProofFinding, check_proof
from tests.trust.badge_samples import NOW, Files

pytestmark = pytest.mark.shared

W3C = "credentials/w3c-vc-di-eddsa/TestVectors"
VALIDATOR = "credentials/1edtech-validator/inspector-vc/src/test/resources"
VALID, INVALID, UNKNOWN = CheckState.VALID, CheckState.INVALID, CheckState.UNKNOWN

SIGNED = (
    "Ed25519Signature2020/signedEdSig.json",
    "eddsa-jcs-2022/signedJCS.json",
    "eddsa-rdfc-2022/signedDataInt.json",
    "proof-set-chain/proofChainTempDoc1.json",
    "proof-set-chain/signedProofChain1.json",
    "proof-set-chain/signedProofChain2.json",
    "proof-set-chain/signedProofSet1.json",
    "proof-set-chain/signedProofSet2.json",
)
# From the specification's own appendix, "Test Vectors".
DOCUMENT_HASH = "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
RDFC_OPTIONS_HASH = "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0"
JCS_OPTIONS_HASH = "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db"
JCS_DOCUMENT_HASH = "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"


def load(folder: Path, name: str) -> dict[str, Any]:
    """Return a JSON file."""
    value: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    return value


def check(path: Path, documents: Documents | None = None) -> ProofFinding:
    """Check the only credential of a file."""
    (credential,) = read_credential_bytes(path.read_bytes(), path.name)
    return check_proof(credential, documents or NoDocuments(), at=NOW)


def test_intermediate_hashes_are_those_of_the_specification(shared_data: Path) -> None:
    """A wrong canonical form and a wrong hash order would look alike from outside."""
    unsigned = load(shared_data, f"{W3C}/unsigned.json")
    rdfc = load(shared_data, f"{W3C}/eddsa-rdfc-2022/proofConfigDataInt.json")
    jcs = load(shared_data, f"{W3C}/eddsa-jcs-2022/proofConfigJCS.json")

    assert hashlib.sha256(canonical_nquads(unsigned)).hexdigest() == DOCUMENT_HASH
    assert hash_data(unsigned, rdfc, "eddsa-rdfc-2022").hex() == RDFC_OPTIONS_HASH + DOCUMENT_HASH
    assert hash_data(unsigned, jcs, "eddsa-jcs-2022").hex() == JCS_OPTIONS_HASH + JCS_DOCUMENT_HASH


@pytest.mark.parametrize("name", SIGNED)
def test_every_w3c_vector_holds_with_all_its_proofs(shared_data: Path, name: str) -> None:
    """Its did:key belongs to nobody, so that the issuer stays open."""
    finding = check(shared_data / W3C / name)
    proofs = load(shared_data, f"{W3C}/{name}")["proof"]

    assert (finding.proof.state, finding.issuer.state) == (VALID, UNKNOWN)
    number = len(proofs) if isinstance(proofs, list) else 1
    assert number == 1 or finding.proof.reason.startswith(f"{number} of {number} proofs hold")


def test_a_chain_without_its_first_links_does_not_hold(shared_data: Path) -> None:
    """The vectors' own half-built document: a proof whose earlier ones were taken away."""
    finding = check(shared_data / W3C / "proof-set-chain/proofChainTempDoc2.json")

    assert finding.proof.state is INVALID
    assert "builds on" in finding.proof.reason


def test_signing_anew_gives_the_published_signature(shared_data: Path) -> None:
    """Ed25519 leaves no freedom, so that what we hash is what they hashed, to the byte."""
    import base58
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    pair = load(shared_data, f"{W3C}/keyPair.json")
    secret = base58.b58decode(pair["privateKeyMultibase"][1:])[2:]
    for name, suite in (
        ("eddsa-rdfc-2022/signedDataInt.json", "eddsa-rdfc-2022"),
        ("eddsa-jcs-2022/signedJCS.json", "eddsa-jcs-2022"),
        ("Ed25519Signature2020/signedEdSig.json", "Ed25519Signature2020"),
    ):
        document = load(shared_data, f"{W3C}/{name}")
        proof = document.pop("proof")
        made = Ed25519PrivateKey.from_private_bytes(secret).sign(hash_data(document, proof, suite))
        assert made == signature_of(proof), name


# The vector's context is published nowhere that a package ships; these are the terms that its
# published canonical form shows.
CITIZENSHIP = {
    "@context": {
        "EmploymentAuthorizationDocumentCredential": (
            "https://w3id.org/citizenship#EmploymentAuthorizationDocumentCredential"
        ),
        "Person": {
            "@id": "https://schema.org/Person",
            "@context": {
                "additionalName": "https://schema.org/additionalName",
                "birthCountry": "https://w3id.org/citizenship#birthCountry",
                "birthDate": {
                    "@id": "https://schema.org/birthDate",
                    "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
                },
                "employmentAuthorizationDocument": (
                    "https://w3id.org/citizenship#employmentAuthorizationDocument"
                ),
                "familyName": "https://schema.org/familyName",
                "gender": "https://schema.org/gender",
                "givenName": "https://schema.org/givenName",
                "image": {"@id": "https://schema.org/image", "@type": "@id"},
                "residentSince": {
                    "@id": "https://w3id.org/citizenship#residentSince",
                    "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
                },
            },
        },
        "EmployablePerson": "https://w3id.org/citizenship#EmployablePerson",
        "EmploymentAuthorizationDocument": {
            "@id": "https://w3id.org/citizenship#EmploymentAuthorizationDocument",
            "@context": {
                "identifier": "https://schema.org/identifier",
                "lprCategory": "https://w3id.org/citizenship#lprCategory",
                "lprNumber": "https://w3id.org/citizenship#lprNumber",
            },
        },
        "image": {"@id": "https://schema.org/image", "@type": "@id"},
    }
}


def test_the_vector_of_an_unpinned_context_is_open_until_its_context_is_known(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is guessed about terms, and nothing but the terms is missing."""
    path = shared_data / W3C / "eddsa-rdfc-2022/employ/signedDataInt.json"
    text = json.dumps(CITIZENSHIP).encode()
    (tmp_path / "c.json").write_bytes(text)
    pin = Pin(package="test", path="c.json", sha256=(hashlib.sha256(text).hexdigest(),))
    folder = room._package_folder

    before = check(path)
    monkeypatch.setattr(
        room, "_package_folder", lambda one: tmp_path if one == "test" else folder(one)
    )
    monkeypatch.setitem(PINS, "https://w3id.org/citizenship/v4rc1", (pin,))
    after = check(path)

    assert before.proof.state is UNKNOWN
    assert "unknown context https://w3id.org/citizenship/v4rc1" in before.proof.reason
    assert (after.proof.state, after.issuer.state) == (VALID, INVALID)


DROPPED = "no context gives a meaning"
NO_FIT = "its signature does not fit"
TABLE: dict[str, tuple[CheckState, str]] = {
    "bit-string-list/credential-status-revoked-blank-nodes.json": (VALID, "eddsa-rdfc-2022"),
    "bit-string-list/credential-status-revoked.json": (VALID, "eddsa-rdfc-2022"),
    "bit-string-list/testlist": (VALID, "eddsa-rdfc-2022"),
    # Its proof fits no known content of its contexts.
    "complete.json": (INVALID, NO_FIT),
    "complete_v1.json": (UNKNOWN, "the key was not looked at"),
    "credential-status-revoked.json": (VALID, "Ed25519Signature2020"),
    "endorsement-err-schema-status-refresh.json": (INVALID, NO_FIT),
    "endorsement-valid.json": (VALID, "eddsa-rdfc-2022"),
    "sd/derivedcredential.json": (UNKNOWN, "unsupported suite ecdsa-sd-2023"),
    "simple-context-alias.json": (VALID, "eddsa-rdfc-2022"),
    "simple-context-version.json": (VALID, "eddsa-rdfc-2022"),
    "simple-did-key-method.json": (VALID, "eddsa-rdfc-2022"),
    "simple-did-web-method.json": (VALID, "eddsa-rdfc-2022"),
    "simple-eddsa-2022.json": (VALID, "eddsa-2022"),
    "simple-err-context.json": (INVALID, DROPPED),
    "simple-err-credential-subject-achievement-result-description-type.json": (INVALID, DROPPED),
    "simple-err-credential-subject-identifier-type.json": (INVALID, DROPPED),
    "simple-err-credential-subject-profile-type.json": (INVALID, DROPPED),
    "simple-err-credential-subject-result-type.json": (INVALID, DROPPED),
    "simple-err-credential-subject-type.json": (INVALID, DROPPED),
    "simple-err-evidence-type.json": (INVALID, DROPPED),
    # Their faults are dates and a missing issuer, which other checks find.
    "simple-err-expired.json": (VALID, "eddsa-rdfc-2022"),
    "simple-err-issued.json": (VALID, "eddsa-rdfc-2022"),
    "simple-err-issuer.json": (VALID, "eddsa-rdfc-2022"),
    "simple-err-issuer-otheridentifier-type.json": (INVALID, DROPPED),
    "simple-err-issuer-parentorg-type.json": (INVALID, DROPPED),
    "simple-err-issuer-type.json": (INVALID, DROPPED),
    "simple-err-proof-method-no-scheme.json": (INVALID, "neither a DID nor a web address"),
    "simple-err-proof-method-unknown-did-method.json": (UNKNOWN, "did:example is not supported"),
    "simple-err-proof-method-unknown-scheme.json": (INVALID, "neither a DID nor a web address"),
    "simple-err-proof-method.json": (INVALID, "names no usable key"),
    "simple-err-proof-value.json": (INVALID, NO_FIT),
    "simple-err-type.json": (INVALID, DROPPED),
    "simple-json.png": (VALID, "eddsa-rdfc-2022"),
    "simple-json.svg": (VALID, "eddsa-rdfc-2022"),
    "simple-jwt.png": (VALID, "RS256"),
    "simple-jwt.svg": (VALID, "RS256"),
    "simple-jwt_v1.png": (VALID, "RS256"),
    "simple-jwt_v1.svg": (VALID, "RS256"),
    "simple-multiple-proofs.json": (VALID, "1 of 2 proofs hold"),
    "simple-noproof.json": (UNKNOWN, "carries no proof"),
    "simple.1ob": (VALID, "eddsa-rdfc-2022"),
    "simple.json": (VALID, "eddsa-rdfc-2022"),
    "simple.jwt": (UNKNOWN, "names no key"),
    "simple_v1.json": (VALID, "Ed25519Signature2020"),
    "velocity.jwt": (UNKNOWN, "did:velocity is not supported"),
}


def test_every_file_of_the_validator_comes_out_as_the_table_says(shared_data: Path) -> None:
    """No file is left out, and each has one reason."""
    folder = shared_data / VALIDATOR / "ob30"
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}

    found = {name: check(folder / name).proof for name in sorted(files)}

    assert files == set(TABLE)
    assert {name: one.state for name, one in found.items()} == {
        name: state for name, (state, _) in TABLE.items()
    }
    assert [name for name, one in found.items() if TABLE[name][1] not in one.reason] == []


def inner(credential: Credential) -> Iterator[Credential]:
    """Yield a credential's endorsements and parts, at every depth."""
    for one in (*credential.endorsements, *credential.parts):
        yield one
        yield from inner(one)


def test_embedded_endorsements_of_unsupported_suites_are_open(shared_data: Path) -> None:
    """The fullest example carries five, with a suite name that never was."""
    path = shared_data / VALIDATOR / "ob30/complete.json"
    (credential,) = read_credential_bytes(path.read_bytes(), path.name)

    findings = [check_proof(one, NoDocuments(), at=NOW) for one in inner(credential)]

    assert len(findings) >= 5
    assert {one.proof.state for one in findings if "eddsa-rdf-2022" in one.proof.reason} == {
        UNKNOWN
    }


@pytest.mark.parametrize(
    ("name", "key"),
    [("simple", "key1"), ("simple-not-revoked", "key2"), ("simple-revoked", "key3")],
)
def test_signed_badges_of_version_2_hold_with_their_documents(
    shared_data: Path, name: str, key: str
) -> None:
    """Signature and issuer are good; whether it was revoked is another check."""
    folder = shared_data / VALIDATOR / "ob20"
    assets = folder / "assets"
    documents: dict[str, object] = {
        f"https://example.org/{path.name}": path.read_bytes() for path in assets.glob("*.json")
    }
    documents[f"http://example.org/{key}.json"] = (assets / f"{key}.json").read_bytes()

    offline = check(folder / f"{name}.jwt")
    finding = check(folder / f"{name}.jwt", Files(documents))

    assert offline.proof.state is UNKNOWN
    assert (finding.proof.state, finding.issuer.state) == (VALID, VALID)
    assert f"http://example.org/{key}.json" in finding.controllers


def test_an_issuer_profile_from_the_map_binds_the_key(shared_data: Path) -> None:
    """With the profile at hand the same file's issuer is known, or known to be somebody else."""
    path = shared_data / VALIDATOR / "ob30/simple.json"
    issuer = "https://example.com/issuers/876543"
    method = load(path.parent, path.name)["proof"][0]["verificationMethod"]
    profile = {
        "id": issuer,
        "verificationMethod": [
            {"id": method, "controller": issuer, "publicKeyMultibase": method.partition("#")[2]}
        ],
    }
    other = {"id": issuer, "publicKey": ["https://example.com/issuers/876543/key"]}

    assert check(path, Files({issuer: profile})).issuer.state is VALID
    assert check(path, Files({issuer: other})).issuer.state is INVALID
