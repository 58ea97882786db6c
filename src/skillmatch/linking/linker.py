"""Units in, links out: the decision, with NIL as a real answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from skillmatch.giving_up import go_on
from skillmatch.linking.proposals import Proposals, Proposer
from skillmatch.linking.weights import LinkWeights
from skillmatch.model.concept import TECHNOLOGY_PREFIX, ConceptUri
from skillmatch.model.link import Link, Why, is_named
from skillmatch.model.posting import Unit
from skillmatch.text.normal import without_qualifier

UNITS_AT_ONCE = 256
CHARACTERS_AT_ONCE = 20_000
"""What is proposed for together, or a single unit. What is measured of one takes most of a
megabyte, and a document that repeats a line has thousands."""

INITIALS = re.compile(r"\b[A-Z]{3,}\b")


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
        wanted = None if top is None else max(top, self.proposer.unit_k)
        return [tuple(islice(self._links(one), top)) for one in self._proposed(units, wanted)]

    def link_document(self, units: Sequence[Unit]) -> list[tuple[Link, ...]]:
        """Link each unit of a document with what may be taken from it.

        Returns:
            For each unit its links that are likely enough to stand for near-synonyms, by
            confidence, then URI. A single word is only linked to what it names word for word,
            unless the link would be accepted alone.
        """
        least = self.weights.min_confidence
        return [tuple(self._trusted(self._links(one, least))) for one in self._proposed(units)]

    def _proposed(self, units: Sequence[Unit], unit_k: int | None = None) -> Iterator[Proposals]:
        """Yield the proposals of each unit, as long as somebody waits for them.

        Raises:
            BusyError: Nobody does.
        """
        for batch in _batches(units):
            go_on()
            yield from self.proposer.propose(batch, unit_k=unit_k)

    @property
    def _threshold(self) -> float:
        return self.weights.threshold if self.threshold is None else self.threshold

    def _links(self, found: Proposals, least: float = 0.0) -> Iterator[Link]:
        """Yield the links of a unit in order, down to the least confidence."""
        confidences = self.weights.confidences(found.features)
        # URIs are in order, and a stable sort keeps them so among equals.
        for place in np.argsort(-confidences, kind="stable"):
            if confidences[place] < least:
                return
            yield self._link(found, int(place), float(confidences[place]))

    def _trusted(self, links: Iterable[Link]) -> Iterator[Link]:
        """Leave out likenesses that mean too little; what is named word for word stays.

        A single word resembles much, and a product is named or it is not meant: "a chef who only
        carries a clipboard" is near to ``Chef``.
        """
        for link in links:
            enough = link.accepted or len(link.mention.text.split()) > 1
            alike = enough and not _is_product(link) and not _mistakes_initials(link)
            if alike or is_named(link.why.how):
                yield link

    def _link(self, found: Proposals, place: int, confidence: float) -> Link:
        match = found.match(place)
        return Link(
            uri=found.uris[place],
            pref_label=self.pref_label(found.uris[place]),
            mention=match.mention,
            confidence=confidence,
            accepted=confidence >= self._threshold,
            why=Why(
                label=match.label,
                label_kind=match.label_kind,
                how=match.how,
                similarities={
                    "sentence": round(float(found.near.late_best[place]), 4),
                    "phrase": round(float(found.near.phrase[place]), 4),
                },
            ),
        )


def _batches(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    start = size = 0
    for place, unit in enumerate(units):
        size += len(unit.text)
        full = place - start >= UNITS_AT_ONCE or size > CHARACTERS_AT_ONCE
        if full and place > start:
            yield units[start:place]
            start, size = place, len(unit.text)
    if start < len(units):
        yield units[start:]


def _is_product(link: Link) -> bool:
    return link.uri.startswith(TECHNOLOGY_PREFIX) or _is_name(link.pref_label)


def _mistakes_initials(link: Link) -> bool:
    """Tell whether a word was taken for initials: "the rest" for ``REST``."""
    initials = {word.lower() for word in INITIALS.findall(link.why.label)}
    return any(word in initials for word in link.mention.text.split())


def _is_name(label: str) -> bool:
    """Tell whether a label is one capitalised word with a qualifier: ``Chef (tools for …)``."""
    name = without_qualifier(label)
    return name != label and name.isalpha() and name.istitle()
