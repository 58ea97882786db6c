"""Files, folders, pictures and archives become wallets; whatever is hostile becomes one reason."""

from __future__ import annotations

import gzip
import json
import os
import struct
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import NotFoundError, UnreadableError
from skillmatch.model.credential import CredentialFormat
from skillmatch.readers.credentials import looks_like_wallet, read_credential_bytes, read_wallet
from skillmatch.readers.credentials.limits import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_MEMBERS,
    MAX_NODES,
    MAX_TOTAL_NODES,
)
from tests.readers import badge_samples as samples
from tests.readers.badge_samples import archive, as_bytes, baked_png, baked_svg
from tests.watchdog import no_hang

BADGE = as_bytes(samples.open_badge_3())
TOKEN = samples.token(samples.open_badge_3())
V3 = '<openbadges:credential verify="{}"/>'
CDATA = "<openbadges:credential><![CDATA[{}]]></openbadges:credential>"
V2 = "http://openbadges.org"


@pytest.mark.parametrize(
    "data",
    [
        BADGE,
        b"\xef\xbb\xbf  " + BADGE,
        TOKEN.encode() + b"\n",
        gzip.compress(BADGE),
        baked_png(BADGE.decode()),
        baked_png(TOKEN),
        baked_png(BADGE.decode(), kind=b"tEXt", keyword=b"openbadges"),
        baked_png(BADGE.decode(), kind=b"zTXt", keyword=b"openbadges"),
        baked_svg(V3.format(TOKEN)),
        baked_svg(CDATA.format(BADGE.decode())),
        baked_svg("<openbadges:assertion>" + TOKEN + "</openbadges:assertion>", V2),
        as_bytes([samples.open_badge_3()]),
        as_bytes({"compactJwsString": [TOKEN]}),
        as_bytes({"credentials": [{"credential": samples.open_badge_3()}]}),
    ],
)
def test_a_badge_is_the_same_whatever_carries_it(data: bytes) -> None:
    """Wallets export JSON, tokens, pictures, lists, and answers of their services."""
    (credential,) = read_credential_bytes(data, "badge")

    assert credential.id == "urn:uuid:badge-3"
    assert credential.achievements[0].name == "Stock control"


def test_a_compressed_international_text_chunk_is_inflated() -> None:
    """The specification lets bakers compress it."""
    body = b"openbadgecredential\x00\x01\x00en\x00badge\x00" + zlib.compress(BADGE)

    (credential,) = read_credential_bytes(samples.png((b"iTXt", body)), "badge.png")

    assert credential.id == "urn:uuid:badge-3"


def test_a_document_type_declaration_of_an_svg_does_no_harm(tmp_path: Path) -> None:
    """Real badge pictures have one; nothing that it names is fetched."""
    picture = baked_svg(V3.format(TOKEN)).replace(
        b"<svg", b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x.example/s.dtd">\n<svg'
    )
    (tmp_path / "badge.svg").write_bytes(picture)

    wallet = read_wallet(tmp_path / "badge.svg")

    assert wallet.credentials[0].source == "badge.svg"


def test_a_folder_is_read_with_its_folders_and_archives(tmp_path: Path) -> None:
    """Sources are names below the folder, and all that holds no credential is listed."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.json").write_bytes(BADGE)
    (tmp_path / "a.png").write_bytes(baked_png(TOKEN))
    (tmp_path / "notes.txt").write_text("my badges", encoding="utf-8")
    (tmp_path / "export.zip").write_bytes(archive({"in/c.jwt": TOKEN.encode(), "d.json": b"{"}))

    wallet = read_wallet(tmp_path)

    assert [one.source for one in wallet.credentials] == [
        "a.png",
        "export.zip!in/c.jwt",
        "more/b.json",
    ]
    assert [one.source for one in wallet.unread] == ["export.zip!d.json", "notes.txt"]
    assert "no JSON" in wallet.unread[0].reason


def test_the_order_is_that_of_sources_and_then_of_places(tmp_path: Path) -> None:
    """The same files give the same wallet on every machine, and ten comes after two."""
    badges = [samples.open_badge_3(id=f"urn:{place}") for place in range(12)]
    (tmp_path / "list.json").write_bytes(as_bytes([*badges, {"type": "Issuer"}]))

    wallet = read_wallet(tmp_path / "list.json")

    assert [one.id for one in wallet.credentials] == [f"urn:{place}" for place in range(12)]
    assert wallet.unread[0].reason.startswith("/12: it is the profile of an issuer")


def test_a_single_file_without_a_credential_is_refused_by_name(tmp_path: Path) -> None:
    """There is nothing else that could be shown instead."""
    (tmp_path / "notes.txt").write_text("my badges", encoding="utf-8")

    with pytest.raises(UnreadableError, match=r"notes\.txt: it is neither JSON nor a token"):
        read_wallet(tmp_path / "notes.txt")
    with pytest.raises(NotFoundError, match="there is no file"):
        read_wallet(tmp_path / "absent")


def test_only_what_holds_badges_is_taken_for_a_wallet(tmp_path: Path) -> None:
    """``--evidence`` takes CVs and wallets alike, and the content decides which it is."""
    wallets = {
        "b.json": BADGE,
        "b.jwt": TOKEN.encode(),
        "b.png": baked_png(TOKEN),
        "b.svg": baked_svg(V3.format(TOKEN)),
        "b.zip": archive({"b.json": BADGE}),
        "b.txt": BADGE,
    }
    documents = {
        "cv.txt": b"eyJ is how tokens begin",
        "cv.html": b"<html><svg></svg></html>",
        "cv.docx": archive({"[Content_Types].xml": b"", "word/document.xml": b""}),
        "job.json": b'{"@type": "JobPosting", "title": "Cook"}',
        "cv.pdf": b"%PDF-1.7",
    }
    for name, data in (wallets | documents).items():
        (tmp_path / name).write_bytes(data)

    found = {name for name in wallets | documents if looks_like_wallet(tmp_path / name)}

    assert found == set(wallets)
    assert looks_like_wallet(tmp_path)
    assert not looks_like_wallet(tmp_path / "absent")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    """Opening it would wait for a writer that never comes."""
    os.mkfifo(tmp_path / "pipe")

    wallet = read_wallet(tmp_path)

    assert wallet.unread[0].reason == "it is no regular file"


def bombs() -> dict[str, bytes]:
    """Return files that were made to exhaust a reader."""
    zeros = b"\x00" * (MAX_BYTES + 10)
    deep = b"[" * 5000 + b"]" * 5000
    lots = b"[" + b"{}," * (MAX_NODES + 1) + b"{}]"
    laughs = b"".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">'.encode() for n in range(9)
    )
    svg = b'<svg xmlns="http://www.w3.org/2000/svg">'
    body = b"openbadges\x00\x00" + zlib.compress(zeros)
    return {
        "inflates in gzip": gzip.compress(zeros),
        "inflates in a picture": samples.png((b"zTXt", body)),
        "is deep": deep,
        "is deep in objects": b'{"a":' * 5000 + b"1" + b"}" * 5000,
        "holds many values": lots,
        "is large": b"[" + b" " * MAX_BYTES + b"]",
        "holds a long number": b"[" + b"9" * 1_000_000 + b"]",
        "holds a huge number": b'{"a": 1e999}',
        "is no number": b'{"type": "Assertion", "badge": NaN}',
        "says a key twice": b'{"type": "Assertion", "type": "Issuer"}',
        "holds half a character": b'{"type": "\\ud800"}',
        "quotes without end": b'{"a": "' + b'\\"' * 2_000_000,
        "is an entity bomb": b"<!DOCTYPE svg [" + laughs + b"]>" + svg + b"&e8;</svg>",
        "reads a file": b'<!DOCTYPE svg [<!ENTITY f SYSTEM "file:///etc/hosts">]>'
        + svg
        + b"&f;</svg>",
        "has many tags": svg + b"<g/>" * 300_000 + b"</svg>",
        "has deep tags": svg + b"<g>" * 100_000,
        "is a token of a token": (".".join(["e30"] * 2) + ".").encode(),
        "is an encrypted token": b"eyJhbGciOiJkaXIifQ.a.b.c.d",
        "is a token of nothing": b"eyJhbGciOiJub25lIn0.bm90IGpzb24.",
        "holds a broken chunk": b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXt",
        "is utf-16": json.dumps({"type": "Assertion"}).encode("utf-16"),
        "is empty": b" \n",
        "is a list of nothing": b"[]",
        "is a link in a picture": baked_png(
            "https://x.example/1", kind=b"tEXt", keyword=b"openbadges"
        ),
    }


BOMBS = bombs()


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS)
def test_what_was_made_to_harm_is_refused_at_once(data: bytes) -> None:
    """One clear message each, and no hang."""
    with no_hang(), pytest.raises(UnreadableError) as caught:
        read_credential_bytes(data, "bomb")

    assert 5 < len(str(caught.value)) < 900
    assert "\n" not in str(caught.value)


def test_a_value_as_deep_as_allowed_is_read() -> None:
    """The bound is where it says, not before."""
    deep: object = "end"
    for _ in range(MAX_DEPTH - 1):
        deep = [deep]

    (credential,) = read_credential_bytes(as_bytes(samples.open_badge_2(deep=deep)), "deep")

    assert credential.document["deep"] == deep


def test_hostile_archives_cost_one_reason_a_member(tmp_path: Path) -> None:
    """Names that climb out of a folder are only names; nothing is written anywhere."""
    members = {
        "../../evil.json": BADGE,
        "/etc/passwd": b"root",
        "bomb.json": b" " * (MAX_BYTES + 1),
        "nested.zip": archive({"a.json": BADGE}),
        "bell\x07.json": BADGE,
    }
    (tmp_path / "wallet.zip").write_bytes(archive(members))

    wallet = read_wallet(tmp_path / "wallet.zip")

    assert [one.source for one in wallet.credentials] == [
        "wallet.zip!../../evil.json",
        "wallet.zip!bell?.json",
    ]
    assert [one.source for one in wallet.unread] == [
        "wallet.zip!/etc/passwd",
        "wallet.zip!bomb.json",
        "wallet.zip!nested.zip",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["wallet.zip"]


@pytest.mark.parametrize(
    "data",
    [
        archive({f"{n}": b"" for n in range(MAX_MEMBERS + 1)}, method=zipfile.ZIP_STORED),
        b"PK\x03\x04" + b"PK\x01\x02" * 2_000_000,
        b"PK\x03\x04 this is no archive",
    ],
    ids=["too many files", "too many entries", "damaged"],
)
def test_an_archive_that_cannot_be_is_refused_whole(tmp_path: Path, data: bytes) -> None:
    """Before an object is made for every entry."""
    (tmp_path / "wallet.zip").write_bytes(data)

    with pytest.raises(UnreadableError, match=r"wallet\.zip: the archive"):
        read_wallet(tmp_path / "wallet.zip")


def test_a_member_without_a_name_is_read(tmp_path: Path) -> None:
    """Python's own question whether it is a folder fails at it."""
    path = tmp_path / "wallet.zip"
    path.write_bytes(archive({"nameless": BADGE}).replace(b"nameless", b"\x00ameless"))

    (credential,) = read_wallet(path).credentials

    assert credential.source == "wallet.zip!"


@pytest.mark.parametrize("kind", ["json", "gz", "png"])
def test_many_bombs_cost_no_more_than_a_few(tmp_path: Path, kind: str) -> None:
    """Each takes a moment until it is refused, and an archive could hold two thousand."""
    blank = b" " * 21_000_000
    bomb = {
        "json": blank,
        "gz": gzip.compress(blank, 9, mtime=0),
        "png": samples.png((b"zTXt", b"openbadges\0\0" + zlib.compress(blank, 9))),
    }[kind]
    path = tmp_path / "wallet.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"0.{kind}", bomb)
    good = path.read_bytes()
    start, end = good.index(b"PK\x01\x02"), good.index(b"PK\x05\x06")
    times = 1_500
    tail = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, times, times, (end - start) * times, start, 0)
    path.write_bytes(good[:start] + good[start:end] * times + tail)

    with no_hang():
        wallet = read_wallet(path)

    assert len(wallet.unread) == times


def test_a_wallet_of_far_too_many_badges_is_read_in_part(tmp_path: Path) -> None:
    """A thousand is a life's work; what was not read is named."""
    path = tmp_path / "wallet.zip"
    path.write_bytes(archive({f"{one:04}.json": BADGE for one in range(MAX_MEMBERS)}))

    with no_hang():
        wallet = read_wallet(path)

    read = len(wallet.credentials)
    assert read > 1_000
    assert [one.source for one in wallet.unread] == [
        f"wallet.zip!{one:04}.json" for one in range(read, MAX_MEMBERS)
    ]
    assert f"{MAX_TOTAL_NODES:,} values already" in wallet.unread[0].reason


def test_members_that_could_take_all_memory_are_left_alone(tmp_path: Path) -> None:
    """LZMA reserves what a file asks for."""
    (tmp_path / "w.zip").write_bytes(archive({"a.json": BADGE}, method=zipfile.ZIP_LZMA))

    wallet = read_wallet(tmp_path / "w.zip")

    assert "unpack it first" in wallet.unread[0].reason


@given(place=st.integers(0, len(BADGE) - 1), byte=st.integers(0, 255))
def test_a_changed_byte_never_breaks_the_reader(place: int, byte: int) -> None:
    """Damage gives a credential or a reason, in every carrier."""
    for data in (BADGE, baked_png(TOKEN), archive({"a": BADGE}), baked_svg(V3.format(TOKEN))):
        damaged = bytearray(data)
        damaged[place % len(data)] = byte
        with suppress(UnreadableError):
            found = read_credential_bytes(bytes(damaged), "damaged")
            assert all(isinstance(one.format, CredentialFormat) for one in found)


MEMBERS = (
    "type id badge credentialSubject achievement alignment issuer name criteria tag result "
    "resultDescription verifiableCredential hasClaim rubricCriterionLevel recipient identifier "
    "evidence endorsement en specifiedBy learningOutcome relatedESCOSkill claim proof vc"
)
TYPES = (
    "OpenBadgeCredential ClrCredential Assertion BadgeClass Achievement EuropeanDigitalCredential "
    "VerifiablePresentation EndorsementCredential"
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(MEMBERS.split()), inner, max_size=5)
    ),
    max_leaves=25,
)


@given(
    document=st.dictionaries(st.sampled_from(["credentialSubject", "badge", "claim"]), JSON),
    kind=st.sampled_from(TYPES.split()),
    more=JSON,
)
def test_any_json_in_any_member_is_read_or_refused(
    document: dict[str, object], kind: str, more: object
) -> None:
    """Issuers and attackers put anything anywhere; the reader neither crashes nor guesses."""
    whole = document | {"type": kind, "issuer": more, "alignment": more, "criteria": more}

    (credential,) = read_credential_bytes(as_bytes(whole), "any.json")

    assert credential.types[0] == kind
    assert credential.document == whole
