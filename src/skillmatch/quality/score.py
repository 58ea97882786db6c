"""A number from 0 to 100 that stands for the findings behind it, and for nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from skillmatch.quality.finding import SEVERITIES, Finding, Severity
from skillmatch.quality.registry import place_of

BEST = 100
COSTS = {Severity.ERROR: 20, Severity.WARNING: 6, Severity.NOTE: 1}
"""What the first finding of a rule takes away; each further one takes a quarter of it."""
MORE = 0.25
MOST = 2.0
"""One rule takes away at most this many times its cost, however often it is broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """What one rule takes away.

    Attributes:
        count: Findings of the rule.
        points: To a quarter of a point.
    """

    rule: str
    count: int
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """100 minus the deductions, rounded down, at least 0."""

    value: int
    deductions: tuple[Deduction, ...] = ()


def score_of(findings: Iterable[Finding]) -> Score:
    """Return the score; the same findings in any order give the same.

    Of findings of one rule the worst severity counts first, the others a quarter of theirs each.
    """
    by_rule: dict[str, list[Severity]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding.severity)
    deductions = tuple(
        Deduction(rule=rule, count=len(found), points=_points(found))
        for rule, found in sorted(by_rule.items(), key=lambda one: place_of(one[0]))
    )
    lost = sum(one.points for one in deductions)
    return Score(value=max(0, int(BEST - lost)), deductions=deductions)


def _points(severities: list[Severity]) -> float:
    first, *rest = sorted(severities, key=SEVERITIES.index)
    lost = COSTS[first] + MORE * sum(COSTS[one] for one in rest)
    return min(lost, MOST * COSTS[first])
