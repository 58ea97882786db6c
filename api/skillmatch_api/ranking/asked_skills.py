"""What is asked for, in the numbers of the index: which concepts earn how much of each skill.

The credit of a skill is need times what is covered, in whole millionths, half up; so it adds up
without rounding, and ties are ties on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skillmatch.gap.levels import YEARS_SCALE, asked_level, level_shortfall
from skillmatch.gap.priority import heaviest_weight, need_factors, priority
from skillmatch.gap.thresholds import COVERS
from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.requirement import Requirement
from skillmatch_api.ranking.known_names import KnownNames
from skillmatch_api.ranking.relations import Related
from skillmatch_api.ranking.steps import step

MILLION = 1_000_000
MOST = 1_000
"""Skills that may be asked for at once; a sum of so many credits fits 31 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A concept that covers a skill asked for.

    Attributes:
        concept: Number of the held concept.
        covered: Share that it covers without regard to levels, in whole millionths.
        covers: Whether it is the skill itself, so that its level and refusals count.
    """

    concept: int
    covered: int
    covers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSkill:
    """A requirement as ranking asks for it.

    Attributes:
        need: In whole millionths, as in a gap.
        related: Every held concept that covers any of it, by URI.
        sources: The same by number.
        scale: Number of the scale that its level is asked for on; None where no level counts.
    """

    requirement: Requirement
    need: int
    related: Related
    sources: tuple[Source, ...]
    scale: int | None

    def credit(self, covered: int) -> int:
        """Return what a covered share earns; both in whole millionths."""
        return credit(self.need, covered)

    def level(self, held: float) -> tuple[int, bool]:
        """Return the most that a level lets anyone cover, and whether it is too low."""
        shortfall = level_shortfall(self.requirement, _at_level(self.requirement, held))
        if shortfall is None:
            return MILLION, False
        return millionths(1.0 - shortfall.share), shortfall.value > 0

    def is_lower_step(self, held: float) -> bool:
        """Tell whether a level lies in a lower step than the one asked for; see ``steps``."""
        shortfall = level_shortfall(self.requirement, _at_level(self.requirement, held))
        if shortfall is None:
            return False
        return step(held, shortfall.scale) < step(shortfall.asked, shortfall.scale)


def credit(need: int, covered: int) -> int:
    """Return need times covered, all in whole millionths, half up."""
    return (need * covered + MILLION // 2) // MILLION


def millionths(share: float) -> int:
    """Return a share in whole millionths, half up."""
    return math.floor(share * MILLION + 0.5)


def needs(requirements: Sequence[Requirement]) -> list[int]:
    """Return the need of each requirement, as a gap has it, in whole millionths."""
    heaviest = heaviest_weight(requirements)
    return [millionths(priority(need_factors(one, heaviest))) for one in requirements]


def asked_skills(
    requirements: Sequence[Requirement], related: Iterable[Related], names: KnownNames
) -> list[AskedSkill]:
    """Return requirements as ranking asks for them, in the same order."""
    return [
        AskedSkill(
            requirement=one,
            need=need,
            related=found,
            sources=_sources(found, names),
            scale=_scale(one, names),
        )
        for one, need, found in zip(requirements, needs(requirements), related, strict=True)
    ]


def _sources(related: Related, names: KnownNames) -> tuple[Source, ...]:
    found = [
        Source(
            concept=number,
            covered=millionths(1.0 - (1.0 - coverage.value)),
            covers=coverage.value >= COVERS,
        )
        for uri, coverage in related.items()
        if (number := names.number(uri)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.covered, one.concept)))


def _scale(requirement: Requirement, names: KnownNames) -> int | None:
    asked, scale = asked_level(requirement)
    return None if asked is None or asked <= 0 else names.scale(scale)


def _at_level(requirement: Requirement, held: float) -> Evidence:
    """Return evidence that holds the skill at a level, on the scale that it is asked for on."""
    _, scale = asked_level(requirement)
    return Evidence(
        uri=ConceptUri(requirement.uri),
        label="",
        kind=EvidenceKind.CLAIM,
        assurance=Assurance.CLAIMED,
        source="",
        years=held if scale == YEARS_SCALE else None,
        level_value=None if scale == YEARS_SCALE else held,
        level_scale="" if scale == YEARS_SCALE else scale,
    )
