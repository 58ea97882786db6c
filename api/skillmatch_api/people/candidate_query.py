"""What somebody searches candidates for."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.errors import UsageError
from skillmatch.model.requirement import Requirement
from skillmatch_api.ranking.asked_skills import MOST
from skillmatch_api.ranking.ranked import ANYBODY, Filters


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateQuery:
    """What somebody searches for.

    Attributes:
        requirements: At least one, each concept once; twins are folded in.
        unread: Words given as skills that no concept was found for.
        limit: Length of a page, from 1.
        cursor: ``next`` of the page before.
        notes: What was cut or left out while reading what is asked for.
    """

    requirements: tuple[Requirement, ...]
    filters: Filters = ANYBODY
    blind: bool = False
    limit: int = 50
    cursor: str | None = None
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be ranked.

        Raises:
            UsageError: Nothing is asked for, or more than can be.
        """
        if not self.requirements and self.unread:
            raise UsageError(
                "none of these words names a skill that is known; try others, or pick concepts: "
                "GET /v1/search or `skillmatch search` finds them"
            )
        if not self.requirements:
            raise UsageError("nothing is asked for; give skills, a posting or an occupation")
        if len(self.requirements) > MOST:
            raise UsageError(
                f"{len(self.requirements)} skills are asked for; ask for {MOST} at most"
            )
