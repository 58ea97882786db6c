"""What the comparison asks of the world around it: two small ports and a null for one."""

from __future__ import annotations

from typing import Protocol

from skillmatch.model.concept import ConceptUri


class Hierarchy(Protocol):
    """The skills of the frameworks at hand, and which of them contains which."""

    def broader(self, uri: ConceptUri) -> tuple[ConceptUri, ...]:
        """Return the direct broader concepts that are skills themselves.

        Groups are left out: under the top groups of a framework everything is related.
        An unknown URI has none.
        """
        ...

    def pref_label(self, uri: ConceptUri) -> str:
        """Return the preferred label, or the URI where none is known."""
        ...


class Nearness(Protocol):
    """How close two concepts are in meaning."""

    def similarity(self, held: ConceptUri, asked: ConceptUri) -> float:
        """Return a cosine in [-1, 1]; 0 where either concept is unknown.

        The number depends on the two concepts only, never on what was asked before.
        """
        ...


class NoNearness:
    """Compares by the hierarchy alone, for callers that have no encoder at hand."""

    def similarity(self, held: ConceptUri, asked: ConceptUri) -> float:
        """Return 0: nothing is near to anything."""
        del held, asked
        return 0.0
