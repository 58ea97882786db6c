"""Bending files that carry others: tokens, pictures and archives, with what is inside them."""

from __future__ import annotations

import base64
import io
import json
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence

from tests.fuzz.json_trees import mutate_json, mutate_letters
from tests.fuzz.target import Mutation

PNG_START = b"\x89PNG\r\n\x1a\n"
MAX_MEMBER = 2**20
HOSTILE_NAMES = (
    *("../up.json", "/etc/passwd", "C:\\x.json", "a/../../b.json", "", "a\x00b.json", ".", "a//b"),
    *("x" * 300 + ".json", "con.json", "é.json", "\x1b[2J.json", "a.zip", "[Content_Types].xml"),
)  # fmt: skip
_ALGORITHMS = ("EdDSA", "RS256", "ES256", "none", "HS256", "", None, 5, ["EdDSA"])


def mutate_token(data: bytes, chance: random.Random) -> bytes:
    """Change header, claims or signature of a compact token."""
    parts = data.strip().split(b".")
    if len(parts) < 2 or chance.random() < 0.1:
        return mutate_letters(data, chance)
    place = chance.choice((0, 1, 1, 1, 2)) % len(parts)
    inner = _unbase64(parts[place])
    if place == 0 and chance.random() < 0.4:
        header = {"alg": chance.choice(_ALGORITHMS), "crit": chance.choice((None, ["b64"], [5]))}
        inner = json.dumps(header).encode()
    else:
        inner = (mutate_letters if place == 2 else mutate_json)(inner, chance)
    parts[place] = base64.urlsafe_b64encode(inner).rstrip(b"=")
    return b".".join(parts)


def mutate_credential(data: bytes, chance: random.Random) -> bytes:
    """Change a credential in JSON or as a token; now and then, one becomes the other's form."""
    text = data.lstrip()
    if text.startswith((b"{", b"[")):
        if chance.random() < 0.02:
            parts = (b'{"alg":"EdDSA"}', data, b"no signature")
            return b".".join(base64.urlsafe_b64encode(one).rstrip(b"=") for one in parts)
        return mutate_json(data, chance)
    return mutate_token(data, chance)


def _unbase64(part: bytes) -> bytes:
    try:
        return base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))
    except ValueError:
        return part


def mutate_png(data: bytes, chance: random.Random) -> bytes:
    """Change the chunks of a PNG: what one holds, its kind, their order, or what they state."""
    chunks = _chunks(data)
    if not chunks or chance.random() < 0.1:
        return mutate_letters(data, chance)
    place = chance.randrange(len(chunks))
    kind, body = chunks[place]
    change = chance.randrange(6)
    if change < 3:
        chunks[place] = (kind, _mutate_chunk(kind, body, chance))
    elif change == 3:
        chunks[place] = (chance.choice((b"iTXt", b"tEXt", b"zTXt", b"IEND", b"IDAT")), body)
    elif change == 4:
        chunks.insert(chance.randrange(len(chunks) + 1), (kind, body))
    else:
        del chunks[place]
    made = PNG_START + b"".join(map(_chunk, chunks))
    return made[: chance.randrange(len(made))] if chance.random() < 0.05 else made


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found: list[tuple[bytes, bytes]] = []
    place = len(PNG_START)
    while place + 8 <= len(data) and len(found) < 100:
        length, kind = struct.unpack_from(">I4s", data, place)
        found.append((kind, data[place + 8 : place + 8 + length]))
        place += 12 + length
    return found


def _chunk(chunk: tuple[bytes, bytes]) -> bytes:
    kind, body = chunk
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _mutate_chunk(kind: bytes, body: bytes, chance: random.Random) -> bytes:
    keyword, zero, rest = body.partition(b"\x00")
    if not zero or chance.random() < 0.15:
        return mutate_letters(body, chance)
    head, text = b"", rest
    if kind == b"iTXt":
        head, text = rest[:4], rest[4:]
        if chance.random() < 0.2:
            return keyword + b"\x00\x01\x00\x00\x00" + zlib.compress(text)
    elif kind == b"zTXt":
        head = b"\x00"
        try:
            text = zlib.decompressobj().decompress(rest[1:], 2**20)
        except zlib.error:
            return mutate_letters(body, chance)
    text = mutate_credential(text, chance)
    return keyword + b"\x00" + head + (zlib.compress(text) if kind == b"zTXt" else text)


def mutate_zip(inside: Callable[[str], Mutation]) -> Mutation:
    """Return a mutation of archives that changes members by their names."""

    def mutate(data: bytes, chance: random.Random) -> bytes:
        members = _members(data)
        if not members or chance.random() < 0.05:
            return mutate_letters(data, chance)
        place = chance.randrange(len(members))
        name, content = members[place]
        change = chance.randrange(8)
        if change < 5:
            members[place] = (name, inside(name)(content, chance))
        elif change == 5:
            members[place] = (chance.choice(HOSTILE_NAMES), content)
        elif change == 6:
            twin = chance.choice((name, "inner.zip"))
            members.insert(place, (twin, chance.choice((content, data))))
        else:
            del members[place]
        made = _zip(members, chance)
        return mutate_letters(made, chance) if chance.random() < 0.1 else made

    return mutate


def _members(data: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [
                (entry.filename, archive.read(entry))
                for entry in archive.infolist()[:60]
                if entry.file_size < MAX_MEMBER
            ]
    except Exception:  # noqa: BLE001 - a bent archive may fail in any way, and has no members then
        return []


def _zip(members: Sequence[tuple[str, bytes]], chance: random.Random) -> bytes:
    buffer = io.BytesIO()
    method = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name.split("\x00")[0] or "x")
            entry.compress_type = method
            entry.external_attr = chance.choice((0o600, 0o600, 0o600, 0o120777)) << 16
            # ZipFile warns of a second file of one name; hostile_carriers has archives with many.
            if entry.filename not in archive.NameToInfo:
                archive.writestr(entry, content)
    return buffer.getvalue()


_MARKUP = re.compile(rb"<[^<>]*>|&[^;\s]{0,20};|\"[^\"\n]*\"|[\w.:/-]+|\s+|.", re.DOTALL)
_ODD_TOKENS = (
    *(b"0", b"-1", b"99999999999999999999", b"1e999", b"nan", b'""', b"null", b"true", b"\x00"),
    *(b"'", b'"', b'"""', b"[[", b"]]", b"{", b"}", b"<", b">", b"&#0;", b"&#xD800;", b"&x;"),
    *(b"2025-02-30", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xff", b"\r", b"\n\n", b"\t", b"# "),
    *(b"*a", b"&a", b"!!python/object", b"<<:", b"../../x", b"://", b"@prefix", b"\\u0000"),
    *(b"<!DOCTYPE x>", b"<!ENTITY a 'b'>", b"<![CDATA[", b"<?xml version='1.0'?>", b"%", b"|"),
    *(b"---", b"=1+1", b"\x1b[2J"),
)  # fmt: skip


def mutate_words(data: bytes, chance: random.Random) -> bytes:
    """Change a text by its words, tags and quoted parts."""
    words = _MARKUP.findall(data[:100_000])
    if not words or chance.random() < 0.15:
        return mutate_letters(data, chance)
    for _ in range(chance.choice((1, 1, 2, 4))):
        place, other = chance.randrange(len(words)), chance.randrange(len(words))
        length, odd = chance.choice((1, 1, 4, 20)), chance.choice(_ODD_TOKENS)
        old, change = words[place], chance.randrange(6)
        if change == 0:
            words[place : place + length] = [b""]
        elif change == 1:
            words[place:place] = words[place : place + length]
        elif change == 2:
            words[place], words[other] = words[other], old
        elif change < 5:
            words[place] = odd if change == 3 else odd + old
        else:
            words[place] = words[other] * chance.choice((1, 1, 2, 30))
    return b"".join(words)
