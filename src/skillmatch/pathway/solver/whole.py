"""Choice and days in one model: exact for any problem, and fast for small ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from skillmatch.pathway.solver.choosing import choice
from skillmatch.pathway.solver.figures import solution_of, value_of
from skillmatch.pathway.solver.problem import Aim, Outcome, Problem, Solution, Taken
from skillmatch.pathway.solver.reduce import restricted
from skillmatch.pathway.solver.search import Answer, Literal, Search
from skillmatch.pathway.solver.timing import Timing, timed, windows


def in_turn(problem: Problem, aims: Sequence[Aim], search: Search) -> Solution:
    """Return the best plan by the aims in turn, COUNT among them, and then by ids and days."""
    timing = timed(choice(problem))
    model = timing.chosen.model
    best = Answer()
    bound = 0
    proven: list[Aim] = []
    for aim in aims:
        sign = -1 if aim is Aim.WORTH else 1
        expression = sign * timing.expression(aim)
        answer = search.least(model, expression, most=search.left * 0.6, hint=best)
        if not answer.found and not best.found:
            ruled_out = Outcome.IMPOSSIBLE if answer.ruled_out else Outcome.GIVEN_UP
            return Solution(outcome=ruled_out)
        if answer.proven and list(aims[: len(proven)]) == proven and aims[len(proven)] is aim:
            proven.append(aim)
        if answer.found:
            best = answer
        if aim is Aim.WORTH and answer.found:
            bound = -answer.bound
        value = value_of(problem, read(problem, timing, best), aim)
        model.add(expression <= value)
    model.clear_objective()
    best = _lowest_ids(timing, best, search)
    found = read(problem, timing, best)
    outcome = Outcome.OPTIMAL if len(proven) == len(aims) else Outcome.BOUNDED
    taken = earliest(problem, found, aims, search)
    return replace(solution_of(problem, taken, outcome, bound), proven=tuple(proven))


def read(problem: Problem, timing: Timing, answer: Answer) -> Solution:
    """Return the plan that an answer describes."""
    taken = []
    for place, literal in enumerate(timing.chosen.taken):
        if not answer.value(literal):
            continue
        modes = timing.modes[place]
        mode = next(n for n, one in enumerate(modes) if one is not None and answer.value(one))
        start = answer.value(timing.starts[place])
        end = start + problem.options[place].modes[mode].days
        taken.append(Taken(option=place, mode=mode, start=start, end=end))
    return solution_of(problem, taken, Outcome.BOUNDED)


def _lowest_ids(timing: Timing, best: Answer, search: Search) -> Answer:
    """Look for a plan that takes an earlier option and all before it that this one takes."""
    model, taken = timing.chosen.model, timing.chosen.taken
    while True:
        others = []
        before: list[Literal] = []
        for literal in taken:
            if best.value(literal):
                before.append(literal)
                continue
            differs = model.new_bool_var("")
            model.add_implication(differs, literal)
            for one in before:
                model.add_implication(differs, one)
            others.append(differs)
        if not before or not others:
            return best
        model.add(sum(others) >= 1)
        answer = search.any(model, most=search.left * 0.5)
        if not answer.found:
            return best
        best = answer


def earliest(
    problem: Problem, found: Solution, aims: Sequence[Aim], search: Search
) -> tuple[Taken, ...]:
    """Return the same options as early as each can be in turn, as good by the aims as before.

    As they are where nobody asks for exact days.
    """
    if not search.effort.days:
        return found.taken
    small, places = restricted(problem, [step.option for step in found.taken])
    timing = timed(choice(small))
    model = timing.chosen.model
    for literal in timing.chosen.taken:
        model.add(literal == 1)
    for aim in (Aim.END, Aim.EARLY):
        if aim in aims:
            model.add(timing.expression(aim) <= value_of(problem, found, aim))
    numbers = {place: number for number, place in enumerate(places)}
    steps = [replace(step, option=numbers[step.option]) for step in found.taken]
    known = {step.option: step for step in steps}
    answer: Answer | None = None
    for place, start in enumerate(timing.starts):
        modes = [(n, one) for n, one in enumerate(timing.modes[place]) if one is not None]
        # A day weighs more than all modes: one question finds the least day, then the least mode.
        many = len(timing.modes[place])
        rank = many * start + sum(number * literal for number, literal in modes)
        if many * known[place].start + known[place].mode > _least_rank(small, place, timing.last):
            now = search.least(model, rank, hint=answer)
            if now.found:
                answer = now
                known = {step.option: step for step in read(small, timing, now).taken}
        model.add(rank <= many * known[place].start + known[place].mode)
    steps = sorted(known.values(), key=lambda step: (step.start, step.end, step.option))
    return tuple(replace(step, option=places[step.option]) for step in steps)


def _least_rank(problem: Problem, place: int, last: int) -> int:
    """Return the least day, then mode, that an option could begin with if it were alone."""
    modes = problem.options[place].modes
    ways = [(number, windows(mode, problem, last)) for number, mode in enumerate(modes)]
    return min(len(modes) * days[0][0] + number for number, days in ways if days)
