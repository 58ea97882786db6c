"""A badge under review as the page shows it: statements with marks, proposals in words, lint."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skillmatch.linking.alignment.deciding import pending
from skillmatch.model.alignment import (
    ALIGNMENT_KIND,
    Decision,
    Review,
    ReviewEntry,
    ReviewStatement,
    Standing,
)
from skillmatch.model.concept import ConceptUri
from skillmatch.quality.batch import LintResult
from skillmatch.quality.finding import SEVERITIES, Finding
from skillmatch.service.frameworks_at_hand import FrameworksAtHand
from skillmatch_api.pages.language import Words

_ALIGNED = re.compile(r"(?P<name>.+?) <(?P<uri>[^<>]*)>(?: (?P<framework>\(.*\)))?", re.DOTALL)
CHANCES = ((0.85, "sure"), (0.6, "likely"), (0.3, "possible"), (0.0, "doubtful"))
"""What a confidence is called from where on."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and whether it is marked."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A concept for a statement.

    Attributes:
        place: ``0 1``: statement and entry, as buttons name them; ``id`` is the same for anchors.
        is_open: Whether a decision is needed.
        chance: Key of what its confidence is called, ``""`` where it has none.
        description: What the framework says of the concept, as text and its language.
        link: Address of the concept, where it has one for the web.
    """

    place: str
    entry: ReviewEntry
    is_open: bool
    chance: str
    description: tuple[str, str]
    link: str

    @property
    def id(self) -> str:
        """Name for anchors and fields."""
        return self.place.replace(" ", "-")

    @property
    def percent(self) -> int:
        """Its confidence."""
        return round(100 * (self.entry.confidence or 0))

    @property
    def state(self) -> str:
        """What was decided, as a name for styles and texts."""
        return self.entry.decision.value

    @property
    def exists(self) -> bool:
        """Whether the badge names it already."""
        return self.entry.standing is Standing.EXISTING


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement with its proposals.

    Attributes:
        number: From 0, as buttons name it.
        kind: Key of the part of the badge that it stands in.
        left: How many of its proposals need a decision.
        address: What an alignment points at, as the badge has it, ``""`` for other statements.
    """

    number: int
    kind: str
    text: str
    pieces: tuple[Piece, ...]
    proposals: tuple[Proposal, ...]
    left: int
    address: str = ""

    @property
    def is_alignment(self) -> bool:
        """Whether it is an alignment that the badge has already."""
        return self.kind == ALIGNMENT_KIND


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """A finding of the lint, and the statement that it is about, None for the badge."""

    finding: Finding
    statement: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeView:
    """All that the page says of a badge.

    Attributes:
        left: How many proposals need a decision, ``total`` how many there are.
        score: Of the lint, None where nothing was judged.
    """

    statements: tuple[Statement, ...]
    left: int
    total: int
    decided: int
    flaws: tuple[Flaw, ...]
    unread: tuple[str, ...]
    score: int | None


def view_of(
    t: Words, review: Review, pointer: str, lint: LintResult, frameworks: FrameworksAtHand
) -> BadgeView:
    """Return a badge as the page shows it.

    Args:
        t: The reader's language, which descriptions are taken in where there are any.
        review: Of the badge, as it is now.
        pointer: JSON pointer of the badge in its document.
        lint: Of that document.
        frameworks: At hand.
    """
    about = _Concepts(frameworks, t.language)
    statements = tuple(
        _statement(number, one, about) for number, one in enumerate(review.badges[0].statements)
    )
    proposals = [one for each in statements for one in each.proposals]
    reports = lint.badges
    scores = [one.score.value for one in reports if one.score is not None]
    return BadgeView(
        statements=statements,
        left=sum(one.is_open for one in proposals),
        total=len(proposals),
        decided=sum(one.entry.decision is not Decision.PENDING for one in proposals),
        flaws=_flaws([one for report in reports for one in report.findings], pointer, review),
        unread=tuple(one.reason for one in lint.unread),
        score=min(scores, default=None),
    )


def marked(text: str, words: Iterable[str]) -> tuple[Piece, ...]:
    """Return a text in pieces, with every first occurrence of some words marked; all is kept."""
    low = text.lower()
    # Some letters grow when they are made small; places would be wrong then.
    inside = [False] * len(text)
    for one in words:
        start = low.find(one.lower()) if one and len(low) == len(text) else text.find(one)
        if one and start >= 0:
            inside[start : start + len(one)] = [True] * len(one)
    pieces: list[Piece] = []
    for place, letter in enumerate(text):
        if pieces and pieces[-1].marked == inside[place]:
            pieces[-1] = Piece(pieces[-1].text + letter, inside[place])
        else:
            pieces.append(Piece(letter, inside[place]))
    return tuple(pieces)


@dataclass(frozen=True, slots=True)
class _Concepts:
    frameworks: FrameworksAtHand
    language: str

    def description(self, uri: str) -> tuple[str, str]:
        found = self.frameworks.find_concept(ConceptUri(uri))
        if found is None:
            return "", ""
        every = (*found.descriptions, *found.definitions)
        own = (one for one in every if one.language == self.language)
        best = next(own, None) or next(iter(every), None)
        return (best.text, best.language) if best is not None else ("", "")


def _statement(number: int, one: ReviewStatement, about: _Concepts) -> Statement:
    left = frozenset(pending(one))
    text, address = _apart(one)
    return Statement(
        number=number,
        kind=one.kind,
        text=text,
        address=address,
        pieces=marked(text, [entry.words for entry in one.entries]),
        proposals=tuple(
            Proposal(
                place=f"{number} {at}",
                entry=entry,
                is_open=at in left,
                chance=_chance(entry.confidence),
                description=about.description(entry.uri),
                link=entry.uri if entry.uri.startswith(("https://", "http://")) else "",
            )
            for at, entry in enumerate(one.entries)
        ),
        left=len(left),
    )


def _apart(one: ReviewStatement) -> tuple[str, str]:
    """Return an alignment's name and what it points at; any other statement whole."""
    found = _ALIGNED.fullmatch(one.text) if one.kind == ALIGNMENT_KIND else None
    if found is None:
        return one.text, ""
    return found["name"], " ".join(filter(None, (found["uri"], found["framework"])))


def _chance(confidence: float | None) -> str:
    if confidence is None:
        return ""
    return next(name for least, name in CHANCES if confidence >= least)


def _flaws(findings: Sequence[Finding], pointer: str, review: Review) -> tuple[Flaw, ...]:
    """Return findings, the worst first, each with the first statement that stands in its place."""
    places: dict[str, int] = {}
    for number, one in enumerate(review.badges[0].statements):
        places.setdefault(pointer + one.at, number)
    ordered = sorted(findings, key=lambda one: SEVERITIES.index(one.severity))
    return tuple(Flaw(finding=one, statement=places.get(one.pointer)) for one in ordered)
