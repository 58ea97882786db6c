"""Status lists of single bits: a compressed string with one place for each credential."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from dataclasses import dataclass

MIN_ENTRIES = 131_072
"""Fewer would tell who is looked up; the standard asks for at least so many."""
MAX_BYTES = 16 * 2**20
"""Of one list after inflating: 134 million places."""
_ALPHABET = re.compile(r"[A-Za-z0-9_\-]*")


class BitstringError(ValueError):
    """A status list or a place in it that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Bitstring:
    """A status list, decoded; place 0 is the leftmost bit."""

    data: bytes

    @property
    def bits(self) -> int:
        """How many bits it has."""
        return len(self.data) * 8

    def at(self, index: int, size: int = 1) -> int:
        """Return the value of the place ``index``, each place being ``size`` bits wide.

        Raises:
            BitstringError: The list has no such place.
        """
        start = index * size
        if index < 0 or start + size > self.bits:
            raise BitstringError(
                f"place {index} lies outside the list, which has {self.bits // size:,}"
            )
        value = 0
        for bit in range(start, start + size):
            value = value << 1 | (self.data[bit // 8] >> (7 - bit % 8)) & 1
        return value


def decode_bitstring(encoded: str, *, multibase: bool = True) -> Bitstring:
    """Return the list that ``encodedList`` holds: base64url of gzip, inflated within bounds.

    Args:
        encoded: With the multibase prefix ``u``; lists of 2021 have none.
        multibase: Whether the prefix must be there.

    Raises:
        BitstringError: It is not that, or larger than ``MAX_BYTES``.

    Source: W3C Bitstring Status List 1.0, "Bitstring Expansion Algorithm".
    """
    text = encoded[1:] if encoded.startswith("u") else encoded
    if multibase and text is encoded:
        raise BitstringError("encodedList does not begin with u, as base64url in multibase does")
    text = text.rstrip("=")
    if not _ALPHABET.fullmatch(text):
        raise BitstringError("encodedList is no base64url")
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as fault:
        raise BitstringError("encodedList is no base64url") from fault
    return Bitstring(_inflate(packed))


def _inflate(packed: bytes) -> bytes:
    machine = zlib.decompressobj(wbits=31)
    try:
        data = machine.decompress(packed, MAX_BYTES)
    except zlib.error as fault:
        raise BitstringError("encodedList is no gzip") from fault
    if machine.unconsumed_tail:
        raise BitstringError(f"the list is larger than {MAX_BYTES // 2**20} MB")
    if not machine.eof:
        raise BitstringError("the gzip of encodedList is cut off")
    return data
