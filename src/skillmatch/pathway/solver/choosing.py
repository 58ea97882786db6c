"""What is taken, as true or false: rules, the worth of the best option for each gap, and bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from skillmatch.pathway.solver.problem import Aim, Problem, Rule
from skillmatch.pathway.solver.rules import circles
from skillmatch.pathway.solver.search import Linear, Literal, Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A gap is closed at least this far.

    Attributes:
        step: Worth above the next lower level.
        options: Those that gain exactly this much.
    """

    reached: Literal
    worth: int
    step: int
    options: tuple[int, ...]


@dataclass(slots=True, kw_only=True)
class Choosing:
    """Variables of a choice in a solver's model.

    Attributes:
        taken: One for each option.
        levels: For each gap, ascending by worth.
        ranks: Place in the order of support, of options that lie on a circle of rules.
    """

    problem: Problem
    model: Model
    taken: list[Literal]
    levels: list[tuple[Level, ...]]
    ranks: dict[int, Linear] = field(default_factory=dict)
    circle: dict[int, int] = field(default_factory=dict)

    def worth(self) -> Linear:
        """Return the worth as an expression; at most the worth of what is taken."""
        return self.closed() + sum(
            option.bonus * taken
            for option, taken in zip(self.problem.options, self.taken, strict=True)
            if option.bonus
        )

    def closed(self) -> Linear:
        """Return the worth of the gaps alone as an expression; at most what is closed of them."""
        return sum(level.step * level.reached for levels in self.levels for level in levels)

    def cost(self) -> Linear:
        """Return the sum of the costs as an expression."""
        return sum(
            option.cost * taken
            for option, taken in zip(self.problem.options, self.taken, strict=True)
        )

    def count(self) -> Linear:
        """Return the number of options as an expression."""
        return sum(self.taken)

    def expression(self, aim: Aim) -> Linear:
        """Return WORTH, COST or COUNT; the other aims need days."""
        return {Aim.WORTH: self.worth, Aim.COST: self.cost, Aim.COUNT: self.count}[aim]()


def choice(problem: Problem) -> Choosing:
    """Return a model with everything but rules and time."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    taken = [model.new_bool_var(f"x{place}") for place in range(len(problem.options))]
    levels = [_levels(problem, gap, taken, model) for gap in range(problem.gaps)]
    made = Choosing(problem=problem, model=model, taken=taken, levels=levels)
    for option, literal in zip(problem.options, taken, strict=True):
        if option.must:
            model.add(literal == 1)
    if problem.budget is not None:
        # A budget above all costs together limits nothing, and may be beyond the solver's numbers.
        everything = sum(option.cost for option in problem.options)
        model.add(made.cost() <= min(problem.budget, everything))
    if problem.least > 0:
        model.add(made.worth() >= problem.least)
    if problem.least_closed > 0:
        model.add(made.closed() >= problem.least_closed)
    _rank(made)
    return made


def _levels(problem: Problem, gap: int, taken: list[Literal], model: Model) -> tuple[Level, ...]:
    by_worth: dict[int, list[int]] = {}
    for place, option in enumerate(problem.options):
        for of, worth in option.gains:
            if of == gap:
                by_worth.setdefault(worth, []).append(place)
    found: list[Level] = []
    lower = 0
    for worth in sorted(by_worth):
        reached = model.new_bool_var(f"g{gap}_{worth}")
        level = Level(
            reached=reached, worth=worth, step=worth - lower, options=tuple(by_worth[worth])
        )
        found.append(level)
        lower = worth
    for number, level in enumerate(found):
        enough = [taken[place] for above in found[number:] for place in above.options]
        model.add(sum(enough) >= level.reached)
    return tuple(found)


def exact_levels(made: Choosing) -> None:
    """Make every level that is reached count as reached, for aims that would rather not have it."""
    for levels in made.levels:
        for number, level in enumerate(levels):
            for place in level.options:
                made.model.add_implication(made.taken[place], level.reached)
            if number:
                made.model.add_implication(level.reached, levels[number - 1].reached)


def _rank(made: Choosing) -> None:
    for number, circle in enumerate(circles(made.problem)):
        for place in circle:
            made.circle[place] = number
            made.ranks[place] = made.model.new_int_var(0, len(circle) - 1, f"r{place}")


Support = Callable[[int, int, Literal], None]
"""Says when an option (first) supports another (second), where the literal holds."""


def add_rules(made: Choosing, support: Support) -> None:
    """Let every option that is taken be supported as its rule says."""
    for place, option in enumerate(made.problem.options):
        _require(made, support, place, option.rule, made.taken[place])


def _require(made: Choosing, support: Support, place: int, rule: Rule, active: Literal) -> None:
    parts = len(rule.options) + len(rule.rules)
    if rule.least <= 0:
        return
    if rule.least > parts:
        made.model.add(active == 0)
        return
    all_needed = rule.least == parts
    literals = list(_parts(made, support, place, rule, active if all_needed else None))
    if not all_needed:
        made.model.add(sum(literals) >= rule.least * active)


def _parts(
    made: Choosing, support: Support, place: int, rule: Rule, active: Literal | None
) -> Iterable[Literal]:
    """Yield what holds if a part does; with ``active`` every part must hold if that does."""
    for of in rule.options:
        literal = active if active is not None else made.model.new_bool_var("")
        made.model.add_implication(literal, made.taken[of])
        _before(made, of, place, literal)
        support(of, place, literal)
        yield literal
    for inner in rule.rules:
        literal = active if active is not None else made.model.new_bool_var("")
        _require(made, support, place, inner, literal)
        yield literal


def _before(made: Choosing, first: int, second: int, literal: Literal) -> None:
    """Keep options of one circle from supporting each other in turn."""
    if first == second:
        made.model.add(literal == 0)
    elif first in made.circle and made.circle.get(first) == made.circle.get(second):
        made.model.add(made.ranks[first] + 1 <= made.ranks[second]).only_enforce_if(literal)
