"""Concepts of a framework: skills, occupations and their groups.

A concept is its URI; labels are text in a language. Names follow SKOS and the ESCO model.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

ConceptUri = NewType("ConceptUri", str)

TECHNOLOGY_PREFIX = "urn:skillmatch:onet:technology:"
"""O*NET gives its technologies no id; theirs are ``<prefix><commodity code>:<slug>``."""


class ConceptKind(StrEnum):
    """What a concept stands for, whichever framework it comes from."""

    SKILL = "skill"
    SKILL_GROUP = "skill-group"
    OCCUPATION = "occupation"
    OCCUPATION_GROUP = "occupation-group"
    TASK = "task"
    ACTIVITY = "activity"


class SkillType(StrEnum):
    """ESCO's two types, and the parts of O*NET's content model that are skills in our sense."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"
    ABILITY = "ability"
    WORK_ACTIVITY = "work-activity"
    WORK_STYLE = "work-style"
    TECHNOLOGY = "technology"


class ReuseLevel(StrEnum):
    """How widely a skill applies (ESCO ``skillReuseLevel``)."""

    TRANSVERSAL = "transversal"
    CROSS_SECTOR = "cross-sector"
    SECTOR_SPECIFIC = "sector-specific"
    OCCUPATION_SPECIFIC = "occupation-specific"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillFacts:
    """What a framework says of a skill beside its labels; None where it says nothing.

    Attributes:
        reuse: How widely the skill applies.
    """

    skill_type: SkillType | None = None
    reuse: ReuseLevel | None = None


class Status(StrEnum):
    """Life of a concept; only released ones are candidates, all of them resolve.

    ``STUB`` marks a concept that rows of the source name but that the source never describes.
    """

    RELEASED = "released"
    DEPRECATED = "deprecated"
    STUB = "stub"


class LabelKind(StrEnum):
    """The SKOS lexical labels, and the description where an index holds it as a view."""

    PREF = "pref"
    ALT = "alt"
    HIDDEN = "hidden"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class LangText:
    """A text and its BCP 47 language tag (``""`` where the source names none)."""

    text: str
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One node of one framework release.

    Label tuples are sorted by (language, text) except ``pref_labels``, which holds at most one
    text a language. Alternative labels never repeat a preferred label of the same language.

    Attributes:
        notation: Code in the framework (ISCO or ESCO code, O*NET-SOC code, element id) or "".
        job_zone: O*NET job zone, 1 to 5, of an occupation.
        replaced_by: Successors of a deprecated concept.
    """

    uri: ConceptUri
    kind: ConceptKind
    pref_labels: tuple[LangText, ...] = ()
    alt_labels: tuple[LangText, ...] = ()
    hidden_labels: tuple[LangText, ...] = ()
    descriptions: tuple[LangText, ...] = ()
    definitions: tuple[LangText, ...] = ()
    scope_notes: tuple[LangText, ...] = ()
    notation: str = ""
    skill_type: SkillType | None = None
    reuse_level: ReuseLevel | None = None
    status: Status = Status.RELEASED
    replaced_by: tuple[ConceptUri, ...] = ()
    job_zone: int | None = None

    def pref_label(self, language: str = "en") -> str:
        """Return the preferred label in ``language``, else in any language, else the URI."""
        for label in self.pref_labels:
            if label.language == language:
                return label.text
        return self.pref_labels[0].text if self.pref_labels else self.uri

    def description(self, language: str = "en") -> str:
        """Return the description in ``language``, else in any language, else ``""``."""
        for text in self.descriptions:
            if text.language == language:
                return text.text
        return self.descriptions[0].text if self.descriptions else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRow:
    """One text of one concept, as indexes and lexicons see it.

    The order of rows in an index is (uri, kind in the order of ``LabelKind``, language, text).
    """

    uri: ConceptUri
    text: str
    kind: LabelKind
    language: str = "en"
