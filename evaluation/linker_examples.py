"""Training examples for the linker's confidence: proposals with a yes or a no.

Three sources, none of them a test split:

- SkillSkape train: a proposal is right where its concept is among the sentence's labels.
- SkillSpan train, sentences without any tagged span: every proposal is wrong.
- SkillSpan train, tagged sentences: of the proposals whose name stands in the text word for word,
  those inside a tagged span are right and those outside are wrong. The other proposals are left
  out, since nobody said which concept the span means.

Sentences equal to a validation sentence (lower case, no punctuation) are dropped.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaluation.datasets import Query, TaggedSentence
from skillmatch.linking.proposals import Proposal, Proposer
from skillmatch.model.concept import ConceptUri
from skillmatch.model.link import is_named
from skillmatch.model.posting import SectionKind, Span, Unit

BATCH = 64
MIN_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One proposal with its answer; ``group`` is the sentence it came from."""

    features: tuple[float, ...]
    right: bool
    group: str


def key_of(text: str) -> str:
    """Return what two copies of a sentence have in common."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def unit_of(text: str, position: int = 0) -> Unit:
    """Make a unit of a sentence, as ``skillmatch link`` does."""
    return Unit(
        text=text,
        span=Span(start=0, end=len(text)),
        section=SectionKind.REQUIREMENTS,
        position=position,
    )


def proposals_of(proposer: Proposer, texts: Sequence[str]) -> Iterator[tuple[Proposal, ...]]:
    """Propose for each text, in order, in batches."""
    for start in range(0, len(texts), BATCH):
        yield from proposer.propose([unit_of(text) for text in texts[start : start + BATCH]])


def from_queries(
    proposer: Proposer, queries: Sequence[Query], uri_of: Mapping[str, ConceptUri]
) -> Iterator[Example]:
    """Turn judged sentences into examples; labels that the release lacks are no gold."""
    found = proposals_of(proposer, [query.text for query in queries])
    for query, proposals in zip(queries, found, strict=True):
        gold = {uri_of[label] for label in query.labels if label in uri_of}
        for proposal in proposals:
            yield Example(
                features=proposal.features.values(), right=proposal.uri in gold, group=query.id
            )


def from_tags(proposer: Proposer, sentences: Sequence[TaggedSentence]) -> Iterator[Example]:
    """Turn tagged sentences into examples; see the module's docstring."""
    found = proposals_of(proposer, [sentence.text for sentence in sentences])
    for sentence, proposals in zip(sentences, found, strict=True):
        for proposal in proposals:
            if sentence.spans and not is_named(proposal.how):
                continue
            yield Example(
                features=proposal.features.values(),
                right=_inside(proposal.mention.span, sentence.spans),
                group=sentence.id,
            )


def sample(items: Sequence[Query], count: int, *, seed: int) -> list[Query]:
    """Draw queries without replacement, in file order."""
    chosen = set(random.Random(seed).sample(range(len(items)), min(count, len(items))))  # noqa: S311 - a seeded sample, no secret
    return [item for place, item in enumerate(items) if place in chosen]


def _inside(span: Span, tagged: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span.start and span.end <= end for start, end in tagged)
