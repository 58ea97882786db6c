"""The RDF names that skillmatch reads and writes, and its own documented vocabulary.

SKOS, SKOS-XL, Dublin Core and the ESCO model say most of what a framework holds. What they
have no word for (O*NET's importance, level and flags, job zones, technologies in demand) is
said in ``https://w3id.org/skillmatch/vocab#``: ``VOCABULARY`` here, ``docs/vocabulary.md`` for
people, ``docs/skillmatch-vocab.ttl`` for machines. A test keeps the three in step.

Source: https://www.w3.org/TR/skos-reference/, http://data.europa.eu/esco/model
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skillmatch.model.concept import ConceptKind, SkillType
from skillmatch.model.framework import Predicate

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
DCT = "http://purl.org/dc/terms/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
ISOTHES = "http://purl.org/iso25964/skos-thes#"
ADMS = "http://www.w3.org/ns/adms#"
ESCO = "http://data.europa.eu/esco/model#"
SKILLMATCH = "https://w3id.org/skillmatch/vocab#"

PREFIXES: dict[str, str] = {
    "dct": DCT,
    "esco": ESCO,
    "isothes": ISOTHES,
    "owl": OWL,
    "rdf": RDF,
    "skillmatch": SKILLMATCH,
    "skos": SKOS,
    "xsd": XSD,
}

SKILL_TYPE_BASE = "http://data.europa.eu/esco/skill-type/"
REUSE_LEVEL_BASE = "http://data.europa.eu/esco/skill-reuse-level/"

FRAMEWORK_BASE = "urn:skillmatch:framework:"
COLLECTION_BASE = "urn:skillmatch:collection:"


class Range(StrEnum):
    """What stands on the right of a property."""

    TEXT = "text"
    URI = "uri"
    NODE = "node"
    DECIMAL = "decimal"
    INTEGER = "integer"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTerm:
    """One class, property or value of the skillmatch vocabulary.

    Attributes:
        type: CURIE of what the term is, as in ``owl:DatatypeProperty``.
        range: Only of properties.
        comment: One sentence; the same in the ontology file.
    """

    name: str
    type: str
    comment: str
    range: Range | None = None


def _class(name: str, comment: str) -> OwnTerm:
    return OwnTerm(name=name, type="owl:Class", comment=comment)


def _link(name: str, comment: str, kind: Range = Range.URI) -> OwnTerm:
    return OwnTerm(name=name, type="owl:ObjectProperty", comment=comment, range=kind)


def _data(name: str, comment: str, kind: Range) -> OwnTerm:
    return OwnTerm(name=name, type="owl:DatatypeProperty", comment=comment, range=kind)


def _value(name: str, comment: str) -> OwnTerm:
    return OwnTerm(name=name, type="skos:Concept", comment=comment)


VOCABULARY: tuple[OwnTerm, ...] = (
    _class("Framework", "A concept scheme that holds one release of one framework, complete."),
    _class("SkillGroup", "A concept that groups skills, as in the ESCO skill hierarchy."),
    _class("OccupationGroup", "A concept that groups occupations, as an ISCO group does."),
    _class("Task", "A task of an occupation (O*NET task statement)."),
    _class("Activity", "A detailed work activity (O*NET)."),
    _class("Stub", "A concept that the source names and never describes."),
    _class("Rating", "How much an occupation asks of an element (O*NET)."),
    _class("TechnologyUse", "That an occupation uses a technology (O*NET)."),
    _data("attribution", "How the publisher of the framework wants to be named.", Range.TEXT),
    _data("licence", "The licence of the framework's data, in words.", Range.TEXT),
    _data("jobZone", "O*NET job zone of an occupation, 1 to 5.", Range.INTEGER),
    _link("hasTask", "From an occupation to one of its tasks."),
    _link("hasActivity", "From an occupation or task to a detailed work activity."),
    _link("relatedOccupation", "From an occupation to one that its publisher calls related."),
    _link("occupationEssentialSkill", "As esco:relatedEssentialSkill, whatever the subject is."),
    _link("occupationOptionalSkill", "As esco:relatedOptionalSkill, whatever the subject is."),
    _link("skillEssentialSkill", "From a skill to a skill that it needs, whatever its class is."),
    _link("skillOptionalSkill", "From a skill to a skill that helps it, whatever its class is."),
    _link("hasRating", "From an occupation to a rating of an element.", Range.NODE),
    _link("element", "The skill, knowledge, ability or activity that a rating is about."),
    _data("importance", "Importance of the element, O*NET scale IM, 1 to 5.", Range.DECIMAL),
    _data("level", "Level of the element, O*NET scale LV, 0 to 7.", Range.DECIMAL),
    _data(
        "suppressImportance",
        "True where O*NET recommends not to use the importance (small sample).",
        Range.BOOLEAN,
    ),
    _data(
        "suppressLevel",
        "True where O*NET recommends not to use the level (small sample).",
        Range.BOOLEAN,
    ),
    _data("notRelevant", "True where the level does not apply to the occupation.", Range.BOOLEAN),
    _link("usesTechnology", "From an occupation to its use of a technology.", Range.NODE),
    _link("technology", "The technology that is used."),
    _data("hot", "True for a technology often named in postings everywhere.", Range.BOOLEAN),
    _data("inDemand", "True for a technology often named for this occupation.", Range.BOOLEAN),
    _value("ability", "Value of esco:skillType: an O*NET ability."),
    _value("work-activity", "Value of esco:skillType: an O*NET generalised work activity."),
    _value("work-style", "Value of esco:skillType: an O*NET work style."),
    _value("technology-skill", "Value of esco:skillType: a tool or software product (O*NET)."),
)

SKILL_TYPE_URIS: dict[SkillType, str] = {
    SkillType.SKILL: SKILL_TYPE_BASE + "skill",
    SkillType.KNOWLEDGE: SKILL_TYPE_BASE + "knowledge",
    SkillType.ABILITY: SKILLMATCH + "ability",
    SkillType.WORK_ACTIVITY: SKILLMATCH + "work-activity",
    SkillType.WORK_STYLE: SKILLMATCH + "work-style",
    SkillType.TECHNOLOGY: SKILLMATCH + "technology-skill",
}

KIND_CLASSES: dict[ConceptKind, str] = {
    ConceptKind.SKILL: ESCO + "Skill",
    ConceptKind.SKILL_GROUP: SKILLMATCH + "SkillGroup",
    ConceptKind.OCCUPATION: ESCO + "Occupation",
    ConceptKind.OCCUPATION_GROUP: SKILLMATCH + "OccupationGroup",
    ConceptKind.TASK: SKILLMATCH + "Task",
    ConceptKind.ACTIVITY: SKILLMATCH + "Activity",
}

PREDICATE_URIS: dict[Predicate, str] = {
    Predicate.BROADER: SKOS + "broader",
    Predicate.RELATED: SKOS + "related",
    Predicate.ESSENTIAL: SKILLMATCH + "occupationEssentialSkill",
    Predicate.OPTIONAL: SKILLMATCH + "occupationOptionalSkill",
    Predicate.SKILL_ESSENTIAL: SKILLMATCH + "skillEssentialSkill",
    Predicate.SKILL_OPTIONAL: SKILLMATCH + "skillOptionalSkill",
    Predicate.HAS_TASK: SKILLMATCH + "hasTask",
    Predicate.HAS_ACTIVITY: SKILLMATCH + "hasActivity",
    Predicate.RELATED_OCCUPATION: SKILLMATCH + "relatedOccupation",
    Predicate.EXACT_MATCH: SKOS + "exactMatch",
    Predicate.CLOSE_MATCH: SKOS + "closeMatch",
    Predicate.BROAD_MATCH: SKOS + "broadMatch",
    Predicate.NARROW_MATCH: SKOS + "narrowMatch",
    Predicate.RELATED_MATCH: SKOS + "relatedMatch",
}

MAPPINGS: frozenset[Predicate] = frozenset(
    predicate for predicate in Predicate if predicate.value.endswith("Match")
)

ESSENTIAL_SKILL = ESCO + "relatedEssentialSkill"
OPTIONAL_SKILL = ESCO + "relatedOptionalSkill"

# ESCO has one property for "an occupation needs" and "a skill needs"; the subject's kind tells.
ESCO_NEEDS: dict[str, tuple[Predicate, Predicate]] = {
    ESSENTIAL_SKILL: (Predicate.ESSENTIAL, Predicate.SKILL_ESSENTIAL),
    OPTIONAL_SKILL: (Predicate.OPTIONAL, Predicate.SKILL_OPTIONAL),
}


def esco_need(uri: str, subject: ConceptKind) -> Predicate:
    """Tell what ESCO's ``relatedEssentialSkill`` or ``…OptionalSkill`` means of a subject."""
    of_occupation, of_skill = ESCO_NEEDS[uri]
    return of_occupation if subject is ConceptKind.OCCUPATION else of_skill


# Properties and values of others that the writer uses, with what stands on their right.
_BORROWED: dict[str, Range] = {
    DCT + "description": Range.TEXT,
    DCT + "identifier": Range.TEXT,
    DCT + "isReplacedBy": Range.URI,
    DCT + "language": Range.TEXT,
    DCT + "title": Range.TEXT,
    ESSENTIAL_SKILL: Range.URI,
    OPTIONAL_SKILL: Range.URI,
    ESCO + "skillReuseLevel": Range.URI,
    ESCO + "skillType": Range.URI,
    ISOTHES + "status": Range.TEXT,
    OWL + "deprecated": Range.BOOLEAN,
    OWL + "versionInfo": Range.TEXT,
    SKOS + "altLabel": Range.TEXT,
    SKOS + "definition": Range.TEXT,
    SKOS + "hiddenLabel": Range.TEXT,
    SKOS + "inScheme": Range.URI,
    SKOS + "member": Range.URI,
    SKOS + "notation": Range.TEXT,
    SKOS + "prefLabel": Range.TEXT,
    SKOS + "scopeNote": Range.TEXT,
    **{uri: Range.URI for uri in PREDICATE_URIS.values() if uri.startswith(SKOS)},
}

PROPERTIES: dict[str, Range] = {
    **_BORROWED,
    **{SKILLMATCH + term.name: term.range for term in VOCABULARY if term.range is not None},
}

CLASSES: tuple[str, ...] = (
    ESCO + "Occupation",
    ESCO + "Skill",
    SKOS + "Collection",
    SKOS + "Concept",
    SKOS + "ConceptScheme",
    *(SKILLMATCH + term.name for term in VOCABULARY if term.type == "owl:Class"),
)


def split_uri(uri: str) -> tuple[str, str]:
    """Return the prefix and local name of a URI of ``PROPERTIES`` or ``CLASSES``."""
    for prefix, namespace in PREFIXES.items():
        if uri.startswith(namespace):
            return prefix, uri[len(namespace) :]
    raise KeyError(uri)


CURIES: dict[str, str] = {uri: ":".join(split_uri(uri)) for uri in (*PROPERTIES, *CLASSES)}
