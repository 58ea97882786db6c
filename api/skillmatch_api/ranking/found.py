"""What a search for candidates answers; over HTTP, on the command line and on pages the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from skillmatch.model.evidence import Assurance, EvidenceKind
from skillmatch.model.gap import GapState
from skillmatch.model.requirement import Necessity

SCHEMA_VERSION: Final = "candidates-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountOf:
    """How many of all that are found have a value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor:
    """A skill that was asked for, and how all that are found stand to it.

    Attributes:
        need: How much it counts, in [0, 1]; the need of a gap.
        counts: How many of all that are found are in which state, best first; adds up to the
            total.
    """

    uri: str
    label: str
    necessity: Necessity
    level: str = ""
    years: float | None = None
    need: float
    counts: tuple[CountOf, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What lies behind a skill, where the person shares it.

    Attributes:
        evidence_id: Of the piece, as in ``/v1/candidates/{id}/evidence``; empty in a blind search.
        skill: The skill that it shows, which may be another than the one asked for.
        assurance: How it was verified.
        verified_at: When the badge or endorsement was checked; None of all else, and in a blind
            search.
        badge: What the badge is called; empty for everything else, and in a blind search.
        issued: When the badge was issued, where it says so and the search is not blind.
        said: Why it was verified as it was.
    """

    evidence_id: str
    skill: str
    kind: EvidenceKind
    assurance: Assurance
    verified_at: datetime | None = None
    badge: str = ""
    issuer: str = ""
    issued: date | None = None
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSkill:
    """A skill asked for beside the best that a candidate shows for it.

    Attributes:
        covered: Share of the skill that is covered by anything, in [0, 1]; in quarters where the
            person does not share what lies behind it, or the search is blind.
        proven: Share that is covered by what somebody else vouches for, likewise.
        reason: Why, in one sentence.
        behind: None where nothing is shown, or the person does not share it.
    """

    uri: str
    label: str
    state: GapState
    covered: float
    proven: float
    reason: str
    behind: Behind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One who is found.

    Attributes:
        rank: In the order of all that are found, from 1.
        covered: Covered need as a share of all need, in [0, 1]; the first key of the order. Where
            shares of skills are in quarters it is their sum, and the order the exact one.
        proven: Proven need as a share of all need; the second key, likewise.
        name: Empty where it is not shared or the search is blind, as are the fields after it.
        shares: What the person shares, as in a consent.
        skills: In the order in which they were asked for.
    """

    id: str
    rank: int
    covered: float
    proven: float
    name: str = ""
    contact: str = ""
    place: str = ""
    languages: tuple[str, ...] = ()
    available_from: date | None = None
    shares: tuple[str, ...] = ()
    skills: tuple[CandidateSkill, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """All that are found, counted by what they share; most first, then by value.

    Attributes:
        languages: Empty in a blind search, as ``places``.
        places: The twenty with most.
        availability: From the day of the search on.
    """

    languages: tuple[CountOf, ...] = ()
    places: tuple[CountOf, ...] = ()
    availability: tuple[CountOf, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSearch:
    """Who is found.

    Attributes:
        at: Moment of the search.
        search_id: Entry of the audit log; each person who is shown can see it among their views.
        blind: Whether whatever names people or may point at a protected trait is hidden.
        unread: Words given as skills that no concept was found for; they count for nothing.
        total: How many are found in all.
        candidates: A page of them, best first.
        next: Cursor of the next page, None at the end.
        why_empty: Where nobody is found, why.
        notes: What a reader should know.
    """

    schema_version: str = SCHEMA_VERSION
    at: datetime
    search_id: str
    blind: bool
    asked: tuple[AskedFor, ...]
    unread: tuple[str, ...] = ()
    total: int
    candidates: tuple[Candidate, ...]
    facets: Facets
    next: str | None = None
    why_empty: str = ""
    notes: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
