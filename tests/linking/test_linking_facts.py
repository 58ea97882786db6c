"""What a framework says of a concept, as columns."""

from __future__ import annotations

from skillmatch.linking.facts import END, FIRST, KnownFacts
from skillmatch.linking.features import Feature
from skillmatch.model.concept import ConceptUri, ReuseLevel, SkillFacts, SkillType

SKILL, KNOWLEDGE, WIDE, STRANGE = (ConceptUri(f"urn:{name}") for name in "skwx")
FACTS = KnownFacts(
    {
        SKILL: SkillFacts(skill_type=SkillType.SKILL, reuse=ReuseLevel.SECTOR_SPECIFIC),
        KNOWLEDGE: SkillFacts(skill_type=SkillType.KNOWLEDGE),
        WIDE: SkillFacts(reuse=ReuseLevel.TRANSVERSAL),
    }
)


def said_of(uri: ConceptUri) -> set[Feature]:
    """Return the columns that are not zero."""
    (row,) = FACTS.columns([uri])
    return {Feature(FIRST + place) for place, value in enumerate(row) if value}


def test_each_fact_has_a_column_of_its_own() -> None:
    """A scorer that mixed them up would be fitted on nonsense."""
    assert said_of(SKILL) == {Feature.SECTOR_SPECIFIC, Feature.REUSE_KNOWN}
    assert said_of(KNOWLEDGE) == {Feature.KNOWLEDGE}
    assert said_of(WIDE) == {Feature.REUSE_KNOWN}


def test_a_concept_that_the_framework_says_nothing_of_has_zeros() -> None:
    """Another framework's technology is neither sector-specific nor knowledge by default."""
    assert said_of(STRANGE) == set()
    assert FACTS.columns([]).shape == (0, END - FIRST)
