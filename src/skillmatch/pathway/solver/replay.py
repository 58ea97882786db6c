"""Carrying a plan out day by day: whether it keeps every rule, and whether its figures are right.

Written apart from the solver and knowing nothing of it, so that an error in one shows in the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skillmatch.pathway.solver.figures import closed_of
from skillmatch.pathway.solver.problem import Mode, Outcome, Problem, Rule, Solution, Taken


def faults(problem: Problem, solution: Solution) -> tuple[str, ...]:
    """Return what is wrong with a solution, one sentence each; nothing where all is right."""
    if solution.outcome in {Outcome.IMPOSSIBLE, Outcome.GIVEN_UP}:
        return ("there is a plan although none was found",) if solution.taken else ()
    wrong = tuple(_wrong_steps(problem, solution.taken))
    if wrong:
        return wrong
    return (
        *_unsupported(problem, solution.taken),
        *_overloaded(problem, solution.taken),
        *_bounds(problem, solution),
        *_figures(problem, solution),
    )


def _wrong_steps(problem: Problem, taken: Sequence[Taken]) -> Iterator[str]:
    """Yield faults of single steps, and of which are there."""
    places = [step.option for step in taken]
    if len(set(places)) < len(places):
        yield "an option is taken twice"
    for place, option in enumerate(problem.options):
        if option.must and place not in places:
            yield f"{option.id} must be taken and is not"
    for step in taken:
        yield from _wrong_step(problem, step)
    if list(taken) != sorted(taken, key=lambda step: (step.start, step.end, step.option)):
        yield "the steps are not in the order of their days"


def _wrong_step(problem: Problem, step: Taken) -> Iterator[str]:
    if not 0 <= step.option < len(problem.options):
        yield f"there is no option {step.option}"
        return
    option = problem.options[step.option]
    if not 0 <= step.mode < len(option.modes):
        yield f"{option.id} has no mode {step.mode}"
        return
    yield from (f"{option.id} {fault}" for fault in _days(option.modes[step.mode], step))
    if problem.horizon is not None and step.end > problem.horizon:
        yield f"{option.id} ends on day {step.end}, after the last, {problem.horizon}"


def _days(mode: Mode, step: Taken) -> Iterator[str]:
    if step.end - step.start != mode.days:
        yield f"takes {step.end - step.start} days instead of {mode.days}"
    if step.start < max(0, mode.earliest):
        yield f"begins on day {step.start}, before it can"
    if mode.latest is not None and step.start > mode.latest:
        yield f"begins on day {step.start}, after it can"
    if mode.starts is not None and step.start not in mode.starts:
        yield f"begins on day {step.start}, which is none of its days"


def _unsupported(problem: Problem, taken: Sequence[Taken]) -> Iterator[str]:
    """Yield options whose rule does not hold by what is before them, in any order of a day."""
    settled: dict[int, int] = {}
    waiting = list(taken)
    while waiting:
        ready = [
            step
            for step in waiting
            if _holds(problem.options[step.option].rule, settled, step.start)
        ]
        if not ready:
            break
        settled.update((step.option, step.end) for step in ready)
        waiting = [step for step in waiting if step not in ready]
    for step in waiting:
        yield f"{problem.options[step.option].id} begins before what it needs has ended"


def _holds(rule: Rule, settled: dict[int, int], day: int) -> bool:
    parts = [place in settled and settled[place] <= day for place in rule.options]
    parts.extend(_holds(inner, settled, day) for inner in rule.rules)
    return parts.count(True) >= rule.least


def _overloaded(problem: Problem, taken: Sequence[Taken]) -> Iterator[str]:
    """Yield the days on which more goes on than may; the load can only rise where a step begins."""
    if problem.capacity is None:
        return
    for day in sorted({step.start for step in taken}):
        under_way = [step for step in taken if step.start <= day < step.end]
        load = sum(problem.options[step.option].modes[step.mode].load for step in under_way)
        if load > problem.capacity:
            yield f"day {day} takes {load} minutes a week of {problem.capacity}"


def _bounds(problem: Problem, solution: Solution) -> Iterator[str]:
    if problem.budget is not None and solution.cost > problem.budget:
        yield f"costs {solution.cost} of {problem.budget}"
    if solution.worth < problem.least:
        yield f"is worth {solution.worth}, less than {problem.least}"
    closed = closed_of(problem, [step.option for step in solution.taken])
    if closed < problem.least_closed:
        yield f"closes {closed}, less than {problem.least_closed}"
    if solution.bound < solution.worth:
        yield f"is worth {solution.worth}, more than its bound {solution.bound}"
    if solution.outcome is Outcome.OPTIMAL and solution.bound != solution.worth:
        yield "is called the best and is not at its bound"


def _figures(problem: Problem, solution: Solution) -> Iterator[str]:
    ends = {step.option: step.end for step in solution.taken}
    counts: list[int | None] = []
    worth = sum(problem.options[place].bonus for place in ends)
    for gap in range(problem.gaps):
        gains = {place: dict(problem.options[place].gains).get(gap, 0) for place in ends}
        most = max(gains.values(), default=0)
        best = [(ends[place], place) for place in ends if gains[place] == most and most > 0]
        counts.append(min(best)[1] if best else None)
        worth += most
    stated = (solution.worth, solution.cost, solution.end, solution.counts)
    cost = sum(problem.options[place].cost for place in ends)
    found = (worth, cost, max(ends.values(), default=0), tuple(counts))
    for what, says, is_ in zip(("worth", "cost", "end", "counts"), stated, found, strict=True):
        if says != is_:
            yield f"states {what} {says} where it is {is_}"
