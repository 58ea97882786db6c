"""Concepts as alignments name them: framework for people, release, code and target type."""

from __future__ import annotations

from skillmatch.model.alignment import ConceptTarget
from skillmatch.model.concept import Concept, ConceptKind

FAMILY_NAMES = {"esco": "ESCO", "onet": "O*NET"}
OPEN = "-open"
ESCO_SKILL = "ext:ESCOSkill"
ESCO_OCCUPATION = "ext:ESCOOccupation"
ONET_ELEMENT = "ext:ONETElement"
ONET_OCCUPATION = "ext:ONETOccupation"
OTHER_SKILL = "ext:Skill"
OTHER_OCCUPATION = "ext:Occupation"
_TYPES = {
    ("esco", False): ESCO_SKILL,
    ("esco", True): ESCO_OCCUPATION,
    ("onet", False): ONET_ELEMENT,
    ("onet", True): ONET_OCCUPATION,
}
OCCUPATIONS = frozenset({ConceptKind.OCCUPATION, ConceptKind.OCCUPATION_GROUP})


def family_of(framework_id: str) -> str:
    """Return the family of an installed framework: ``esco`` of ``esco-1.1.1-open``."""
    return framework_id.partition("-")[0]


def framework_name(framework_id: str) -> str:
    """Return what people call the framework: ``ESCO``, ``O*NET``, or the family as it is."""
    family = family_of(framework_id)
    return FAMILY_NAMES.get(family, family)


def release_name(framework_id: str) -> str:
    """Return the publisher's release; how we came by its files is no part of it."""
    return framework_id.partition("-")[2].removesuffix(OPEN)


def full_name(framework_id: str) -> str:
    """Return name and release, as in ``ESCO 1.1.1``."""
    return f"{framework_name(framework_id)} {release_name(framework_id)}".strip()


def target_of(concept: Concept, framework_id: str, language: str = "en") -> ConceptTarget:
    """Return a concept of an installed framework as an alignment names it.

    The target types are extensions, as Open Badges asks for outside of its own list.

    Source: 1EdTech Open Badges 3.0, "AlignmentTargetType".
    """
    occupation = concept.kind in OCCUPATIONS
    other = OTHER_OCCUPATION if occupation else OTHER_SKILL
    return ConceptTarget(
        uri=concept.uri,
        label=concept.pref_label(language),
        framework=framework_name(framework_id),
        release=release_name(framework_id),
        code=concept.notation,
        target_type=_TYPES.get((family_of(framework_id), occupation), other),
    )
