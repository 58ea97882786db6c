"""A5, A6 and B2: ties to frameworks that a machine can follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from skillmatch.quality.badge import Badge, alignments_of
from skillmatch.quality.finding import Flaw, Severity
from skillmatch.quality.kinds import ACHIEVING, OPEN_BADGES_2, Kind
from skillmatch.quality.registry import rule
from skillmatch.readers.credentials.node import Node

TARGET_TYPES = frozenset(
    {
        "CFItem",
        "CFRubric",
        "CFRubricCriterion",
        "CFRubricCriterionLevel",
        "CTDL",
        "ceasn:Competency",
        "ceterms:Credential",
    }
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
# A last part of a path that names a whole framework or a page about it.
_WHOLE = frozenset(
    [
        "skill",
        "skills",
        "occupation",
        "occupations",
        "framework",
        "frameworks",
        "standard",
        "standards",
        "competency",
        "competencies",
        "competences",
        "index",
        "index.html",
        "home",
        "about",
        "esco",
        "onet",
        "o-net",
        "en",
    ]
)


@rule(
    "A5",
    severity=Severity.ERROR,
    title="A targetType is neither in the list nor an extension",
    why="Readers skip an alignment whose type they cannot know.",
    mend=f"Use one of {', '.join(sorted(TARGET_TYPES))}, or a type of your own that begins with "
    "ext:, as in ext:ESCOSkill.",
    source="1EdTech Open Badges 3.0, AlignmentTargetType",
    kinds=ACHIEVING - OPEN_BADGES_2,
)
def target_types(badge: Badge) -> Iterator[Flaw]:
    """Yield target types that the list does not have."""
    for alignment in badge.alignments():
        found = alignment.get("targetType")
        text = found.text()
        if found and text not in TARGET_TYPES and not re.fullmatch(r"ext:\S+", text):
            yield Flaw(pointer=found.pointer, message="not in the list", words=text[:80])


@rule(
    "A6",
    severity=Severity.ERROR,
    title="A targetUrl is no absolute URL",
    why="A relative address leads nowhere once the badge has left its page.",
    mend="Write the whole address with https://, or another URI that begins with its scheme.",
    source="1EdTech Open Badges 3.0, Alignment; Open Badges 2.0, AlignmentObject",
    kinds=ACHIEVING,
)
def target_urls(badge: Badge) -> Iterator[Flaw]:
    """Yield target addresses without a scheme or a host."""
    for alignment in badge.alignments():
        found = alignment.get("targetUrl")
        text = found.id().strip()
        if found and text and not _is_absolute(text):
            yield Flaw(pointer=found.pointer, message="not an absolute URL", words=text[:120])


@rule(
    "B2",
    title="No alignment, or one that does not lead to a single skill",
    why="Without a tie to a skill's own URI nobody can match the badge by machine, and a name "
    "without framework, code or type may mean many skills.",
    mend="Align each outcome with the URI of one concept (ESCO, O*NET, CTDL, CASE) and give "
    "targetFramework with its release, targetCode or targetType. skillmatch badge align proposes "
    "them.",
    source="1EdTech Open Badges 3.0, Alignment; Open Skills Network, RSD guidance",
    kinds=ACHIEVING,
)
def useful_alignments(badge: Badge) -> Iterator[Flaw]:
    """Yield achievements without alignments, and alignments that are too vague."""
    for achievement in badge.achievements:
        holders = (achievement, *achievement.objects("resultDescription"))
        if not any(alignments_of(holder) for holder in holders):
            yield Flaw(pointer=achievement.pointer, message="no alignment with any framework")
    for alignment in badge.alignments():
        yield from _vague(alignment, badge.kind)


def _vague(alignment: Node, kind: Kind) -> Iterator[Flaw]:
    names = ("targetFramework", "targetCode", "targetType")
    known = names[:2] if kind in OPEN_BADGES_2 else names
    if not any(alignment.text(name).strip() for name in names):
        yield Flaw(
            pointer=alignment.pointer,
            message=f"a name without {', '.join(known[:-1])} or {known[-1]}",
            words=alignment.text("targetName")[:120],
        )
    found = alignment.get("targetUrl")
    if _is_whole(found.id().strip()):
        yield Flaw(
            pointer=found.pointer,
            message="the URL leads to a site or a whole framework, not to one skill",
            words=found.id()[:120],
        )


def _is_absolute(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    if parts.scheme in {"http", "https"}:
        return bool(parts.netloc)
    return bool(_SCHEME.fullmatch(text))


def _is_whole(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        return False
    last = parts.path.rstrip("/").rsplit("/", 1)[-1].lower()
    return last in _WHOLE or not last
