"""The small parts that all formats share: profiles, alignments, evidence, identities."""

from __future__ import annotations

from collections.abc import Iterable

from skillmatch.model.achievement import Alignment, AlignmentPlace, Profile
from skillmatch.model.credential import Identity, Recipient, SupportingEvidence
from skillmatch.readers.credentials.node import Node

ALIGNMENTS = ("alignment", "alignments")
"""Badgr's interface says ``alignments``; every specification says ``alignment``."""


def read_profile(node: Node) -> Profile:
    """Return a profile, which may be no more than a link."""
    return Profile(
        id=node.id(),
        name=node.text("name", "legalName", "prefLabel", "title") if node else "",
        url=node.text("url") or node.path("homepage", "contentURL").text(),
        pointer=node.pointer if node else "",
    )


def read_alignments(
    node: Node, place: AlignmentPlace = AlignmentPlace.ACHIEVEMENT
) -> tuple[Alignment, ...]:
    """Return the alignments of a part, in the words of Open Badges 1, 2 or 3."""
    return tuple(_alignment(one, place) for one in node.many(*ALIGNMENTS))


def _alignment(node: Node, place: AlignmentPlace) -> Alignment:
    if isinstance(node.value, str):
        return Alignment(target_url=node.value, place=place, pointer=node.pointer)
    return Alignment(
        target_name=node.text("targetName", "target_name", "name"),
        target_url=node.text("targetUrl", "target_url", "url") or node.get("targetUrl", "id").id(),
        target_description=node.text("targetDescription", "target_description", "description"),
        target_framework=node.text("targetFramework", "target_framework", "framework"),
        target_code=node.text("targetCode", "target_code", "code"),
        target_type=node.text("targetType"),
        place=place,
        pointer=node.pointer,
    )


def read_evidence(node: Node) -> tuple[SupportingEvidence, ...]:
    """Return what an issuer points at as evidence: links or objects, one or many."""
    return tuple(
        SupportingEvidence(
            id=one.id(),
            name=one.text("name", "prefLabel", "title"),
            narrative=one.text("narrative", "evidenceStatement"),
            description=one.text("description"),
            genre=one.text("genre"),
            audience=one.text("audience"),
            pointer=one.pointer,
        )
        for one in node.many("evidence")
    )


def read_subject(subjects: Iterable[Node]) -> Recipient:
    """Return the person that Open Badges 3 credentials are about, from the first subject."""
    subject = next(iter(subjects), Node(None))
    return Recipient(
        id=subject.id(),
        name=subject.text("name"),
        identities=tuple(_identity(one) for one in subject.objects("identifier")),
    )


def _identity(node: Node) -> Identity:
    return Identity(
        kind=node.text("identityType", "identifierType", "type"),
        value=node.text("identityHash", "identifier", "identity"),
        hashed=is_true(node.get("hashed")),
        salt=node.text("salt"),
    )


def is_true(node: Node) -> bool:
    """Tell whether a value says yes; some issuers write ``"true"``."""
    return node.value is True or node.text().lower() == "true"
