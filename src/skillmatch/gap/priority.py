"""Priority = need × shortfall, both in [0, 1], with every factor shown.

Need comes from the posting alone, shortfall from the evidence alone. Assurance is neither: a
skill that is held but only claimed has no shortfall; its state says what is left to do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from skillmatch.gap import thresholds
from skillmatch.model.gap import Factor
from skillmatch.model.requirement import Necessity, Requirement

NEED = {
    Necessity.MUST: thresholds.NEED_MUST,
    Necessity.SHOULD: thresholds.NEED_SHOULD,
    Necessity.NICE: thresholds.NEED_NICE,
}


def need_factors(requirement: Requirement, heaviest: float) -> tuple[Factor, ...]:
    """Return the factors of need, each in [0, 1]; those that say nothing are left out.

    Args:
        requirement: What is asked for. Its confidence plays no part: how sure the reading is
            and how much the skill matters are two questions.
        heaviest: The largest weight of the checklist, see ``heaviest_weight``.
    """
    factors = [
        Factor(
            name="necessity",
            value=NEED[requirement.necessity],
            why=f"{requirement.necessity.value}: {requirement.necessity_why}".rstrip(": "),
        )
    ]
    if requirement.importance is not None:
        factors.append(_importance(requirement.importance))
    if requirement.mentions:
        factors.append(_emphasis(len({mention.unit for mention in requirement.mentions})))
    if heaviest != 1.0 or requirement.weight != 1.0:
        factors.append(_weight(requirement.weight, heaviest))
    return tuple(factors)


def heaviest_weight(requirements: Iterable[Requirement]) -> float:
    """Return the largest weight, at least 1; every weight is a part of it.

    So a line of weight 2 needs twice as much as one of weight 1, and need stays within [0, 1].
    """
    return max([1.0, *(requirement.weight for requirement in requirements)])


def shortfall_factor(shortfall: float, why: str) -> Factor:
    """Return the last factor: how much of the requirement is not covered, in [0, 1]."""
    return Factor(name="shortfall", value=round(shortfall, thresholds.DECIMALS), why=why)


def priority(factors: Iterable[Factor]) -> float:
    """Return the product of the factors, rounded, so that ties are ties on every machine."""
    return round(math.prod(factor.value for factor in factors), thresholds.DECIMALS)


def _importance(importance: float) -> Factor:
    share = min(1.0, max(0.0, (importance - 1) / 4))
    value = thresholds.IMPORTANCE_LEAST + (1 - thresholds.IMPORTANCE_LEAST) * share
    return Factor(
        name="importance",
        value=round(value, thresholds.DECIMALS),
        why=f"importance {importance:g} of 5 for this occupation",
    )


def _emphasis(units: int) -> Factor:
    value = 1 - (1 - thresholds.EMPHASIS_ONCE) * 0.5 ** (units - 1)
    places = "one place" if units == 1 else f"{units} places"
    return Factor(
        name="emphasis",
        value=round(value, thresholds.DECIMALS),
        why=f"asked for in {places} of the posting",
    )


def _weight(weight: float, heaviest: float) -> Factor:
    return Factor(
        name="weight",
        value=round(weight / heaviest, thresholds.DECIMALS),
        why=f"weight {weight:g}, where the heaviest line has {heaviest:g}",
    )
