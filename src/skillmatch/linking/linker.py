"""Units in, links out: the decision, with NIL as a real answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from skillmatch.linking.mentions import pieces
from skillmatch.linking.proposals import Proposal, Proposer
from skillmatch.linking.theme import Vector, with_theme
from skillmatch.linking.weights import LinkWeights
from skillmatch.model.concept import TECHNOLOGY_PREFIX, ConceptUri
from skillmatch.model.link import Link, Why, is_named
from skillmatch.model.posting import Unit
from skillmatch.text.normal import without_qualifier

HOPELESS = 0.0015
"""The best of themes lifts a confidence below this to less than the least that is ever taken."""
INITIALS = re.compile(r"\b[A-Z]{3,}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Linker:
    """Decides which concepts each unit asks for.

    Attributes:
        vector_of: Unit vector of a concept's preferred label, None where there is none.
        pref_label: Preferred label of a URI, for showing.
        threshold: Overrides the fitted one where a caller asks for more or less.
    """

    proposer: Proposer
    weights: LinkWeights
    pref_label: Callable[[ConceptUri], str]
    vector_of: Callable[[ConceptUri], Vector | None]
    threshold: float | None = None

    def link(self, units: Sequence[Unit], *, top: int | None = None) -> list[tuple[Link, ...]]:
        """Return the links of each unit, by confidence, highest first, then URI.

        Args:
            units: What to link; every unit gets an answer, an empty one where nothing is near.
            top: Number of distinct concepts a unit; None means all that were proposed.
        """
        return [
            tuple(self._link(proposal, confidence) for confidence, proposal in ranked[:top])
            for ranked in (self._ranked(one) for one in self.proposer.propose(units))
        ]

    def link_document(self, units: Sequence[Unit]) -> list[tuple[Link, ...]]:
        """Link the pieces of each unit, in the light of what the whole document is about.

        Returns:
            For each unit the links of all its pieces, by confidence, then URI. A single word
            is only linked to what it names word for word.
        """
        cut = [pieces(unit) for unit in units]
        flat = [piece for of_unit in cut for piece in of_unit]
        found = iter(
            [
                self._link(proposal, confidence)
                for confidence, proposal in self._ranked(one, HOPELESS)
            ]
            for one in self.proposer.propose(flat, single_words=False)
        )
        linked = [
            tuple(
                sorted(
                    (link for _ in of_unit for link in _trusted(next(found))),
                    key=lambda link: (-link.confidence, link.uri),
                )
            )
            for of_unit in cut
        ]
        return with_theme(linked, self.weights.theme, self.vector_of, self._threshold)

    @property
    def _threshold(self) -> float:
        return self.weights.threshold if self.threshold is None else self.threshold

    def _ranked(
        self, proposals: Sequence[Proposal], least: float = 0.0
    ) -> list[tuple[float, Proposal]]:
        scored = ((self.weights.confidence(proposal.features), proposal) for proposal in proposals)
        kept = [pair for pair in scored if pair[0] >= least]
        return sorted(kept, key=lambda pair: (-pair[0], pair[1].uri))

    def _link(self, proposal: Proposal, confidence: float) -> Link:
        features = proposal.features
        return Link(
            uri=proposal.uri,
            pref_label=self.pref_label(proposal.uri),
            mention=proposal.mention,
            confidence=confidence,
            accepted=confidence >= self._threshold,
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


def _trusted(links: Sequence[Link]) -> Iterator[Link]:
    """Leave out likenesses that mean too little; what is named word for word stays.

    A single word resembles too much, and a product is named or it is not meant: "a chef who
    only carries a clipboard" is near to ``Chef``.
    """
    for link in links:
        named = is_named(link.why.how)
        product = link.uri.startswith(TECHNOLOGY_PREFIX) or _is_name(link.pref_label)
        several = len(link.mention.text.split()) > 1
        if named or (several and not product and not _mistakes_initials(link)):
            yield link


def _mistakes_initials(link: Link) -> bool:
    """Tell whether a word was taken for initials: "the rest" for ``REST``."""
    initials = {word.lower() for word in INITIALS.findall(link.why.label)}
    return any(word in initials for word in link.mention.text.split())


def _is_name(label: str) -> bool:
    """Tell whether a label is one capitalised word with a qualifier: ``Chef (tools for …)``."""
    name = without_qualifier(label)
    return name != label and name.isalpha() and name.istitle()
