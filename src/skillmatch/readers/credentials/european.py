"""European Digital Credentials for learning, in the JSON-LD of the European Learning Model 3.

Learning outcomes become result descriptions, and the skills that they relate to (ESCO or others)
alignments at that place.

Source: European Learning Model, application profile "EDC generic".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from skillmatch.model.achievement import (
    Achievement,
    Alignment,
    AlignmentPlace,
    Profile,
    Result,
    ResultDescription,
)
from skillmatch.model.credential import (
    Credential,
    CredentialFormat,
    Identity,
    Recipient,
)
from skillmatch.readers.credentials.moments import first_moment
from skillmatch.readers.credentials.node import Node
from skillmatch.readers.credentials.parts import read_evidence, read_profile
from skillmatch.readers.credentials.place import Place
from skillmatch.readers.credentials.recognise import body_of
from skillmatch.readers.credentials.verifiable import securing_of

CLAIMS = ("hasClaim", "achieved", "performed", "entitledTo")
SKILLS = (("relatedESCOSkill", "ESCO"), ("relatedSkill", ""))
MAX_PARTS = 8
"""Achievements inside each other."""


def read_european(root: Node, kind: CredentialFormat, place: Place) -> Credential:
    """Return a European credential; assessments give results, activities nothing."""
    body = body_of(root)
    subject = next(iter(body.objects("credentialSubject")), Node(None))
    claims = tuple(_claims(subject.objects(*CLAIMS), MAX_PARTS))
    achievements = tuple(_achievement(one) for one in claims if _is_achievement(one))
    start, bad_start = first_moment(
        body.get("validFrom"), body.get("issued"), body.get("issuanceDate"), root.get("nbf")
    )
    end, bad_end = first_moment(
        body.get("validUntil", "expirationDate", "expiryDate"), root.get("exp")
    )
    return replace(
        place.begin(root, kind, securing_of(root, place)),
        id=body.id() or root.text("jti"),
        types=body.types(),
        name=body.path("displayParameter", "title").text()
        or body.text("title", "name")
        or next((one.name for one in achievements), ""),
        issuer=read_profile(body.get("issuer") or root.get("iss")),
        recipient=_recipient(subject),
        valid_from=start,
        valid_until=end,
        achievements=achievements,
        results=tuple(result for claim in claims for result in _results(claim)),
        evidence=read_evidence(body),
        issues=(*bad_start, *bad_end),
    )


def _claims(nodes: tuple[Node, ...], depth: int) -> Iterator[Node]:
    for node in nodes:
        yield node
        if depth:
            yield from _claims(node.objects("hasPart"), depth - 1)


def _is_achievement(claim: Node) -> bool:
    return "LearningAchievement" in claim.types() or bool(_outcomes(claim))


def _outcomes(claim: Node) -> tuple[Node, ...]:
    described = claim.get("specifiedBy").objects()
    parts = [claim, *described]
    return tuple(one for part in parts for one in part.objects("learningOutcome"))


def _achievement(claim: Node) -> Achievement:
    specified = next(iter(claim.get("specifiedBy").objects()), Node(None))
    outcomes = _outcomes(claim)
    level = specified.get("eqfLevel") or claim.get("level") or specified.get("nqfLevel")
    language = specified.get("language") or claim.get("language")
    return Achievement(
        id=claim.id(),
        name=claim.text("title", "prefLabel"),
        description=claim.text("description"),
        alignments=tuple(one for outcome in outcomes for one in _alignments(outcome)),
        achievement_type=specified.text("title"),
        language=_tail(language.path("id").text() or language.text()),
        credits=_credits(claim, specified),
        workload=specified.text("volumeOfLearning") or claim.text("volumeOfLearning"),
        level=level.path("prefLabel").text() or _tail(level.id()),
        creator=_awarding_body(claim),
        result_descriptions=tuple(
            ResultDescription(
                id=one.id(),
                name=one.text("title", "prefLabel", "name"),
                result_type="LearningOutcome",
                pointer=one.pointer,
            )
            for one in outcomes
        ),
        pointer=claim.pointer,
        elsewhere=tuple(_elsewhere(claim, outcomes)),
    )


def _alignments(outcome: Node) -> Iterator[Alignment]:
    for name, framework in SKILLS:
        for skill in outcome.many(name):
            yield Alignment(
                target_name=skill.text("prefLabel", "title", "name"),
                target_url=skill.id(),
                target_framework=framework or skill.path("inScheme", "prefLabel").text(),
                target_code=skill.text("notation"),
                place=AlignmentPlace.RESULT_DESCRIPTION,
                pointer=skill.pointer,
            )


def _elsewhere(claim: Node, outcomes: tuple[Node, ...]) -> Iterator[tuple[str, str]]:
    places = [(claim, "name", ("title", "prefLabel")), (claim, "description", ("description",))]
    places += [(one, "name", ("title", "prefLabel", "name")) for one in outcomes]
    for node, usual, names in places:
        words = next((words for name in names if (words := node.get(name).words())), None)
        if words is not None and words.pointer != f"{node.pointer}/{usual}":
            yield f"{node.pointer}/{usual}", words.pointer


def _results(claim: Node) -> Iterator[Result]:
    assessments = [*claim.objects("provenBy")]
    if "LearningAssessment" in claim.types():
        assessments.append(claim)
    for one in assessments:
        if grade := one.text("grade"):
            yield Result(value=grade, pointer=one.get("grade").pointer)


def _credits(claim: Node, specified: Node) -> float | None:
    points = (
        point.get("point").number()
        for point in (*claim.many("creditReceived"), *specified.many("creditPoint"))
    )
    return next((one for one in points if one is not None), None)


def _awarding_body(claim: Node) -> Profile | None:
    body = claim.path("awardedBy", "awardingBody")
    return read_profile(next(iter(body.many()))) if body.many() else None


def _recipient(subject: Node) -> Recipient:
    mails = [
        Identity(kind="email", value=address.removeprefix("mailto:"))
        for contact in subject.objects("contactPoint")
        for mail in contact.many("emailAddress")
        if (address := mail.id())
    ]
    numbers = [
        Identity(kind="nationalID", value=number)
        for one in subject.objects("nationalID")
        if (number := one.text("notation"))
    ]
    name = subject.text("fullName") or " ".join(
        part for key in ("givenName", "familyName") if (part := subject.text(key))
    )
    return Recipient(id=subject.id(), name=name, identities=(*mails, *numbers))


def _tail(uri: str) -> str:
    return uri.rstrip("/").rsplit("/", 1)[-1]
