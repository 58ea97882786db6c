"""Where Open Badges and European Digital Credentials keep the elements of a micro-credential."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillmatch.quality.badge import Badge, alignments_of, walk
from skillmatch.quality.kinds import Kind
from skillmatch.quality.reading import Nature
from skillmatch.quality.statements import european_outcomes
from skillmatch.readers.credentials.node import Node

WORKLOAD_WORDS = re.compile(
    r"\b\d+(?:[.,]\d+)?[\s-]*(?:hours?|hrs?|h|ects|days?|weeks?|credits?|credit points)\b", re.I
)
LEVEL_WORDS = re.compile(
    r"\b(?:EQF|NQF|EHEA|QF-EHEA)\b[\w\s-]{0,12}\d?|\blevel\s+\d\b",
    re.I,
)
ASSESSMENT_WORDS = re.compile(
    r"\b(?:assess(?:ed|ment|ments)|exam(?:ination)?s?|tests?|quiz(?:zes)?|projects?|portfolio"
    r"|assignments?|thesis|essay|interview|observ(?:ed|ation)|peer review|rubric)\b", re.I
)  # fmt: skip
PARTICIPATION_WORDS = re.compile(
    r"\b(?:online|on[- ]?site|on campus|in[- ]person|face[- ]to[- ]face|blended|hybrid|remotely"
    r"|distance learning|self[- ]paced|e-?learning|classroom)\b", re.I
)  # fmt: skip
QUALITY_WORDS = re.compile(
    r"\b(?:accredit(?:ed|ation)|quality[- ]assur(?:ed|ance)|ISO\s?\d{4,5}|ENQA|EQAR|EQAVET"
    r"|externally (?:reviewed|moderated|validated))\b", re.I
)  # fmt: skip
_EQF = re.compile(r"\bEQF\b|european qualifications framework|/snb/eqf/|/eqf/", re.I)
_LEVEL_FIELDS = frozenset({"eqflevel", "nqflevel", "educationlevel", "educationallevel"})
_WORKLOAD_FIELDS = frozenset(
    {"volumeoflearning", "creditpoint", "workload", "notionalworkload", "timerequired", "ects"}
)
PARTICIPATION_FIELDS = frozenset(
    {"mode", "participation", "formofparticipation", "deliverytype", "learningmode"}
)
QUALITY_FIELDS = frozenset({"qualityassurance", "accreditation", "accreditedby", "accreditedin"})
_MAX_READ = 20_000


def claims(badge: Badge) -> tuple[Node, ...]:
    """Return what a European credential claims of its subject."""
    return tuple(one for subject in badge.subjects for one in subject.objects("hasClaim"))


def learners(badge: Badge) -> bool:
    """Tell whether somebody is identified as the learner."""
    if badge.kind is Kind.OB2_ASSERTION:
        return bool(badge.root.get("recipient"))
    names = ("id", "identifier", "fullName", "givenName", "familyName", "nationalID", "email")
    return any(subject.many(*names) for subject in badge.subjects)


def titles(badge: Badge) -> bool:
    """Tell whether the badge or what it is for has a title."""
    nodes = (badge.root, *badge.achievements, *claims(badge))
    return any(one.text("name", "title", "prefLabel").strip() for one in nodes)


def issuers(badge: Badge) -> tuple[Node, ...]:
    """Return who issued, created or awarded, as far as they are described and not only linked."""
    found = [*badge.root.objects("issuer")]
    for achievement in badge.achievements:
        found += achievement.objects("creator", "issuer")
    for claim in claims(badge):
        for award in claim.objects("awardedBy"):
            found += award.objects("awardingBody")
    return tuple(found)


def has_country(badge: Badge) -> bool:
    """Tell whether an issuer has a country or region."""
    names = {"addresscountry", "addresscountrycode", "addressregion", "countrycode", "spatial"}
    return any(
        key.lower() in names and node.many()
        for issuer in issuers(badge)
        for key, node in walk(issuer)
    )


def has_outcomes(badge: Badge) -> bool:
    """Tell whether anything states what was learnt; vague statements count, B4 judges them."""
    stated = any(one.nature in {Nature.OUTCOME, Nature.NOT_READ} for one in badge.readings)
    return stated or any(True for _ in badge.alignments()) or bool(european_outcomes(badge.root))


def has_workload(badge: Badge) -> bool:
    """Tell whether a field gives the workload or credits."""
    available = any(one.get("creditsAvailable") for one in badge.achievements)
    earned = any(one.get("creditsEarned") for one in badge.subjects)
    return available or earned or has_field(badge, _WORKLOAD_FIELDS)


def has_level(badge: Badge) -> bool:
    """Tell whether a field or an alignment gives a level of a qualifications framework."""
    names = ("targetFramework", "targetUrl", "targetName")
    holders = (one for part in badge.achievements for one in alignments_of(part))
    aligned = any(_EQF.search(holder.text(name)) for holder in holders for name in names)
    return aligned or has_field(badge, _LEVEL_FIELDS)


def has_assessment(badge: Badge) -> bool:
    """Tell whether a field describes an assessment."""
    described = any(
        one.text("resultType", "name")
        for part in badge.achievements
        for one in part.objects("resultDescription")
    )
    return described or any(claim.objects("provenBy") for claim in claims(badge))


def has_endorsement(badge: Badge) -> bool:
    """Tell whether anybody endorses the achievement, its issuer or the credential."""
    nodes = (badge.root, *badge.achievements, *issuers(badge))
    return any(one.many("endorsement", "endorsementJwt") for one in nodes)


def texts(badge: Badge) -> Iterator[Node]:
    """Yield the texts in which elements may be told in words."""
    for node in (*badge.achievements, *claims(badge)):
        yield node.get("criteria").get("narrative").words()
        yield node.get("criteria").words()
        for name in ("description", "name", "specialization"):
            yield node.get(name).words()
    yield badge.root.get("description").words()


def quoted(words: re.Pattern[str], text: str) -> str:
    """Return the first words of a text that fit, empty where none do."""
    found = words.search(text[:_MAX_READ])
    return found[0].strip() if found else ""


def has_field(badge: Badge, names: frozenset[str]) -> bool:
    """Tell whether any member has one of these names, prefix and case aside."""
    return any(
        re.split(r"[:/#]", key)[-1].lower() in names and node.many()
        for key, node in walk(badge.root)
    )
