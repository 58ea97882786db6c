"""Badges signed in the test with fresh keys, in every form that is checked."""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import base58
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

from skillmatch.trust.data_integrity import hash_data
from tests.trust.badge_samples import BADGE

V1 = "https://www.w3.org/2018/credentials/v1"
SUITE_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"


@dataclass(frozen=True, slots=True)
class Signer:
    """An Ed25519 key with its names."""

    private: ed25519.Ed25519PrivateKey = field(
        default_factory=ed25519.Ed25519PrivateKey.generate, repr=False
    )

    @property
    def multikey(self) -> str:
        """The public key as a Multikey."""
        raw = b"\xed\x01" + self.private.public_key().public_bytes_raw()
        return "z" + str(base58.b58encode(raw).decode("ascii"))

    @property
    def did(self) -> str:
        """The did:key."""
        return f"did:key:{self.multikey}"

    @property
    def method(self) -> str:
        """The verification method of the did:key."""
        return f"{self.did}#{self.multikey}"

    @property
    def pem(self) -> bytes:
        """The private key, for libraries that want it so."""
        return self.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    def prove(
        self,
        document: Mapping[str, Any],
        suite: str = "eddsa-rdfc-2022",
        previous: tuple[Mapping[str, Any], ...] = (),
        **options: object,
    ) -> dict[str, Any]:
        """Return a proof over a document; ``previous`` are the proofs that it builds on."""
        old = suite == "Ed25519Signature2020"
        proof: dict[str, Any] = {
            "type": "Ed25519Signature2020" if old else "DataIntegrityProof",
            "created": "2025-01-01T10:00:00Z",
            "verificationMethod": self.method,
            "proofPurpose": "assertionMethod",
        }
        if not old:
            proof["cryptosuite"] = suite
        if suite == "eddsa-jcs-2022":
            proof["@context"] = document["@context"]
        proof |= options
        if previous:
            ids = [one["id"] for one in previous]
            proof["previousProof"] = ids
        unsecured = {key: value for key, value in document.items() if key != "proof"}
        if previous:
            unsecured["proof"] = list(previous)
        signature = self.private.sign(hash_data(unsecured, proof, suite))
        return {**proof, "proofValue": "z" + base58.b58encode(signature).decode("ascii")}


def badge(signer: Signer | None = None, **changes: object) -> dict[str, Any]:
    """Return the sample badge, issued by a signer's did:key where one is given."""
    document = copy.deepcopy(BADGE)
    if signer is not None:
        document["issuer"]["id"] = signer.did
    return {**document, **changes}


def signed(
    signer: Signer, document: Mapping[str, Any], suite: str = "eddsa-rdfc-2022", **options: object
) -> dict[str, Any]:
    """Return a document with one proof."""
    return {**document, "proof": signer.prove(document, suite, (), **options)}


def b64(value: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def compact(header: Mapping[str, Any], claims: Mapping[str, Any], key: object) -> str:
    """Return a compact token, signed by ``cryptography`` and not by a JOSE library."""
    parts = [b64(json.dumps(part).encode()) for part in (header, claims)]
    return ".".join((*parts, b64(raw_signature(key, ".".join(parts).encode()))))


def raw_signature(key: object, message: bytes) -> bytes:
    """Return a signature as JOSE wants it, by the kind of key."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(message)
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(message, padding.PKCS1v15(), hashes.SHA256())
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    r, s = utils.decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    """Return an RSA key, made once, since making one takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def rsa_jwk(key: rsa.RSAPrivateKey) -> dict[str, str]:
    """Return the public JWK of an RSA key."""
    numbers = key.public_key().public_numbers()
    modulus = numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8, "big")
    return {"kty": "RSA", "n": b64(modulus), "e": "AQAB"}


def ec_jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    """Return the public JWK of a P-256 key."""
    numbers = key.public_key().public_numbers()
    x, y = (b64(one.to_bytes(32, "big")) for one in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def okp_jwk(signer: Signer) -> dict[str, str]:
    """Return the public JWK of an Ed25519 key."""
    raw = signer.private.public_key().public_bytes_raw()
    return {"kty": "OKP", "crv": "Ed25519", "x": b64(raw)}


def pem_of(key: rsa.RSAPrivateKey) -> str:
    """Return the public key as PEM."""
    made = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return made.decode("ascii")
