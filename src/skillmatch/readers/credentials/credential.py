"""One document becomes one credential, with those inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from skillmatch.errors import UnreadableError
from skillmatch.model.credential import Credential, CredentialFormat, Securing
from skillmatch.readers.credentials.european import read_european
from skillmatch.readers.credentials.jws import claims_of, is_token, json_payload
from skillmatch.readers.credentials.learner_resume import read_learner_resume
from skillmatch.readers.credentials.limits import MAX_NESTED
from skillmatch.readers.credentials.node import Node
from skillmatch.readers.credentials.open_badges import (
    is_badge_class,
    read_assertion,
    read_badge_class,
    read_endorsement,
)
from skillmatch.readers.credentials.place import Place
from skillmatch.readers.credentials.recognise import ENVELOPES, body_of, format_of, short_type
from skillmatch.readers.credentials.verifiable import read_draft, read_verifiable

Reader = Callable[[Node, CredentialFormat, Place], Credential]


def credential_of(
    document: Mapping[str, Any], *, source: str, pointer: str = "", token: str = ""
) -> Credential:
    """Return the credential that a JSON document is.

    Args:
        document: The credential's own JSON; for a token its payload.
        source: Name of the file, for people.
        pointer: Place of ``document`` in that file's JSON.
        token: The compact token that ``document`` was taken from.

    Raises:
        UnreadableError: It is no credential; the message says what it looks like.
    """
    return read_document(document, Place(source=source, pointer=pointer, token=token))


def read_document(document: Mapping[str, Any], place: Place) -> Credential:
    """Return the credential that a JSON document is.

    Raises:
        UnreadableError: It is no credential, or lies too deep inside others.
    """
    if place.depth > MAX_NESTED:
        raise UnreadableError(f"more than {MAX_NESTED} credentials lie inside each other")
    root = Node(document if isinstance(document, dict) else dict(document))
    if document.get("signatures") and "payload" in document:
        inner = json_payload(document, place.budget)
        sealed = read_document(inner, replace(place, pointer=f"{place.pointer}/payload"))
        return replace(sealed, securing=Securing.JWS)
    if not place.token and any(short_type(one) in ENVELOPES for one in root.types()):
        token = _enveloped(root)
        return read_document(claims_of(token, place.budget), replace(place, token=token))
    kind = format_of(root)
    read = _reader(root, kind)
    credential = read(root, kind, place)
    parts, missing_parts = _inside(_parts(root), place)
    endorsements, missing = _inside(_endorsements(root), place)
    return replace(
        credential,
        parts=parts,
        endorsements=endorsements,
        issues=(*credential.issues, *missing_parts, *missing),
    )


def read_token(token: str, place: Place) -> Credential:
    """Return the credential inside a compact token, whose signature is not looked at.

    Raises:
        UnreadableError: It is no token, or holds no credential.
    """
    return read_document(claims_of(token, place.budget), replace(place, token=token))


def _reader(root: Node, kind: CredentialFormat) -> Reader:
    body = body_of(root)
    if kind in {CredentialFormat.OPEN_BADGES_1, CredentialFormat.OPEN_BADGES_2}:
        return read_badge_class if is_badge_class(body) else read_assertion
    if kind is CredentialFormat.ENDORSEMENT and body.get("claim"):
        return read_endorsement
    if kind is CredentialFormat.OPEN_BADGES_3 and not body.get("credentialSubject"):
        names = {short_type(one) for one in body.types()}
        return read_draft if "Achievement" in names else read_verifiable
    special: dict[CredentialFormat, Reader] = {
        CredentialFormat.EDC: read_european,
        CredentialFormat.LER_RS: read_learner_resume,
    }
    return special.get(kind, read_verifiable)


def _parts(root: Node) -> list[Node]:
    """Return the credentials of a presentation, of a record's subject, or of a résumé."""
    body = body_of(root)
    subjects = body.objects("credentialSubject")
    holders = [body, *subjects]
    return [one for holder in holders for one in holder.many("verifiableCredential")]


def _endorsements(root: Node) -> list[Node]:
    """Return the endorsements of a credential, its issuer, its achievements and their creators."""
    body = body_of(root)
    described = [
        *body.objects("badge"),
        *(
            one
            for subject in body.objects("credentialSubject")
            for one in subject.objects("achievement")
        ),
    ]
    profiles = [
        profile for part in (body, *described) for profile in part.objects("issuer", "creator")
    ]
    return [
        one
        for part in (body, *described, *profiles)
        for one in part.many("endorsement", "endorsementJwt")
    ]


def _inside(nodes: Iterable[Node], place: Place) -> tuple[tuple[Credential, ...], tuple[str, ...]]:
    found: list[Credential] = []
    issues: list[str] = []
    for node in nodes:
        try:
            found.append(_read_inside(node, place))
        except UnreadableError as fault:
            issues.append(f"{node.pointer}: {fault}")
    return tuple(found), tuple(issues)


def _read_inside(node: Node, place: Place) -> Credential:
    inner = place.inside(node.pointer)
    if isinstance(node.value, Mapping):
        return read_document(node.value, inner)
    if isinstance(node.value, str):
        if is_token(node.value):
            return read_token(node.value, inner)
        raise UnreadableError(f"it is a link ({node.value[:200]}), which is not fetched")
    raise UnreadableError("it is neither an object nor a token")


def _enveloped(root: Node) -> str:
    """Return the token in the ``data:`` URL of an enveloped credential."""
    head, comma, token = root.id().partition(",")
    if not (comma and head.startswith("data:") and is_token(token)):
        raise UnreadableError("/id: expected data:application/vc+jwt, with a token")
    return token
