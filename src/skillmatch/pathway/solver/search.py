"""One question to the solver after another, all within one effort."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from skillmatch.pathway.solver.problem import Effort

Model = Any
"""The solver's package carries no types; these names say what is meant."""

Literal = Any
"""A Boolean variable, or its negation."""

Linear = Any
"""A variable, a sum of variables and numbers, or a number."""

INFINITE = math.inf

LEAST_WORK = 0.01
"""Of every question, so that a plan that is easy to find is found even at the very end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a question.

    Attributes:
        found: Whether there is an answer, best or not.
        values: Of every variable of the model, by index.
        best: Value of the objective; ``bound`` is the best that it could be.
        ruled_out: Whether there is provably no answer.
    """

    found: bool = False
    values: tuple[int, ...] = ()
    best: int = 0
    bound: int = 0
    proven: bool = False
    ruled_out: bool = False

    def value(self, variable: Linear) -> int:
        """Return the value of a variable of the model."""
        return int(self.values[variable.index])


@dataclass(slots=True, kw_only=True)
class Search:
    """The solver with one way to search, bounded by its own deterministic time.

    Attributes:
        level: How much of a model goes into its linear relaxation: 2 (all) proves the worth of a
            choice a hundred times faster, and slows down questions about days.
    """

    effort: Effort
    level: int = 1
    used: float = field(default=0.0)

    @property
    def left(self) -> float:
        """Deterministic seconds that are left."""
        return max(self.effort.work - self.used, 0.0)

    def least(
        self,
        model: Model,
        expression: Linear,
        *,
        most: float = INFINITE,
        hint: Answer | None = None,
    ) -> Answer:
        """Look for the least value of an expression, with so much work at most."""
        model.minimize(expression)
        return self._ask(model, most, hint)

    def any(self, model: Model, *, most: float = INFINITE, hint: Answer | None = None) -> Answer:
        """Look for any solution."""
        model.clear_objective()
        return self._ask(model, most, hint)

    def _ask(self, model: Model, most: float, hint: Answer | None) -> Answer:
        from ortools.sat.python import cp_model

        model.clear_hints()
        for index, value in enumerate(hint.values if hint is not None else ()):
            model.add_hint(model.get_int_var_from_proto_index(index), value)
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.num_workers = 1
        parameters.random_seed = 1
        parameters.max_deterministic_time = max(min(self.left, most), LEAST_WORK)
        parameters.linearization_level = self.level
        parameters.catch_sigint_signal = False
        status = solver.solve(model)
        response = solver.response_proto
        self.used += response.deterministic_time
        if status == cp_model.INFEASIBLE:
            return Answer(ruled_out=True)
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return Answer()
        best = round(solver.objective_value)
        return Answer(
            found=True,
            values=tuple(response.solution),
            best=best,
            bound=best if status == cp_model.OPTIMAL else round(solver.best_objective_bound),
            proven=status == cp_model.OPTIMAL,
        )
