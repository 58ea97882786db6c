"""Proposals and findings for people: grouped by badge, then by statement."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from skillmatch.linking.alignment.reviewing import folded_words
from skillmatch.model.achievement import OutcomeStatement
from skillmatch.model.alignment import (
    AlignmentFinding,
    AlignmentProposal,
    AlignmentRun,
    BadgeAlignment,
    FindingState,
)
from skillmatch.report.plain import plural

WIDTH = 100
_STATES = {
    FindingState.CONFIRMED: "confirmed",
    FindingState.QUESTIONED: "QUESTIONED",
    FindingState.UNCHECKED: "not checked",
}


def alignment_text(run: AlignmentRun) -> str:
    """Return all badges of a run as text that ends in a newline; ``*`` marks likely concepts."""
    blocks = ["\n".join(badge_lines(badge)) for badge in run.badges]
    return "\n\n".join([*blocks, "\n".join(_foot(run))]) + "\n"


def badge_lines(badge: BadgeAlignment) -> Iterator[str]:
    """Yield the lines of one badge."""
    yield f"{badge.name or badge.id}  [{badge.file}]"
    there = {finding.uri for finding in badge.findings}
    of = {
        key: tuple(group)
        for key, group in groupby(badge.proposals, key=lambda one: (one.at, one.text))
    }
    for statement in badge.statements:
        yield from _statement_lines(
            statement, of.get((statement.pointer, statement.text), ()), there
        )
    if not badge.statements:
        yield "  it has no statement of what its earner can do"
    if badge.findings:
        yield "  Alignments that it has already:"
    for finding in badge.findings:
        yield from _finding_lines(finding)


def _statement_lines(
    statement: OutcomeStatement, proposals: tuple[AlignmentProposal, ...], there: set[str]
) -> Iterator[str]:
    said = f'"{" ".join(statement.text.split())}" ({statement.kind.value})'
    yield from textwrap.wrap(said, WIDTH, initial_indent="  ", subsequent_indent="   ")
    for one in proposals:
        mark = "*" if one.likely else " "
        where = f"{one.framework} {one.release}".strip()
        known = "  (aligned already)" if one.uri in there else ""
        yield f"    {mark} {one.confidence:.2f}  {one.label}  [{where}]{known}"
        yield from textwrap.wrap(
            f'from "{one.words}": {one.how}{folded_words(one)}',
            WIDTH,
            initial_indent=" " * 12,
            subsequent_indent=" " * 12,
        )
    if not proposals:
        yield "      nothing close enough"


def _finding_lines(finding: AlignmentFinding) -> Iterator[str]:
    name = finding.name or finding.uri or "without name and URL"
    yield f"    {_STATES[finding.state]}: {name}  {finding.uri if finding.name else ''}".rstrip()
    if finding.state is not FindingState.CONFIRMED:
        yield from textwrap.wrap(
            finding.message, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6
        )
    for one in finding.suggestions:
        if one.uri != finding.uri:
            yield f"      instead: {one.label}  [{one.framework_and_release}]  {one.uri}"


def _foot(run: AlignmentRun) -> Iterator[str]:
    statements = sum(len(badge.statements) for badge in run.badges)
    proposals = [one for badge in run.badges for one in badge.proposals]
    likely = sum(one.likely for one in proposals)
    yield (
        f"{plural(len(run.badges), 'badge')}, {plural(statements, 'statement')}, "
        f"{plural(len(proposals), 'proposal')}, {likely} of them likely (*)"
    )
    states = [finding.state for badge in run.badges for finding in badge.findings]
    if states:
        told = ", ".join(
            f"{states.count(state)} {_STATES[state].lower()}" for state in FindingState
        )
        yield f"{plural(len(states), 'alignment')} from before: {told}"
    yield from run.attribution
