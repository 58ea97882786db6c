"""What the service answers, from its OpenAPI document (``tests/api/client_types.py``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from skillmatch.model.evidence import Assurance, EvidenceKind
from skillmatch.model.gap import GapState
from skillmatch.model.requirement import Necessity


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """People with what they share now.

    Attributes:
        left_out: Ids of those who share nothing, or are not here.
    """

    items: tuple[ListedOut, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedOut:
    """A person on a shortlist.

    Attributes:
        blind: Whether everything that may tell who it is was hidden.
        evidence: Empty where it is not shared.
    """

    available_from: date | None
    blind: bool
    contact: str
    evidence: tuple[EvidenceItem, ...]
    id: str
    languages: tuple[str, ...]
    name: str
    place: str
    seen_as: Literal["shared"] = "shared"
    shares: tuple[Literal["name", "contact", "place", "languages", "availability", "evidence"], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """One skill that a person can show, and what says so.

    Attributes:
        assurance: How far it can be believed: the state of its proof.
        badge: What the badge is called.
        checked_at: When that was found.
        confidence: That these words mean this skill, from 0 to 1.
        document: Id of the file, where you may read it.
        reason: Why, where that needs saying.
        source: To its owner, the name of the file; otherwise its kind.
        text: The words that say so.
        uri: The skill.
    """

    assurance: Assurance
    badge: str
    checked_at: datetime
    confidence: float
    document: str | None
    id: str
    issued: date | None
    issuer: str
    kind: EvidenceKind
    label: str
    level: str
    reason: str
    source: str
    text: str
    uri: str
    years: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleImported:
    """What became of a list, row by row."""

    claimed: int
    created: int
    rows: tuple[ImportedRow, ...]
    unchanged: int
    updated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRow:
    """What became of a row.

    Attributes:
        line: Line that the row begins on, the header being 1.
        outcome: claimed: its person has taken the record over, so it was left as it is.
        unread: Skills that no concept was found for.
    """

    external_id: str
    id: str
    line: int
    outcome: Literal["created", "updated", "unchanged", "claimed"]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSearch:
    """Who is found.

    Attributes: at: Moment of the search. search_id: Entry of the audit log; each person who is
    shown can see it among their views. blind: Whether whatever names people or may point at a
    protected trait is hidden. unread: Words given as skills that no concept was found for; they
    count for nothing. total: How many are found in all. candidates: A page of them, best first.
    next: Cursor of the next page, None at the end. why_empty: Where nobody is found, why.
    notes: What a reader should know.
    """

    asked: tuple[AskedFor, ...]
    at: datetime
    attribution: tuple[str, ...]
    blind: bool
    candidates: tuple[Candidate, ...]
    facets: Facets
    next: str | None
    notes: tuple[str, ...]
    schema_version: str
    search_id: str
    total: int
    unread: tuple[str, ...]
    why_empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor:
    """A skill that was asked for, and how all that are found stand to it.

    Attributes: need: How much it counts, in [0, 1]; the need of a gap. counts: How many of all
    that are found are in which state, best first; adds up to the total.
    """

    counts: tuple[CountOf, ...]
    label: str
    level: str
    necessity: Necessity
    need: float
    uri: str
    years: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountOf:
    """How many of all that are found have a value."""

    count: int
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One who is found.

    Attributes: rank: In the order of all that are found, from 1. covered: Covered need as a
    share of all need, in [0, 1]; the first key of the order. Where shares of skills are in
    quarters it is their sum, and the order the exact one. proven: Proven need as a share of all
    need; the second key, likewise. name: Empty where it is not shared or the search is blind,
    as are the fields after it. shares: What the person shares, as in a consent. skills: In the
    order in which they were asked for.
    """

    available_from: date | None
    contact: str
    covered: float
    id: str
    languages: tuple[str, ...]
    name: str
    place: str
    proven: float
    rank: int
    shares: tuple[str, ...]
    skills: tuple[CandidateSkill, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSkill:
    """A skill asked for beside the best that a candidate shows for it.

    Attributes: covered: Share of the skill that is covered by anything, in [0, 1]; in quarters
    where the person does not share what lies behind it, or the search is blind. proven: Share
    that is covered by what somebody else vouches for, likewise. reason: Why, in one sentence.
    behind: None where nothing is shown, or the person does not share it.
    """

    behind: Behind | None
    covered: float
    label: str
    proven: float
    reason: str
    state: GapState
    uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What lies behind a skill, where the person shares it.

    Attributes: evidence_id: Of the piece, as in ``/v1/candidates/{id}/evidence``; empty in a
    blind search. skill: The skill that it shows, which may be another than the one asked for.
    assurance: How it was verified. verified_at: When the badge or endorsement was checked; None
    of all else, and in a blind search. badge: What the badge is called; empty for everything
    else, and in a blind search. issued: When the badge was issued, where it says so and the
    search is not blind. said: Why it was verified as it was.
    """

    assurance: Assurance
    badge: str
    evidence_id: str
    issued: date | None
    issuer: str
    kind: EvidenceKind
    said: str
    skill: str
    verified_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """All that are found, counted by what they share; most first, then by value.

    Attributes: languages: Empty in a blind search, as ``places``. places: The twenty with most.
    availability: From the day of the search on.
    """

    availability: tuple[CountOf, ...]
    languages: tuple[CountOf, ...]
    places: tuple[CountOf, ...]
