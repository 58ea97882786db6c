"""A1 and A4: what the specifications require to be there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from skillmatch.quality.badge import Badge, alignments_of
from skillmatch.quality.finding import Flaw, Severity
from skillmatch.quality.kinds import OPEN_BADGES, VERIFIABLE, Kind
from skillmatch.quality.registry import rule
from skillmatch.readers.credentials.node import Node, step

VC2 = "https://www.w3.org/ns/credentials/v2"
_DATE_TIME = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})", re.IGNORECASE
)
_TEXTS = frozenset({"id", "name", "description", "targetName", "targetUrl", "resultType"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What an object of one class must hold.

    Attributes:
        what: Name of the class for messages.
        types: Of each group one must be among its types.
        fields: Of each group one must be there.
        dates: Fields that, where they are there, hold a moment with its time zone.
    """

    what: str
    types: tuple[tuple[str, ...], ...] = ()
    fields: tuple[tuple[str, ...], ...] = ()
    dates: tuple[str, ...] = ()


def _shape(what: str, names: str = "", *, typed: bool = True, dates: str = "") -> Shape:
    return Shape(
        what=what,
        types=((what,),) if typed else (),
        fields=tuple((name,) for name in names.split()),
        dates=tuple(dates.split()),
    )


_PROFILE = _shape("Profile", "id")
_ALIGNMENT = _shape("Alignment", "targetName targetUrl")
_OLD_ALIGNMENT = _shape("AlignmentObject", "targetName targetUrl", typed=False)
_ACHIEVEMENT = _shape("Achievement", "id name description criteria")
_RESULT_DESCRIPTION = _shape("ResultDescription", "id name resultType")
_LEVEL = _shape("RubricCriterionLevel", "id name")
_RESULT = _shape("Result")
_EVIDENCE = _shape("Evidence")
_IDENTITY = _shape("IdentityObject", "hashed identityHash identityType")
_IDENTIFIER = _shape("IdentifierEntry", "identifier identifierType")
_SUBJECT = _shape("AchievementSubject", "achievement")
_VC_DATES = "validFrom validUntil awardedDate issuanceDate expirationDate"
_ASSERTION = Shape(
    what="Assertion",
    types=(("Assertion",),),
    fields=(("id", "uid"), ("recipient",), ("badge",), ("verification", "verify"), ("issuedOn",)),
    dates=("issuedOn", "expires"),
)
_BADGE_CLASS = _shape("BadgeClass", "name description image criteria issuer")
_RECIPIENT = _shape("recipient", "type identity hashed", typed=False)


@rule(
    "A1",
    severity=Severity.ERROR,
    title="A required field is missing or holds the wrong thing",
    why="Wallets and validators refuse such a badge, or show a part of it as empty.",
    mend="Add the field; where a type is named, add it to type and keep the others.",
    source="1EdTech Open Badges 3.0, Data Model; Open Badges 2.0, Data Classes; W3C Verifiable "
    "Credentials Data Model 2.0, sections 4.3 to 4.9",
    kinds=VERIFIABLE | OPEN_BADGES,
)
def required_fields(badge: Badge) -> Iterator[Flaw]:
    """Yield every required field that is not there, object by object."""
    for node, shape in _objects(badge):
        yield from _missing(node, shape)
    yield from _linked(badge)


@rule(
    "A4",
    severity=Severity.ERROR,
    title="The subject has neither an id nor an identifier",
    why="Nobody can tell whose badge it is, so anybody could show it.",
    mend="Give the earner's DID or another URI as credentialSubject.id, or a hashed e-mail address "
    "as an IdentityObject in credentialSubject.identifier.",
    source="1EdTech Open Badges 3.0, AchievementSubject",
    kinds=(Kind.OB3_CREDENTIAL, Kind.CLR),
)
def identified_subject(badge: Badge) -> Iterator[Flaw]:
    """Yield subjects that nothing identifies."""
    for subject in badge.subjects:
        if not subject.text("id") and not subject.many("identifier"):
            yield Flaw(pointer=subject.pointer, message="neither id nor identifier is given")


def _linked(badge: Badge) -> Iterator[Flaw]:
    """Yield achievements of credentials that are no more than an address."""
    for subject in badge.subjects if badge.kind is Kind.OB3_CREDENTIAL else ():
        for one in subject.many("achievement"):
            if not one.objects():
                yield Flaw(
                    pointer=one.pointer,
                    message="the achievement must be an Achievement itself, not an address",
                    words=one.text()[:120],
                )


def _missing(node: Node, shape: Shape) -> Iterator[Flaw]:
    types = node.types()
    for wanted in shape.types:
        if not set(wanted) & set(types):
            yield _untyped(node, types, wanted)
    for names in shape.fields:
        found = node.get(*names)
        if not found or found.value in ("", [], {}):
            yield Flaw(pointer=node.pointer, message=f"{shape.what} has no {' or '.join(names)}")
        elif names[0] in _TEXTS and not _is_text(found):
            yield Flaw(pointer=found.pointer, message=f"{names[0]} of {shape.what} must be a text")
    for name in shape.dates:
        found = node.get(name)
        if found and not _DATE_TIME.fullmatch(found.text()):
            yield Flaw(
                pointer=found.pointer,
                message=f"{name} is no date and time with a time zone",
                words=found.text()[:40],
                mend="Write it like 2026-01-31T12:00:00Z.",
            )


def _is_text(node: Node) -> bool:
    """Tell whether a value is a text, or one with its language as JSON-LD has it."""
    plain = isinstance(node.value, str) or bool(node.get("@value"))
    return plain and bool(node.text().strip())


def _untyped(node: Node, types: tuple[str, ...], wanted: tuple[str, ...]) -> Flaw:
    names = " or ".join(wanted)
    if not types:
        return Flaw(pointer=node.pointer, message=f"type is missing; it must hold {names}")
    return Flaw(
        pointer=step(node.pointer, "type"),
        message=f"type must hold {names}",
        words=", ".join(types)[:120],
    )


def _objects(badge: Badge) -> Iterator[tuple[Node, Shape]]:
    match badge.kind:
        case Kind.OB2_ASSERTION | Kind.OB2_BADGE_CLASS:
            yield from _second(badge)
        case Kind.OB3_ACHIEVEMENT:
            yield from _achievement(badge.root)
        case _:
            yield from _third(badge)


def _third(badge: Badge) -> Iterator[tuple[Node, Shape]]:
    root = badge.root
    yield root, _credential(badge)
    for issuer in root.objects("issuer"):
        yield from _profile(issuer, typed=badge.kind not in {Kind.CREDENTIAL, Kind.EDC})
    if badge.kind in {Kind.OB3_CREDENTIAL, Kind.CLR}:
        for evidence in root.objects("evidence"):
            yield evidence, _EVIDENCE
    if badge.kind is Kind.OB3_CREDENTIAL:
        for subject in badge.subjects:
            yield from _subject(subject)
    for achievement in badge.achievements:
        yield from _achievement(achievement)


def _credential(badge: Badge) -> Shape:
    second = VC2 in [one.value for one in badge.root.many("@context")]
    start = ("validFrom",) if second else ("validFrom", "issuanceDate")
    # Version 2 of the data model lets other credentials do without a beginning and an id.
    strict = badge.kind is not Kind.CREDENTIAL
    fields = (
        ("@context",),
        ("issuer",),
        ("credentialSubject",),
        *(((("id",)), start) if strict else ()),
    )
    types: tuple[tuple[str, ...], ...] = (("VerifiableCredential",),)
    if badge.kind is Kind.OB3_CREDENTIAL:
        types += (("OpenBadgeCredential", "AchievementCredential"),)
    return Shape(what="the credential", types=types, fields=fields, dates=tuple(_VC_DATES.split()))


def _subject(subject: Node) -> Iterator[tuple[Node, Shape]]:
    yield subject, _SUBJECT
    yield from ((one, _IDENTITY) for one in subject.objects("identifier"))
    for source in subject.objects("source"):
        yield from _profile(source)
    for result in subject.objects("result"):
        yield result, _RESULT
        yield from ((one, _ALIGNMENT) for one in alignments_of(result))


def _profile(node: Node, *, typed: bool = True, depth: int = 0) -> Iterator[tuple[Node, Shape]]:
    """Yield a profile and the organisations above it."""
    yield node, _PROFILE if typed else _shape("Profile", "id", typed=False)
    yield from ((one, _IDENTIFIER) for one in node.objects("otherIdentifier"))
    for parent in node.objects("parentOrg") if depth < 8 else ():
        yield from _profile(parent, typed=typed, depth=depth + 1)


def _achievement(node: Node) -> Iterator[tuple[Node, Shape]]:
    yield node, _ACHIEVEMENT
    yield from ((one, _ALIGNMENT) for one in alignments_of(node))
    yield from ((one, _IDENTIFIER) for one in node.objects("otherIdentifier"))
    for creator in node.objects("creator"):
        yield from _profile(creator)
    for description in node.objects("resultDescription"):
        yield description, _RESULT_DESCRIPTION
        yield from ((one, _ALIGNMENT) for one in alignments_of(description))
        for level in description.objects("rubricCriterionLevel"):
            yield level, _LEVEL
            yield from ((one, _ALIGNMENT) for one in alignments_of(level))


def _second(badge: Badge) -> Iterable[tuple[Node, Shape]]:
    if badge.kind is Kind.OB2_ASSERTION:
        # Before version 1.1 nothing had a type.
        typed = bool(badge.root.get("@context", "type"))
        yield badge.root, _ASSERTION if typed else Shape(what="Assertion", fields=_ASSERTION.fields)
        yield from ((one, _RECIPIENT) for one in badge.root.objects("recipient"))
    for node in badge.achievements:
        typed = bool(node.get("@context", "type"))
        yield node, _BADGE_CLASS if typed else Shape(what="BadgeClass", fields=_BADGE_CLASS.fields)
        yield from ((one, _OLD_ALIGNMENT) for one in alignments_of(node))
