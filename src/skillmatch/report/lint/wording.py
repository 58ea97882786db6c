"""Sentences about a lint that every view says in the same words."""

from __future__ import annotations

from collections import Counter

from skillmatch.quality.batch import LintResult
from skillmatch.quality.finding import SEVERITIES, Finding
from skillmatch.quality.lint import BadgeReport
from skillmatch.quality.reading import Nature, Reading, Vagueness
from skillmatch.report.plain import plural

LIMITS = (
    "The rules look at metadata. They cannot tell whether a badge is deserved, nor whether its "
    "outcomes are true.",
    "The score only adds up the findings that are shown; two badges with one score need not be "
    "equally good.",
    "Outcome statements are read in English only, by a table of verbs. A rewrite pattern holds the "
    "badge's own words and blanks; only you know what belongs into the blanks.",
)


def name_of(badge: BadgeReport) -> str:
    """Return what to call a badge: its name, else its id, else its file."""
    return badge.name or badge.id or badge.source


def place_of(badge: BadgeReport) -> str:
    """Return file and, inside files of several, the pointer."""
    return f"{badge.source}#{badge.pointer}" if badge.pointer else badge.source


def score_words(badge: BadgeReport) -> str:
    """Return the score with what it is made of."""
    if badge.score is None:
        return "no score: no description of an achievement is here to be judged"
    parts = [f"{one.points:g} ({one.rule})" for one in badge.score.deductions]
    return f"score {badge.score.value}" + (f" = 100 − {' − '.join(parts)}" if parts else "")


def counts(badge: BadgeReport) -> str:
    """Return how many findings of each severity there are."""
    found = Counter(one.severity for one in badge.findings)
    parts = [plural(found[severity], severity.value) for severity in SEVERITIES if found[severity]]
    return ", ".join(parts) or "nothing found"


def headline(result: LintResult) -> str:
    """Return how many badges were looked at and what was found in all."""
    found = Counter(one.severity for badge in result.badges for one in badge.findings)
    parts = [plural(found[severity], severity.value) for severity in SEVERITIES if found[severity]]
    told = ", ".join(parts) or "nothing to mend"
    unread = f"; {plural(len(result.unread), 'file')} not read" if result.unread else ""
    return f"{plural(len(result.badges), 'badge')}: {told}{unread}."


def said(finding: Finding) -> str:
    """Return message and words of a finding."""
    return f"{finding.message}: “{finding.words}”" if finding.words else finding.message


def where(finding: Finding) -> str:
    """Return pointer and line of a finding."""
    line = f" (line {finding.line})" if finding.line else ""
    return f"{finding.pointer or 'the whole badge'}{line}"


def level_of(reading: Reading) -> str:
    """Return a reading's verb and level in words."""
    if reading.nature is Nature.NOT_READ:
        return "not read"
    if not reading.verb:
        return "no verb"
    if Vagueness.VAGUE_VERB in reading.reasons:
        return f"{reading.verb} · cannot be observed"
    if reading.level is None:
        return f"{reading.verb} · no cognitive level"
    return f"{reading.verb} · {reading.level.value}"


def review_lines(result: LintResult) -> list[str]:
    """Return what is said of review dates, nothing where nobody asked."""
    if result.review_by is None:
        return []
    lines = []
    for place in result.due:
        badge = result.badges[place]
        if badge.review is not None:
            lines.append(
                f"{badge.review.on} ({badge.review.field}): {name_of(badge)} · {place_of(badge)}"
            )
    lines.sort()
    first = f"Due for review by {result.review_by}: {plural(len(lines), 'badge')}."
    if result.undated:
        first += f" {plural(result.undated, 'badge')} without a review date."
    return [first, *lines]
