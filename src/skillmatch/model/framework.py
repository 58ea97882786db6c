"""A framework release as one value: concepts and everything said between them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skillmatch.model.concept import Concept, ConceptUri


class Predicate(StrEnum):
    """What one concept says of another; subject first.

    ``ESSENTIAL`` and ``OPTIONAL`` run from an occupation to a skill,
    ``SKILL_ESSENTIAL`` and ``SKILL_OPTIONAL`` from a skill to a skill that it needs.
    """

    BROADER = "broader"
    RELATED = "related"
    ESSENTIAL = "essential"
    OPTIONAL = "optional"
    SKILL_ESSENTIAL = "skill-essential"
    SKILL_OPTIONAL = "skill-optional"
    HAS_TASK = "has-task"
    HAS_ACTIVITY = "has-activity"
    RELATED_OCCUPATION = "related-occupation"
    EXACT_MATCH = "exactMatch"
    CLOSE_MATCH = "closeMatch"
    BROAD_MATCH = "broadMatch"
    NARROW_MATCH = "narrowMatch"
    RELATED_MATCH = "relatedMatch"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Relation:
    """``subject predicate object``. ``object`` of a mapping may lie in another framework."""

    subject: ConceptUri
    predicate: Predicate
    object: ConceptUri


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """How much an occupation asks of an element (O*NET).

    Attributes:
        importance: Scale IM, 1 to 5.
        level: Scale LV, 0 to 7.
        suppress_importance: O*NET recommends not to use the importance (small sample).
        suppress_level: The same for the level.
        not_relevant: The level was marked not relevant for this occupation.
    """

    occupation: ConceptUri
    element: ConceptUri
    importance: float | None = None
    level: float | None = None
    suppress_importance: bool = False
    suppress_level: bool = False
    not_relevant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnologyUse:
    """An occupation uses a technology (O*NET Technology or Software Skills)."""

    occupation: ConceptUri
    technology: ConceptUri
    hot: bool = False
    in_demand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A named set of concepts (ESCO: digital, green, transversal, language, research, DigComp)."""

    id: str
    label: str
    members: tuple[ConceptUri, ...]
    uri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Count:
    """One line of what a reader saw: ``alternative labels: 97483 read, 85294 kept``."""

    what: str
    read: int
    kept: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """One release of one framework, complete and in canonical order.

    Concepts are sorted by URI, relations and ratings by their fields; two equal frameworks
    are equal values, whatever file they came from. ``counts`` and ``missing`` tell how the
    reading went and take no part in equality of content (see ``content_digest`` in ``store``).

    Attributes:
        id: ``<name>-<release>``, as in ``esco-1.1.1``.
        languages: Tags of all labels, sorted.
        counts: What was read and what was kept, by the reader.
        missing: What the source lacks, one sentence each, with what would add it.
    """

    id: str
    title: str
    release: str
    languages: tuple[str, ...] = ("en",)
    licence: str = ""
    attribution: str = ""
    concepts: tuple[Concept, ...] = ()
    relations: tuple[Relation, ...] = ()
    ratings: tuple[Rating, ...] = ()
    technology_uses: tuple[TechnologyUse, ...] = ()
    collections: tuple[Collection, ...] = ()
    counts: tuple[Count, ...] = ()
    missing: tuple[str, ...] = ()
