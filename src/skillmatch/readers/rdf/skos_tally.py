"""What a reading of SKOS saw and kept, line by line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from skillmatch.model.framework import Count
from skillmatch.readers.rdf.skos_kinds import Decision
from skillmatch.readers.rdf.skos_texts import Labels


@dataclass(slots=True)
class Tally:
    """Counters that become ``Framework.counts``."""

    statements: int = 0
    _kept: Counter[tuple[str, str]] = field(default_factory=Counter)
    _dropped: Counter[tuple[str, str]] = field(default_factory=Counter)
    _alternatives_read: int = 0
    _alternatives_kept: int = 0
    _surplus: int = 0

    def kept(self, what: str, number: int = 1, why: str = "") -> None:
        """Count things that were read and kept."""
        self._kept[what, why] += number

    def dropped(self, what: str, number: int, why: str) -> None:
        """Count things that were read and not kept; a number below 1 counts nothing."""
        if number > 0:
            self._dropped[what, why] += number

    def decided(self, decision: Decision) -> None:
        """Count one concept and the rule that set its kind."""
        self.kept(f"concepts: {decision.kind}", 1, f"by {decision.rule}")

    def alternatives(self, labels: Labels) -> None:
        """Count the alternative labels of one concept."""
        self._alternatives_read += labels.read
        self._alternatives_kept += len(labels.alt)
        self._surplus += labels.surplus

    def counts(self) -> tuple[Count, ...]:
        """Return the lines: all statements, what was kept, alternative labels, the rest."""
        why = "without those equal to a preferred label"
        if self._surplus:
            why += f"; with {self._surplus} preferred labels beyond the first of a language"
        return (
            Count(what="RDF statements", read=self.statements, kept=self.statements),
            *(
                Count(what=what, read=number, kept=number, why=why)
                for (what, why), number in sorted(self._kept.items())
            ),
            Count(
                what="alternative labels",
                read=self._alternatives_read,
                kept=self._alternatives_kept,
                why=why,
            ),
            *(
                Count(what=what, read=number, kept=0, why=why)
                for (what, why), number in sorted(self._dropped.items())
            ),
        )
