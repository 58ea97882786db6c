"""Units in, links out: the decision, with NIL as a real answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skillmatch.linking.proposals import Proposal, Proposer
from skillmatch.linking.weights import LinkWeights
from skillmatch.model.concept import ConceptUri
from skillmatch.model.link import Link, Why
from skillmatch.model.posting import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Linker:
    """Decides which concepts each unit asks for.

    Attributes:
        pref_label: Preferred label of a URI, for showing.
        threshold: Overrides the fitted one where a caller asks for more or less.
    """

    proposer: Proposer
    weights: LinkWeights
    pref_label: Callable[[ConceptUri], str]
    threshold: float | None = None

    def link(self, units: Sequence[Unit], *, top: int | None = None) -> list[tuple[Link, ...]]:
        """Return the links of each unit, by confidence, highest first, then URI.

        Args:
            units: What to link; every unit gets an answer, an empty one where nothing is near.
            top: Number of distinct concepts a unit; None means all that were proposed.
        """
        return [
            tuple(self._link(proposal, confidence) for confidence, proposal in ranked[:top])
            for ranked in map(self._ranked, self.proposer.propose(units))
        ]

    def _ranked(self, proposals: Sequence[Proposal]) -> list[tuple[float, Proposal]]:
        scored = [(self.weights.confidence(proposal.features), proposal) for proposal in proposals]
        return sorted(scored, key=lambda pair: (-pair[0], pair[1].uri))

    def _link(self, proposal: Proposal, confidence: float) -> Link:
        threshold = self.weights.threshold if self.threshold is None else self.threshold
        features = proposal.features
        return Link(
            uri=proposal.uri,
            pref_label=self.pref_label(proposal.uri),
            mention=proposal.mention,
            confidence=confidence,
            accepted=confidence >= threshold,
            why=Why(
                label=proposal.label,
                label_kind=proposal.label_kind,
                how=proposal.how,
                similarities={
                    "sentence": round(features.unit_similarity, 4),
                    "phrase": round(features.phrase_similarity, 4),
                },
            ),
        )
