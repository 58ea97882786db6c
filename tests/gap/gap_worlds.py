"""A tiny invented world of skills for the tests of the gap room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from skillmatch.gap import compare
from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.gap import Gap, GapResult
from skillmatch.model.link import Mention
from skillmatch.model.posting import Span
from skillmatch.model.requirement import Checklist, Necessity, Requirement

AT = date(2025, 6, 1)


def uri(name: str) -> ConceptUri:
    return ConceptUri(f"urn:test:{name}")


@dataclass(frozen=True)
class World:
    """A hierarchy from child to parents, and similarities between pairs, by short names."""

    parents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    near: dict[tuple[str, str], float] = field(default_factory=dict)

    def broader(self, concept: ConceptUri) -> tuple[ConceptUri, ...]:
        """Return the parents, in the order they were given."""
        return tuple(uri(name) for name in self.parents.get(self.pref_label(concept), ()))

    def pref_label(self, concept: ConceptUri) -> str:
        """Return the short name."""
        return concept.removeprefix("urn:test:")

    def similarity(self, held: ConceptUri, asked: ConceptUri) -> float:
        """Return the similarity of the pair, 0 where none was given."""
        return self.near.get((self.pref_label(held), self.pref_label(asked)), 0.0)


def ask(name: str, **more: Any) -> Requirement:  # noqa: ANN401 - any field of Requirement
    given: dict[str, Any] = {
        "uri": uri(name),
        "label": name,
        "framework": "test",
        "necessity": Necessity.MUST,
        "necessity_why": "“must”",
        "mentions": (Mention(text=name, span=Span(start=0, end=len(name))),),
    }
    return Requirement(**{**given, **more})


def have(name: str, assurance: Assurance = Assurance.CLAIMED, **more: Any) -> Evidence:  # noqa: ANN401 - any field of Evidence
    kinds = {
        Assurance.CLAIMED: EvidenceKind.CLAIM,
        Assurance.DOCUMENTED: EvidenceKind.DOCUMENT,
        Assurance.ENDORSED: EvidenceKind.ENDORSEMENT,
    }
    given: dict[str, Any] = {
        "uri": uri(name),
        "label": name,
        "kind": kinds.get(assurance, EvidenceKind.BADGE),
        "assurance": assurance,
        "source": "test",
    }
    return Evidence(**{**given, **more})


def result_of(
    asked: Requirement | tuple[Requirement, ...], *held: Evidence, world: World | None = None
) -> GapResult:
    requirements = (asked,) if isinstance(asked, Requirement) else asked
    checklist = Checklist(source="test", requirements=requirements)
    here = world or World()
    return compare(checklist, held, hierarchy=here, nearness=here, at=AT)


def gap_of(asked: Requirement, *held: Evidence, world: World | None = None) -> Gap:
    (gap,) = result_of(asked, *held, world=world).gaps
    return gap
