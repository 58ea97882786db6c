"""The lint for a terminal: badge by badge, as soon as each is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from skillmatch.model.credential import Unread
from skillmatch.quality.batch import LintResult
from skillmatch.quality.finding import Finding, Severity
from skillmatch.quality.lint import BadgeReport
from skillmatch.quality.reading import Reading
from skillmatch.quality.registry import get_rule, place_of
from skillmatch.quality.switches import Off
from skillmatch.report.lint import wording
from skillmatch.report.plain import BOLD, DIM, clean, styled, wrap

SHOWN_UNREAD = 20
COLOURS = {
    Severity.ERROR: "\x1b[31m",
    Severity.WARNING: "\x1b[33m",
    Severity.NOTE: "\x1b[36m",
}


def lint_text(result: LintResult, *, width: int, colour: bool) -> str:
    """Return the whole report."""
    parts = [badge_text(one, width=width, colour=colour) for one in result.badges]
    return "\n".join((*parts, ending_text(result, width=width, colour=colour)))


def badge_text(badge: BadgeReport, *, width: int, colour: bool) -> str:
    """Return what is said of one badge, ending in a newline."""
    lines = [styled(clean(wording.name_of(badge))[: width * 2], BOLD, colour=colour)]
    lines += wrap(f"{wording.place_of(badge)} · {badge.kind.value} · {badge.profile}", width)
    lines += wrap(f"{wording.counts(badge)}; {wording.score_words(badge)}", width)
    for finding in badge.findings:
        lines += _finding(finding, width, colour=colour)
    for reading in badge.statements:
        lines += _statement(reading, width, colour=colour)
    lines += _muted(badge, width)
    return "\n".join(lines) + "\n"


def ending_text(result: LintResult, *, width: int, colour: bool) -> str:
    """Return what follows the badges: rules with their reasons, what was off and not read."""
    lines = [styled(wording.headline(result), BOLD, colour=colour)]
    lines += _why(result.badges, width)
    lines += [line for one in result.off for line in _off(one, width)]
    for reviewed in wording.review_lines(result):
        lines += wrap(reviewed, width, rest="  ")
    lines += _unread(result.unread, width)
    return "\n".join(lines) + "\n"


def rule_text(id: str, *, width: int) -> str:  # noqa: A002 - a rule's id
    """Return everything that there is to say of one rule.

    Raises:
        UsageError: There is no such rule.
    """
    one = get_rule(id)
    kinds = ", ".join(sorted(kind.value for kind in one.kinds))
    lines = [f"{one.id} · {one.severity.value} · {one.title}"]
    for name, words in (
        ("why", one.why),
        ("mend", one.mend),
        ("looks at", kinds),
        ("source", one.source),
    ):
        lines += wrap(words, width, first=f"{name:<10}")
    return "\n".join(lines) + "\n"


def _finding(finding: Finding, width: int, *, colour: bool) -> Iterator[str]:
    name = f"  {finding.severity.value:<8}"
    at = wording.where(finding)
    yield styled(name, COLOURS[finding.severity], colour=colour) + f"{finding.rule:<4}" + clean(at)
    yield from wrap(wording.said(finding), width, first=" " * 14)
    for line in wrap(finding.mend, width, first=" " * 12 + "→ "):
        yield styled(line, DIM, colour=colour)


def _statement(reading: Reading, width: int, *, colour: bool) -> Iterator[str]:
    words = f"{wording.level_of(reading)}: “{reading.statement.text[:160]}”"
    for line in wrap(words, width, first="  outcome ", rest=" " * 10):
        yield styled(line, DIM, colour=colour)


def _muted(badge: BadgeReport, width: int) -> Iterator[str]:
    for rule in sorted({one.finding.rule for one in badge.muted}, key=place_of):
        reasons = {one.reason for one in badge.muted if one.finding.rule == rule}
        yield from wrap(
            f"{rule} would have found something: {min(reasons)}", width, first="  off     "
        )


def _why(badges: Iterable[BadgeReport], width: int) -> Iterator[str]:
    broken = {finding.rule for badge in badges for finding in badge.findings}
    for name in sorted(broken, key=place_of):
        one = get_rule(name)
        yield from wrap(f"{one.title}. {one.why}", width, first=f"  {one.id:<4}")


def _off(one: Off, width: int) -> list[str]:
    return wrap(f"{one.rule} is off: {one.reason}", width, first="  ")


def _unread(unread: tuple[Unread, ...], width: int) -> Iterator[str]:
    for one in unread[:SHOWN_UNREAD]:
        reason = one.reason.split(";")[0]
        yield from wrap(f"{one.source}: {reason}", width, first="  not read ", rest=" " * 11)
    if len(unread) > SHOWN_UNREAD:
        yield f"  and {len(unread) - SHOWN_UNREAD} more that were not read; --format json names all"
