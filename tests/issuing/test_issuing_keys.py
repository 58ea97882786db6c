"""Keys: what is written can be read, and nothing private is ever shown."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import DataError, NotFoundError, UsageError
from skillmatch.issuing.key_files import key_of, private_jwk, private_pem, read_key, write_key
from skillmatch.issuing.keys import KeyKind, SigningKey
from tests.issuing.issuing_samples import key

FORMATS = [
    (kind, suffix)
    for kind in KeyKind
    for suffix in (".pem", ".jwk", ".txt")
    if (kind, suffix) != (KeyKind.RSA, ".txt")
]


@pytest.mark.parametrize(("kind", "suffix"), FORMATS)
def test_a_key_that_was_written_is_read_as_the_same_key(
    kind: KeyKind, suffix: str, tmp_path: Path
) -> None:
    """A badge signed with a key that cannot be read again can never be revoked."""
    path = tmp_path / f"key{suffix}"

    write_key(path, key(kind))

    again = read_key(path)
    assert (again.kind, again.did) == (kind, key(kind).did)
    assert again.verification_method == key(kind).verification_method
    assert again.sign(b"words") == key(kind).sign(b"words")


@pytest.mark.parametrize("suffix", [".pem", ".jwk", ".txt"])
def test_a_key_file_is_for_its_owner_alone(suffix: str, tmp_path: Path) -> None:
    """Whoever reads the file can issue badges in the issuer's name."""
    path = tmp_path / f"key{suffix}"

    write_key(path, key())

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    """It may be the only copy of the key behind every badge of a school."""
    path = tmp_path / "key.pem"
    path.write_text("something else")

    with pytest.raises(UsageError, match="never overwritten"):
        write_key(path, key())

    assert path.read_text() == "something else"


def test_an_rsa_key_has_no_multibase_form(tmp_path: Path) -> None:
    """An invented form would be read by nobody."""
    with pytest.raises(UsageError, match="RSA"):
        write_key(tmp_path / "key.txt", key(KeyKind.RSA))


@pytest.mark.parametrize("kind", [KeyKind.ED25519, KeyKind.P256])
def test_the_did_is_the_one_that_another_library_makes_of_the_key(kind: KeyKind) -> None:
    """Verifiers decode it; a wrong prefix would make every badge unverifiable."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    from openbadgeslib.ob3.did import did_key_from_pem

    public = key(kind).private.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    assert key(kind).did == did_key_from_pem(pem)


@pytest.mark.parametrize("kind", list(KeyKind))
def test_the_public_jwk_holds_nothing_private(kind: KeyKind) -> None:
    """It goes into the header of every badge."""
    private = private_jwk(key(kind))

    public = key(kind).public_jwk()

    assert set(public).isdisjoint({"d", "p", "q", "dp", "dq", "qi"})
    assert {name: private[name] for name in public} == public


def test_a_key_is_printed_without_its_private_part() -> None:
    """Values end up in error messages and logs."""
    assert "private=" not in repr(key())


def test_the_kid_of_a_jwk_is_where_verifiers_find_the_key(tmp_path: Path) -> None:
    """An issuer with a web page signs in its own name, not in that of a did:key."""
    path = tmp_path / "key.jwk"
    named = SigningKey(
        kind=key().kind, private=key().private, method="did:web:school.example#key-1"
    )

    write_key(path, named)

    assert read_key(path).verification_method == "did:web:school.example#key-1"
    assert read_key(path, method="https://x.example/k").method == "https://x.example/k"


def changed_jwk(**changes: str | None) -> bytes:
    jwk: dict[str, str | None] = {**private_jwk(key()), **changes}
    return json.dumps({name: value for name, value in jwk.items() if value is not None}).encode()


def locked() -> bytes:
    """A key with a passphrase, which nobody is asked for."""
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        PrivateFormat,
    )

    seal = BestAvailableEncryption(b"secret")
    return key().private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, seal)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "neither a JWK"),
        (b"hello", "neither a JWK"),
        (changed_jwk(d=None), "public"),
        (changed_jwk(d="AA"), "JWK"),
        (changed_jwk(x=key(KeyKind.P256).public_jwk()["x"]), "JWK"),
        (changed_jwk(kty="oct"), "JWK"),
        (b"{" * 5000, "JWK"),
        (b"[]", "neither"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "PEM"),
        (locked(), "passphrase"),
        (b"z3u2", "multibase"),
        (b"z0OIl", "multibase"),
    ],
)
def test_what_is_no_private_key_is_refused_with_a_reason(data: bytes, said: str) -> None:
    """One clear message; the bytes themselves are never repeated."""
    with pytest.raises(DataError, match=said):
        key_of(data)


@pytest.mark.parametrize("curve", ["secp384r1", "rsa1024"])
def test_a_key_that_no_verifier_takes_is_refused(curve: str) -> None:
    """Better now than after a thousand badges."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    private = (
        ec.generate_private_key(ec.SECP384R1())
        if curve == "secp384r1"
        else rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - the point
    )
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    with pytest.raises(DataError, match="P-256"):
        key_of(pem)


def test_a_missing_key_says_which(tmp_path: Path) -> None:
    """The path is what one mistyped."""
    with pytest.raises(NotFoundError, match=r"nokey\.pem"):
        read_key(tmp_path / "nokey.pem")


@given(place=st.integers(0, 117), byte=st.integers(0, 255))
def test_a_damaged_key_file_is_refused_or_read_as_a_key(place: int, byte: int) -> None:
    """Damage never ends in a crash."""
    data = bytearray(private_pem(key()).encode())
    data[place] = byte

    try:
        found = key_of(bytes(data))
    except DataError:
        return
    assert found.kind is KeyKind.ED25519
