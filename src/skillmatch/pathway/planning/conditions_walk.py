"""Conditions as trees: their leaves, and whether they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from skillmatch.model.offer import Condition, Need


def leaves(condition: Condition) -> Iterator[Need]:
    """Yield the leaves of a condition, those of inner ones after its own."""
    yield from condition.needs
    for inner in condition.conditions:
        yield from leaves(inner)


def inner_conditions(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and all inside it, outer ones first."""
    yield condition
    for inner in condition.conditions:
        yield from inner_conditions(inner)


def asks_too_much(condition: Condition) -> bool:
    """Tell whether a condition asks for more parts than it has."""
    return not condition.empty and condition.least > _parts(condition)


def holds(condition: Condition, met: Callable[[Need], bool], *, lenient: bool = False) -> bool:
    """Tell whether a condition holds.

    Args:
        condition: What is asked.
        met: Whether a leaf holds.
        lenient: Takes a condition that asks for more parts than it has for one that asks for all.
    """
    if condition.empty:
        return True
    least = min(condition.least, _parts(condition)) if lenient else condition.least
    count = sum(met(one) for one in condition.needs)
    if count >= least:
        return True
    return count + sum(holds(one, met, lenient=lenient) for one in condition.conditions) >= least


def _parts(condition: Condition) -> int:
    return len(condition.needs) + len(condition.conditions)
