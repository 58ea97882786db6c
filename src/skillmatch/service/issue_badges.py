"""Issue badges, keep their status lists, endorse what others issued: files in, files out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from skillmatch.atomic import write_bytes, write_text
from skillmatch.errors import DataError, NotFoundError, UnreadableError, UsageError
from skillmatch.issuing.assembling import Award, achievement_of, assemble, credential_id
from skillmatch.issuing.baking import MAX_IMAGE, bake
from skillmatch.issuing.endorsing import completed_endorsement, endorsement, is_body
from skillmatch.issuing.issuers import binding_note, issuer_profile
from skillmatch.issuing.keys import KeyKind, SigningKey
from skillmatch.issuing.signing import CLAIMS, check_signable, sign_data_integrity, sign_jwt
from skillmatch.issuing.status_entry import (
    free_index,
    list_bits,
    new_status_list,
    set_entries,
    status_entry,
    with_bit,
    with_bits,
)
from skillmatch.issuing.status_register import entry_of, locked, read_register, write_register
from skillmatch.readers.credentials.jws import claims_of, is_token
from skillmatch.readers.credentials.strict_json import parse_json
from skillmatch.service.named_files import check_file

_BOM = b"\xef\xbb\xbf"
PROOFS = ("data-integrity", "jwt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One badge to be issued.

    Attributes:
        profile: The issuer's profile; without an id it gets that of the key.
        created: Moment of the proof.
        image: Picture to bake the badge into, None for the badge alone.
        status_list: File of the status list that the badge gets an entry of.
    """

    draft: Mapping[str, Any]
    key: SigningKey
    profile: Mapping[str, Any]
    award: Award
    created: datetime
    proof: str = "data-integrity"
    image: bytes | None = field(default=None, repr=False)
    status_list: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A badge as it can be handed over.

    Attributes:
        data: JSON, a compact JWT, or the picture.
        index: Its entry of the status list.
        note: What a verifier will not be able to tell, empty where all is well.
    """

    id: str
    data: bytes = field(repr=False)
    index: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListState:
    """A status list as it stands."""

    url: str
    purpose: str
    entries: int
    given: int
    set: tuple[int, ...]
    signed: bool


def read_object(path: Path) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        NotFoundError: There is no such file.
        UnreadableError: It holds something else.
    """
    data = _read(path).removeprefix(_BOM).lstrip()
    if not data:
        raise UnreadableError("it is empty", path=path)
    if not data.startswith(b"{"):
        raise UnreadableError("it is no JSON object, which would begin with {", path=path)
    try:
        value = parse_json(data)
    except UnreadableError as error:
        raise type(error)(str(error), path=path) from error
    return dict(value)


def read_draft(path: Path) -> dict[str, Any]:
    """Read a JSON object that holds the achievement of a badge.

    Raises:
        NotFoundError: There is no such file.
        UnreadableError: It holds something else.
    """
    draft = read_object(path)
    try:
        achievement_of(draft)
    except DataError as error:
        raise UnreadableError(str(error), path=path) from error
    return draft


def _read(path: Path) -> bytes:
    check_file(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotFoundError(f"cannot read {path}: {error.strerror or error}") from error


def read_image(path: Path) -> bytes:
    """Read a picture, no further than any picture may go.

    Raises:
        NotFoundError: There is no such file.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_IMAGE + 1)
    except OSError as error:
        raise NotFoundError(f"no picture at {path}: {error.strerror or error}") from error


def issue_badge(order: Order) -> Issued:
    """Assemble, sign and bake one badge.

    An entry of the status list is noted before the badge exists: a lost entry harms nobody, one
    that was given away twice does.

    Raises:
        UsageError: The order contradicts itself.
        DataError: The draft, profile, picture or list cannot be used as they stand.
    """
    if order.proof not in PROOFS:
        raise UsageError(f"no proof {order.proof!r}; there are {' and '.join(PROOFS)}")
    profile = issuer_profile(order.profile, order.key)
    award = replace(order.award, id=credential_id(order.draft, profile, order.award))
    check_signable(assemble(order.draft, issuer=profile, award=award))
    index = None
    if order.status_list is not None:
        status, index = _entry(order.status_list, award.id)
        award = replace(award, status=status)
    document = assemble(order.draft, issuer=profile, award=award)
    text = signed_text(document, order.key, proof=order.proof, created=order.created)
    return Issued(
        id=award.id,
        data=bake(order.image, text.strip()) if order.image is not None else text.encode("utf-8"),
        index=index,
        note=binding_note(profile, order.key),
    )


def signed_text(
    document: Mapping[str, Any], key: SigningKey | None, *, proof: str, created: datetime
) -> str:
    """Return a document as text: signed in one of the ``PROOFS``, or unsigned without a key."""
    if key is None:
        return json_text(document)
    if proof == "jwt":
        return sign_jwt(document, key) + "\n"
    return json_text(sign_data_integrity(document, key, created=created))


def json_text(document: Mapping[str, Any]) -> str:
    """Return a document as people read it, ending in a newline."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def endorse(
    endorsed: Mapping[str, Any],
    *,
    profile: Mapping[str, Any],
    comment: str,
    key: SigningKey | None,
    created: datetime,
    proof: str = "data-integrity",
) -> str:
    """Return an EndorsementCredential as text: signed with a key, else to be signed elsewhere.

    Args:
        endorsed: A badge, or an endorsement body that lacks only who says it and when.
        profile: Of who endorses.
        comment: What they say; may be empty where a body says something.
        key: Theirs, None for an endorsement without a proof.
        created: From when they say it.
        proof: One of the ``PROOFS``.
    """
    by = issuer_profile(profile, key)
    if is_body(endorsed):
        made = completed_endorsement(endorsed, by=by, valid_from=created, comment=comment)
    else:
        made = endorsement(endorsed, by=by, comment=comment, valid_from=created)
    return signed_text(made, key, proof=proof, created=created)


def create_status_list(
    path: Path,
    url: str,
    *,
    profile: Mapping[str, Any],
    key: SigningKey,
    created: datetime,
    purpose: str = "revocation",
) -> ListState:
    """Write a signed status list in which every badge holds.

    An Ed25519 key signs it as JSON with a proof, any other key as a JWT.

    Raises:
        UsageError: There is a file already: a new list would make every revoked badge hold again.
    """
    if path.exists():
        raise UsageError(f"{path} exists; a new list would undo every revocation in it")
    issuer = str(issuer_profile(profile, key)["id"])
    document = new_status_list(url, issuer=issuer, valid_from=created, purpose=purpose)
    _write_list(path, document, key, created)
    return status_list_state(path)


def change_status(
    path: Path,
    *,
    revoke: Sequence[str] = (),
    restore: Sequence[str] = (),
    key: SigningKey,
    created: datetime,
) -> ListState:
    """Set and clear entries of a list, by number or credential id, and sign it again.

    Raises:
        UsageError: An entry is to be both set and cleared, or is not there.
        NotFoundError: A credential id is not in the note beside the list.
    """
    with locked(path):
        document, _ = _read_list(path)
        bits = list_bits(document)
        setting = {entry_of(path, name) for name in revoke}
        clearing = {entry_of(path, name) for name in restore}
        if setting & clearing:
            raise UsageError(f"entry {min(setting & clearing)} is to be both set and cleared")
        for index in sorted(setting | clearing):
            bits = with_bit(bits, index, value=index in setting)
        _write_list(path, with_bits(document, bits, valid_from=created), key, created)
    return status_list_state(path)


def status_list_state(path: Path) -> ListState:
    """Return how a list stands.

    Raises:
        NotFoundError: There is no such file.
        DataError: It is no status list.
    """
    document, signed = _read_list(path)
    bits = list_bits(document)
    return ListState(
        url=str(document.get("id", "")),
        purpose=str(document["credentialSubject"].get("statusPurpose", "")),
        entries=len(bits) * 8,
        given=len(read_register(path)),
        set=set_entries(bits),
        signed=signed,
    )


def write_issued(path: Path, data: bytes) -> None:
    """Write a badge whole or not at all."""
    write_bytes(path, data)


def _entry(path: Path, credential: str) -> tuple[dict[str, str], int]:
    """Return the status entry of a credential: its old one when it is issued again."""
    with locked(path):
        document, _ = _read_list(path)
        bits = list_bits(document)
        given = read_register(path)
        index = next((one for one, named in given.items() if named == credential), None)
        if index is None:
            # A badge must not be born revoked: what is set already is nobody's to take.
            taken = {*given, *set_entries(bits)}
            index = free_index(credential, len(bits) * 8, taken)
            write_register(path, {**given, index: credential})
    return status_entry(document, index), index


def _read_list(path: Path) -> tuple[dict[str, Any], bool]:
    """Return a status list without the claims of its token, and whether it is signed."""
    text = _read(path).decode("utf-8", "replace").strip()
    if not is_token(text):
        document = read_object(path)
        return _list_in(document, path), "proof" in document
    try:
        claims = claims_of(text)
    except UnreadableError as error:
        raise type(error)(str(error), path=path) from error
    return _list_in({name: claims[name] for name in claims if name not in CLAIMS}, path), True


def _list_in(document: dict[str, Any], path: Path) -> dict[str, Any]:
    subject = document.get("credentialSubject")
    if not isinstance(subject, Mapping) or "encodedList" not in subject:
        raise UnreadableError(
            "it is no status list; `skillmatch badge status LIST --create URL` makes one", path=path
        )
    return document


def _write_list(
    path: Path, document: Mapping[str, Any], key: SigningKey, created: datetime
) -> None:
    proof = "data-integrity" if key.kind is KeyKind.ED25519 else "jwt"
    write_text(path, signed_text(document, key, proof=proof, created=created))
