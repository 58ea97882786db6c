"""One line of JSON for each text that ``skillmatch link`` was given."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from skillmatch.model.concept import ConceptUri
from skillmatch.model.link import Link, Why
from skillmatch.model.posting import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A concept proposed for a text.

    Attributes:
        label: Preferred label of the concept.
        confidence: Probability in [0, 1] that a person would make the same link.
        accepted: Whether ``confidence`` reaches the threshold in force.
        span: Characters of the text that the link rests on.
    """

    uri: ConceptUri
    label: str
    confidence: float
    accepted: bool
    span: Span
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLine:
    """A text that was read, and its links: by confidence, highest first, then by URI."""

    id: str | int
    links: tuple[LinkRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedLine:
    """A line that could not be read, and why. ``id`` is null where the line had none."""

    id: str | int | None
    error: str


def link_line(identifier: str | int, links: Sequence[Link]) -> str:
    """Return one line of JSON with sorted keys, without a line end; order is (confidence, URI)."""
    ordered = sorted(links, key=lambda link: (-link.confidence, link.uri))
    rows = tuple(
        LinkRow(
            uri=link.uri,
            label=link.pref_label,
            confidence=link.confidence,
            accepted=link.accepted,
            span=link.mention.span,
            why=link.why,
        )
        for link in ordered
    )
    return _dumps(LinkLine(id=identifier, links=rows))


def failed_line(identifier: str | int | None, error: str) -> str:
    """Return one line of JSON that says why a line gave no links."""
    return _dumps(FailedLine(id=identifier, error=error))


def _dumps(line: LinkLine | FailedLine) -> str:
    return json.dumps(asdict(line), ensure_ascii=False, sort_keys=True)
