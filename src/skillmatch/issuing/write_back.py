"""Which alignments a badge gets by what its reviewers decided, before any format is thought of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skillmatch.linking.alignment.target_urls import read_target_url
from skillmatch.model.alignment import (
    ALIGNMENT_KIND,
    STALE,
    Badge,
    ConceptTarget,
    Decision,
    ReviewBadge,
    ReviewEntry,
    ReviewStatement,
    Standing,
    text_digest,
)
from skillmatch.model.concept import ConceptUri

Lookup = Callable[[str], ConceptTarget | None]
"""Finds a concept by URI in the installed frameworks, None where none has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAlignment:
    """One concept that is written into a badge.

    Attributes:
        at: JSON pointer, within the badge, of the statement it belongs to.
        statement: Text of the statement.
        reviewed: False for a proposal that nobody has decided on yet.
        by_hand: Whether a person chose the concept, not the program.
    """

    target: ConceptTarget
    at: str
    statement: str
    reviewed: bool
    by_hand: bool = False
    confidence: float | None = None
    how: str = ""
    reviewer: str = ""
    date: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WritePlan:
    """What becomes of the alignments of one badge.

    Attributes:
        added: New alignments, one a concept, in the order of the review.
        rows: Every concept that was accepted, with each statement that it was accepted for, those
            included that the badge has already.
        removed: JSON pointers, within the badge, of alignments that go.
        notes: What was not written and why, one sentence each.
    """

    badge: Badge
    added: tuple[WrittenAlignment, ...]
    rows: tuple[WrittenAlignment, ...]
    removed: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def targets(self) -> tuple[WrittenAlignment, ...]:
        """Every concept that was accepted, once, in the order of the review."""
        found: dict[str, WrittenAlignment] = {}
        for one in self.rows:
            found.setdefault(one.target.uri, one)
        return tuple(found.values())

    @property
    def changes(self) -> bool:
        """Whether the badge would be another one afterwards."""
        return bool(self.added or self.removed)


@dataclass(slots=True)
class Planner:
    """Turns decisions into plans.

    Attributes:
        lookup: Names concepts that a reviewer gave by URI alone.
        proposed: Whether pending proposals are written, too, marked as such.
    """

    lookup: Lookup
    proposed: bool = False

    def plan(self, badge: Badge, reviewed: ReviewBadge) -> WritePlan:
        """Return what becomes of a badge as it is now.

        A decision on a statement that reads otherwise today is not written, and neither is a
        concept that the badge has already.
        """
        rows: list[WrittenAlignment] = []
        removed: list[str] = []
        notes: list[str] = []
        now = {(one.pointer, text_digest(one.text)) for one in badge.statements}
        there = {
            (one.pointer, text_digest(f"{one.target_name} {_uri(one.target_url)}"))
            for one in badge.alignments
        }
        for statement in reviewed.statements:
            key = (statement.at, statement.digest)
            existing = statement.kind == ALIGNMENT_KIND
            if key not in (there if existing else now):
                notes += _stale(statement)
                continue
            chosen = self._chosen(statement, notes)
            rows += chosen
            if existing and _goes(statement, chosen):
                removed.append(statement.at)
        kept = {_uri(one.target_url) for one in badge.alignments if one.pointer not in removed}
        added: dict[str, WrittenAlignment] = {}
        for one in rows:
            if one.target.uri not in kept:
                added.setdefault(one.target.uri, one)
        return WritePlan(
            badge=badge,
            added=tuple(added.values()),
            rows=tuple(rows),
            removed=tuple(removed),
            notes=tuple(notes),
        )

    def _chosen(self, statement: ReviewStatement, notes: list[str]) -> list[WrittenAlignment]:
        found = []
        for entry in statement.entries:
            uri = self._decided(entry)
            if not uri:
                continue
            target = self._target(entry, uri)
            if target is None:
                notes.append(
                    f"{uri} was not written: no installed framework has it, so it has no name"
                )
                continue
            found.append(_written(entry, statement, target))
        return found

    def _decided(self, entry: ReviewEntry) -> str | None:
        """Return the URI that an entry stands for, or None where it was not accepted."""
        if entry.decision is Decision.EDIT:
            return entry.edited
        if entry.decision is Decision.ACCEPT:
            return entry.uri
        pending = entry.decision is Decision.PENDING and entry.standing not in STALE
        return entry.uri if pending and self.proposed and entry.confidence is not None else None

    def _target(self, entry: ReviewEntry, uri: str) -> ConceptTarget | None:
        """Return the concept as the run named it; one that a person gave is looked up."""
        known = uri == entry.uri and entry.label and entry.target_type
        found = None if known else self.lookup(uri)
        if found is not None:
            return found
        label = entry.label if uri == entry.uri else entry.edited_label
        if not label:
            return None
        framework, _, release = entry.framework.rpartition(" ")
        return ConceptTarget(
            uri=ConceptUri(uri),
            label=label,
            framework=framework or release,
            release=release if framework else "",
            code=entry.code if uri == entry.uri else "",
            target_type=entry.target_type,
        )


def decided_count(badges: Sequence[ReviewBadge]) -> int:
    """Return how many entries of a review a person has accepted or edited."""
    yes = {Decision.ACCEPT, Decision.EDIT}
    return sum(
        entry.decision in yes
        for badge in badges
        for statement in badge.statements
        for entry in statement.entries
    )


def _written(
    entry: ReviewEntry, statement: ReviewStatement, target: ConceptTarget
) -> WrittenAlignment:
    edited = entry.decision is Decision.EDIT
    return WrittenAlignment(
        target=target,
        at=statement.at,
        statement=statement.text,
        reviewed=entry.decision is not Decision.PENDING,
        by_hand=edited or entry.confidence is None,
        confidence=None if edited else entry.confidence,
        how=entry.how,
        reviewer=entry.reviewer,
        date=entry.date,
        comment=entry.comment,
    )


def _goes(statement: ReviewStatement, chosen: Sequence[WrittenAlignment]) -> bool:
    """Tell whether an alignment of the badge goes: rejected, edited, or replaced by another."""
    own = [one for one in statement.entries if one.standing is Standing.EXISTING]
    if any(one.decision in {Decision.REJECT, Decision.EDIT} for one in own):
        return True
    return bool(chosen) and not any(one.decision is Decision.ACCEPT for one in own)


def _stale(statement: ReviewStatement) -> list[str]:
    count = decided_count([ReviewBadge(id="", statements=(statement,))])
    if not count:
        return []
    return [
        f"{count} decision(s) at {statement.at} were not written: the badge no longer says "
        f"{_short(statement.text)!r}; run `skillmatch badge align` with this review again"
    ]


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else plain[:59] + "…"


def _uri(target_url: str) -> str:
    return read_target_url(target_url).uri
