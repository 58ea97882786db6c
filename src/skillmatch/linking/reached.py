"""What of an achievement holds for its earner: everything but the rubric levels not reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from skillmatch.model.achievement import (
    Achievement,
    Alignment,
    AlignmentPlace,
    OutcomeStatement,
    Result,
    ResultDescription,
    StatementKind,
)
from skillmatch.text.outcomes import outcome_statements

MAX_ALIGNMENTS = 1_000
"""Of one achievement that are looked up; a whole framework is no statement about one person."""


def held_alignments(achievement: Achievement, results: Sequence[Result]) -> Iterator[Alignment]:
    """Yield the alignments that hold for the earner, in the order of the document.

    Those of a rubric level hold if the level was reached. Without a result for its rubric, the
    level that the achievement requires was.

    Args:
        achievement: Of its alignments the first ``MAX_ALIGNMENTS`` count.
        results: What the earner reached.
    """
    reached = _reached(achievement, results)
    for alignment in achievement.alignments[:MAX_ALIGNMENTS]:
        level = alignment.place is AlignmentPlace.RUBRIC_LEVEL
        if not level or _below(alignment.pointer, reached):
            yield alignment


def held_statements(
    achievement: Achievement, results: Sequence[Result]
) -> Iterator[OutcomeStatement]:
    """Yield the outcome statements that hold for the earner, by the rule of the alignments."""
    reached = _reached(achievement, results)
    for statement in outcome_statements(achievement):
        level = statement.kind is StatementKind.RUBRIC_LEVEL
        if not level or _below(statement.pointer, reached):
            yield statement


def _reached(achievement: Achievement, results: Sequence[Result]) -> tuple[str, ...]:
    """Return the pointers of the rubric levels that the earner reached or had to reach."""
    achieved = {one.achieved_level for one in results if one.achieved_level}
    return tuple(
        f"{level.pointer}/"
        for description in achievement.result_descriptions
        for level in description.rubric_levels
        if level.id and level.id in _levels(description, achieved)
    )


def _levels(description: ResultDescription, achieved: Iterable[str]) -> set[str]:
    own = {level.id for level in description.rubric_levels} & set(achieved)
    return own or ({description.required_level} if description.required_level else set())


def _below(pointer: str, parents: tuple[str, ...]) -> bool:
    return pointer.startswith(parents)
