"""Status lists: one bit a credential, published by its issuer, that says whether it still holds.

Source: W3C Bitstring Status List v1.0.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Container, Mapping
from datetime import datetime
from typing import Any

from skillmatch.errors import DataError, UsageError
from skillmatch.issuing.moments import timestamp
from skillmatch.trust.bitstring import BitstringError, decode_bitstring

VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"
ENTRIES = 131_072
"""Fewest entries that the standard allows, so that one entry hides among many."""
MAX_ENTRIES = 16 * 1024 * 1024
PURPOSES = ("revocation", "suspension")


def new_status_list(
    url: str, *, issuer: str, valid_from: datetime, purpose: str = "revocation", size: int = ENTRIES
) -> dict[str, Any]:
    """Return an unsigned status list credential in which every credential holds.

    Args:
        url: Where the list will be published; its id.
        issuer: Id of the issuer of the badges.
        valid_from: When this state of the list holds from.
        purpose: What a set bit means: ``revocation`` (for good) or ``suspension`` (for a while).
        size: Entries, a multiple of 8.

    Raises:
        UsageError: The purpose or size is none that the standard allows.
    """
    if purpose not in PURPOSES:
        raise UsageError(f"no purpose {purpose!r}; there are {' and '.join(PURPOSES)}")
    if not ENTRIES <= size <= MAX_ENTRIES or size % 8:
        raise UsageError(f"a list has {ENTRIES} to {MAX_ENTRIES} entries, a multiple of 8")
    if not url.startswith("https://"):
        raise UsageError(f"{url!r} is no https address; a status list is published on the web")
    return {
        "@context": [VC_CONTEXT],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": timestamp(valid_from),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encode_bits(bytes(size // 8)),
        },
    }


def encode_bits(bits: bytes) -> str:
    """Return bits as multibase base64url of their gzip; the same bits give the same text."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = bytearray(packer.compress(bits) + packer.flush())
    packed[9] = 255  # The operating system, which has no business in the list: unknown.
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")


def list_bits(document: Mapping[str, Any]) -> bytes:
    """Return the bits of a status list credential; entry 0 is the highest bit of the first byte.

    Raises:
        DataError: It is none, or its list is damaged or larger than any list may be.
    """
    subject = document.get("credentialSubject")
    encoded = subject.get("encodedList") if isinstance(subject, Mapping) else None
    if not isinstance(encoded, str) or not encoded.startswith("u"):
        raise DataError(
            "/credentialSubject/encodedList is no multibase text (u…); is this a status list "
            "made by `skillmatch badge status LIST --create URL`?"
        )
    try:
        return decode_bitstring(encoded).data
    except BitstringError as error:
        raise DataError(f"/credentialSubject/encodedList cannot be read: {error}") from error


def is_set(bits: bytes, index: int) -> bool:
    """Tell whether an entry is set.

    Raises:
        UsageError: The list has no such entry.
    """
    _check_index(bits, index)
    return bool(bits[index // 8] & (0x80 >> index % 8))


def set_entries(bits: bytes) -> tuple[int, ...]:
    """Return the entries that are set, in ascending order."""
    return tuple(
        place * 8 + bit
        for place, byte in enumerate(bits)
        if byte
        for bit in range(8)
        if byte & (0x80 >> bit)
    )


def with_bit(bits: bytes, index: int, *, value: bool) -> bytes:
    """Return the bits with one entry set or cleared and all others as they are.

    Raises:
        UsageError: The list has no such entry.
    """
    _check_index(bits, index)
    changed = bytearray(bits)
    mask = 0x80 >> index % 8
    changed[index // 8] = changed[index // 8] | mask if value else changed[index // 8] & ~mask
    return bytes(changed)


def with_bits(document: Mapping[str, Any], bits: bytes, *, valid_from: datetime) -> dict[str, Any]:
    """Return the list with other bits, from a moment on, without its proof, which held the old."""
    subject = {**document["credentialSubject"], "encodedList": encode_bits(bits)}
    changed = {**document, "validFrom": timestamp(valid_from), "credentialSubject": subject}
    changed.pop("proof", None)
    return changed


def free_index(credential_id: str, size: int, taken: Container[int]) -> int:
    """Return the entry for a credential: drawn from its id, so that neighbours tell nothing.

    Consecutive entries would tell who got a badge on the same day. The same id and the same
    taken entries give the same entry.

    Args:
        credential_id: Of the credential that is about to be issued.
        size: Entries of the list.
        taken: Entries that were given away.

    Raises:
        UsageError: No entry is free.
    """
    start = int.from_bytes(hashlib.sha256(credential_id.encode("utf-8")).digest()[:8], "big")
    for step in range(size):
        index = (start + step) % size
        if index not in taken:
            return index
    raise UsageError(f"all {size} entries of the status list are taken; start another list")


def status_entry(document: Mapping[str, Any], index: int) -> dict[str, str]:
    """Return the ``credentialStatus`` of the credential that has an entry of this list.

    Raises:
        DataError: The list has no id or purpose.
        UsageError: The list has no such entry.
    """
    _check_index(list_bits(document), index)
    url, purpose = document.get("id"), document["credentialSubject"].get("statusPurpose")
    if not isinstance(url, str) or not isinstance(purpose, str):
        raise DataError("the status list lacks /id or /credentialSubject/statusPurpose")
    return {
        "id": f"{url}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": url,
    }


def _check_index(bits: bytes, index: int) -> None:
    if not 0 <= index < len(bits) * 8:
        raise UsageError(f"no entry {index}; the list has entries 0 to {len(bits) * 8 - 1}")
