"""A plan as whole numbers: what a solver is given and what it answers.

Nothing here knows of skills, people or currencies. Days count from the first day of the plan (day
0), work is in minutes a week, money in hundredths, and worth in millionths of one full must-have
gap, so that two plans compare exactly and an enumeration finds the same optimum as a solver.

The model, in full. Each option is taken in one of its modes, once, or not at all. A mode occupies
``days`` days from its start on and takes ``load`` minutes a week of them; at no day may the loads
of what is under way exceed ``capacity``. Everything ends within ``horizon`` days. An option begins
only when its rule holds by options that have ended by then (an option that ends on day 10 has used
days up to 9, and another may begin on day 10). The chosen options can be put in an order in which
the rule of each holds by options before it that have ended when it begins, so options of no length
on one day may build on each other, but never in a circle. What is under way on no day (a mode of 0
days) takes nothing of the capacity. For each gap only the best of the chosen options
counts, so what several do for one gap never adds up. ``bonus`` counts for every chosen option.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MILLIONTH = 1_000_000
"""Worth of one full must-have gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """At least ``least`` of its parts, each an option that has ended or a rule that holds.

    Attributes:
        least: 0 always holds; more than there are parts never does.
        options: Positions of options in the problem, ascending.
    """

    least: int = 0
    options: tuple[int, ...] = ()
    rules: tuple[Rule, ...] = ()


ALWAYS = Rule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """One way to take an option.

    Attributes:
        days: Length, at least 0; a stack that is awarded for its parts alone has 0.
        load: Minutes a week while it lasts, at least 0.
        starts: Days it can begin on, ascending; None is any day.
        earliest: It begins on this day or later.
        latest: It begins on this day or earlier; None is no limit.
    """

    days: int
    load: int
    starts: tuple[int, ...] | None = None
    earliest: int = 0
    latest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An offer that may be taken.

    Attributes:
        id: Decides ties; options of a problem are sorted by it.
        modes: At least one.
        cost: At least 0.
        gains: Gap and worth, by gap; only what is above 0.
        bonus: Worth of taking it, whatever it closes.
        must: Whether every plan takes it.
    """

    id: str
    modes: tuple[Mode, ...]
    cost: int = 0
    rule: Rule = ALWAYS
    gains: tuple[tuple[int, int], ...] = ()
    bonus: int = 0
    must: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What may be taken, and within which bounds.

    Attributes:
        gaps: Number of gaps.
        capacity: Minutes a week; None is no limit.
        horizon: Days in which everything ends; None is no limit.
        budget: The costs add up to at most this; None is no limit.
        least: The worth is at least this.
        least_closed: The worth of the gaps alone, without any bonus, is at least this.
    """

    options: tuple[Option, ...]
    gaps: int
    capacity: int | None = None
    horizon: int | None = None
    budget: int | None = None
    least: int = 0
    least_closed: int = 0


class Aim(StrEnum):
    """What is best, in one number each."""

    WORTH = "most closed"
    COST = "least cost"
    END = "earliest end"
    COUNT = "fewest options"
    EARLY = "gains early"
    """Sum over gaps of worth × day on which the option that counts for it ends, the least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An option that is taken, how, and when: days ``start`` to ``end`` - 1."""

    option: int
    mode: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long a search may go on.

    Attributes:
        work: In the solver's own deterministic seconds, over all aims together: about a second of
            a common core each, and the same amount of search on any machine.
        days: Whether days that no aim decides are the earliest, each in turn; who asks only what
            can be closed, or for how much, is spared that.
    """

    work: float = 10.0
    days: bool = True


USUAL = Effort()


class Outcome(StrEnum):
    """How a search ended."""

    OPTIMAL = "optimal"
    BOUNDED = "bounded"
    """A plan was found, and how much better one could be at most."""
    IMPOSSIBLE = "impossible"
    """No plan meets the bounds (a must that cannot be, a least worth out of reach)."""
    GIVEN_UP = "given up"
    """None was found within the effort, and none was ruled out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The best plan by the aims in turn: the second decides among what is best by the first.

    Attributes:
        taken: By start, end, then position of the option; empty unless a plan was found.
        counts: For each gap the position of the option that counts for it (the first to end of
            those that gain most, then the lowest position), None where none gains anything.
        outcome: OPTIMAL only where every aim was proven.
        worth: Of ``taken``; ``bound`` is the most that any plan could have (equal when proven),
            among plans that are as good by the aims before WORTH; equal to ``worth`` where WORTH
            is no aim.
        proven: The aims, from the first on, by which no plan is better. A plan may close the most
            for the least cost beyond doubt although its days could perhaps be better.
    """

    outcome: Outcome
    taken: tuple[Taken, ...] = ()
    counts: tuple[int | None, ...] = ()
    worth: int = 0
    bound: int = 0
    cost: int = 0
    end: int = 0
    proven: tuple[Aim, ...] = ()
