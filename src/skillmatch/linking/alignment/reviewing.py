"""A run becomes a review, and a new run is merged with what was decided before.

Nothing that a person decided is ever dropped: what the newest run no longer stands behind is
marked and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from skillmatch.linking.alignment.targets import framework_name
from skillmatch.model.alignment import (
    ALIGNMENT_KIND,
    STALE,
    AlignmentFinding,
    AlignmentProposal,
    AlignmentRun,
    BadgeAlignment,
    ConceptTarget,
    Decision,
    Review,
    ReviewBadge,
    ReviewEntry,
    ReviewStatement,
    Standing,
    text_digest,
)

Key = tuple[str, str]
"""Place and digest of a statement within one badge."""


def review_of(run: AlignmentRun) -> Review:
    """Return the review of a run before anybody decided anything."""
    return Review(
        frameworks=run.frameworks,
        encoder=run.encoder,
        badges=_in_order(_badge(badge) for badge in run.badges),
    )


def merged(new: Review, old: Review) -> Review:
    """Return ``new`` with every decision of ``old``.

    Entries of frameworks that the new run did not ask stay as they are, and so do badges that it
    did not see. Merging a review with itself changes nothing.

    Args:
        new: From ``review_of``.
        old: What the review file held.
    """
    before = {badge.id: badge for badge in old.badges}
    asked = frozenset(framework_name(one) for one in new.frameworks)
    badges = []
    for badge in new.badges:
        known = before.pop(badge.id, None)
        badges.append(badge if known is None else _merged_badge(badge, known, asked))
    return replace(new, badges=_in_order((*badges, *before.values())))


def _in_order(badges: Iterable[ReviewBadge]) -> tuple[ReviewBadge, ...]:
    """Sort by file; the courses of a sheet keep its order."""
    return tuple(sorted(badges, key=lambda one: one.file))


def _badge(badge: BadgeAlignment) -> ReviewBadge:
    rows: dict[Key, ReviewStatement] = {}
    by_statement: dict[Key, list[AlignmentProposal]] = {}
    for proposal in badge.proposals:
        by_statement.setdefault((proposal.at, text_digest(proposal.text)), []).append(proposal)
    for statement in badge.statements:
        key = (statement.pointer, text_digest(statement.text))
        entries = tuple(_proposed(one) for one in by_statement.get(key, ()))
        rows.setdefault(
            key,
            ReviewStatement(
                at=key[0],
                digest=key[1],
                kind=statement.kind.value,
                text=statement.text,
                entries=_distinct(entries),
            ),
        )
    existing = tuple(_existing(finding) for finding in badge.findings)
    return ReviewBadge(
        id=badge.id,
        name=badge.name,
        file=badge.file,
        pointer=badge.pointer,
        statements=(*rows.values(), *existing),
    )


def _proposed(proposal: AlignmentProposal) -> ReviewEntry:
    return ReviewEntry(
        uri=proposal.uri,
        label=proposal.label,
        framework=f"{proposal.framework} {proposal.release}".strip(),
        code=proposal.code,
        target_type=proposal.target_type,
        confidence=round(proposal.confidence, 2),
        words=proposal.words,
        how=proposal.how + folded_words(proposal),
        standing=Standing.PROPOSED,
    )


def folded_words(proposal: AlignmentProposal) -> str:
    """Return how many near-synonyms a proposal stands for, in words; empty for none."""
    count = len(proposal.folded)
    return f"; {count} near-synonym{'s' if count > 1 else ''} folded in" if count else ""


def _existing(finding: AlignmentFinding) -> ReviewStatement:
    named = f"{finding.name} <{finding.uri}>" if finding.uri else finding.name
    text = f"{named} ({finding.framework})" if finding.framework else named
    own = ReviewEntry(
        uri=finding.uri,
        label=finding.name,
        framework=finding.framework,
        how=f"{finding.state.value}: {finding.message}",
        standing=Standing.EXISTING,
    )
    others = tuple(_instead(one) for one in finding.suggestions if one.uri != finding.uri)
    return ReviewStatement(
        at=finding.at,
        digest=text_digest(f"{finding.name} {finding.uri}"),
        kind=ALIGNMENT_KIND,
        text=text,
        entries=_distinct((own, *others)),
    )


def _instead(target: ConceptTarget) -> ReviewEntry:
    return ReviewEntry(
        uri=target.uri,
        label=target.label,
        framework=target.framework_and_release,
        code=target.code,
        target_type=target.target_type,
        how="instead of what stands there",
        standing=Standing.PROPOSED,
    )


def _distinct(entries: Iterable[ReviewEntry]) -> tuple[ReviewEntry, ...]:
    kept: dict[str, ReviewEntry] = {}
    for entry in entries:
        kept.setdefault(entry.uri, entry)
    return tuple(kept.values())


def _merged_badge(new: ReviewBadge, old: ReviewBadge, asked: frozenset[str]) -> ReviewBadge:
    before = {(one.at, one.digest): one for one in old.statements}
    rows = []
    for statement in new.statements:
        known = before.pop((statement.at, statement.digest), None)
        entries = _merged_entries(statement.entries, known.entries if known else (), asked)
        rows.append(replace(statement, entries=entries))
    left = sorted(before.values(), key=lambda one: (one.at, one.digest))
    gone = tuple(_gone(statement) for statement in left)
    rows = [_with_earlier(row, gone) for row in rows]
    return replace(new, statements=(*rows, *gone))


def _merged_entries(
    new: Sequence[ReviewEntry], old: Sequence[ReviewEntry], asked: frozenset[str]
) -> tuple[ReviewEntry, ...]:
    before = {entry.uri: entry for entry in old}
    kept = [
        _with_decision(entry, before.pop(entry.uri)) if entry.uri in before else entry
        for entry in new
    ]
    return (*kept, *(_left_out(entry, asked) for entry in before.values()))


def _with_decision(new: ReviewEntry, old: ReviewEntry) -> ReviewEntry:
    """Return what the run says of an entry with what a person said of it."""
    return replace(
        new,
        decision=old.decision,
        edited=old.edited,
        edited_label=old.edited_label,
        comment=old.comment,
        reviewer=old.reviewer,
        date=old.date,
        earlier=old.earlier,
    )


def _left_out(entry: ReviewEntry, asked: frozenset[str]) -> ReviewEntry:
    if entry.standing is Standing.STATEMENT_CHANGED and entry.confidence is None:
        return replace(entry, standing=Standing.BY_HAND)
    if entry.standing is Standing.BY_HAND or entry.framework.rpartition(" ")[0] not in asked:
        return entry
    return replace(entry, standing=Standing.NO_LONGER_PROPOSED)


def _gone(statement: ReviewStatement) -> ReviewStatement:
    entries = tuple(
        replace(entry, standing=Standing.STATEMENT_CHANGED) for entry in statement.entries
    )
    return replace(statement, entries=entries)


def _with_earlier(row: ReviewStatement, gone: Sequence[ReviewStatement]) -> ReviewStatement:
    """Tell a pending entry what was decided on its concept when its statement read otherwise."""
    said = {
        entry.uri: f"{entry.decision.value} for: {statement.text}"
        for statement in gone
        if statement.at == row.at
        for entry in statement.entries
        if entry.decision is not Decision.PENDING
    }
    entries = tuple(
        replace(entry, earlier=said[entry.uri])
        if entry.uri in said and not entry.touched and entry.standing not in STALE
        else entry
        for entry in row.entries
    )
    return replace(row, entries=entries)
