"""The concepts that the encoder learns, with every view of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.holdout import is_held_out
from skillmatch.model.concept import ConceptKind, ConceptUri, SkillType
from skillmatch.store import FrameworkDb
from skillmatch.text.normal import without_qualifier

MOST_COMPANIONS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainConcept:
    """One skill with the texts that name it.

    Attributes:
        alternatives: Alternative labels that training may see; none where the concept is held
            out for the label normalisation task.
        companions: Positions of skills that the same occupations ask for, at most
            ``MOST_COMPANIONS``: what a posting names beside it.
    """

    uri: ConceptUri
    label: str
    alternatives: tuple[str, ...]
    description: str
    is_knowledge: bool
    companions: tuple[int, ...]

    @property
    def surface(self) -> str:
        """The preferred label as a posting writes it, without its qualifier."""
        return without_qualifier(self.label)


def read_concepts(db: FrameworkDb) -> tuple[TrainConcept, ...]:
    """Return the skills of a framework, by URI."""
    skills = sorted(db.concepts(ConceptKind.SKILL), key=lambda concept: concept.uri)
    companions = _companions(db, {concept.uri: place for place, concept in enumerate(skills)})
    return tuple(
        TrainConcept(
            uri=concept.uri,
            label=concept.pref_label(),
            alternatives=()
            if is_held_out(concept.uri)
            else tuple(label.text for label in concept.alt_labels if label.language == "en"),
            description=" ".join(concept.description().split()),
            is_knowledge=concept.skill_type is SkillType.KNOWLEDGE,
            companions=companions.get(place, ()),
        )
        for place, concept in enumerate(skills)
    )


def _companions(db: FrameworkDb, place_of: Mapping[ConceptUri, int]) -> dict[int, tuple[int, ...]]:
    together: dict[int, set[int]] = defaultdict(set)
    for occupation in db.concepts(ConceptKind.OCCUPATION):
        asked = [
            place_of[skill.uri]
            for skill in db.occupation_skills(occupation.uri)
            if skill.uri in place_of
        ]
        for place in asked:
            if len(together[place]) < MOST_COMPANIONS:
                together[place].update(asked)
    return {
        place: tuple(sorted(others - {place})[:MOST_COMPANIONS])
        for place, others in together.items()
    }
