"""Hostile tokens, pictures, archives and compressed badges."""

from __future__ import annotations

import gzip
import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.fuzz.bombs import blanks, stuffed, zeros
from tests.fuzz.containers import HOSTILE_NAMES
from tests.fuzz.family import made
from tests.readers import badge_samples as samples


def _tokens(number: int, _: random.Random) -> bytes:
    claims = samples.open_badge_3()
    many: tuple[bytes, ...] = (
        b"." * 100_000,
        b"e30." * 30_000 + b"e30",
        samples.token(claims, {"alg": "none"}).encode(),
        samples.token(claims, {"alg": "EdDSA", "crit": ["b64"], "b64": False}).encode(),
        samples.token(claims, {"alg": "EdDSA", "zip": "DEF"}).encode(),
        samples.token(claims, {"alg": "ES256", "jwk": {"kty": "EC", "crv": "P-256"}}).encode(),
        samples.token(
            claims, {"alg": "RS256", "jwk": {"kty": "RSA", "n": "AQ", "e": "AA"}}
        ).encode(),
        samples.token([], {"alg": "EdDSA"}).encode(),
        samples.token("x", []).encode(),
        samples.token({"vc": {"vc": {"vc": claims}}}).encode(),
        samples.token(claims, {"alg": "EdDSA", "x": "a" * 1_000_000}).encode(),
        b"A" * 1_000_000 + b"." + b"A" * 1_000_000 + b".A",
        b"e30.e30.",
        b"=.=.=",
        samples.token({"vc": claims, "nbf": 10**30, "exp": -(10**30), "iat": "x"}).encode(),
        samples.token(claims, {"alg": "RS256", "jwk": {"n": "_" * 20_000, "e": "AQAB"}}).encode(),
    )
    return many[number]


def _png(number: int, _: random.Random) -> bytes:
    keyword = b"openbadgecredential\0"
    head = struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 6, 0, 0, 0)
    text = json.dumps(samples.open_badge_3()).encode()
    many: tuple[bytes, ...] = (
        samples.png((b"zTXt", keyword + b"\0" + zeros(60))),
        samples.png((b"iTXt", keyword + b"\1\0\0\0" + zeros(60))),
        samples.png(*[(b"zTXt", keyword + b"\0" + zeros(30))] * 50),
        samples.png(*[(b"tEXt", b"x\0y")] * 100_000),
        samples.png((b"IHDR", head), (b"tEXt", keyword + text)),
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 2**32 - 1, b"tEXt") + keyword + text,
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0" * 1_000_000,
        samples.png((b"iTXt", keyword)),
        samples.png((b"iTXt", keyword + b"\0\0" + b"x" * 500_000)),
        samples.png((b"zTXt", keyword + b"\7" + b"damaged")),
        samples.png((b"tEXt", b"openbadges\0https://a.example/1")),
        samples.png((b"tEXt", b"openbadges\0\x1b]0;x\x07{")),
        samples.png((b"zTXt", keyword + b"\0" + zlib.compress(text)[:-9])),
        samples.png((b"tEXt", b"\0" * 1000), (b"tEXt", b""), (b"", b"")),
    )
    return many[number]


_LAUGHS = "".join(
    f'<!ENTITY a{one + 1} "{f"&a{one};" * 10}">' if one else '<!ENTITY a1 "lol">'
    for one in range(9)
)


def _svg(number: int, _: random.Random) -> bytes:
    ns = 'xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
    inner = "<openbadges:credential>%s</openbadges:credential>"
    many = (
        f"<!DOCTYPE svg [{_LAUGHS}]><svg {ns}>{inner % '&a9;'}</svg>",
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg {ns}>{inner % "&x;"}</svg>',
        f'<!DOCTYPE svg SYSTEM "http://127.0.0.1:1/x.dtd"><svg {ns}/>',
        f'<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://127.0.0.1:1/">%p;]><svg {ns}/>',
        f'<!DOCTYPE svg [<!ENTITY q "{"x" * 100_000}">]><svg {ns}>{"&q;" * 10_000}</svg>',
        f"<svg {ns}>" + "<g>" * 100_000,
        f"<svg {ns}>" + "<g>" * 5_000 + "</g>" * 5_000 + "</svg>",
        f"<svg {ns} " + " ".join(f'a{one}="x"' for one in range(100_000)) + "/>",
        f"<svg {ns}>{inner % ('<![CDATA[' + '{' * 100_000 + ']]>')}</svg>",
        f"<svg {ns}>" + inner % "" * 20_000 + "</svg>",
        f'<svg {ns}><openbadges:assertion verify="{"e30." * 9999}"/></svg>',
        f'<?xml version="1.0" encoding="utf-7"?><svg {ns}/>',
        f'<?xml version="1.0" encoding="x-none"?><svg {ns}/>',
        f"<svg {ns}>&#0;&#xD800;</svg>",
        f"<svg {ns}><!--{'-' * 100_000}--></svg>",
    )
    return many[number].encode()


def _wallet(number: int, chance: random.Random) -> bytes:
    text = json.dumps(samples.open_badge_3()).encode()
    inner = samples.archive({"a.json": text})
    for _one in range(40):
        inner = samples.archive({"inner.zip": inner})
    many: tuple[Callable[[], bytes], ...] = (
        lambda: stuffed("a.json", 110),
        lambda: samples.archive({f"{one}.json": stuffed("a.json", 40) for one in range(40)}),
        lambda: samples.archive({f"{one}.gz": blanks(30) for one in range(60)}),
        lambda: inner,
        lambda: samples.archive({f"{one}.json": b"{}" for one in range(5_000)}),
        lambda: samples.archive({f"{one}.json": text for one in range(1_500)}),
        lambda: samples.archive({name or "x": text for name in HOSTILE_NAMES}),
        lambda: _links(text),
        lambda: _overlapping(text),
        lambda: _lying(samples.archive({"a.json": text * 50})),
        lambda: samples.archive({"a.json": text})[: chance.randrange(200)],
        lambda: samples.archive({"a.json": b"[" * 2**20, "b.json": b"{" * 2**20}),
        lambda: samples.archive({"a/" * 3_000 + "b.json": text}),
        lambda: b"PK\x05\x06" + b"\0" * 18,
        lambda: b"PK\x05\x06" + b"\xff" * 18,
        lambda: b"PK\x01\x02" * 100_000,
        lambda: _locked(samples.archive({"a.json": text})),
        lambda: samples.archive(dict.fromkeys(_named(200, "png"), _png(0, chance))),
        lambda: _repeated(stuffed("a.json", 25), 600),
        lambda: samples.archive(dict.fromkeys(_named(100, "svg"), _svg(0, chance))),
    )
    return many[number]()


def _named(count: int, kind: str) -> list[str]:
    return [f"{one}.{kind}" for one in range(count)]


def _links(text: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, target in (("a.json", b"/etc/passwd"), ("b.json", b"../../x"), ("c", b"a.json")):
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o120777 << 16
            archive.writestr(entry, target)
        archive.writestr("d.json", text)
    return out.getvalue()


def _overlapping(text: bytes) -> bytes:
    return _repeated(samples.archive({"a.json": text}), 1_000)


def _repeated(good: bytes, times: int) -> bytes:
    """Return an archive whose directory names its one member many times."""
    start = good.index(b"PK\x01\x02")
    end = good.index(b"PK\x05\x06")
    entry = good[start:end]
    tail = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, times, times, len(entry) * times, start, 0)
    return good[:start] + entry * times + tail


def _lying(good: bytes) -> bytes:
    """Return an archive whose directory says that a member is small."""
    place = good.index(b"PK\x01\x02") + 24
    return good[:place] + struct.pack("<I", 3) + good[place + 4 :]


def _locked(good: bytes) -> bytes:
    """Return an archive whose member is said to have a password."""
    place = good.index(b"PK\x01\x02") + 8
    return good[:place] + b"\1" + good[place + 1 :]


def _packed(number: int, _: random.Random) -> bytes:
    text = json.dumps(samples.open_badge_3()).encode()
    once = gzip.compress(text, mtime=0)
    deep = once
    for _one in range(20):
        deep = gzip.compress(deep, mtime=0)
    many = (blanks(110), once * 1_000, deep, once[:-4], once[:3], b"\x1f\x8b" + b"\xff" * 1_000)
    return many[number]


CARRIERS = ("credentials-json", "show")
FAMILIES = (
    made("tokens", ("credentials-token", "show"), 16, _tokens),
    made("png", ("credentials-png", "bake"), 14, _png),
    made("svg", ("credentials-svg", "bake"), 15, _svg),
    made("wallets", ("wallet-zip", "show"), 20, _wallet, heavy=True),
    made("gzip", CARRIERS, 6, _packed),
)
