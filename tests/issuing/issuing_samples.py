"""Invented badges, keys and pictures for the tests of issuing and sharing."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime
from functools import cache
from typing import Any

from skillmatch.issuing.assembling import Award, assemble
from skillmatch.issuing.issuers import issuer_profile
from skillmatch.issuing.keys import KeyKind, SigningKey, new_key, signing_key
from skillmatch.issuing.recipients import recipient_fields

DAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LEARNER = "did:example:learner"
PROFILE = {"type": ["Profile"], "name": "Harbour Kitchen School", "url": "https://school.example"}


def key(kind: KeyKind = KeyKind.ED25519) -> SigningKey:
    """A key of each kind, drawn once for a run."""
    return _drawn(kind)


@cache
def _drawn(kind: KeyKind) -> SigningKey:
    from cryptography.hazmat.primitives.asymmetric import rsa

    if kind is KeyKind.RSA:  # 2048 bits: half the time of a new key, and enough to test with.
        return signing_key(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    return new_key(kind)


def alignment(name: str, code: str = "a1") -> dict[str, str]:
    """A tie to an invented skill."""
    return {
        "type": "Alignment",
        "targetName": name,
        "targetUrl": f"https://skills.example/{code}",
        "targetFramework": "Example skills",
        "targetType": "ext:ESCOSkill",
    }


def draft(name: str = "Knife skills", *alignments: dict[str, str]) -> dict[str, Any]:
    """An Achievement draft as a provider would write it."""
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": f"https://school.example/badges/{name.lower().replace(' ', '-')}",
        "type": ["Achievement"],
        "name": name,
        "description": f"Earners of {name} cut vegetables evenly and safely.",
        "criteria": {"narrative": "Cuts 2 kg of onions to 5 mm in 20 minutes, seen by a chef."},
        "alignment": list(alignments) or [alignment("cut vegetables")],
    }


def award(to: str = LEARNER) -> Award:
    """An award to an invented learner."""
    return Award(recipient=recipient_fields(to, salt="0123456789abcdef"), valid_from=DAY)


def credential(
    signer: SigningKey | None = None, *, of: dict[str, Any] | None = None, to: Award | None = None
) -> dict[str, Any]:
    """An unsigned credential whose issuer is the ``did:key`` of a key."""
    issuer = issuer_profile(PROFILE, signer or key())
    return assemble(of or draft(), issuer=issuer, award=to or award())


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: bytes) -> bytes:
    """A picture of one white dot, with further chunks before its pixels."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = png_chunk(b"IDAT", zlib.compress(b"\x00\xff"))
    end = png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + pixels + end


SVG = b"""<?xml version="1.0" encoding="UTF-8"?>
<!-- a > b --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" data-x="a>b">
  <title>Kn\xc3\xafves &amp; more</title><circle r='4' cx="4" cy="4"/>
</svg>
"""
