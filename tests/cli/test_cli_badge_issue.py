"""``skillmatch badge key|issue|status|endorse|link-profile``: from a draft to a badge in use."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from skillmatch.readers.credentials import read_wallet
from skillmatch.trust.bitstring import decode_bitstring
from tests.cli.conftest import Program

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "badges" / "issuer"
DRAFT = str(EXAMPLES / "knife-skills.json")
PROFILE = str(EXAMPLES / "profile.json")
LIST_URL = "https://school.example/status/1"


@pytest.fixture
def key(program: Program, tmp_path: Path) -> str:
    """A new key in a file."""
    path = str(tmp_path / "key.pem")
    assert program("badge", "key", "new", "--out", path).code == 0
    return path


def issue(program: Program, key: str, out: Path, *options: str) -> Any:  # noqa: ANN401 - Ended
    """Issue the example badge."""
    to = () if "--to" in options else ("--to", "did:example:ada")
    return program(
        *("badge", "issue", DRAFT, "--issuer", PROFILE, "--key", key, *to),
        *("--created", "2026-03-02T09:30:00Z", "--out", str(out), *options),
    )


def test_a_draft_becomes_a_badge_that_another_library_accepts(
    program: Program, key: str, tmp_path: Path
) -> None:
    """The whole way with the commands of the documentation."""
    from openbadgeslib.ob3.ldp import OB3LdpVerifier

    ended = issue(program, key, tmp_path / "badge.json")

    document = json.loads((tmp_path / "badge.json").read_text(encoding="utf-8"))
    assert (ended.code, ended.out.strip()) == (0, document["id"])
    assert OB3LdpVerifier().verify(document).recipient_id == "did:example:ada"


def test_the_same_order_gives_the_same_file(program: Program, key: str, tmp_path: Path) -> None:
    """An audit can make every badge again."""
    for name in ("a.json", "b.json"):
        assert issue(program, key, tmp_path / name).code == 0

    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


@pytest.mark.parametrize("proof", ["data-integrity", "jwt"])
def test_a_badge_in_a_picture_is_read_back_whole(
    program: Program, key: str, tmp_path: Path, proof: str
) -> None:
    """By the reader that every other command uses."""
    picture = str(EXAMPLES / "badge.svg")

    ended = issue(program, key, tmp_path / "badge.svg", "--image", picture, "--proof", proof)

    (badge,) = read_wallet(tmp_path / "badge.svg").credentials
    assert ended.code == 0
    assert (badge.id, bool(badge.token)) == (ended.out.strip(), proof == "jwt")
    assert badge.achievements[0].alignments[0].target_name == "use food preparation techniques"


def test_an_address_is_nowhere_in_the_badge(program: Program, key: str, tmp_path: Path) -> None:
    """Badges are published."""
    ended = issue(program, key, tmp_path / "badge.json", "--to", "ada@learner.example")

    assert ended.code == 0
    assert "ada@" not in (tmp_path / "badge.json").read_text(encoding="utf-8")
    assert "ada@" not in ended.out + ended.err


def new_list(program: Program, key: str, tmp_path: Path) -> Path:
    path = tmp_path / "list.json"
    options = ("--create", LIST_URL, "--issuer", PROFILE, "--key", key)
    assert program("badge", "status", str(path), *options).code == 0
    return path


def bits_of(path: Path) -> bytes:
    document = json.loads(path.read_text(encoding="utf-8"))
    return decode_bitstring(document["credentialSubject"]["encodedList"]).data


def test_a_badge_is_revoked_by_its_id_and_no_other_with_it(
    program: Program, key: str, tmp_path: Path
) -> None:
    """The register beside the list knows the entry; the list alone tells nobody."""
    path = new_list(program, key, tmp_path)
    ids = [
        issue(program, key, tmp_path / f"{name}.json", "--status", str(path), "--to", name).out
        for name in ("did:example:a", "did:example:b")
    ]
    badge = json.loads((tmp_path / "did:example:b.json").read_text(encoding="utf-8"))
    index = int(badge["credentialStatus"]["statusListIndex"])

    ended = program("badge", "status", str(path), "--revoke", ids[1].strip(), "--key", key)

    found = bits_of(path)
    assert ended.code == 0
    assert found[index // 8] == 0x80 >> index % 8
    assert sum(byte.bit_count() for byte in found) == 1
    restored = program("badge", "status", str(path), "--restore", str(index), "--key", key)
    assert (restored.code, any(bits_of(path))) == (0, False)


@pytest.mark.parametrize("kind", ["p256", "rsa"])
def test_a_list_of_another_key_is_a_token_that_a_verifier_reads(
    program: Program, tmp_path: Path, kind: str
) -> None:
    """An issuer signs badges and list with one key, whatever its kind."""
    own = str(tmp_path / "own.jwk")
    program("badge", "key", "new", "--type", kind, "--out", own)
    path = new_list(program, own, tmp_path)
    options = ("--status", str(path), "--proof", "jwt")
    issued = issue(program, own, tmp_path / "badge.jwt", *options)
    (badge,) = read_wallet(tmp_path / "badge.jwt").credentials

    ended = program("badge", "status", str(path), "--revoke", issued.out.strip(), "--key", own)

    state = json.loads(program("badge", "status", str(path), "--json").out)
    index = int(badge.document["credentialStatus"]["statusListIndex"])
    assert (ended.code, state["set"], state["signed"]) == (0, [index], True)
    data = path.read_bytes()
    entry = {"path": path.name, "sha256": hashlib.sha256(data).hexdigest()}
    (tmp_path / "map.json").write_text(json.dumps({LIST_URL: entry}), encoding="utf-8")
    checked = program(
        *("badge", "verify", str(tmp_path / "badge.jwt"), "--json"),
        *("--documents", str(tmp_path / "map.json")),
    )
    checks = {one["check"]: one["state"] for one in json.loads(checked.out)["checks"]}
    assert (checks["proof"], checks["status"]) == ("valid", "invalid")


def test_issuing_again_keeps_the_entry(program: Program, key: str, tmp_path: Path) -> None:
    """Else revoking one copy would leave the other in force."""
    path = new_list(program, key, tmp_path)

    first = issue(program, key, tmp_path / "a.json", "--status", str(path))
    again = issue(program, key, tmp_path / "b.json", "--status", str(path))

    assert (first.code, again.code) == (0, 0)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    state = json.loads(program("badge", "status", str(path), "--json").out)
    assert (state["given"], state["set"], state["signed"]) == (1, [], True)


def test_no_badge_is_born_revoked(program: Program, key: str, tmp_path: Path) -> None:
    """An entry that was set before it was given away is left alone."""
    path = new_list(program, key, tmp_path)
    issue(program, key, tmp_path / "a.json", "--status", str(path))
    document = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    index = document["credentialStatus"]["statusListIndex"]
    (tmp_path / "list.json.register.jsonl").unlink()
    program("badge", "status", str(path), "--revoke", index, "--key", key)

    issue(program, key, tmp_path / "b.json", "--status", str(path))

    other = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert other["credentialStatus"]["statusListIndex"] != index


def test_a_list_is_never_started_anew_over_an_old_one(
    program: Program, key: str, tmp_path: Path
) -> None:
    """It would undo every revocation."""
    path = new_list(program, key, tmp_path)

    again = program(
        *("badge", "status", str(path), "--create", LIST_URL, "--issuer", PROFILE, "--key", key)
    )

    assert again.code == 2
    assert "undo every revocation" in again.message


def test_an_endorsement_is_signed_or_says_that_it_is_not(
    program: Program, key: str, tmp_path: Path
) -> None:
    """Both are of use; only one of them counts as an endorsement."""
    issue(program, key, tmp_path / "badge.json")
    options = ("--by", str(EXAMPLES / "supervisor.json"), "--comment", "Seen it daily.")
    out = tmp_path / "endorsement.json"

    signed = program(
        *("badge", "endorse", str(tmp_path / "badge.json"), *options, "--key", key),
        *("--out", str(out)),
    )

    (endorsement,) = read_wallet(out).credentials
    (badge,) = read_wallet(tmp_path / "badge.json").credentials
    assert signed.code == 0
    assert (endorsement.endorses, endorsement.comment) == (badge.id, "Seen it daily.")
    assert "proof" in endorsement.document


def test_an_endorsement_without_a_key_or_an_id_is_refused(program: Program, tmp_path: Path) -> None:
    """A profile that names nobody cannot vouch."""
    (tmp_path / "badge.json").write_text(
        json.dumps({**json.loads(Path(DRAFT).read_text(encoding="utf-8"))}), encoding="utf-8"
    )

    ended = program(
        *("badge", "endorse", str(tmp_path / "badge.json"), "--comment", "Good"),
        *("--by", PROFILE, "--out", str(tmp_path / "e.json")),
    )

    assert ended.code == 4
    assert not (tmp_path / "e.json").exists()


def test_the_link_holds_what_the_form_asks_for(program: Program, key: str, tmp_path: Path) -> None:
    """Name, organisation, dates, id and page; LinkedIn reads them from the address."""
    from urllib.parse import parse_qs, urlsplit

    issue(program, key, tmp_path / "badge.json", "--valid-until", "2029-01-01")

    ended = program(
        "badge", "link-profile", str(tmp_path / "badge.json"), "--url", "https://a.example/b?c=d&e"
    )

    address = urlsplit(ended.out.strip())
    fields = {name: value for name, (value,) in parse_qs(address.query).items()}
    assert (address.scheme, address.netloc, address.path) == (
        "https",
        "www.linkedin.com",
        "/profile/add",
    )
    assert fields.pop("certId").startswith("urn:uuid:")
    assert fields == {
        "startTask": "CERTIFICATION_NAME",
        "name": "Knife skills for professional kitchens",
        "organizationName": "Harbour Kitchen School",
        "issueYear": "2026",
        "issueMonth": "3",
        "expirationYear": "2029",
        "expirationMonth": "1",
        "certUrl": "https://a.example/b?c=d&e",
    }


def test_a_link_of_nothing_says_so(program: Program, tmp_path: Path) -> None:
    """An empty line would look like a link that is empty."""
    (tmp_path / "a.txt").write_text("hello", encoding="utf-8")

    assert program("badge", "link-profile", str(tmp_path / "a.txt")).code == 3


@pytest.mark.parametrize(
    ("options", "ends"),
    [
        (("--proof", "seal"), (2, "data-integrity and jwt")),
        (("--to", "Ada"), (2, "names no recipient")),
        (("--valid-until", "2020-01-01"), (2, "before it begins")),
        (("--valid-from", "soon"), (2, "--valid-from")),
        (("--image", "nowhere.png"), (5, "nowhere.png")),
        (("--image", DRAFT), (4, "neither a PNG nor an SVG")),
        (("--key", "nowhere.pem"), (5, "nowhere.pem")),
        (("--issuer", DRAFT + "x"), (5, "there is no file")),
    ],
)
def test_an_order_that_cannot_be_filled_writes_nothing(
    program: Program, key: str, tmp_path: Path, options: tuple[str, ...], ends: tuple[int, str]
) -> None:
    """One line says what is wrong."""
    out = tmp_path / "badge.json"

    ended = issue(program, key, out, *options)

    assert ended.code == ends[0]
    assert ends[1] in ended.message
    assert not out.exists()


def test_a_key_of_an_unknown_kind_is_refused(program: Program, tmp_path: Path) -> None:
    """The message names the kinds there are."""
    ended = program("badge", "key", "new", "--type", "dsa", "--out", str(tmp_path / "k"))

    assert ended.code == 2
    assert "ed25519, p256, rsa" in ended.message


def test_the_private_half_of_a_key_is_never_printed(program: Program, tmp_path: Path) -> None:
    """Terminals are recorded and shared."""
    path = tmp_path / "key.jwk"

    ended = program("badge", "key", "new", "--json", "--out", str(path))

    secret = json.loads(path.read_text(encoding="utf-8"))["d"]
    assert secret not in ended.out + ended.err
    assert json.loads(ended.out)["did"].startswith("did:key:z6Mk")
