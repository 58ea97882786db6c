"""First what to take, then when: the choice of a relaxation without days, and a schedule for it.

The relaxation is at least as good as every plan. If its choice can be scheduled, it is therefore
the best, and proven. If not, that choice is ruled out and the next best is looked at. Where many
are ruled out or cannot be settled, the plan is the best choice that leaves some time free, and the
relaxation says how much better another could be at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from skillmatch.pathway.solver.choosing import Choosing, choice
from skillmatch.pathway.solver.figures import solution_of, value_of, worth_of
from skillmatch.pathway.solver.greedy import greedy, promising
from skillmatch.pathway.solver.problem import ALWAYS, Aim, Outcome, Problem, Rule, Solution
from skillmatch.pathway.solver.reduce import restricted
from skillmatch.pathway.solver.relaxing import WHOLE, least_end, relaxed
from skillmatch.pathway.solver.search import Answer, Search
from skillmatch.pathway.solver.timing import timed
from skillmatch.pathway.solver.whole import earliest, in_turn, read

BY_DAYS = (Aim.END, Aim.EARLY)
ROUNDS = 4
"""Choices that are looked at before a looser one is taken."""

TIES = 4
"""Choices that are equally good before days are compared; ``UNSURE`` of them where the best days of
the first could not be proven, since then no comparison proves anything."""

UNSURE = 0

SMALL = 40
"""Options up to which everything is solved in one model where the parts do not settle it."""

SCHEDULING = 0.05
"""Work for the schedule of one choice; ``ORDERING`` for the best of them."""

ORDERING = 0.05
LOOSER = (96, 90, 80, 60, 30)
"""Percent of the time that such choices may fill."""

MANY = 600
"""Options from which on such choices are made among the most promising, ``EACH`` for each gap."""

EACH = 8


@dataclass(slots=True, kw_only=True)
class _Parts:
    problem: Problem
    aims: tuple[Aim, ...]
    search: Search
    ruled_out: list[tuple[frozenset[int], bool]] = field(default_factory=list)
    """Sets that have no schedule, and whether no larger set has one either."""

    @property
    def head(self) -> tuple[Aim, ...]:
        """Aims before the first that needs days."""
        first = next((n for n, aim in enumerate(self.aims) if aim in BY_DAYS), len(self.aims))
        return self.aims[:first]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """The best choice of a relaxation; ``values`` are those of the aims, the less the better."""

    places: frozenset[int] = frozenset()
    values: tuple[int, ...] = ()
    bound: int = 0
    proven: int = 0
    found: bool = True
    ruled_out: bool = False


def by_parts(problem: Problem, aims: tuple[Aim, ...], search: Search) -> Solution:
    """Return the best plan by the aims in turn, and how far that is proven."""
    parts = _Parts(problem=problem, aims=aims, search=search)
    bound, last = _most(problem), None
    for _ in range(ROUNDS):
        best = _best_choice(parts)
        if best.ruled_out:
            return Solution(outcome=Outcome.IMPOSSIBLE)
        if not best.found:
            break
        last, bound = best, min(bound, best.bound) if Aim.WORTH in parts.head else bound
        found = _scheduled(parts, best.places)
        if found.outcome in {Outcome.OPTIMAL, Outcome.BOUNDED}:
            return _settled(parts, best, found)
        if found.outcome is Outcome.GIVEN_UP:
            break
        parts.ruled_out.append((best.places, _whatever_else(parts, best.places)))
    if len(problem.options) <= SMALL:
        return in_turn(problem, aims, search)
    return _looser(parts, last, bound)


def _best_choice(parts: _Parts, percent: int = WHOLE) -> _Choice:
    made = _relaxed(parts, percent)
    answer, values, proven, bound = Answer(), [], 0, 0
    for number, aim in enumerate(parts.head):
        expression = (-1 if aim is Aim.WORTH else 1) * made.expression(aim)
        now = _ask(parts, made, expression, answer)
        if not now.found and not answer.found:
            return _Choice(found=False, ruled_out=now.ruled_out)
        answer = now if now.found else answer
        if aim is Aim.WORTH:
            bound = -now.bound if now.found else 0
        proven = number + 1 if now.proven and proven == number else proven
        values.append(_value(parts.problem, _places(made, answer), aim))
        made.model.add(expression <= values[-1])
    if not parts.head:
        answer = parts.search.any(made.model)
        if not answer.found:
            return _Choice(found=False, ruled_out=answer.ruled_out)
    answer = _soon(parts, made, answer)
    return _Choice(places=_places(made, answer), values=tuple(values), bound=bound, proven=proven)


def _soon(parts: _Parts, made: Choosing, answer: Answer) -> Answer:
    """Where END decides next, prefer choices that can end early, then the later aims.

    Otherwise a choice could hold courses that cost nothing and close nothing more.
    """
    rest = parts.aims[len(parts.head) :]
    if rest[:1] != (Aim.END,):
        return answer
    expressions = [least_end(made)]
    expressions.extend(made.expression(aim) for aim in rest if aim in {Aim.COST, Aim.COUNT})
    for expression in expressions:
        now = _ask(parts, made, expression, answer)
        if now.found:
            answer = now
            made.model.add(expression <= now.best)
    return answer


def _ask(parts: _Parts, made: Choosing, expression: object, hint: Answer) -> Answer:
    parts.search.level = 2
    try:
        return parts.search.least(made.model, expression, most=parts.search.left * 0.5, hint=hint)
    finally:
        parts.search.level = 1


def _relaxed(parts: _Parts, percent: int = WHOLE) -> Choosing:
    made = relaxed(parts.problem, percent=percent)
    for places, larger in parts.ruled_out:
        _rule_out(made, places, larger=larger)
    return made


def _rule_out(made: Choosing, places: frozenset[int], *, larger: bool) -> None:
    others = [] if larger else [one for one in range(len(made.taken)) if one not in places]
    made.model.add_bool_or(
        [made.taken[place].negated() for place in sorted(places)]
        + [made.taken[place] for place in others]
    )


def _places(made: Choosing, answer: Answer) -> frozenset[int]:
    return frozenset(place for place, one in enumerate(made.taken) if answer.value(one))


def _value(problem: Problem, places: frozenset[int], aim: Aim) -> int:
    if aim is Aim.WORTH:
        return -worth_of(problem, places)
    return len(places) if aim is Aim.COUNT else sum(problem.options[one].cost for one in places)


def _scheduled(parts: _Parts, places: frozenset[int]) -> Solution:
    """Return the best days for exactly these, IMPOSSIBLE or GIVEN_UP where none are found."""
    small, old = restricted(parts.problem, places)
    small = replace(small, options=tuple(replace(option, must=True) for option in small.options))
    timing = timed(choice(small))
    model, proven = timing.chosen.model, True
    answer = parts.search.any(model, most=SCHEDULING)
    if not answer.found:
        return Solution(outcome=Outcome.IMPOSSIBLE if answer.ruled_out else Outcome.GIVEN_UP)
    for aim in parts.aims:
        if aim in BY_DAYS:
            expression = timing.expression(aim)
            now = parts.search.least(model, expression, most=ORDERING, hint=answer)
            proven = proven and now.proven
            answer = now if now.found else answer
            model.add(expression <= value_of(small, read(small, timing, answer), aim))
    found = read(small, timing, answer)
    steps = earliest(small, found, parts.aims, parts.search) if proven else found.taken
    taken = [replace(step, option=old[step.option]) for step in steps]
    outcome = Outcome.OPTIMAL if proven else Outcome.BOUNDED
    return solution_of(parts.problem, taken, outcome)


def _whatever_else(parts: _Parts, places: frozenset[int]) -> bool:
    """Tell whether these have no schedule even if others were taken with them.

    More options can only help by holding a rule earlier, so rules that leave a choice are lifted.
    """
    options = tuple(
        replace(option, must=place in places, rule=_without_choice(option.rule))
        for place, option in enumerate(parts.problem.options)
    )
    if all(options[place].rule == parts.problem.options[place].rule for place in places):
        return True
    free, _ = restricted(replace(parts.problem, options=options, least=0, least_closed=0), places)
    return parts.search.any(timed(choice(free)).chosen.model, most=SCHEDULING).ruled_out


def _without_choice(rule: Rule) -> Rule:
    return rule if rule.least >= len(rule.options) and not rule.rules else ALWAYS


def _settled(parts: _Parts, best: _Choice, found: Solution) -> Solution:
    """Compare with every other choice that is as good before days count."""
    seen, complete = [best.places], False
    for _ in range(TIES if found.outcome is Outcome.OPTIMAL else UNSURE):
        other = _another(parts, best, seen)
        complete = other.ruled_out
        if not other.found:
            break
        seen.append(other.places)
        now = _scheduled(parts, other.places)
        if now.outcome in {Outcome.OPTIMAL, Outcome.BOUNDED}:
            found = min(found, now, key=lambda one: _key(parts, one))
        if now.outcome is Outcome.GIVEN_UP:
            complete = False
            break
    head = len(parts.head)
    proven = parts.aims[: best.proven]
    if complete and best.proven == head and found.outcome is Outcome.OPTIMAL:
        proven = parts.aims
    elif len(parts.problem.options) <= SMALL:
        return in_turn(parts.problem, parts.aims, parts.search)
    outcome = Outcome.OPTIMAL if proven == parts.aims else Outcome.BOUNDED
    bound = best.bound if Aim.WORTH in parts.head else _most(parts.problem)
    bound = found.worth if Aim.WORTH in proven or Aim.WORTH not in parts.aims else bound
    return replace(found, outcome=outcome, bound=max(bound, found.worth), proven=proven)


def _another(parts: _Parts, best: _Choice, seen: Sequence[frozenset[int]]) -> _Choice:
    made = _relaxed(parts)
    for aim, value in zip(parts.head, best.values, strict=True):
        made.model.add((-1 if aim is Aim.WORTH else 1) * made.expression(aim) <= value)
    for places in seen:
        _rule_out(made, places, larger=False)
    answer = _ask(parts, made, 0, Answer())
    if not answer.found:
        return _Choice(found=False, ruled_out=answer.ruled_out)
    return _Choice(places=_places(made, answer))


def _key(parts: _Parts, solution: Solution) -> tuple[int, ...]:
    taken = {step.option for step in solution.taken}
    values = [value_of(parts.problem, solution, aim) for aim in parts.aims]
    return (*values, *(place not in taken for place in range(len(parts.problem.options))))


def _most(problem: Problem) -> int:
    return worth_of(problem, range(len(problem.options)))


def _looser(parts: _Parts, best: _Choice | None, bound: int) -> Solution:
    """Return the first plan among choices that leave more and more time free."""
    places = list(range(len(parts.problem.options)))
    if len(places) > MANY:
        chosen = best.places if best is not None else frozenset[int]()
        places = sorted(promising(parts.problem, each=EACH) | chosen)
    small, old = restricted(parts.problem, places)
    among = replace(parts, problem=small, ruled_out=[])
    found = _first_that_fits(among)
    if found is None:
        found = greedy(parts.problem)
        return found if found.outcome is Outcome.GIVEN_UP else replace(found, bound=bound)
    taken = [replace(step, option=old[step.option]) for step in found.taken]
    found = solution_of(parts.problem, taken, Outcome.BOUNDED, bound)
    sure = found.worth >= bound and parts.aims[0] is Aim.WORTH
    return replace(found, proven=(Aim.WORTH,) if sure else ())


def _first_that_fits(parts: _Parts) -> Solution | None:
    for percent in LOOSER:
        best = _best_choice(parts, percent)
        if best.found:
            found = _scheduled(parts, best.places)
            if found.outcome in {Outcome.OPTIMAL, Outcome.BOUNDED}:
                return found
    return None
