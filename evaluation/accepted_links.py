"""Precision and recall of accepted links, and the threshold between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.datasets import Query
from evaluation.linker_examples import proposals_of
from skillmatch.linking.proposals import Proposer
from skillmatch.linking.weights import LinkWeights
from skillmatch.model.concept import ConceptUri

STEPS = tuple(round(float(step), 2) for step in np.arange(0.05, 0.96, 0.01))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredLinks:
    """Every proposal of every query as (confidence, right), and the number of gold labels.

    Attributes:
        gold: Over all queries; labels that the release lacks count as missed.
    """

    links: tuple[tuple[float, bool], ...]
    gold: int


def score_links(
    weights: LinkWeights,
    proposer: Proposer,
    queries: Sequence[Query],
    uri_of: Mapping[str, ConceptUri],
) -> ScoredLinks:
    """Link every query as one unit; sentences without gold give wrong links only."""
    links: list[tuple[float, bool]] = []
    found = proposals_of(proposer, [query.text for query in queries])
    for query, proposals in zip(queries, found, strict=True):
        gold = {uri_of[label] for label in query.labels if label in uri_of}
        links.extend(
            (weights.confidence(proposal.features), proposal.uri in gold) for proposal in proposals
        )
    return ScoredLinks(links=tuple(links), gold=sum(len(query.labels) for query in queries))


def precision_recall(scored: ScoredLinks, threshold: float) -> tuple[float, float]:
    """Return precision and recall of the links at or above a threshold; 0 where none is."""
    accepted = [right for confidence, right in scored.links if confidence >= threshold]
    hits = sum(accepted)
    return hits / max(1, len(accepted)), hits / max(1, scored.gold)


def best_threshold(scored: ScoredLinks) -> tuple[float, float, float]:
    """Return threshold, precision and recall at the highest F1; the lowest threshold of ties."""

    def f1(threshold: float) -> float:
        precision, recall = precision_recall(scored, threshold)
        return 2 * precision * recall / max(1e-9, precision + recall)

    best = max(STEPS, key=lambda step: (round(f1(step), 6), -step))
    return best, *precision_recall(scored, best)
