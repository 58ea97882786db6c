"""Outcome statements of badges tied to concepts: what is proposed, questioned and decided.

A badge here is one achievement, whoever earned it. Places (``at``) are JSON pointers within the
achievement, so that they are the same in a badge class and in every credential that embeds it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from skillmatch.model.achievement import Alignment, OutcomeStatement
from skillmatch.model.concept import ConceptUri


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptTarget:
    """A concept as an alignment names it.

    Attributes:
        framework: Name for people, as in ``ESCO`` or ``O*NET``.
        release: As in ``1.1.1``.
        code: Notation in the framework, empty where it has none.
        target_type: ``ext:ESCOSkill``, ``ext:ONETElement`` and so on.
    """

    uri: ConceptUri
    label: str
    framework: str = ""
    release: str = ""
    code: str = ""
    target_type: str = ""

    @property
    def framework_and_release(self) -> str:
        """``ESCO 1.1.1``: what ``targetFramework`` says."""
        return f"{self.framework} {self.release}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentProposal:
    """A concept proposed for one outcome statement.

    Attributes:
        at: JSON pointer, within the badge, of the text that the statement stands in.
        kind: Part of the badge, as in ``StatementKind``.
        words: Words of the statement that led to the concept.
        how: How they fit the label that matched.
        confidence: Probability in [0, 1] that a person would make the same link.
        likely: Whether ``confidence`` reaches the fitted threshold.
        folded: Near-synonyms that were proposed for the same words and are not shown.
    """

    at: str
    kind: str
    text: str
    uri: ConceptUri
    label: str
    framework: str
    release: str
    code: str
    target_type: str
    confidence: float
    likely: bool
    words: str
    how: str
    folded: tuple[ConceptUri, ...] = ()


class FindingState(StrEnum):
    """What checking an existing alignment ended with."""

    CONFIRMED = "confirmed"
    QUESTIONED = "questioned"
    UNCHECKED = "unchecked"


class Doubt(StrEnum):
    """Why an existing alignment is questioned or cannot be checked."""

    WITHDRAWN = "withdrawn concept"
    UNKNOWN_URI = "unknown URI"
    OLD_RELEASE = "old release"
    WRONG_TYPE = "wrong type"
    NAME_DIFFERS = "name and URL disagree"
    NOT_AN_ITEM = "no URL of one item"
    DUPLICATE = "duplicate"
    NOT_INSTALLED = "framework not installed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentFinding:
    """What is known of an alignment that a badge already has.

    Attributes:
        at: JSON pointer of the alignment within the badge.
        uri: Concept that the URL means, where it is known; else the URL as written.
        doubts: Every reason, in the order of ``Doubt``; empty where it is confirmed.
        message: One sentence for each doubt, or what confirms it.
        suggestions: Concepts that would mend it, best first.
    """

    at: str
    state: FindingState
    uri: str
    name: str
    framework: str = ""
    doubts: tuple[Doubt, ...] = ()
    message: str = ""
    suggestions: tuple[ConceptTarget, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """One achievement to align, with its places made relative to itself.

    Attributes:
        id: URI of the achievement, or ``file#pointer`` where it has none.
        file: Where it was read, relative to the folder that was given.
        pointer: JSON pointer of the achievement in the credential's document.
        format: What the file is, as in ``CredentialFormat``, or ``sheet``.
        document: The credential's own JSON.
    """

    id: str
    name: str
    file: str
    pointer: str
    format: str
    statements: tuple[OutcomeStatement, ...]
    alignments: tuple[Alignment, ...] = ()
    document: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeAlignment:
    """What was found for one badge.

    Attributes:
        statements: All statements, in document order, those without a proposal too.
        proposals: By statement, then confidence, then URI.
        findings: One for each alignment that the badge already has, in document order.
    """

    id: str
    name: str
    file: str
    pointer: str
    format: str
    statements: tuple[OutcomeStatement, ...]
    proposals: tuple[AlignmentProposal, ...]
    findings: tuple[AlignmentFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentRun:
    """All badges of one run.

    Attributes:
        source: File or folder that was given.
        frameworks: Ids of the frameworks, the one that leads first.
        encoder: Fingerprint of the encoder.
        notes: What was left out and why, one sentence each.
    """

    source: str
    frameworks: tuple[str, ...]
    encoder: str
    badges: tuple[BadgeAlignment, ...]
    notes: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    schema_version: str = "align-1"


class Decision(StrEnum):
    """What a reviewer says of an entry."""

    PENDING = "pending"
    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"


class Standing(StrEnum):
    """How an entry of a review stands to the newest run."""

    PROPOSED = "proposed"
    EXISTING = "already in the badge"
    BY_HAND = "added by hand"
    NO_LONGER_PROPOSED = "no longer proposed"
    STATEMENT_CHANGED = "statement changed"


STALE = frozenset({Standing.NO_LONGER_PROPOSED, Standing.STATEMENT_CHANGED})
"""Standings of entries that the newest run no longer stands behind."""
ALIGNMENT_KIND = "alignment"
"""``kind`` of a reviewed statement that is an alignment the badge already has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEntry:
    """One concept for one statement, and what a reviewer decided.

    Attributes:
        framework: Name and release, as in ``ESCO 1.1.1``.
        confidence: None where no run proposed it.
        how: Why it was proposed; for an existing alignment what checking it found.
        edited: URI of the concept that is right instead; needed by ``EDIT``.
        date: Day of the decision; ISO 8601 where the program wrote it.
        earlier: What was decided on this concept when the statement read otherwise.
        line: Line of the review file that it begins on, 0 where it comes from a run.
    """

    uri: str
    label: str = ""
    framework: str = ""
    code: str = ""
    target_type: str = ""
    confidence: float | None = None
    words: str = ""
    how: str = ""
    standing: Standing = Standing.BY_HAND
    decision: Decision = Decision.PENDING
    edited: str = ""
    edited_label: str = ""
    comment: str = ""
    reviewer: str = ""
    date: str = ""
    earlier: str = ""
    line: int = field(default=0, compare=False)

    @property
    def touched(self) -> bool:
        """Whether a person left anything in it."""
        said = (self.edited, self.comment, self.reviewer, self.date)
        return self.decision is not Decision.PENDING or any(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStatement:
    """One statement, or one existing alignment, and the concepts for it.

    Attributes:
        at: JSON pointer within the badge.
        digest: ``text_digest`` of ``text``.
    """

    at: str
    digest: str
    kind: str
    text: str
    entries: tuple[ReviewEntry, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBadge:
    """One badge of a review; ``file`` and ``pointer`` as in ``Badge``."""

    id: str
    name: str = ""
    file: str = ""
    pointer: str = ""
    statements: tuple[ReviewStatement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a review file holds; the ``file`` of its badges is relative to its own folder."""

    frameworks: tuple[str, ...] = ()
    encoder: str = ""
    badges: tuple[ReviewBadge, ...] = ()


def text_digest(text: str) -> str:
    """Return a short key of a text; blanks and line ends make no difference.

    It begins with a letter, so that no spreadsheet takes it for a number.
    """
    plain = " ".join(text.split())
    return "t" + hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:16]
