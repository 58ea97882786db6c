"""Rules over one document: what is wrong or vague in it, and what that makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from skillmatch.errors import UnreadableError
from skillmatch.quality.badge import Badge, Detect, achievements_of, bounds_fault
from skillmatch.quality.finding import Finding
from skillmatch.quality.kinds import Kind, kind_of
from skillmatch.quality.profiles import AUTO, default_kind, detect_profile, rules_of
from skillmatch.quality.reading import Nature, Reading
from skillmatch.quality.registry import finding_of, place_of
from skillmatch.quality.review_dates import ReviewDate, review_date_of
from skillmatch.quality.score import Score, score_of
from skillmatch.quality.statements import read_all
from skillmatch.quality.switches import Switches
from skillmatch.readers.credentials.node import Node

NAMES = ("name", "ceterms:name", "skillName", "title")


@dataclass(frozen=True, slots=True, kw_only=True)
class Muted:
    """A finding of a rule that a rules file switches off, and the file's reason."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeReport:
    """Everything that is said of one badge.

    Attributes:
        source: File it came from, with ``!member`` for a member of an archive.
        pointer: Of the badge in its file.
        findings: By rule, then place.
        score: None where no description of an achievement is there to be judged: an endorsement,
            an assertion that only links its badge class, a credential of another kind.
        muted: What rules that are switched off would have found; no part of the score.
        statements: Outcomes and what was not read; sentences that are neither are left out.
        review: None where the document says no date.
    """

    source: str
    pointer: str
    id: str
    name: str
    kind: Kind
    profile: str
    language: str
    score: Score | None
    findings: tuple[Finding, ...]
    muted: tuple[Muted, ...]
    statements: tuple[Reading, ...]
    review: ReviewDate | None


def lint(document: Mapping[str, Any], *, profile: str = AUTO) -> tuple[Finding, ...]:
    """Return what the rules of a profile find in a document.

    Args:
        document: An Open Badges 3.0 credential or achievement, a 2.0 assertion or badge class, a
            CTDL resource, a rich skill descriptor, a European Digital Credential, or any other
            verifiable credential, as parsed JSON.
        profile: One of ``profiles.PROFILES``, or ``auto``.

    Raises:
        UnreadableError: With ``auto``: the document is none of these.
        UsageError: There is no such profile.
    """
    return lint_badge(Node(document), profile=profile).findings


def lint_badge(
    root: Node,
    *,
    source: str = "",
    profile: str = AUTO,
    switches: Switches | None = None,
    detect: Detect | None = None,
) -> BadgeReport:
    """Return the whole report of one document.

    Args:
        root: The document with its pointer in the file that held it.
        source: Name of that file.
        profile: One of ``profiles.PROFILES``, or ``auto``.
        switches: Rules that are off.
        detect: Tells the language of a text; the packaged detector by default.

    Raises:
        UnreadableError: With ``auto``: the document is none that there are rules for.
        UsageError: There is no such profile.
    """
    if fault := bounds_fault(root):
        raise UnreadableError(fault)
    kind = kind_of(root) or default_kind(profile)
    if kind is None:
        raise UnreadableError(
            "it is neither an Open Badge, a CTDL credential, a rich skill descriptor nor another "
            "verifiable credential; name a --profile to have it judged as one"
        )
    badge = badge_of(root, kind, detect or packaged_detector)
    name = detect_profile(badge) if profile == AUTO else profile
    return _report(badge, source, name, switches or Switches())


def _report(badge: Badge, source: str, profile: str, switches: Switches) -> BadgeReport:
    found = sorted(_findings(badge, profile), key=_order)
    kept = tuple(one for one in found if not switches.reason_for(one.rule))
    return BadgeReport(
        source=source,
        pointer=badge.root.pointer,
        id=badge.root.id(),
        name=_name(badge),
        kind=badge.kind,
        profile=profile,
        language=badge.language,
        score=score_of(kept) if _is_scored(badge) else None,
        findings=kept,
        muted=tuple(
            Muted(finding=one, reason=reason)
            for one in found
            if (reason := switches.reason_for(one.rule))
        ),
        statements=tuple(
            one for one in badge.readings if one.nature in {Nature.OUTCOME, Nature.NOT_READ}
        ),
        review=review_date_of(badge),
    )


def badge_of(root: Node, kind: Kind, detect: Detect) -> Badge:
    """Return a document as the rules look at it."""
    achievements = achievements_of(root, kind)
    language, readings = read_all(root, kind, achievements, detect)
    return Badge(
        kind=kind, root=root, achievements=achievements, language=language, readings=readings
    )


def _is_scored(badge: Badge) -> bool:
    if badge.kind in {Kind.OB2_ASSERTION, Kind.CLR}:
        return bool(badge.achievements)
    return badge.kind not in {Kind.CREDENTIAL, Kind.ENDORSEMENT}


def _findings(badge: Badge, profile: str) -> Iterator[Finding]:
    for rule in rules_of(profile):
        if badge.kind in rule.kinds:
            yield from (finding_of(rule, flaw) for flaw in rule.check(badge))


def _order(finding: Finding) -> tuple[object, ...]:
    return (*place_of(finding.rule), pointer_order(finding.pointer), finding.message)


def pointer_order(pointer: str) -> tuple[tuple[int, int, str], ...]:
    """Return what pointers are sorted by: ``/2`` comes before ``/10``."""
    return tuple(
        (0, int(part), "") if part.isascii() and part.isdigit() and len(part) < 10 else (1, 0, part)
        for part in pointer.split("/")
    )


def _name(badge: Badge) -> str:
    """Return what a person calls the badge: its own name, else that of its achievement."""
    for node in (badge.root, *badge.achievements):
        if found := node.text(*NAMES).strip():
            return " ".join(found.split())
    claims = [claim for one in badge.subjects for claim in one.objects("hasClaim")]
    return next((text for one in claims if (text := one.text("title"))), "")


def packaged_detector(text: str) -> str:
    """Tell the language of a text with the detector that comes with the program."""
    from skillmatch.readers.documents.language import detect_language

    return detect_language(text)
