"""Pace: hours planned against hours done, worked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.model.roadmap import HoursSpent, RoadmapStep, StepState
from skillmatch.pathway.roadmap.pace import elapsed, pace_of
from tests.readers.roadmap_samples import BEGUN, step

TWO_STEPS = (step("knives"), step("sauces", after=2))
"""12 hours in weeks 1 and 2, 12 more in weeks 3 and 4."""


def worked(one: RoadmapStep, hours: float, day: int = 0) -> RoadmapStep:
    """Return a step under way with some hours logged."""
    log = (HoursSpent(on=BEGUN + timedelta(days=day), hours=hours),)
    return step(one.id, after=(one.starts - BEGUN).days // 7, state=StepState.STARTED, log=log)


def at(days: int) -> date:
    """Return the day so many days after the beginning."""
    return BEGUN + timedelta(days=days)


def test_nobody_is_behind_on_the_first_morning() -> None:
    """The day has not been used yet."""
    pace = pace_of(TWO_STEPS, begun=BEGUN, at=BEGUN)

    assert pace.planned_by_now == 0
    assert pace.weeks_ahead == 0
    assert pace.projected_end is None


def test_hours_are_asked_for_evenly() -> None:
    """Half of two weeks is half of the hours, and nothing done is a week behind."""
    pace = pace_of(TWO_STEPS, begun=BEGUN, at=at(7))

    assert pace.planned_by_now == pytest.approx(6)
    assert pace.weeks_ahead == pytest.approx(-1)
    assert "no work was logged" in pace.why


def test_the_pace_leads_to_an_end() -> None:
    """6 hours in 14 days: the other 18 take 42 days more."""
    steps = (worked(TWO_STEPS[0], 6), TWO_STEPS[1])

    pace = pace_of(steps, begun=BEGUN, at=at(13))

    assert pace.hours_per_week == pytest.approx(3)
    assert pace.projected_end == at(13 + 42)


def test_a_step_that_is_done_counts_in_full_however_long_it_took() -> None:
    """Being quick must not look like being behind."""
    quick = step("knives", state=StepState.DONE, ended=at(2), log=())

    pace = pace_of((quick, TWO_STEPS[1]), begun=BEGUN, at=at(7))

    assert pace.done == 12
    assert pace.spent == 0
    assert pace.weeks_ahead == pytest.approx(1)


def test_hours_beyond_the_plan_are_no_progress() -> None:
    """A step that takes longer than stated is not more than done."""
    pace = pace_of((worked(TWO_STEPS[0], 30), TWO_STEPS[1]), begun=BEGUN, at=at(7))

    assert pace.done == 12
    assert pace.spent == 30


def test_a_pause_in_the_plan_is_no_time_lost() -> None:
    """Three months between two courses ask for nothing."""
    steps = (step("knives", state=StepState.DONE), step("sauces", after=15))

    pauses = [pace_of(steps, begun=BEGUN, at=at(day)).weeks_ahead for day in (14, 60, 105)]
    day_two = pace_of(steps, begun=BEGUN, at=at(106)).weeks_ahead

    assert pauses == [0, 0, 0]
    assert day_two == pytest.approx(-1 / 7)


def test_a_dated_course_is_not_finished_before_its_last_day() -> None:
    """However quick one is, the exam is on its day."""
    dated = step("course", after=10, hours=6.0, dated=True)
    done = step("knives", hours=60.0, state=StepState.DONE)

    pace = pace_of((done, dated), begun=BEGUN, at=at(14))

    assert pace.projected_end == dated.ends


def test_dropped_steps_ask_for_nothing_and_keep_their_hours() -> None:
    """What was spent was spent."""
    log = (HoursSpent(on=BEGUN, hours=3.0),)
    dropped = step("sauces", state=StepState.DROPPED, log=log)

    pace = pace_of((TWO_STEPS[0], dropped), begun=BEGUN, at=at(3))

    assert (pace.total, pace.spent) == (12, 3)


def test_steps_without_hours_are_counted_apart() -> None:
    """Nothing is guessed."""
    pace = pace_of((step("talk", hours=None),), begun=BEGUN, at=at(9))

    assert (pace.unknown, pace.weeks_ahead, pace.projected_end) == (1, None, None)


def test_an_end_out_of_sight_is_not_given_as_a_date() -> None:
    """A quarter of an hour in a year is no pace."""
    log = (HoursSpent(on=BEGUN, hours=0.001),)
    slow = step("knives", state=StepState.STARTED, log=log)

    assert pace_of((slow,), begun=BEGUN, at=at(300)).projected_end is None


_STEPS = st.lists(
    st.builds(
        lambda weeks, after, hours, state: step(
            f"s{after}", weeks=weeks, after=after, hours=hours, state=state
        ),
        st.integers(1, 5),
        st.integers(0, 20),
        st.floats(0.5, 50),
        st.sampled_from(StepState),
    ),
    min_size=1,
    max_size=4,
)


@given(steps=_STEPS, day=st.integers(-30, 300))
def test_what_is_done_never_exceeds_the_plan_and_doing_more_never_sets_back(
    steps: list[RoadmapStep], day: int
) -> None:
    """Finishing a step moves the pace forward or leaves it where it is."""
    before = pace_of(steps, begun=BEGUN, at=at(day))
    finished = [
        step(
            one.id,
            weeks=((one.ends - one.starts).days + 1) // 7,
            after=(one.starts - BEGUN).days // 7,
            hours=one.hours,
            state=StepState.DONE,
        )
        if one.state is StepState.STARTED
        else one
        for one in steps
    ]
    after = pace_of(finished, begun=BEGUN, at=at(day))

    assert 0 <= before.done <= before.total + 1e-9
    assert before.planned_by_now <= before.total + 1e-9
    assert (after.weeks_ahead is None) == (before.weeks_ahead is None)
    if before.weeks_ahead is not None and after.weeks_ahead is not None:
        assert after.weeks_ahead >= before.weeks_ahead - 1e-9


@given(days=st.integers(0, 400), weeks=st.integers(1, 30))
def test_elapsed_stays_a_share_and_only_grows(days: int, weeks: int) -> None:
    """A day more is never less of the plan."""
    one = step("knives", weeks=weeks)

    today, tomorrow = (elapsed(one, BEGUN.toordinal() + days + more) for more in (0, 1))

    assert 0 <= today <= tomorrow <= 1
