"""Put a credential into a picture: a badge that people can see and programs can check.

Nothing else of the picture changes, byte for byte; a credential that was baked in before goes.

Source: 1EdTech Open Badges 3.0, "Baking"; PNG (Third Edition), 11.3.3.4 iTXt.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from skillmatch.errors import DataError

MAX_IMAGE = 32 * 1024 * 1024
MAX_CREDENTIAL = 2 * 1024 * 1024
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
_TEXT_CHUNKS = frozenset({b"iTXt", b"tEXt", b"zTXt"})


def bake(image: bytes, credential: str) -> bytes:
    """Return the picture with a credential in it.

    Args:
        image: A PNG or an SVG.
        credential: Compact JWT, or JSON with its proof.

    Raises:
        DataError: The picture is neither, is damaged, or one of the two is too large.
    """
    if len(image) > MAX_IMAGE:
        raise DataError(f"the picture is over {MAX_IMAGE // 2**20} MB; use a smaller one")
    if len(credential.encode("utf-8")) > MAX_CREDENTIAL:
        raise DataError(
            f"the credential is over {MAX_CREDENTIAL // 2**20} MB; hand it on as a file of its own"
        )
    if image.startswith(PNG_SIGNATURE):
        return bake_png(image, credential)
    if b"<svg" in image[:65536] or b":svg" in image[:65536]:
        from skillmatch.issuing.baking_svg import bake_svg

        return bake_svg(image, credential)
    raise DataError("the picture is neither a PNG nor an SVG; badges are baked into these only")


def bake_png(image: bytes, credential: str) -> bytes:
    """Return a PNG with the credential as the one ``openbadgecredential`` text, after its header.

    Raises:
        DataError: The bytes are no whole PNG.
    """
    parts = list(_chunks(image))
    if not parts or parts[0][0] != b"IHDR":
        raise DataError("the PNG is damaged: it does not begin with its header (IHDR)")
    kept = [whole for kind, whole in parts if not _is_baked(kind, whole)]
    end = len(PNG_SIGNATURE) + sum(len(whole) for _, whole in parts)
    return b"".join((PNG_SIGNATURE, kept[0], _text_chunk(credential), *kept[1:], image[end:]))


def _chunks(image: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the type and the bytes of each chunk, up to and with IEND."""
    at = len(PNG_SIGNATURE)
    while at + 12 <= len(image):
        (length,) = struct.unpack_from(">I", image, at)
        kind = image[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(image):
            break
        yield kind, image[at:end]
        if kind == b"IEND":
            return
        at = end
    raise DataError("the PNG is cut off: its end (IEND) is missing. Get the picture anew")


def _is_baked(kind: bytes, whole: bytes) -> bool:
    return kind in _TEXT_CHUNKS and whole[8:].startswith(KEYWORD + b"\0")


def _text_chunk(text: str) -> bytes:
    # Keyword; not compressed, method 0; no language, no translated keyword; UTF-8 text.
    body = KEYWORD + b"\0" + b"\0\0" + b"\0" + b"\0" + text.encode("utf-8")
    checksum = zlib.crc32(b"iTXt" + body)
    return struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", checksum)
