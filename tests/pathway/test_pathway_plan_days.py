"""Days counted to the day: fractions of hours and weeks, and what is awarded on one day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from skillmatch.model.plan import UnderWay
from skillmatch.model.requirement import Necessity
from skillmatch.pathway.planning.lengths import Calendar, length
from skillmatch.pathway.planning.steps import steps_of
from skillmatch.pathway.solver.problem import Outcome
from tests.pathway.plan_cases import START, World, asks, offer


@pytest.mark.parametrize(("hours", "days"), [(1.1, 7), (2.2, 14), (0.55, 4), (1.2, 8)])
def test_fractions_of_hours_take_no_day_too_many(hours: float, days: int) -> None:
    """1.1 hours at 1.1 a week are one week, although 7 × 1.1 is more than 7.7 to a computer."""
    found = length(offer("a", "a", 0, hours), Calendar(start=START, hours=1.1))

    assert found.modes[0].days == days


@pytest.mark.parametrize("days", [1, 2, 3, 4, 5, 6, 8, 10, 45])
def test_weeks_that_were_rounded_to_two_decimals_are_as_many_days_as_before(days: int) -> None:
    """A source says P10D, which is stored as 1.43 weeks; the course still ends on its tenth day."""
    told = offer("a", "a", 0, None, weeks=round(days / 7, 2), starts=(START,), self_paced=None)

    assert length(told, Calendar(start=START, hours=6)).modes[0].days == days


def test_hours_that_fit_the_week_exactly_are_not_too_many() -> None:
    """12.3 hours in three weeks are 4.1 a week, not a minute more."""
    told = offer("a", "a", 0, 12.3, weeks=3, starts=(START,), self_paced=None)

    found = length(told, Calendar(start=START, hours=4.1))

    assert (found.lacks, [one.load for one in found.modes]) == ("", [246])


def test_a_start_to_come_that_nobody_can_enrol_for_is_not_called_past() -> None:
    """The day is still ahead; it is enrolment that has ended by then."""
    told = offer("a", "a", weeks=1, starts=(date(2027, 3, 1),), available_until=date(2027, 1, 1))

    found = length(told, Calendar(start=START, hours=6))

    assert found.lacks == "start dates"
    assert "open for enrolment" in found.why
    assert "last time" not in found.why


def test_an_award_without_length_holds_on_the_last_day_or_closes_nothing() -> None:
    """A stack is awarded on the day that its last part ends, and lapses counted from that day."""
    until = date(2027, 1, 31)
    world = World(
        asked=[asks("a"), asks("b")],
        offers=[
            offer("part", "b", 0, 6),
            offer("stack", "a", 0, None, parts="part", self_paced=None, valid_months=1),
        ],
    )

    steps = steps_of(world.plan(by=until).draft)

    counted = [one for one in steps if any(each.counted for each in one.closes)]
    assert {one.offer for one in counted} == {"part", "stack"}
    assert all(one.valid_until is None or one.valid_until >= until for one in counted)


def test_what_lapses_may_be_taken_early_for_what_needs_it() -> None:
    """A first course of short validity must not keep a second one, with a fixed start, away."""
    early = date(2026, 12, 14)
    world = World(
        asked=[asks("a", Necessity.NICE), asks("b")],
        offers=[
            offer("first", "a", 0, 6, valid_months=1),
            offer("then", "b", 0, 6, needs="first", weeks=1, starts=(early,), self_paced=None),
        ],
    )

    planned = world.plan(by=date(2027, 6, 30))
    steps = steps_of(planned.draft)

    assert [(one.offer, one.after) for one in steps] == [("first", ()), ("then", ("first",))]
    assert [len(one.closes) for one in steps] == [0, 1]
    assert planned.draft.solution.outcome is Outcome.OPTIMAL


def test_the_curve_knows_both_ways_to_take_what_lapses() -> None:
    """For little money it is taken late, for itself; for more it is taken early."""
    world = World(
        asked=[asks("a", Necessity.NICE), asks("b")],
        offers=[
            offer("first", "a", 10, 6, valid_months=1),
            offer(
                "then",
                "b",
                50,
                6,
                needs="first",
                weeks=1,
                starts=(date(2026, 12, 14),),
                self_paced=None,
            ),
        ],
    )

    planned = world.plan(by=date(2027, 6, 30))

    curve = planned.planner.curve(planned.draft)
    assert [(one.cost.amount, one.offers) for one in curve] == [
        (10, ("first",)),
        (60, ("first", "then")),
    ]


def test_what_is_under_way_closes_nothing_where_it_lapses_before_the_last_day() -> None:
    """It is finished all the same; only what still holds then can be shown."""
    begun = UnderWay(offer="a", ends=START, hours_left=1)
    world = World(asked=[asks("a")], offers=[offer("a", "a", 0, 6, valid_months=1)])

    lapsed = world.plan(by=date(2027, 1, 31), under_way=(begun,))
    holds = world.plan(by=date(2026, 12, 23), under_way=(begun,))

    assert (lapsed.taken, lapsed.closed) == (["a"], 0)
    assert (holds.taken, holds.closed) == (["a"], 1)


def test_what_is_finished_on_one_day_is_numbered_after_what_it_needs() -> None:
    """A stack that is complete on the day of a short course comes after it, whatever its id."""
    world = World(
        asked=[asks("a"), asks("b")],
        offers=[
            offer("z-part", "b", 0, 0.5),
            offer("a-stack", "a", 0, None, parts="z-part", self_paced=None),
        ],
    )

    steps = steps_of(world.plan().draft)

    assert [(one.offer, one.after) for one in steps] == [("z-part", ()), ("a-stack", ("z-part",))]
    assert {one.ends for one in steps} == {START}
    assert START + timedelta(days=0) == steps[0].starts
