"""Public keys in all spellings, DIDs that carry them, and documents that list them."""

from __future__ import annotations

import base64
import json
from typing import Any

import base58
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.model.verification import CheckState
from skillmatch.trust.did import FoundKey, KeyOrigin, NoKey, did_web_url, find_key
from skillmatch.trust.documents import NoDocuments
from skillmatch.trust.multikey import (
    KeyKind,
    UnusableKeyError,
    decode_multibase,
    read_jwk,
    read_method,
    read_multikey,
    read_pem,
)
from tests.trust.badge_samples import Files
from tests.trust.signed_samples import Signer, ec_jwk, okp_jwk, pem_of, rsa_jwk, rsa_key

SIGNER = Signer()
P256 = ec.generate_private_key(ec.SECP256R1())
WEB = "did:web:college.example"
WEB_URL = "https://college.example/.well-known/did.json"


def p256_multikey() -> str:
    """Return the P-256 key as a Multikey."""
    point = P256.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint
    )
    return "z" + str(base58.b58encode(b"\x80\x24" + point).decode())


def test_one_key_is_equal_in_all_its_spellings() -> None:
    """A key is its bytes, and not the way it is written."""
    raw = SIGNER.private.public_key().public_bytes_raw()
    ed25519 = {
        read_multikey(SIGNER.multikey),
        read_multikey("u" + base64.urlsafe_b64encode(b"\xed\x01" + raw).decode().rstrip("=")),
        read_jwk(okp_jwk(SIGNER)),
        read_method({"publicKeyBase58": base58.b58encode(raw).decode()}),
        read_method({"publicKeyJwk": okp_jwk(SIGNER)}),
    }
    p256 = {read_multikey(p256_multikey()), read_jwk(ec_jwk(P256))}
    rsa_keys = {read_pem(pem_of(rsa_key())), read_jwk(rsa_jwk(rsa_key()))}

    assert [len(one) for one in (ed25519, p256, rsa_keys)] == [1, 1, 1]
    assert ed25519.pop().multikey == SIGNER.multikey
    assert p256.pop().multikey == p256_multikey()
    key = rsa_keys.pop()
    assert (key.kind, read_multikey(key.multikey)) == (KeyKind.RSA, key)


@pytest.mark.parametrize(
    "method",
    [
        {"publicKeyMultibase": SIGNER.multikey, "secretKeyMultibase": "z1"},
        {"publicKeyJwk": {**okp_jwk(SIGNER), "d": "AAAA"}},
        {**okp_jwk(SIGNER), "d": "AAAA"},
        {"kty": "oct", "k": "AAAA"},
        {"publicKeyPem": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"},
        {"publicKeyMultibase": "z" + base58.b58encode(b"\x80\x26" + bytes(32)).decode()},
    ],
)
def test_private_material_is_refused_and_never_repeated(method: dict[str, Any]) -> None:
    """A key whose private half is published proves nothing, and is nobody's to print."""
    with pytest.raises(UnusableKeyError, match="private") as caught:
        read_method(method)

    assert "AAAA" not in str(caught.value)


@pytest.mark.parametrize(
    ("method", "reason"),
    [
        ({}, "holds no public key"),
        ({"publicKeyMultibase": "z6Mk"}, "no public key"),
        ({"publicKeyMultibase": "m6Mk"}, "multibase"),
        ({"publicKeyMultibase": "z0OIl"}, "multibase"),
        ({"publicKeyMultibase": "z" + "1" * 5000}, "longer than"),
        ({"publicKeyMultibase": "z" + base58.b58encode(b"\xed\x01" + bytes(5)).decode()}, "no Ed"),
        ({"publicKeyMultibase": "z" + base58.b58encode(b"\xe7\x01" + bytes(33)).decode()}, "secp"),
        ({"publicKeyJwk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}}, "no P-256 key"),
        ({"publicKeyJwk": {**ec_jwk(P256), "y": ec_jwk(P256)["x"]}}, "no P-256 key"),
        ({"publicKeyJwk": {"kty": "OKP", "crv": "Ed25519"}}, "'x'"),
        ({"publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": "§"}}, "'x'"),
        ({"publicKeyJwk": {"kty": "RSA", "n": "AQAB", "e": "AQAB"}}, "bits is refused"),
        ({"publicKeyJwk": {**rsa_jwk(rsa_key()), "e": "AQ"}}, "exponent"),
        ({"publicKeyJwk": {"kty": ["RSA"]}}, "no kind of public key"),
        ({"publicKeyPem": "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----"}, "PEM"),
    ],
)
def test_what_is_no_key_is_told_apart(method: dict[str, Any], reason: str) -> None:
    """Each of these was found in a document that somebody published, or in an attack."""
    with pytest.raises(UnusableKeyError, match=reason):
        read_method(method)


def test_a_short_rsa_key_is_refused_in_pem_as_well() -> None:
    """Such keys have been broken."""
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - the point

    with pytest.raises(UnusableKeyError, match="1024 bits"):
        read_pem(pem_of(short))


@given(data=st.binary(max_size=80))
def test_multibase_is_read_back_as_it_was_written(data: bytes) -> None:
    """Leading zeros are where base 58 goes wrong."""
    assert decode_multibase("z" + base58.b58encode(data).decode()) == data
    assert decode_multibase("u" + base64.urlsafe_b64encode(data).decode().rstrip("=")) == data


@given(text=st.text(max_size=60))
def test_no_text_makes_a_key_lookup_crash(text: str) -> None:
    """The name of a key is written by whoever made the credential."""
    for prefix in (
        "",
        "did:key:",
        "did:jwk:",
        "did:web:",
        "https://",
        "did:key:z6Mk",
        "https://x#",
    ):
        assert isinstance(find_key(prefix + text, NoDocuments()), FoundKey | NoKey)


def found(method: str, **documents: object) -> FoundKey:
    """Return a key that must be found."""
    answer = find_key(method, Files(documents))
    assert isinstance(answer, FoundKey), answer
    return answer


def test_a_did_that_is_a_key_needs_no_document() -> None:
    """Offline is the normal state."""
    jwk = base64.urlsafe_b64encode(json.dumps(ec_jwk(P256)).encode()).decode().rstrip("=")

    by_key = [found(SIGNER.method), found(SIGNER.did), found(f"did:key:{p256_multikey()}")]
    by_jwk = [found(f"did:jwk:{jwk}#0"), found(f"did:jwk:{jwk}")]

    assert {one.origin for one in by_key + by_jwk} == {KeyOrigin.OWN_NAME}
    assert by_key[0].controller == SIGNER.did
    assert by_jwk[0].key == by_key[2].key


@pytest.mark.parametrize(
    ("did", "url"),
    [
        (WEB, WEB_URL),
        ("did:web:college.example%3A8443:a:b", "https://college.example:8443/a/b/did.json"),
        ("did:web:college.example:users:7#key-1", "https://college.example/users/7/did.json"),
    ],
)
def test_did_web_becomes_an_address(did: str, url: str) -> None:
    """As the method's specification has it."""
    assert did_web_url(did) == url


@pytest.mark.parametrize(
    "did",
    [
        "did:web:",
        "did:web:a%2Fb",
        "did:web:user%40host.example",
        "did:web:h.example:..:secret",
        "did:web:h.example:a%2F..%2Fb",
        "did:web:h.example::b",
        "did:web:h.example:a%3Fb",
        "did:web:[::1]",
    ],
)
def test_a_did_web_cannot_leave_its_host_or_path(did: str) -> None:
    """What it spells would be asked of somebody else."""
    with pytest.raises(UnusableKeyError):
        did_web_url(did)


def did_document(**more: object) -> dict[str, Any]:
    """Return a DID document with one key for assertions and one for logins."""
    return {
        "id": WEB,
        "verificationMethod": [
            {"id": f"{WEB}#a", "controller": WEB, "publicKeyMultibase": SIGNER.multikey},
            {"id": f"{WEB}#b", "controller": WEB, "publicKeyJwk": okp_jwk(Signer())},
        ],
        "assertionMethod": [f"{WEB}#a"],
        "authentication": ["#b"],
        **more,
    }


def test_a_did_document_says_what_its_keys_are_for() -> None:
    """A key for logins must not vouch for badges."""
    documents = {WEB_URL: did_document()}

    assertion, login = found(f"{WEB}#a", **documents), found(f"{WEB}#b", **documents)

    assert (assertion.allowed, login.allowed) == (True, False)
    assert (assertion.controller, assertion.origin) == (WEB, KeyOrigin.DOCUMENT)


def test_a_key_claimed_for_somebody_else_has_no_controller() -> None:
    """Else a page of one's own could make its key that of a university."""
    theirs = "https://university.example/issuer"
    mine = "https://mine.example/key"
    claimed = {"id": mine, "controller": theirs, "publicKeyMultibase": SIGNER.multikey}
    page = {"id": theirs, "publicKey": [{**claimed, "id": f"{mine}#1"}]}

    assert found(mine, **{mine: claimed}).controller == ""
    assert found(f"{mine}#1", **{mine: page}).controller == ""


def test_a_document_without_the_key_says_so() -> None:
    """The key was taken out, or never was there."""
    answer = find_key(f"{WEB}#z", Files({WEB_URL: did_document()}))

    assert isinstance(answer, NoKey)
    assert (answer.state, "holds no key" in answer.reason) == (CheckState.INVALID, True)


def test_a_key_in_the_name_of_a_key_is_the_credentials_own_word() -> None:
    """Many issuers write it so, and anybody can."""
    method = f"https://college.example/issuer#{SIGNER.multikey}"

    offline = find_key(method, NoDocuments())
    other = "2" if method.endswith("1") else "1"
    broken = find_key(method[:-1] + other, NoDocuments())

    assert isinstance(offline, FoundKey)
    assert (offline.origin, offline.controller) == (KeyOrigin.CREDENTIAL, "")
    assert isinstance(broken, NoKey | FoundKey)
    assert not (isinstance(broken, FoundKey) and broken.key == offline.key)
