"""A8 and B8 to B11: dates, evidence, validity, fields that age or lead to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from skillmatch.quality.badge import Badge
from skillmatch.quality.finding import Flaw, Severity
from skillmatch.quality.kinds import ACHIEVING, EVERY, OPEN_BADGES, VERIFIABLE, Kind
from skillmatch.quality.registry import rule
from skillmatch.readers.credentials.moments import read_moment
from skillmatch.readers.credentials.node import Node, step

STARTS = ("validFrom", "issuanceDate", "issuedOn", "ceterms:dateEffective")
ENDS = ("validUntil", "expirationDate", "expires", "ceterms:expirationDate")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|%40[\w-]+\.\w+")
_PHONE = re.compile(r"(?:\+|\b00)\d[\d ()/-]{7,}\d")
_PERSONAL_QUERY = re.compile(r"(?:e-?mail|name|first|last|surname|phone|student|user)\w*", re.I)
_MUTABLE_HOSTS = frozenset(
    [
        "docs.google.com",
        "drive.google.com",
        "photos.app.goo.gl",
        "dropbox.com",
        "onedrive.live.com",
        "1drv.ms",
        "notion.so",
        "notion.site",
        "facebook.com",
        "instagram.com",
        "twitter.com",
        "x.com",
        "linkedin.com",
        "tiktok.com",
        "bit.ly",
        "tinyurl.com",
        "goo.gl",
        "t.co",
        "icloud.com",
        "padlet.com",
        "canva.com",
        "box.com",
        "sharepoint.com",
    ]
)
_FIXED_CODE = re.compile(r"/(?:commit|tree|blob|raw)/[0-9a-f]{40}(?:/|$)|/releases/tag/")
_CODE_HOSTS = frozenset({"github.com", "gitlab.com", "bitbucket.org"})
_ENDING_TYPES = frozenset({"Certification", "License"})
_CONTACT_TYPES = frozenset({"email", "emailaddress", "phone", "telephone", "url", "name"})


@rule(
    "A8",
    severity=Severity.ERROR,
    title="It ends before it begins",
    why="Such a badge is never valid, and every verifier refuses it.",
    mend="Correct the earlier or the later of the two dates.",
    source="W3C Verifiable Credentials Data Model 2.0, section 4.9; Open Badges 2.0, Assertion",
    kinds=EVERY - {Kind.RSD},
)
def dates_in_order(badge: Badge) -> Iterator[Flaw]:
    """Yield an end that lies before its beginning."""
    start, end = badge.root.get(*STARTS), badge.root.get(*ENDS)
    begins, ends = read_moment(start), read_moment(end)
    if begins and ends and ends < begins:
        yield Flaw(
            pointer=end.pointer,
            message=f"the end lies before the beginning, {start.text()[:30]}",
            words=end.text()[:30],
        )


@rule(
    "B8",
    title="No evidence or result, or evidence that changes or shows a person's data",
    why="Evidence lets others see for themselves; a page that anybody can edit or close proves "
    "nothing later, and a personal address in it cannot be taken back once the badge is out.",
    mend="Link to a copy that stays as it is (an archived page, a commit, a file of your own), or "
    "tell the result; leave e-mail addresses, telephone numbers and names out of links.",
    source="1EdTech Open Badges 3.0, Evidence and Result; Open Badges 3.0 Implementation Guide; "
    "Regulation (EU) 2016/679, article 5(1)(c)",
    kinds=(Kind.OB3_CREDENTIAL, Kind.OB2_ASSERTION),
)
def lasting_evidence(badge: Badge) -> Iterator[Flaw]:
    """Yield missing, mutable and personal evidence."""
    if not badge.evidence and not badge.results:
        yield Flaw(pointer=badge.root.pointer, message="neither evidence nor a result is given")
    for evidence in badge.evidence:
        link = evidence.id()
        if host := _mutable_host(link):
            yield Flaw(
                pointer=evidence.pointer,
                message="what this link shows can be changed or closed at any time",
                words=host,
            )
        if _is_personal(evidence, link):
            yield Flaw(
                pointer=evidence.pointer,
                message="it shows an e-mail address, a telephone number or a name in a link",
            )


@rule(
    "B9",
    title="A certification or licence without an end",
    why="Certifications and licences lapse; without a date an old one looks like a current one.",
    mend="Set validUntil, also where renewal is a formality; if it really never ends, "
    "achievementType Certificate says so better.",
    source="1EdTech Open Badges 3.0, AchievementType; Credential Engine, CTDL, Certification",
    kinds=(Kind.OB3_CREDENTIAL,),
)
def ending_licences(badge: Badge) -> Iterator[Flaw]:
    """Yield credentials that should end and do not."""
    for achievement in badge.achievements:
        found = achievement.get("achievementType")
        kind = found.text().removeprefix("ext:").removeprefix("ceterms:")
        if kind in _ENDING_TYPES and not badge.root.get(*ENDS):
            yield Flaw(pointer=found.pointer, message="no validUntil is given", words=found.text())


@rule(
    "B10",
    title="Language, version, type, creator or tags are missing",
    why="Without them a badge is hard to find, cannot be told from its earlier versions, and "
    "readers have to guess its language.",
    mend="Add inLanguage (as in en), version, achievementType, creator and some tag entries (Open "
    "Badges 2.0: @language, version and tags).",
    source="1EdTech Open Badges 3.0, Achievement; Open Badges 2.0, BadgeClass",
    kinds=ACHIEVING,
)
def findable(badge: Badge) -> Iterator[Flaw]:
    """Yield one flaw for each achievement that lacks some of the fields."""
    old = badge.kind in {Kind.OB2_ASSERTION, Kind.OB2_BADGE_CLASS}
    wanted: tuple[tuple[str, ...], ...] = (
        (("@language", "inLanguage"), ("version",), ("tags", "tag"))
        if old
        else (("inLanguage",), ("version",), ("achievementType",), ("creator",), ("tag", "tags"))
    )
    for achievement in badge.achievements:
        missing = [names[0] for names in wanted if not achievement.many(*names)]
        if missing:
            yield Flaw(pointer=achievement.pointer, message=f"missing: {', '.join(missing)}")


@rule(
    "B11",
    title="It cannot be revoked, or names its earner in plain text",
    why="A badge without a status stays valid when it should not, and an e-mail address in plain "
    "text goes wherever the badge goes.",
    mend="Add a credentialStatus (BitstringStatusListEntry or 1EdTechRevocationList); hash e-mail "
    "addresses with a salt and set hashed to true, or use the earner's DID.",
    source="1EdTech Open Badges 3.0, CredentialStatus and IdentityObject; Open Badges 2.0, "
    "IdentityObject",
    kinds=(VERIFIABLE | OPEN_BADGES)
    - {Kind.OB3_ACHIEVEMENT, Kind.OB2_BADGE_CLASS, Kind.EDC, Kind.CREDENTIAL, Kind.ENDORSEMENT},
)
def revocable_and_discreet(badge: Badge) -> Iterator[Flaw]:
    """Yield a missing status and identities that are not hashed; the identity is not repeated."""
    if badge.kind is Kind.OB2_ASSERTION:
        yield from _plain_recipients(badge)
        return
    if not badge.root.objects("credentialStatus"):
        yield Flaw(pointer=badge.root.pointer, message="no credentialStatus is given")
    for subject in badge.subjects:
        if subject.text("id").lower().startswith(("mailto:", "tel:")):
            yield _plain(step(subject.pointer, "id"))
        for one in subject.objects("identifier"):
            contact = one.text("identityType").lower() in _CONTACT_TYPES
            if contact and one.get("hashed").value is not True:
                yield _plain(step(one.pointer, "identityHash"))


def _plain_recipients(badge: Badge) -> Iterator[Flaw]:
    for recipient in badge.root.objects("recipient"):
        if recipient.get("hashed").value is not True and recipient.get("identity"):
            yield _plain(step(recipient.pointer, "identity"))


def _plain(pointer: str) -> Flaw:
    return Flaw(pointer=pointer, message="the earner's identity is in plain text")


def _mutable_host(link: str) -> str:
    """Return the host of a link to something that its owner can change, empty for others."""
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    ends = [".".join(host.split(".")[at:]) for at in range(host.count(".") + 1)]
    if host in _CODE_HOSTS:
        return "" if _FIXED_CODE.search(parts.path) else host
    return host if any(one in _MUTABLE_HOSTS for one in ends) else ""


def _is_personal(evidence: Node, link: str) -> bool:
    texts = [link, *(evidence.text(name) for name in ("name", "narrative", "description"))]
    if any(_EMAIL.search(text[:20_000]) or _PHONE.search(text[:20_000]) for text in texts[1:]):
        return True
    if link.startswith("data:"):
        return False
    try:
        query = parse_qsl(urlsplit(link).query)
    except ValueError:
        query = []
    named = any(_PERSONAL_QUERY.fullmatch(name) for name, _ in query)
    return named or bool(_EMAIL.search(link[:2_000]))
