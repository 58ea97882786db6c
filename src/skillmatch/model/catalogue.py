"""What is said of whole catalogues: which there are, what was kept, what is to be mended."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.model.offer import CatalogueFinding, UnreadOffer


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillCounts:
    """How many offers have skills from whom; each offer counts once, by the best.

    Attributes:
        stated: Some are stated by the source or reviewed by a person.
        proposed: All are proposed from words.
    """

    stated: int = 0
    proposed: int = 0
    none: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """One imported catalogue.

    Attributes:
        as_of: Newest day that an offer describes, ISO 8601, empty where none says one.
        fault: Why it cannot be read, empty where it can.
    """

    name: str
    path: str
    offers: int = 0
    skills: SkillCounts = SkillCounts()
    unread: int = 0
    frameworks: tuple[str, ...] = ()
    as_of: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import kept and what it left out.

    Attributes:
        path: File that the catalogue lies in.
        replaced: Whether a catalogue was there before.
        reviewed: Offers whose reviewed skills were taken over from it.
        new: Offers that were not there before; ``gone`` are those that no longer are.
        unread: What was left out, and why.
    """

    name: str
    path: str
    offers: int
    skills: SkillCounts
    replaced: bool = False
    reviewed: int = 0
    new: int = 0
    gone: int = 0
    unread: tuple[UnreadOffer, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueCheck:
    """What is to be mended in a catalogue.

    Attributes:
        at: Day from which offers are to be taken, ISO 8601.
        offers: How many were checked.
        findings: Errors first, then by rule.
    """

    catalogue: str
    at: str
    offers: int
    findings: tuple[CatalogueFinding, ...]
    frameworks: tuple[str, ...] = ()
    schema_version: str = "catalogue-check-1"
