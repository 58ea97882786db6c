"""Differences between results, with paired bootstrap intervals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from evaluation.bootstrap import Interval, Statistic, Table, bootstrap, f1, mean, paired_bootstrap
from evaluation.result_files import Result, read_results
from evaluation.tasks.skill_linking import VALIDATION
from skillmatch.errors import NotFoundError, UsageError

VALIDATION_TASKS = tuple(f"skill-linking-{name}" for name in VALIDATION)
"""The sets on which anything may be chosen; they weigh the same."""
LINKS = "F1"
"""Name under which accepted links are compared, over all queries, those without gold included."""


def measures_of(result: Result) -> tuple[str, ...]:
    """Return the names of what a result can be compared by."""
    names = tuple(result.get("ranking", {}))
    return (*names, LINKS) if "links" in result else names


def interval(result: Result, measure: str) -> Interval:
    """Return a number with its interval.

    Raises:
        UsageError: The result has no such measure.
    """
    return bootstrap([_table(result, measure)], _statistic(measure))


def difference(ours: Sequence[Result], theirs: Sequence[Result], measure: str) -> Interval:
    """Return ours minus theirs, the mean over tasks that weigh the same.

    Args:
        ours: Results of one system, a task each.
        theirs: Results of the other system on the same tasks, in the same order.
        measure: As in the tables: ``RP@5``.

    Raises:
        UsageError: The tasks differ, or a result has no such measure.
    """
    for one, other in zip(ours, theirs, strict=True):
        if one["task"]["digest"] != other["task"]["digest"]:
            raise UsageError(
                f"{one['task']['name']}: the two systems answered different queries or were given "
                "different labels; run both again"
            )
    return paired_bootstrap(
        [_table(one, measure) for one in ours],
        [_table(one, measure) for one in theirs],
        _statistic(measure),
    )


def mean_over(results: Iterable[Result], measure: str) -> float:
    """Return the mean of a ranking measure over tasks that weigh the same."""
    return float(np.mean([result["ranking"][measure] for result in results]))


def side_by_side(before: Path, after: Path, system: str) -> Iterator[str]:
    """Yield a Markdown table of one system in two folders of results, and their differences.

    The last row takes the skill-linking tasks together, if all of the validation sets are there.

    Raises:
        NotFoundError: The folders have no task of this system in common.
        UsageError: A task has other queries in the other folder.
    """
    one, other = (_by_task(read_results(folder), system) for folder in (before, after))
    common = [task for task in one if task in other]
    if not common:
        raise NotFoundError(f"{before} and {after} have no task of {system} in common")
    yield "| task | measure | before | after | difference |"
    yield "|---|---|---:|---:|---:|"
    for task in common:
        for measure in measures_of(one[task]):
            if measure in measures_of(other[task]):
                found = [interval(results[task], measure).value for results in (one, other)]
                change = difference([other[task]], [one[task]], measure)
                yield _line(task, measure, (found[0], found[1]), change)
    if all(task in common for task in VALIDATION_TASKS):
        yield from _together(one, other)


def _together(one: Mapping[str, Result], other: Mapping[str, Result]) -> Iterator[str]:
    before, after = ([found[task] for task in VALIDATION_TASKS] for found in (one, other))
    for measure in before[0]["ranking"]:
        means = (mean_over(before, measure), mean_over(after, measure))
        yield _line("validation together", measure, means, difference(after, before, measure))


def _line(task: str, measure: str, values: tuple[float, float], change: Interval) -> str:
    shown = f"{change.value:+.4f} [{change.low:+.4f}, {change.high:+.4f}]"
    marked = f"**{shown}**" if change.clear else shown
    return f"| {task} | {measure} | {values[0]:.4f} | {values[1]:.4f} | {marked} |"


def _by_task(results: Iterable[Result], system: str) -> dict[str, Result]:
    return {one["task"]["name"]: one for one in results if one["system"]["name"] == system}


def _statistic(measure: str) -> Statistic:
    return f1 if measure == LINKS else mean


def _table(result: Result, measure: str) -> Table:
    values = result["per_query"]
    if measure == LINKS:
        rows = [*values.get("links", ()), *values.get("links without gold", ())]
        table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    else:
        table = np.array(values.get(measure, ()), dtype=np.float64).reshape(-1, 1)
    if not len(table):
        name = f"{result['task']['name']}/{result['system']['name']}"
        raise UsageError(f"{name} has no {measure}")
    return table
