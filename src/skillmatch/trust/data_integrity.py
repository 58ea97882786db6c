"""What an embedded proof signs, and whether a signature over it is good.

``hash_data`` gives the bytes that signing and checking share; ``issuing`` calls it, too::

    signature = private_key.sign(hash_data(document, options, suite="eddsa-rdfc-2022"))
    proof = {**options, "proofValue": "z" + base58.b58encode(signature).decode()}

Source: W3C Verifiable Credential Data Integrity 1.0; W3C Data Integrity EdDSA Cryptosuites 1.0,
sections 3.2 (eddsa-rdfc-2022), 3.3 (eddsa-jcs-2022) and "Ed25519Signature2020".
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from skillmatch.jsonld import canonical_json, canonical_nquads
from skillmatch.trust.multikey import UnusableKeyError, decode_multibase

SIGNATURE_BYTES = 64


class Suite(StrEnum):
    """How a proof is made; all four sign with Ed25519."""

    RDFC = "eddsa-rdfc-2022"
    RDFC_OLDER_NAME = "eddsa-2022"
    JCS = "eddsa-jcs-2022"
    ED25519_SIGNATURE_2020 = "Ed25519Signature2020"


def suite_of(proof: Mapping[str, Any]) -> Suite | None:
    """Return the suite that a proof names, None for one that is not supported."""
    kind = proof.get("type")
    if kind == Suite.ED25519_SIGNATURE_2020:
        return Suite.ED25519_SIGNATURE_2020
    named = proof.get("cryptosuite")
    known = (Suite.RDFC, Suite.RDFC_OLDER_NAME, Suite.JCS)
    if kind != "DataIntegrityProof":
        return None
    return next((suite for suite in known if named == suite), None)


def hash_data(
    document: Mapping[str, Any],
    proof_options: Mapping[str, Any],
    suite: Suite | str,
    *,
    edition: int | None = None,
) -> bytes:
    """Return the 64 bytes that Ed25519 signs: the hash of the options, then of the document.

    Args:
        document: The credential without its proof; for a proof with ``previousProof``, with the
            proofs that it builds on under ``proof``.
        proof_options: The proof; a ``proofValue`` in it is left out. Its ``@context`` does not
            count for the RDFC suites, which take the document's; ``eddsa-jcs-2022`` hashes it as
            it stands, so whoever signs must put it there.
        suite: One of ``Suite``.
        edition: Which document to take for a context whose address has held several; see
            ``skillmatch.jsonld.expand``. Only the RDFC suites use it.

    Raises:
        JsonLdError: The document cannot be brought into canonical form.
        ValueError: ``suite`` is none of ``Suite``.
    """
    return hash_options(document, proof_options, suite, edition=edition) + hash_document(
        document, suite, edition=edition
    )


def hash_document(
    document: Mapping[str, Any], suite: Suite | str, *, edition: int | None = None
) -> bytes:
    """Return the later 32 bytes of ``hash_data``, which proofs over one document share.

    Raises:
        JsonLdError: As ``hash_data`` does.
    """
    if Suite(suite) is Suite.JCS:
        return hashlib.sha256(canonical_json(document)).digest()
    return hashlib.sha256(canonical_nquads(document, edition=edition)).digest()


def hash_options(
    document: Mapping[str, Any],
    proof_options: Mapping[str, Any],
    suite: Suite | str,
    *,
    edition: int | None = None,
) -> bytes:
    """Return the first 32 bytes of ``hash_data``; of the document only its contexts count.

    Raises:
        JsonLdError: As ``hash_data`` does.
    """
    options = {key: value for key, value in proof_options.items() if key != "proofValue"}
    if Suite(suite) is not Suite.JCS:
        options["@context"] = document.get("@context", [])
    return hash_document(options, suite, edition=edition)


def signature_of(proof: Mapping[str, Any]) -> bytes:
    """Return the 64 bytes of a proof's ``proofValue``.

    Raises:
        UnusableKeyError: It is missing, not in base 58, or of another length.
    """
    value = proof.get("proofValue")
    if not isinstance(value, str) or not value.startswith("z"):
        raise UnusableKeyError("it is not in base 58 (a text that begins with z)")
    signature = decode_multibase(value)
    if len(signature) != SIGNATURE_BYTES:
        raise UnusableKeyError(f"it has {len(signature)} bytes and not {SIGNATURE_BYTES}")
    return signature
