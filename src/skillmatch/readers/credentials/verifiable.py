"""Verifiable credentials: Open Badges 3.0, learner records, endorsements, presentations.

Versions 1.1 and 2.0 of the data model differ in the names of dates; JWTs repeat some claims under
names of their own, which count where the credential itself is silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from skillmatch.model.achievement import Achievement
from skillmatch.model.credential import Credential, CredentialFormat, Recipient, Securing
from skillmatch.readers.credentials.achievements import read_achievement, read_results
from skillmatch.readers.credentials.moments import first_moment
from skillmatch.readers.credentials.node import Node
from skillmatch.readers.credentials.parts import read_evidence, read_profile, read_subject
from skillmatch.readers.credentials.place import Place
from skillmatch.readers.credentials.recognise import body_of


def read_verifiable(root: Node, kind: CredentialFormat, place: Place) -> Credential:
    """Return a credential without those inside it.

    Args:
        root: The document, or the claims of a token.
        kind: What it was recognised as.
        place: Where it was found.
    """
    body = body_of(root)
    subjects = body.objects("credentialSubject")
    achievements = tuple(one for subject in subjects for one in _achievements(subject))
    endorses = kind is CredentialFormat.ENDORSEMENT
    endorsed = subjects[0] if endorses and subjects else Node(None)
    start, bad_start = first_moment(
        body.get("validFrom"), body.get("issuanceDate"), body.get("issued"), root.get("nbf")
    )
    end, bad_end = first_moment(body.get("validUntil", "expirationDate"), root.get("exp"))
    awarded, bad_award = first_moment(body.get("awardedDate"))
    return replace(
        place.begin(root, kind, securing_of(root, place)),
        id=body.id() or root.text("jti"),
        types=body.types(),
        name=body.text("name") or next((one.name for one in achievements), ""),
        issuer=read_profile(body.get("issuer") or root.get("iss")),
        recipient=_recipient(root, kind, subjects),
        valid_from=start,
        valid_until=end,
        awarded=awarded,
        achievements=achievements,
        results=tuple(one for subject in subjects for one in read_results(_results(subject))),
        narrative=next((text for one in subjects if (text := one.text("narrative"))), ""),
        evidence=read_evidence(body),
        comment=endorsed.text("endorsementComment"),
        endorses=endorsed.id(),
        issues=(*bad_start, *bad_end, *bad_award, *_several(subjects)),
    )


def read_draft(root: Node, kind: CredentialFormat, place: Place) -> Credential:
    """Return an achievement that nobody has earned yet, as the only part of a credential."""
    achievement = read_achievement(root)
    return replace(
        place.begin(root, kind, securing_of(root, place)),
        id=achievement.id,
        types=root.types(),
        name=achievement.name,
        issuer=read_profile(root.get("creator", "issuer")),
        achievements=(achievement,),
    )


def securing_of(root: Node, place: Place) -> Securing:
    """Return what is meant to protect a verifiable credential."""
    if place.token:
        return Securing.JWT
    return Securing.EMBEDDED_PROOF if root.get("proof") else Securing.NONE


def _achievements(subject: Node) -> list[Achievement]:
    results = _results(subject)
    found = []
    for node in subject.many("achievement"):
        found.append(read_achievement(node, results))
        # What one person reached belongs to the first achievement of the subject alone.
        results = ()
    return found


def _results(subject: Node) -> tuple[Node, ...]:
    return subject.objects("result")


def _recipient(root: Node, kind: CredentialFormat, subjects: Sequence[Node]) -> Recipient:
    if kind is CredentialFormat.ENDORSEMENT:
        return Recipient()
    if kind is CredentialFormat.PRESENTATION:
        return Recipient(id=body_of(root).get("holder").id() or root.text("iss"))
    recipient = read_subject(subjects)
    if recipient.id or not root.get("sub"):
        return recipient
    return Recipient(id=root.text("sub"), name=recipient.name, identities=recipient.identities)


def _several(subjects: Sequence[Node]) -> tuple[str, ...]:
    if len(subjects) < 2:
        return ()
    return (
        f"{subjects[1].pointer}: it speaks of {len(subjects)} subjects; the first is shown as its "
        "holder",
    )
