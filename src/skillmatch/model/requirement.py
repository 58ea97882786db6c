"""What a posting or an occupation asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skillmatch.model.concept import ConceptUri, SkillType
from skillmatch.model.link import Mention
from skillmatch.model.posting import SectionKind, Span


class Necessity(StrEnum):
    """How much a requirement is insisted on."""

    MUST = "must"
    SHOULD = "should"
    NICE = "nice"


class GateKind(StrEnum):
    """Conditions that are met or not and that no skill replaces."""

    DEGREE = "degree"
    LICENCE = "licence"
    LANGUAGE = "language level"
    WORK_PERMIT = "work permit"
    DRIVING = "driving licence"
    SHIFT = "shift"
    TRAVEL = "travel"
    CLEARANCE = "background check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A hard gate, listed apart and never scored."""

    kind: GateKind
    text: str
    span: Span
    necessity: Necessity = Necessity.MUST


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One skill that is asked for, with everything that was said about it.

    Attributes:
        mentions: Where the text asks for it, in text order; empty for an occupation's.
        necessity_why: The words, the section or the rule that set ``necessity``.
        level: Words of the text ("advanced", "fluent"), ``""`` where none.
        level_value: Level on ``level_scale`` where one is known (O*NET LV: 0 to 7).
        years: Years of experience asked for, where stated.
        importance: O*NET importance, 1 to 5, for an occupation's requirement.
        weight: A person's own factor on need; 1.0 unless the checklist was edited.
        folded: Concepts merged into this one (duplicates and near-synonyms), sorted.
        alternatives: Concepts any one of which would do instead ("AWS or Azure"), sorted;
            ``label`` then names them all.
        how: How the best mention was linked, in one line.
    """

    uri: ConceptUri
    label: str
    framework: str
    necessity: Necessity
    necessity_why: str
    confidence: float = 1.0
    skill_type: SkillType | None = None
    mentions: tuple[Mention, ...] = ()
    level: str = ""
    level_value: float | None = None
    level_scale: str = ""
    years: float | None = None
    importance: float | None = None
    weight: float = 1.0
    folded: tuple[ConceptUri, ...] = ()
    alternatives: tuple[ConceptUri, ...] = ()
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A part of the posting that yields no requirement, and why."""

    text: str
    span: Span
    section: SectionKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """All that a posting or occupation asks for, before anyone's evidence is looked at.

    Attributes:
        source: File name, occupation URI, or requirements file it came from.
        units: Number of text units that were considered.
        dropped: Boilerplate, benefits and the like, in text order.
        unlinked: Units that look like requirements but got no link, in text order.
        notes: What was cut, repaired or left out while reading, one sentence each.
    """

    source: str
    title: str = ""
    requirements: tuple[Requirement, ...] = ()
    gates: tuple[Gate, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    unlinked: tuple[Dropped, ...] = ()
    units: int = 0
    frameworks: tuple[str, ...] = ()
    encoder: str = ""
    notes: tuple[str, ...] = ()
