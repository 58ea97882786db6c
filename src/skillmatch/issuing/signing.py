"""Sign a credential, as a Data Integrity proof or as a VC-JWT.

What cannot be signed in full is not signed at all: a term that no context defines would look
signed and would not be.

Source: W3C vc-di-eddsa (eddsa-rdfc-2022); 1EdTech Open Badges 3.0, "Proofs (Signatures)".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from skillmatch.errors import DataError, UsageError
from skillmatch.issuing.keys import KeyKind, SigningKey, base64url, multibase
from skillmatch.issuing.moments import timestamp

CLAIMS = frozenset({"iss", "jti", "sub", "nbf", "exp"})
"""What a VC-JWT says beside the credential's own words."""


def check_signable(document: Mapping[str, Any]) -> None:
    """Refuse a document that a signature would not cover, or that no verifier would accept.

    Raises:
        DataError: Fields are missing or wrong, or terms are undefined; all are named.
    """
    from skillmatch.jsonld import dropped_terms
    from skillmatch.trust.shape import verifiable_faults

    if "proof" in document:
        raise DataError("the draft carries a /proof already; sign a draft without one")
    faults = tuple(dict.fromkeys(verifiable_faults(document)))
    if faults:
        raise DataError(f"not signed, since the draft needs mending: {'; '.join(faults)}")
    dropped = dropped_terms(document)
    if dropped:
        raise DataError(
            f"not signed: no context defines {', '.join(dropped)}, so a signature would not cover "
            "it. Remove it, or add to /@context the context that defines it"
        )


def sign_data_integrity(
    document: Mapping[str, Any], key: SigningKey, *, created: datetime
) -> dict[str, Any]:
    """Return the document with a DataIntegrityProof, ``eddsa-rdfc-2022``.

    The same arguments give the same bytes.

    Args:
        document: A credential without a proof.
        key: An Ed25519 key.
        created: When the proof was made, to the second.

    Raises:
        UsageError: The key is of another kind.
        DataError: The document cannot be signed as it stands.
    """
    from skillmatch.trust.data_integrity import Suite, hash_data

    if key.kind is not KeyKind.ED25519:
        raise UsageError(
            f"a Data Integrity proof here needs an Ed25519 key, and this one is {key.kind.value}; "
            "sign with --proof jwt, or make a key with `skillmatch badge key new --out FILE`"
        )
    check_signable(document)
    proof = {
        "type": "DataIntegrityProof",
        "created": timestamp(created),
        "verificationMethod": key.verification_method,
        "cryptosuite": Suite.RDFC.value,
        "proofPurpose": "assertionMethod",
    }
    signature = key.sign(hash_data(document, proof, Suite.RDFC))
    return {**document, "proof": [{**proof, "proofValue": multibase(signature)}]}


def sign_jwt(document: Mapping[str, Any], key: SigningKey) -> str:
    """Return the document as a compact VC-JWT: EdDSA, ES256 or RS256, by the kind of key.

    The same arguments give the same bytes. The header names the key by ``kid``; one that no
    ``did:key`` verifier would resolve (RSA) is carried along as ``jwk``, too.

    Raises:
        DataError: The document cannot be signed as it stands.
    """
    check_signable(document)
    header: dict[str, Any] = {"alg": key.algorithm, "typ": "JWT", "kid": key.verification_method}
    if key.kind is KeyKind.RSA:
        header["jwk"] = key.public_jwk()
    signed = f"{_part(header)}.{_part({**document, **registered_claims(document)})}"
    return f"{signed}.{base64url(key.sign(signed.encode('ascii')))}"


def registered_claims(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the claims that a VC-JWT repeats outside the credential's own words.

    ``iss`` is the issuer's id, ``jti`` the credential's, ``sub`` the subject's where it has one,
    ``nbf`` and ``exp`` are ``validFrom`` and ``validUntil`` in seconds.
    """
    issuer, subject = document.get("issuer"), document.get("credentialSubject")
    claims = {
        "iss": issuer.get("id") if isinstance(issuer, Mapping) else issuer,
        "jti": document.get("id"),
        "sub": subject.get("id") if isinstance(subject, Mapping) else None,
        "nbf": _seconds(document.get("validFrom")),
        "exp": _seconds(document.get("validUntil")),
    }
    return {name: value for name, value in claims.items() if value is not None}


def _seconds(text: object) -> int | None:
    return None if text is None else int(datetime.fromisoformat(str(text)).timestamp())


def _part(value: Mapping[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64url(text.encode("utf-8"))
