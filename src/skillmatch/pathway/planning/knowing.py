"""Whether a person shows a skill that a condition asks for, and which offers would award it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from skillmatch.gap.coverage import Coverer
from skillmatch.gap.pieces import pieces_for
from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Evidence
from skillmatch.model.offer import Award, Need
from skillmatch.model.requirement import Necessity, Requirement
from skillmatch.pathway.planning.closures import as_evidence
from skillmatch.pathway.planning.targets import HELD

Twins = Callable[[ConceptUri], Sequence[ConceptUri]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowing:
    """Compares the skills of conditions as the gap compares those of a posting.

    Attributes:
        twins: The same skill in other frameworks.
        awards: What counts of each offer, by id.
    """

    coverer: Coverer
    twins: Twins
    evidence: Sequence[Evidence]
    awards: Mapping[str, Sequence[Award]]
    _shown: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False)
    _taught: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, repr=False)
    _under: dict[ConceptUri, list[tuple[str, Award]]] = field(default_factory=dict, repr=False)

    def shows(self, need: Need) -> bool:
        """Tell whether the person has a skill at the level asked for, proven or claimed."""
        key = (need.ref, need.level)
        if key not in self._shown:
            self._shown[key] = self._met(self._requirement(need), self.evidence)
        return self._shown[key]

    def teaching(self, need: Need) -> tuple[str, ...]:
        """Return the ids of offers that award a skill at the level asked for, sorted."""
        key = (need.ref, need.level)
        if key not in self._taught:
            asked = self._requirement(need)
            near = [one for uri in (asked.uri, *asked.folded) for one in self._index().get(uri, ())]
            self._taught[key] = tuple(
                sorted(
                    {
                        offer
                        for offer, award in near
                        if self._met(asked, (as_evidence(award, offer),))
                    }
                )
            )
        return self._taught[key]

    def _met(self, asked: Requirement, evidence: Iterable[Evidence]) -> bool:
        return any(piece.state in HELD for piece in pieces_for(asked, evidence, self.coverer))

    def _requirement(self, need: Need) -> Requirement:
        uri = ConceptUri(need.ref)
        return Requirement(
            uri=uri,
            label=need.text,
            framework="",
            necessity=Necessity.MUST,
            necessity_why="",
            level=need.level,
            folded=tuple(sorted(self.twins(uri))),
        )

    def _index(self) -> Mapping[ConceptUri, list[tuple[str, Award]]]:
        """Return offers by each concept that they award and each concept right above it."""
        if not self._under:
            for offer, awards in self.awards.items():
                for award in awards:
                    for uri in (award.uri, *self.coverer.hierarchy.broader(award.uri)):
                        self._under.setdefault(uri, []).append((offer, award))
        return self._under
