"""Readers of badges, records and wallets, and what is said of them."""

from __future__ import annotations

import json
import random
import struct
import zlib
from pathlib import Path

from skillmatch.issuing.baking import bake
from skillmatch.readers.credentials import read_credential_bytes, read_wallet
from skillmatch.report.wallet import wallet_json, wallet_view
from skillmatch.report.wallet_text import wallet_text
from skillmatch.text.outcomes import outcome_statements
from tests.fuzz.containers import (
    mutate_credential,
    mutate_png,
    mutate_token,
    mutate_words,
    mutate_zip,
)
from tests.fuzz.json_trees import mutate_json
from tests.fuzz.target import Mutation, Target, from_file
from tests.readers import badge_samples as samples

GROUP = "badges"


def read_badge(data: bytes) -> object:
    """Read credentials, and the statements of every achievement in them."""
    found = read_credential_bytes(data, "badge")
    return [outcome_statements(one) for credential in found for one in credential.achievements]


def _show(path: Path) -> object:
    wallet = read_wallet(path)
    # In one of the four ways in which a person can have it shown.
    size = path.stat().st_size
    view = wallet_view(wallet, masked=size % 4 > 1)
    return (wallet_text(view) if size % 2 else wallet_json(view)).encode()


def documents() -> tuple[dict[str, object], ...]:
    """Return one document of every format."""
    return (
        samples.open_badge_3(),
        samples.open_badge_2(),
        samples.open_badge_1(),
        samples.badge_class(),
        samples.achievement(),
        samples.record(),
        samples.endorsement(),
        samples.european(),
        samples.learner_resume(),
    )


def in_json() -> tuple[bytes, ...]:
    """Return documents as JSON, alone and as services wrap them."""
    wrapped = {"credentials": [samples.open_badge_3(), samples.token(samples.open_badge_2())]}
    presentation = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": "did:example:lia",
        "verifiableCredential": [samples.open_badge_3(), samples.european()],
    }
    return tuple(map(samples.as_bytes, (*documents(), wrapped, presentation)))


def tokens() -> tuple[bytes, ...]:
    """Return tokens in the shapes of the data models 2.0 and 1.1."""
    new = [samples.token(one) for one in documents()]
    return tuple(one.encode() for one in (*new, samples.old_token(samples.open_badge_3())))


def pngs() -> tuple[bytes, ...]:
    """Return baked PNGs with every kind of text chunk."""
    text = json.dumps(samples.open_badge_2())
    old = [samples.baked_png(text, kind=k, keyword=b"openbadges") for k in (b"tEXt", b"zTXt")]
    token = samples.baked_png(samples.token(samples.open_badge_3()))
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    whole = samples.png((b"IHDR", head), (b"IDAT", zlib.compress(b"\x00\x00")))
    return (token, samples.baked_png(json.dumps(samples.open_badge_3())), *old, whole)


def svgs() -> tuple[bytes, ...]:
    """Return baked SVGs with a token, with JSON and with a link."""
    text = json.dumps(samples.open_badge_3())
    new = f"<openbadges:credential><![CDATA[{text}]]></openbadges:credential>"
    signed = samples.token(samples.open_badge_3())
    old = '<openbadges:assertion verify="https://club.example/a/1"/>'
    return (
        samples.baked_svg(new),
        samples.baked_svg(f'<openbadges:credential verify="{signed}"/>'),
        samples.baked_svg(old, "http://openbadges.org"),
    )


def wallets() -> tuple[bytes, ...]:
    """Return archives of badges."""
    members = {
        "a.json": in_json()[0],
        "folder/b.jwt": tokens()[0],
        "c.png": pngs()[0],
        "d.svg": svgs()[0],
        "e.json": in_json()[5],
    }
    return (samples.archive(members), samples.archive({"x.json": in_json()[1]}))


def _inside(name: str) -> Mutation:
    suffixes = {".png": mutate_png, ".svg": mutate_words, ".jwt": mutate_token}
    return suffixes.get(Path(name).suffix, mutate_credential)


def mutate_carrier(data: bytes, chance: random.Random) -> bytes:
    """Change a credential in any carrier."""
    if data.startswith(b"\x89PNG"):
        return mutate_png(data, chance)
    if data.startswith(b"PK"):
        return mutate_zip(_inside)(data, chance)
    return mutate_words(data, chance) if data.startswith(b"<") else mutate_credential(data, chance)


def _target(name: str, seeds: tuple[bytes, ...], mutate: Mutation) -> Target:
    return Target(name=name, group=GROUP, read=read_badge, seeds=lambda: seeds, mutate=mutate)


TARGETS = (
    _target("credentials-json", in_json(), mutate_json),
    _target("credentials-token", tokens(), mutate_token),
    _target("credentials-png", pngs(), mutate_png),
    _target("credentials-svg", svgs(), mutate_words),
    Target(
        name="wallet-zip",
        group=GROUP,
        read=from_file(read_wallet, "wallet.zip"),
        seeds=wallets,
        mutate=mutate_zip(_inside),
    ),
    Target(
        name="show",
        group=GROUP,
        read=from_file(_show, "badge"),
        seeds=lambda: (*in_json(), *tokens()[:3], *wallets()),
        mutate=mutate_carrier,
    ),
    Target(
        name="bake",
        group=GROUP,
        read=lambda data: bake(data, "e30.e30.e30"),
        seeds=lambda: (*pngs(), *svgs()),
        mutate=mutate_carrier,
    ),
)
