"""What a person can show, as values: skills, badges, who vouches, and how far each holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from skillmatch.model.credential import SupportingEvidence
from skillmatch.model.verification import Check


class ProofState(StrEnum):
    """How far a badge holds, best first."""

    VERIFIED = "verified"
    ENDORSED = "endorsed"
    SIGNED = "signed, not confirmed"
    UNPROVEN = "not proven"
    CLAIMED = "claimed"
    REFUSED = "not accepted"


STATES: tuple[ProofState, ...] = tuple(ProofState)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouch:
    """What somebody who saw the person work says of it.

    Attributes:
        by: Name of the endorser as they write it.
        state: ``ENDORSED`` where it counts, else how far it holds.
    """

    by: str
    comment: str
    state: ProofState
    reason: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioSkill:
    """One skill and where it comes from.

    Attributes:
        url: Identity in its framework; empty for a name alone.
        badges: Numbers of the badges that carry it; empty for a claim or a document.
        how: ``alignment``, ``outcome text``, ``name`` of the badge, ``document`` or ``claim``.
    """

    name: str
    url: str = ""
    framework: str = ""
    code: str = ""
    state: ProofState = ProofState.CLAIMED
    how: str = "alignment"
    badges: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """What makes two skills the same: the URL, or the name where there is none."""
        return self.url or folded(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioBadge:
    """One badge as it is shown to others; the person's name and address are no part of it.

    Attributes:
        number: From 1, in the order of the files; kept when badges are left out.
        reason: Why the state is what it is.
        skills: Keys of its skills.
    """

    number: int
    id: str
    name: str
    source: str
    issuer: str
    issuer_id: str
    state: ProofState
    reason: str
    description: str = ""
    criteria: str = ""
    narrative: str = ""
    issued: date | None = None
    expires: date | None = None
    checks: tuple[Check, ...] = ()
    evidence: tuple[SupportingEvidence, ...] = ()
    endorsements: tuple[Vouch, ...] = ()
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """Everything that may be shared.

    Attributes:
        title: Name of the person, or of the portfolio; empty where they give none.
        about: Their own words.
        at: Moment that badges were checked for.
        skills: Best state first, then by name.
    """

    title: str
    about: str
    at: datetime
    skills: tuple[PortfolioSkill, ...] = ()
    badges: tuple[PortfolioBadge, ...] = ()
    schema_version: Literal["profile-1"] = "profile-1"


def folded(text: str) -> str:
    """Return a name as it is compared: whatever its case and blanks."""
    return " ".join(text.casefold().split())
