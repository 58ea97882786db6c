"""Open Badges as offers: achievements and badge classes, drafts too.

Somebody's badge describes what it was given for, so that much is read of it: never who earned it,
when, with which result, or for how long it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from skillmatch.errors import UnreadableError
from skillmatch.model.achievement import Achievement, AlignmentPlace, Profile, StatementKind
from skillmatch.model.credential import Credential, CredentialFormat
from skillmatch.model.offer import Offer, OfferKind, OfferSkill, UnreadOffer
from skillmatch.readers.credentials.content import read_content
from skillmatch.readers.credentials.limits import Budget
from skillmatch.readers.credentials.node import Node
from skillmatch.readers.credentials.recognise import FORMATS as WALLET_FORMATS
from skillmatch.readers.offers.cell_values import is_web_address
from skillmatch.readers.offers.ctdl_times import duration
from skillmatch.readers.offers.found import Found
from skillmatch.text.outcomes import outcome_statements

FORMATS = (
    "a catalogue is made of CTDL JSON-LD, Open Badges achievements, sheets (CSV, XLSX) and stored "
    "catalogues"
)
MAX_SKILLS = 1_000
MAX_SAME = 100
MAX_NESTED = 16
_READ = frozenset(
    {
        CredentialFormat.OPEN_BADGES_1,
        CredentialFormat.OPEN_BADGES_2,
        CredentialFormat.OPEN_BADGES_3,
        CredentialFormat.CLR_2,
        CredentialFormat.PRESENTATION,
    }
)
_KINDS = {
    "Certificate": OfferKind.CERTIFICATE,
    "CertificateOfCompletion": OfferKind.CERTIFICATE,
    "Certification": OfferKind.CERTIFICATION,
    "License": OfferKind.LICENCE,
    "Course": OfferKind.COURSE,
    "LearningProgram": OfferKind.PROGRAMME,
    "Assessment": OfferKind.ASSESSMENT,
    "Degree": OfferKind.DEGREE,
    "AssociateDegree": OfferKind.DEGREE,
    "BachelorDegree": OfferKind.DEGREE,
    "MasterDegree": OfferKind.DEGREE,
    "DoctoralDegree": OfferKind.DEGREE,
}
_EQF = re.compile(r"(?:.*\beqf\b\D*|.*/eqf/)?([1-8])", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def read_badges(data: bytes, source: str, budget: Budget) -> Found:
    """Return what the achievements in a file offer.

    Raises:
        UnreadableError: It describes none.
    """
    try:
        content = read_content(data, source, budget)
    except UnreadableError as fault:
        # What a wallet may hold is beside the point here.
        reason = str(fault).replace(f"; what can be read is {WALLET_FORMATS}", "")
        raise type(fault)(f"{reason}; {FORMATS}") from fault
    offers: dict[str, Offer] = {}
    unread = [UnreadOffer(source=source, pointer="", reason=fault) for fault in content.faults]
    found = [one for credential in content.credentials for one in _inside(credential)]
    for credential in found:
        if credential.format not in _READ:
            reason = f"it is somebody's credential ({credential.format}) and describes no badge"
            unread.append(_unread(source, credential.pointer, reason))
            continue
        for achievement in credential.achievements:
            if not achievement.name:
                reason = "its badge is only a link, which is not fetched" if achievement.id else ""
                unread.append(_unread(source, achievement.pointer, reason or "it has no name"))
                continue
            offer = _offer(achievement, credential, source)
            offers.setdefault(offer.id, offer)
    if not offers:
        reasons = "; ".join(dict.fromkeys(one.reason for one in unread[:3]))
        raise UnreadableError(f"{reasons or 'it holds no achievement'}; {FORMATS}")
    return Found(format=found[0].format, offers=tuple(offers.values()), unread=tuple(unread))


def _inside(credential: Credential, depth: int = 0) -> Iterator[Credential]:
    yield credential
    if depth < MAX_NESTED:
        for part in credential.parts:
            yield from _inside(part, depth + 1)


def _unread(source: str, pointer: str, reason: str) -> UnreadOffer:
    return UnreadOffer(source=source, pointer=pointer, reason=reason)


def _offer(achievement: Achievement, credential: Credential, source: str) -> Offer:
    pointer = credential.pointer + achievement.pointer
    creator = _creator(achievement, credential)
    statements = outcome_statements(achievement)
    work = duration(achievement.workload) if achievement.workload else None
    eqf = _EQF.fullmatch(achievement.level.strip()) if achievement.level else None
    return Offer(
        id=achievement.id or f"{source}#{pointer or '/'}",
        name=" ".join(achievement.name.split()),
        kind=_KINDS.get(achievement.achievement_type, OfferKind.BADGE),
        provider=creator.name,
        provider_id=creator.id,
        description=achievement.description,
        url=_url(achievement),
        outcomes=tuple(
            dict.fromkeys(one.text for one in statements if one.kind is StatementKind.CRITERIA)
        ),
        skills=tuple(islice(dict.fromkeys(_skills(achievement, credential.pointer)), MAX_SKILLS)),
        hours=work[1] or None if work else None,
        same_as=tuple(islice(_same_as(achievement, credential), MAX_SAME)),
        languages=(achievement.language,) if _LANGUAGE.fullmatch(achievement.language) else (),
        level=achievement.level,
        eqf=int(eqf[1]) if eqf else None,
        source=source,
        pointer=pointer or "/",
    )


def _creator(achievement: Achievement, credential: Credential) -> Profile:
    """Return who offers it; a person who issues a badge to themselves is named nowhere."""
    found = achievement.creator or credential.issuer
    holder = credential.recipient.id
    return Profile() if holder and holder in {found.id, credential.issuer.id} else found


def _same_as(achievement: Achievement, credential: Credential) -> Iterator[str]:
    """Yield other ids: of editions that the standard holds to be the same, and of other systems.

    Source: 1EdTech Open Badges 3.0, ``Achievement.related`` and ``otherIdentifier``.
    """
    node = Node(credential.document)
    for part in achievement.pointer.split("/")[1:]:
        inside = node.value
        if isinstance(inside, list) and part.isdecimal() and int(part) < len(inside):
            node = Node(inside[int(part)])
        else:
            node = node.get(part.replace("~1", "/").replace("~0", "~"))
    found = [one.id() for one in node.many("related")]
    found += [one.text("identifier") for one in node.objects("otherIdentifier")]
    yield from dict.fromkeys(one for one in found if one not in {"", achievement.id})


def _url(achievement: Achievement) -> str:
    return next(
        (one for one in (achievement.criteria_url, achievement.id) if is_web_address(one)), ""
    )


def _skills(achievement: Achievement, base: str) -> Iterator[OfferSkill]:
    """Yield what the achievement is aligned to; what one earner reached is left out."""
    levels = {
        level.pointer: level.level or level.name
        for result in achievement.result_descriptions
        for level in result.rubric_levels
    }
    for one in achievement.alignments:
        if one.place is AlignmentPlace.RESULT or not (one.target_name or one.target_url):
            continue
        holder = one.pointer.split("/alignment")[0]
        yield OfferSkill(
            name=one.target_name,
            url=one.target_url,
            framework=one.target_framework,
            code=one.target_code,
            level=levels.get(holder, ""),
            pointer=base + one.pointer,
        )
