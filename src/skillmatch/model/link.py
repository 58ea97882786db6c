"""From a span of text to a concept: mention, candidate, link."""

from __future__ import annotations

from dataclasses import dataclass, field

from skillmatch.model.concept import ConceptUri, LabelKind
from skillmatch.model.posting import SectionKind, Span

SAME_WORDS = "the same words"
"""How the words of a text fit a label that stands there word for word."""


def is_named(how: str) -> bool:
    """Tell whether ``how`` says that a name stands in the text, with or without its qualifier."""
    return how.startswith(SAME_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words of the text that may name a skill, with the sentence around them.

    Attributes:
        span: Characters of the original text; ``text`` is exactly what stands there.
    """

    text: str
    span: Span
    section: SectionKind = SectionKind.OTHER
    unit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A concept that retrieval proposes, before any decision.

    Attributes:
        label: The label that matched best, and ``label_kind`` which kind it is.
        similarity: Cosine in [-1, 1] for dense stages, 1.0 for an exact normal form.
    """

    uri: ConceptUri
    label: str
    label_kind: LabelKind
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Reason for a link: the label that matched, how, and the similarity of each stage."""

    label: str
    label_kind: LabelKind
    how: str
    similarities: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A decision about one concept for one piece of text.

    Attributes:
        pref_label: Preferred label of the concept.
        confidence: Probability in [0, 1] that a person would make the same link.
        accepted: Whether ``confidence`` reaches the threshold in force.
    """

    uri: ConceptUri
    pref_label: str
    mention: Mention
    confidence: float
    accepted: bool
    why: Why
