"""What was signed here is accepted by programs that know nothing of this one."""

from __future__ import annotations

import copy
import hashlib
import json
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import DataError, UsageError
from skillmatch.issuing.keys import KeyKind, SigningKey
from skillmatch.issuing.signing import sign_data_integrity, sign_jwt
from tests.issuing.issuing_samples import DAY, credential, draft, key


def public_pem(signer: SigningKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = signer.private.public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def accepted(document: dict[str, Any]) -> bool:
    """Check a Data Integrity proof with PyLD's own canonicalisation and plain Ed25519."""
    import base58
    from cryptography.exceptions import InvalidSignature
    from openbadgeslib.ob3.contexts import document_loader
    from pyld import jsonld

    def digest(value: dict[str, Any]) -> bytes:
        quads = jsonld.normalize(
            value,
            {
                "algorithm": "URDNA2015",
                "format": "application/n-quads",
                "documentLoader": document_loader(),
            },
        )
        return hashlib.sha256(quads.encode()).digest()

    (proof,) = document["proof"]
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    body = {name: value for name, value in document.items() if name != "proof"}
    message = digest({"@context": document["@context"], **options}) + digest(body)
    public: Any = key().private.public_key()
    try:
        public.verify(base58.b58decode(proof["proofValue"][1:]), message)
    except InvalidSignature:
        return False
    return True


def payload_of(token: str, signer: SigningKey) -> bytes:
    """Check a token with joserfc and the public key; raises where it does not hold."""
    from joserfc import jwk, jws

    registry = jws.JWSRegistry(algorithms=[signer.algorithm])
    registry.max_header_length = 4096
    public: dict[str, str | list[str]] = {**signer.public_jwk()}
    with warnings.catch_warnings():
        # RFC 9864 renames EdDSA; badges and their verifiers keep the older name.
        warnings.simplefilter("ignore")
        return jws.deserialize_compact(token, jwk.import_key(public), registry=registry).payload


def test_a_data_integrity_proof_holds_for_two_independent_verifiers() -> None:
    """A signature that only its maker accepts is worth nothing."""
    from openbadgeslib.ob3.ldp import OB3LdpVerifier

    signed = sign_data_integrity(credential(), key(), created=DAY)

    assert accepted(signed)
    assert OB3LdpVerifier().verify(copy.deepcopy(signed)).name == "Knife skills"


@pytest.mark.parametrize("kind", list(KeyKind))
def test_a_vc_jwt_holds_for_two_independent_verifiers(kind: KeyKind) -> None:
    """EdDSA, ES256 and RS256, each with the key that the header names."""
    from openbadgeslib.ob3.verifier import OB3Verifier

    signer = key(kind)

    token = sign_jwt(credential(signer), signer)

    read = json.loads(payload_of(token, signer))
    assert read["credentialSubject"]["achievement"]["name"] == "Knife skills"
    assert OB3Verifier(public_pem(signer)).verify(token).name == "Knife skills"


def test_the_claims_of_a_jwt_repeat_what_the_credential_says() -> None:
    """Verifiers compare them; one that differs makes the badge invalid."""
    import base64

    made = credential()

    _, payload, _ = sign_jwt(made, key()).split(".")

    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    assert claims["iss"] == made["issuer"]["id"]
    assert (claims["jti"], claims["sub"]) == (made["id"], made["credentialSubject"]["id"])
    assert claims["nbf"] == int(DAY.timestamp())
    assert "exp" not in claims


@pytest.mark.parametrize("kind", list(KeyKind))
def test_signing_again_gives_the_same_bytes(kind: KeyKind) -> None:
    """Whoever audits an issuer can make every badge again and compare."""
    made = credential(key(kind))

    assert sign_jwt(made, key(kind)) == sign_jwt(copy.deepcopy(made), key(kind))


def test_a_proof_depends_on_nothing_but_its_arguments() -> None:
    """The moment is an argument, so that the same input gives the same bytes."""
    first = sign_data_integrity(credential(), key(), created=DAY)

    assert sign_data_integrity(credential(), key(), created=DAY) == first


def test_signing_changes_nothing_of_the_draft() -> None:
    """The caller may sign one draft in two ways."""
    made = credential()
    before = copy.deepcopy(made)

    signed = sign_data_integrity(made, key(), created=DAY)

    assert made == before
    assert {name: value for name, value in signed.items() if name != "proof"} == made


@pytest.mark.parametrize("kind", [KeyKind.P256, KeyKind.RSA])
def test_a_data_integrity_proof_wants_an_ed25519_key(kind: KeyKind) -> None:
    """The message says what else to do."""
    with pytest.raises(UsageError, match="--proof jwt"):
        sign_data_integrity(credential(key(kind)), key(kind), created=DAY)


def with_term(name: str) -> dict[str, Any]:
    made = draft()
    made["alignment"][0][name] = "0.9"
    return credential(of=made)


def test_an_undefined_term_is_not_signed() -> None:
    """It would look signed and could be changed by anybody."""
    for sign in (lambda draft: sign_data_integrity(draft, key(), created=DAY), sign_jwt_of):
        with pytest.raises(DataError, match="/achievement/alignment/0/confidence"):
            sign(with_term("confidence"))


def sign_jwt_of(document: dict[str, Any]) -> object:
    return sign_jwt(document, key())


@pytest.mark.parametrize("lacking", ["name", "description", "criteria"])
def test_a_draft_that_lacks_a_field_is_not_signed(lacking: str) -> None:
    """A proof would keep the mistake for ever."""
    made = draft()
    del made[lacking]

    with pytest.raises(DataError, match=f"achievement/{lacking}"):
        sign_jwt(credential(of={"name": "", **made} if lacking == "name" else made), key())


def test_what_carries_a_proof_is_not_signed_over() -> None:
    """The old proof would stay and hold for nothing."""
    signed = sign_data_integrity(credential(), key(), created=DAY)

    with pytest.raises(DataError, match="/proof"):
        sign_data_integrity(signed, key(), created=DAY)


SIGNED = sign_data_integrity(credential(), key(), created=DAY)


def strings(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every text in a document but its contexts and its proof's value."""
    if isinstance(value, str):
        yield path
        return
    parts = value.items() if isinstance(value, dict) else enumerate(value)  # type: ignore[arg-type]  # only lists are left
    for name, part in parts:
        if name not in {"@context", "proofValue"}:
            yield from strings(part, (*path, name))


PATHS = sorted(strings(SIGNED), key=str)


def holds(document: dict[str, Any]) -> bool:
    """JSON-LD refuses some changes before any signature is looked at."""
    from pyld.jsonld import JsonLdError

    try:
        return accepted(document)
    except JsonLdError:
        return False


def test_the_document_that_is_changed_below_holds_unchanged() -> None:
    """Else every change would seem to be caught."""
    assert holds(SIGNED)


@given(path=st.sampled_from(PATHS), data=st.data())
def test_a_change_of_any_character_of_a_claim_is_caught(
    path: tuple[str | int, ...], data: st.DataObject
) -> None:
    """Of names, dates, ids, alignments and the proof's own options alike."""
    changed = copy.deepcopy(SIGNED)
    place: Any = changed
    for name in path[:-1]:
        place = place[name]
    text = place[path[-1]]
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("aZ0 é~").filter(lambda char: char != text[at]))
    place[path[-1]] = text[:at] + other + text[at + 1 :]

    assert not holds(changed)


@given(data=st.data())
def test_a_change_of_any_byte_of_a_jwt_is_caught(data: st.DataObject) -> None:
    """Header, payload and signature alike."""
    from joserfc.errors import JoseError

    token = sign_jwt(credential(), key())
    at = data.draw(st.integers(0, len(token) - 2).filter(lambda place: token[place] != "."))
    other = data.draw(st.sampled_from("aZ0_-").filter(lambda char: char != token[at]))
    changed = token[:at] + other + token[at + 1 :]

    with pytest.raises((JoseError, ValueError)):
        payload_of(changed, key())
