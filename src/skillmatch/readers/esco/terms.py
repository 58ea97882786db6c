"""Words of the ESCO model, whichever file format carries them."""

from __future__ import annotations

from skillmatch.model.concept import ConceptKind, ReuseLevel, SkillType, Status

ESCO_TITLE = "ESCO, European Skills, Competences, Qualifications and Occupations"
ESCO_LICENCE = "European Commission reuse decision 2011/833/EU"
ESCO_ATTRIBUTION = "This service uses the ESCO classification of the European Commission."

CONCEPT_TYPES = {
    "KnowledgeSkillCompetence": ConceptKind.SKILL,
    "Skill": ConceptKind.SKILL,
    "SkillGroup": ConceptKind.SKILL_GROUP,
    "Occupation": ConceptKind.OCCUPATION,
    "ISCOGroup": ConceptKind.OCCUPATION_GROUP,
}

SKILL_TYPES = {
    "skill": SkillType.SKILL,
    "skill/competence": SkillType.SKILL,
    "skill-competence": SkillType.SKILL,
    "knowledge": SkillType.KNOWLEDGE,
}

REUSE_LEVELS = {level.value: level for level in ReuseLevel}

STATUSES = {
    "released": Status.RELEASED,
    "": Status.RELEASED,
    "deprecated": Status.DEPRECATED,
    "obsolete": Status.DEPRECATED,
    "retired": Status.DEPRECATED,
}
