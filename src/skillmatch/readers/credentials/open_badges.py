"""Open Badges 1.x and 2.0: assertions with their badge class, and badge classes alone."""

from __future__ import annotations

from dataclasses import replace

from skillmatch.model.achievement import Achievement, Profile
from skillmatch.model.credential import (
    Credential,
    CredentialFormat,
    Identity,
    Recipient,
    Securing,
)
from skillmatch.readers.credentials.achievements import read_achievement
from skillmatch.readers.credentials.moments import first_moment
from skillmatch.readers.credentials.node import Node
from skillmatch.readers.credentials.parts import is_true, read_evidence, read_profile
from skillmatch.readers.credentials.place import Place
from skillmatch.readers.credentials.recognise import short_type

_HOSTED = frozenset({"hosted", "HostedBadge"})


def read_assertion(root: Node, kind: CredentialFormat, place: Place) -> Credential:
    """Return an assertion; a badge class that is only a link gives an achievement with an id."""
    badge = root.get("badge")
    start, bad_start = first_moment(root.get("issuedOn", "issued_on"))
    end, bad_end = first_moment(root.get("expires"))
    achievement = read_achievement(badge) if badge else None
    return replace(
        place.begin(root, kind, _securing(root, place)),
        id=root.id() or root.text("uid"),
        types=root.types(),
        name=achievement.name if achievement else "",
        issuer=_issuer(badge),
        recipient=_recipient(root),
        valid_from=start,
        valid_until=end,
        achievements=() if achievement is None else (achievement,),
        narrative=root.text("narrative"),
        evidence=read_evidence(root),
        issues=(*bad_start, *bad_end, *_linked(badge, achievement)),
    )


def read_badge_class(root: Node, kind: CredentialFormat, place: Place) -> Credential:
    """Return a badge class that nobody has earned yet, as the only part of a credential."""
    achievement = read_achievement(root)
    return replace(
        place.begin(root, kind, Securing.JWS if place.token else Securing.NONE),
        id=achievement.id,
        types=root.types() or ("BadgeClass",),
        name=achievement.name,
        issuer=read_profile(root.get("issuer")),
        achievements=(achievement,),
    )


def read_endorsement(root: Node, kind: CredentialFormat, place: Place) -> Credential:
    """Return an endorsement of Open Badges 2.0."""
    claim = root.get("claim")
    start, bad_start = first_moment(root.get("issuedOn"))
    return replace(
        place.begin(root, kind, _securing(root, place)),
        id=root.id(),
        types=root.types(),
        issuer=read_profile(root.get("issuer")),
        valid_from=start,
        comment=claim.text("endorsementComment"),
        endorses=claim.id(),
        issues=bad_start,
    )


def is_badge_class(root: Node) -> bool:
    """Tell whether a document describes a badge and awards it to nobody."""
    names = {short_type(one) for one in root.types()}
    return "BadgeClass" in names or not (names or root.get("badge"))


def _issuer(badge: Node) -> Profile:
    issuer = badge.get("issuer")
    if issuer.get("origin"):
        # Version 0.5 names an issuer by its web origin.
        return Profile(name=issuer.text("name"), url=issuer.text("origin"), pointer=issuer.pointer)
    return read_profile(issuer)


def _recipient(root: Node) -> Recipient:
    node = root.get("recipient")
    if isinstance(node.value, str):
        # Version 0.5: an address, or its hash with the salt beside it.
        hashed = "$" in node.value
        identity = Identity(kind="email", value=node.value, hashed=hashed, salt=root.text("salt"))
        return Recipient(identities=(identity,))
    found = tuple(
        Identity(
            kind=one.text("type"),
            value=one.text("identity"),
            hashed=is_true(one.get("hashed")),
            salt=one.text("salt"),
        )
        for one in root.objects("recipient")
    )
    return Recipient(name=node.text("name"), identities=found)


def _securing(root: Node, place: Place) -> Securing:
    if place.token:
        return Securing.JWS
    kinds = {short_type(one) for one in root.get("verification", "verify").types()}
    return Securing.HOSTED if kinds & _HOSTED else Securing.NONE


def _linked(badge: Node, achievement: Achievement | None) -> tuple[str, ...]:
    if achievement is None:
        return ("/badge: it names no badge class",)
    if isinstance(badge.value, str):
        return (
            f"{badge.pointer}: its badge class is a link ({badge.value}), which is not fetched",
        )
    return ()
