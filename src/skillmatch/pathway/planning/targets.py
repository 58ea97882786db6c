"""What a plan works towards: the open gaps of all goals, each concept once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from skillmatch.errors import UsageError
from skillmatch.model.concept import ConceptUri
from skillmatch.model.gap import Gap, GapResult, GapState
from skillmatch.model.requirement import Necessity, Requirement

PROOF = 0.25
"""Part of a requirement that counts as left while it is only claimed, where proving counts.

Chosen below every part that learning a related skill closes (a sibling leaves 0.7): to prove what
one can do comes after learning what one cannot.
"""
HELD = frozenset({GapState.PROVEN, GapState.CLAIMED})
"""States in which a person has the skill; the rest of a narrower one is no gap to close."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """The gap of one goal.

    Attributes:
        goal: Position of the goal.
        share: Weight of the goal as a part of all weights.
    """

    goal: int
    gap: Gap
    share: float

    @property
    def need(self) -> float:
        """The goal's part of the need: what the gap would have as priority with nothing held."""
        return self.share * math.prod(factor.value for factor in self.gap.factors[:-1])

    @property
    def shortfall(self) -> float:
        """Part of the requirement that is left, in [0, 1]."""
        return self.gap.factors[-1].value


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One requirement of all goals that ask for it.

    Attributes:
        members: One a goal at most; the first weighs most and gives the name.
    """

    members: tuple[Member, ...]

    @property
    def requirement(self) -> Requirement:
        """The requirement of the goal that it weighs most for."""
        return self.members[0].gap.requirement

    @property
    def uri(self) -> ConceptUri:
        """Concept of the first member."""
        return self.requirement.uri

    @property
    def label(self) -> str:
        """Name of the first member."""
        return self.requirement.label

    @property
    def necessity(self) -> Necessity:
        """How much it is insisted on, by the goal that insists most."""
        order = tuple(Necessity)
        return min((one.gap.requirement.necessity for one in self.members), key=order.index)

    @property
    def state(self) -> GapState:
        """What a person sees of it."""
        return self.members[0].gap.state

    @property
    def need(self) -> float:
        """Need over all goals, in [0, 1]."""
        return math.fsum(one.need for one in self.members)

    @property
    def priority(self) -> float:
        """Need × shortfall over all goals, in [0, 1]."""
        return math.fsum(one.need * one.shortfall for one in self.members)

    def before(self, *, prove: bool) -> float:
        """Return the part that is left for the plan to close, in [0, 1]."""
        left = math.fsum(one.need * left_of(one.gap, prove=prove) for one in self.members)
        return left / self.need if self.need else 0.0


def left_of(gap: Gap, *, prove: bool) -> float:
    """Return what a plan may close of one gap; nothing of what is held.

    Args:
        gap: As it is compared.
        prove: Whether the lacking proof of a claimed skill counts.
    """
    if gap.state is GapState.CLAIMED and prove:
        return max(PROOF, gap.factors[-1].value)
    return 0.0 if gap.state in HELD else gap.factors[-1].value


def shares(weights: Sequence[float]) -> tuple[float, ...]:
    """Return each weight as a part of their sum.

    Raises:
        UsageError: A weight is negative or no number, or all are 0.
    """
    if any(not math.isfinite(one) or one < 0 for one in weights) or not any(weights):
        said = ", ".join(f"{one:g}" for one in weights)
        raise UsageError(f"weights of goals are numbers from 0 on, and one is above 0; got {said}")
    total = math.fsum(weights)
    return tuple(one / total for one in weights)


def merge(results: Sequence[GapResult], parts: Sequence[float]) -> tuple[Target, ...]:
    """Return every requirement of all goals once, by priority, then necessity, then URI.

    Requirements of two goals are one where their concepts are, or where one was folded into the
    other (near-synonyms, and the same skill in another framework). Those of one goal never are.

    Args:
        results: One a goal.
        parts: Share of each goal, as ``shares`` gives them.
    """
    members = [
        Member(goal=goal, gap=gap, share=parts[goal])
        for goal, result in enumerate(results)
        for gap in result.gaps
    ]
    groups: list[list[Member]] = []
    for one in sorted(members, key=_member_key):
        fitting = (group for group in groups if _same(group, one))
        group = next(fitting, None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return tuple(sorted((Target(members=tuple(one)) for one in groups), key=_target_key))


def _same(group: Sequence[Member], one: Member) -> bool:
    if any(other.goal == one.goal for other in group):
        return False
    asked = one.gap.requirement
    return any(
        other.gap.requirement.uri == asked.uri
        or asked.uri in other.gap.requirement.folded
        or other.gap.requirement.uri in asked.folded
        for other in group
    )


def _member_key(one: Member) -> tuple[object, ...]:
    requirement = one.gap.requirement
    order = tuple(Necessity).index(requirement.necessity)
    return (-one.need * one.shortfall, -one.need, order, requirement.uri, repr(requirement))


def _target_key(one: Target) -> tuple[object, ...]:
    order = tuple(Necessity).index(one.necessity)
    return (-round(one.priority, 9), order, one.uri, repr(one.requirement))
