"""What occupations ask for."""

from __future__ import annotations

from skillmatch.model.concept import ConceptUri, SkillType
from skillmatch.model.framework import Predicate
from skillmatch.store.connection import Connection
from skillmatch.store.rows import Row
from skillmatch.store.values import OccupationSkill

ASKS = (Predicate.ESSENTIAL.value, Predicate.OPTIONAL.value)
# On O*NET's scale IM, 3 is anchored "important"; every element is rated for every occupation,
# so that only the rating tells who asks for it.
IMPORTANT = 3.0

# ?1 occupation, ?2 language, ?3 essential, ?4 optional; essential wins where both are said.
OCCUPATION_SKILLS = """
WITH occupation AS (SELECT id FROM node WHERE uri = ?1),
asked AS (
    SELECT object AS id FROM relation
    WHERE subject = (SELECT id FROM occupation) AND predicate IN (?3, ?4)
    UNION SELECT element FROM rating WHERE occupation = (SELECT id FROM occupation)
    UNION SELECT technology FROM technology_use
    WHERE occupation = (SELECT id FROM occupation)
)
SELECT node.uri,
    (SELECT text FROM text WHERE concept = asked.id AND text.kind = 0
     ORDER BY language <> ?2, text.id LIMIT 1),
    skill_type,
    CASE WHEN (SELECT id FROM occupation) IN
        (SELECT subject FROM relation WHERE object = asked.id AND predicate = ?3) THEN ?3
    WHEN (SELECT id FROM occupation) IN
        (SELECT subject FROM relation WHERE object = asked.id AND predicate = ?4) THEN ?4
    END,
    importance, level, suppress_importance, suppress_level, not_relevant,
    use.technology IS NOT NULL, use.hot, use.in_demand
FROM asked JOIN node ON node.id = asked.id
LEFT JOIN concept ON concept.id = asked.id
LEFT JOIN rating ON rating.element = asked.id
    AND rating.occupation = (SELECT id FROM occupation)
LEFT JOIN technology_use AS use ON use.technology = asked.id
    AND use.occupation = (SELECT id FROM occupation)
ORDER BY asked.id
"""


def occupation_skills(
    connection: Connection, uri: str, language: str
) -> tuple[OccupationSkill, ...]:
    """Return every skill the occupation asks for, from all tables, by URI."""
    rows = connection.rows(
        OCCUPATION_SKILLS,
        (uri, language, *ASKS),
    )
    return tuple(map(_occupation_skill, rows))


def _occupation_skill(row: Row) -> OccupationSkill:
    uri, label, skill_type, predicate, importance, level = row[:6]
    suppress_importance, suppress_level, not_relevant, technology, hot, in_demand = map(
        bool, row[6:]
    )
    return OccupationSkill(
        uri=ConceptUri(uri),
        label=label or uri,
        skill_type=None if skill_type is None else SkillType(skill_type),
        predicate=None if predicate is None else Predicate(predicate),
        importance=importance,
        level=level,
        suppress_importance=suppress_importance,
        suppress_level=suppress_level,
        not_relevant=not_relevant,
        technology=technology,
        hot=hot,
        in_demand=in_demand,
    )


def has_relations(connection: Connection) -> bool:
    """Tell whether any occupation says which skills it asks for."""
    row = connection.row(
        "SELECT EXISTS (SELECT 1 FROM relation WHERE predicate IN (?, ?)) "
        "OR EXISTS (SELECT 1 FROM rating) OR EXISTS (SELECT 1 FROM technology_use)",
        ASKS,
    )
    return row is not None and bool(row[0])


def skill_degree(connection: Connection, uri: str) -> int:
    """Return how many occupations ask for the skill.

    An occupation asks by an essential or optional relation, by using the technology, or by
    rating the element at least ``IMPORTANT`` without a flag against that rating.
    """
    row = connection.row(
        """
        WITH skill AS (SELECT id FROM node WHERE uri = ?1)
        SELECT count(*) FROM (
            SELECT subject FROM relation
            WHERE object = (SELECT id FROM skill) AND predicate IN (?2, ?3)
            UNION SELECT occupation FROM rating WHERE element = (SELECT id FROM skill)
            AND importance >= ?4 AND NOT suppress_importance AND NOT not_relevant
            UNION SELECT occupation FROM technology_use WHERE technology = (SELECT id FROM skill)
        )
        """,
        (uri, *ASKS, IMPORTANT),
    )
    return 0 if row is None else int(row[0])
