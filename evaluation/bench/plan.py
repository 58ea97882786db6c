"""Time of the best plan, how often it is proven, and how much a greedy loop leaves.

``python -m evaluation.bench.plan [--problems N] [--large N]`` prints one JSON object. Problems are
made as catalogues make them (``evaluation.made_plans``): 500 offers and 40 gaps, conditions three
deep, six hours a week. "any time" has 800 to spend and no last day, so that days matter for fixed
starts and the order only; "year" has the same and 52 weeks; "half year" has 26 weeks and 1,500, so
that both bind and the hours are full to the last day, which is the hardest case; "large" is that
with 5,000 offers. Time is CPU time of this process beside the clock, since a machine may be busy;
it stands beside the greedy loop of the same run, which is also what the worth is compared with at
equal budget and time.
``--brute-force N`` compares as many small problems with trying everything instead.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from evaluation.made_plans import made_problem
from evaluation.provenance import commit_id, machine
from evaluation.small_plans import best_by_trying, small_problem
from skillmatch.pathway.solver.figures import value_of
from skillmatch.pathway.solver.greedy import greedy
from skillmatch.pathway.solver.problem import Aim, Outcome, Problem
from skillmatch.pathway.solver.replay import faults
from skillmatch.pathway.solver.solve import AIMS, solve

OFFERS, MANY_OFFERS = 500, 5_000
LIMITS = {"cpu_p95_s": 2.0, "large_cpu_s": 15.0}
IMPORT = (
    "import time; before = time.process_time(); from ortools.sat.python import cp_model; "
    "print(time.process_time() - before)"
)
YEAR = {"weeks": 52, "budget": 800_00}


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """One problem.

    Attributes:
        gap: Worth that another plan could have more at most, as a share of the bound.
        shortfall: Worth that the greedy plan has less, as a share of what was found.
        proven: Aims by which no plan is better.
    """

    seed: int
    wall_s: float
    cpu_s: float
    greedy_cpu_s: float
    gap: float
    shortfall: float
    outcome: str
    proven: tuple[str, ...]


def solved(seed: int, problem: Problem) -> Solved:
    """Solve a problem both ways.

    Raises:
        RuntimeError: A plan breaks a rule of the problem.
    """
    begun = time.process_time()
    loop = greedy(problem)
    middle, wall = time.process_time(), time.perf_counter()
    best = solve(problem)
    cpu, wall = time.process_time() - middle, time.perf_counter() - wall
    wrong = (*faults(problem, best), *faults(problem, loop))
    if wrong:
        raise RuntimeError(f"problem {seed}: {wrong[0]}")
    return Solved(
        seed=seed,
        wall_s=round(wall, 3),
        cpu_s=round(cpu, 3),
        greedy_cpu_s=round(middle - begun, 3),
        gap=round(1 - best.worth / best.bound, 5) if best.bound else 0.0,
        shortfall=round(1 - loop.worth / best.worth, 5) if best.worth else 0.0,
        outcome=best.outcome.value,
        proven=tuple(aim.name for aim in best.proven),
    )


def summary(results: Sequence[Solved]) -> dict[str, float]:
    """Return the figures of several problems."""
    cpu = sorted(one.cpu_s for one in results)
    wall = sorted(one.wall_s for one in results)
    worth = [one for one in results if Aim.WORTH.name in one.proven]
    return {
        "problems": len(results),
        "cpu_p50_s": round(statistics.median(cpu), 3),
        "cpu_p95_s": cpu[_place(len(cpu))],
        "wall_p50_s": round(statistics.median(wall), 3),
        "wall_p95_s": wall[_place(len(wall))],
        "greedy_cpu_p50_s": round(statistics.median(one.greedy_cpu_s for one in results), 3),
        "proven_worth_share": round(len(worth) / len(results), 3),
        "proven_all_share": round(
            sum(one.outcome == Outcome.OPTIMAL.value for one in results) / len(results), 3
        ),
        "gap_mean": round(statistics.fmean(one.gap for one in results), 5),
        "gap_worst": max(one.gap for one in results),
        "greedy_shortfall_mean": round(statistics.fmean(one.shortfall for one in results), 5),
        "greedy_shortfall_worst": max(one.shortfall for one in results),
    }


def _place(count: int) -> int:
    """Return the place of the 95th percentile among so many sorted values, by nearest rank."""
    return max(0, -(-95 * count // 100) - 1)


def import_cpu_s() -> float:
    """Return the CPU time of loading the solver in a process of its own."""
    command = [sys.executable, "-c", IMPORT]
    return round(float(subprocess.run(command, check=True, capture_output=True).stdout), 3)


def compare_with_trying(count: int) -> int:
    """Print how many of so many small problems have another answer than trying everything."""
    different = []
    for seed in range(count):
        problem = small_problem(random.Random(seed))  # noqa: S311 - a seeded draw, no secret
        best, found = best_by_trying(problem, AIMS), solve(problem)
        key = tuple(value_of(problem, found, aim) for aim in AIMS)
        same = found.outcome is Outcome.IMPOSSIBLE if best is None else key == best.key
        if not same or faults(problem, found):
            different.append(seed)
    print(json.dumps({"problems": count, "different": different}, indent=2))
    return 1 if different else 0


def measured(problems: int, large: int) -> dict[str, list[Solved]]:
    """Return every made problem solved both ways, by kind."""
    year = [made_problem(seed, offers=OFFERS, **YEAR) for seed in range(problems)]
    kinds = {
        "any time": [replace(problem, horizon=None) for problem in year],
        "year": year,
        "half year": [made_problem(seed, offers=OFFERS) for seed in range(problems)],
        "large": [made_problem(seed, offers=MANY_OFFERS) for seed in range(large)],
    }
    return {
        kind: [solved(seed, problem) for seed, problem in enumerate(made)]
        for kind, made in kinds.items()
        if made
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; exit code 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--problems", type=int, default=30)
    parser.add_argument("--large", type=int, default=2)
    parser.add_argument("--brute-force", type=int, default=0, metavar="N")
    chosen = parser.parse_args(arguments)
    if chosen.brute_force:
        return compare_with_trying(chosen.brute_force)
    solve(made_problem(0, offers=10))
    load = os.getloadavg()[0]
    results = measured(chosen.problems, chosen.large)
    figures = {kind: summary(found) for kind, found in results.items()}
    result = {
        "commit": commit_id(),
        "machine": machine(("ortools",)),
        "load_before": round(load, 2),
        "measured": {**figures, "import_cpu_s": import_cpu_s()},
        "limits": LIMITS,
        "problems": {kind: [asdict(one) for one in found] for kind, found in results.items()},
    }
    print(json.dumps(result, indent=2))
    return 1 if any(_missed(kind, found) for kind, found in figures.items()) else 0


def _missed(kind: str, found: Mapping[str, float]) -> bool:
    return found["cpu_p95_s"] > LIMITS["large_cpu_s" if kind == "large" else "cpu_p95_s"]


if __name__ == "__main__":
    sys.exit(main())
