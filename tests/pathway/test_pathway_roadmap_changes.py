"""What a person does with steps, and the dates that follow from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from skillmatch.errors import UsageError
from skillmatch.model.offer import Money, Offer
from skillmatch.model.roadmap import BadgeFile, Event, Roadmap, StepState
from skillmatch.model.roadmap_status import Timing, Urgency
from skillmatch.pathway.planning.holdings import Holding
from skillmatch.pathway.roadmap.changes import (
    add_step,
    drop_step,
    finish_step,
    log_hours,
    start_step,
)
from skillmatch.pathway.roadmap.dates import (
    lapses,
    months_after,
    next_actions,
    renewals,
    timing,
)
from skillmatch.pathway.roadmap.money import money_of
from skillmatch.pathway.roadmap.steps import OwnStep, find_step, offer_step, own_step
from tests.readers.roadmap_samples import BEGUN, roadmap, step

DAY = BEGUN + timedelta(days=3)
TWO = roadmap(step("knives"), step("sauces", after=2))
STARTED = roadmap(step("knives", state=StepState.STARTED))
DONE = roadmap(step("knives", state=StepState.DONE))


def test_a_step_is_begun_worked_on_and_done() -> None:
    """The plain way, with what the history keeps of it."""
    begun = start_step(TWO, "1", on=BEGUN, at=BEGUN)
    worked = log_hours(begun, "knives", 4.0, on=DAY, at=DAY, note="first")
    done = finish_step(worked, "Knives", on=DAY, at=DAY, hours=10.0)

    knives = done.steps[0]
    assert (knives.state, knives.began, knives.ended) == (StepState.DONE, BEGUN, DAY)
    assert [one.hours for one in knives.log] == [4.0, 6.0]
    assert [(one.event, one.change) for one in done.history] == [
        (Event.STARTED, "planned → started"),
        (Event.DONE, "started → done"),
    ]


def test_the_first_hours_begin_a_step() -> None:
    """Nobody should have to say it twice."""
    worked = log_hours(TWO, "2", 1.5, on=DAY, at=DAY)

    assert (worked.steps[1].state, worked.steps[1].began) == (StepState.STARTED, DAY)
    assert worked.history[-1].words == "by logging hours"


def test_a_badge_that_comes_later_is_added_to_a_step_that_is_done() -> None:
    """Schools take weeks; the day that it was done stays."""
    done = finish_step(TWO, "1", on=DAY, at=DAY)
    later = DAY + timedelta(days=30)

    badge = BadgeFile(path="b.json", sha256="")
    proven = finish_step(done, "1", on=later, at=later, badge=badge)

    assert (proven.steps[0].ended, proven.steps[0].badge) == (DAY, badge)


def test_a_dropped_step_keeps_what_it_cost() -> None:
    """Money that was paid is gone, whatever became of the course."""
    priced = roadmap(step("knives", cost=Money(amount=50.0, currency="EUR"), committed=True))
    begun = start_step(priced, "1", on=BEGUN, at=BEGUN)

    dropped = drop_step(begun, "1", reason="ill", on=DAY, at=DAY)

    assert (dropped.steps[0].reason, dropped.steps[0].committed) == ("ill", False)
    assert money_of(dropped).spent == Money(amount=50.0, currency="EUR")
    assert money_of(dropped).planned.minor == 0


def test_adding_a_planned_step_commits_to_it() -> None:
    """It is on the roadmap already; what is new is the promise."""
    committed = add_step(TWO, TWO.steps[0], at=DAY)

    assert committed.steps[0].committed
    assert committed.history[-1].event is Event.COMMITTED


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda: start_step(TWO, "1", on=DAY, at=BEGUN), "in the future"),
        (lambda: start_step(STARTED, "1", on=DAY, at=DAY), "begun on 2026-03-02 already"),
        (lambda: start_step(DONE, "1", on=DAY, at=DAY), "was done on"),
        (lambda: log_hours(TWO, "1", -1, on=DAY, at=DAY), "above 0"),
        (lambda: log_hours(STARTED, "1", 1, on=date(2026, 1, 1), at=DAY), "began on 2026-03-02"),
        (lambda: finish_step(STARTED, "1", on=date(2026, 1, 1), at=DAY), "cannot be done on"),
        (lambda: finish_step(DONE, "1", on=DAY, at=date(2027, 1, 1)), "--badge adds its badge"),
        (
            lambda: finish_step(
                log_hours(TWO, "1", 9, on=DAY, at=DAY), "1", on=DAY, at=DAY, hours=2
            ),
            "9 hours were logged already",
        ),
        (lambda: drop_step(TWO, "1", reason="", on=DAY, at=DAY), "say why"),
        (lambda: drop_step(DONE, "1", reason="x", on=DAY, at=DAY), "already"),
        (lambda: add_step(STARTED, STARTED.steps[0], at=DAY), "on the roadmap already"),
        (lambda: find_step(TWO, "e"), "is no step"),
        (lambda: find_step(roadmap(step("nives"), step("knives"), step("x")), "ives"), "several"),
        (lambda: own_step(TWO, OwnStep(name=" ", hours=3), DAY), "needs a name"),
        (lambda: own_step(TWO, OwnStep(name="x"), DAY), "how long"),
        (
            lambda: own_step(TWO, OwnStep(name="x", starts=DAY, ends=BEGUN), DAY),
            "before it begins",
        ),
        (lambda: own_step(TWO, OwnStep(name="x", hours=1e9), DAY), "at most 10,000"),
        (
            lambda: own_step(TWO, OwnStep(name="x", hours=9, starts=date.max), DAY),
            "beyond the calendar",
        ),
    ],
)
def test_what_contradicts_itself_is_said(act: Callable[[], object], said: str) -> None:
    """One sentence that says what is known and what to do."""
    with pytest.raises(UsageError, match=said):
        act()


def test_an_offer_is_added_on_its_next_day() -> None:
    """Days that are over are no days to begin on."""
    days = (BEGUN - timedelta(days=1), BEGUN + timedelta(days=30), BEGUN + timedelta(days=60))
    course = Offer(id="c", name="Course", starts=days, weeks=2, hours=20)

    added = offer_step(TWO, course, starts=None, ends=None, at=BEGUN)

    assert (added.starts, added.ends) == (days[1], days[1] + timedelta(days=13))
    assert (added.hours_per_week, added.dated, added.committed) == (10.0, True, True)
    with pytest.raises(UsageError, match=f"begins on {days[1]}, {days[2]}"):
        offer_step(TWO, course, starts=BEGUN, ends=None, at=BEGUN)


def test_an_offer_without_a_length_is_not_guessed() -> None:
    """The person knows when it ends, or nobody does."""
    course = Offer(id="c", name="Course", self_paced=True)

    with pytest.raises(UsageError, match="say --ends"):
        offer_step(TWO, course, starts=None, ends=None, at=BEGUN)

    assert offer_step(TWO, course, starts=None, ends=DAY, at=BEGUN).ends == DAY


@pytest.mark.parametrize(
    ("state", "days", "expected"),
    [
        (StepState.PLANNED, 0, (Timing.ON_TIME, 0)),
        (StepState.PLANNED, 1, (Timing.SHOULD_HAVE_BEGUN, 1)),
        (StepState.STARTED, 13, (Timing.ON_TIME, 0)),
        (StepState.STARTED, 14, (Timing.OVERDUE, 1)),
        (StepState.DONE, 99, (Timing.CLOSED, 0)),
    ],
)
def test_a_step_is_late_from_the_day_after(
    state: StepState, days: int, expected: tuple[Timing, int]
) -> None:
    """Its first and last day belong to it."""
    assert timing(step("knives", state=state), BEGUN + timedelta(days=days)) == expected


def test_what_is_late_comes_first_then_what_is_under_way() -> None:
    """One thing to do, with its day."""
    late = step("late", weeks=1, state=StepState.STARTED)
    running = step("running", weeks=9, state=StepState.STARTED)
    soon = step("soon", after=2)

    actions = next_actions(roadmap(soon, running, late), BEGUN + timedelta(days=8))

    assert [one.step for one in actions] == ["late", "running", "soon"]
    assert "it was due 2 days ago" in actions[0].words
    assert actions[2].on == soon.starts


@pytest.mark.parametrize("whole", [roadmap(), DONE])
def test_there_is_always_something_to_do_next(whole: Roadmap) -> None:
    """Even where every step is closed, or none was ever there."""
    (action,) = next_actions(whole, DAY)

    assert action.command == "replan"


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 15), 24, date(2028, 3, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(9999, 6, 1), 12, None),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, expected: date | None) -> None:
    """Short months end earlier, and the calendar ends some day."""
    assert months_after(day, months) == expected


def test_renewals_are_told_by_their_day_and_against_the_goal() -> None:
    """Badges of steps, badges brought along, and the badge's own word before the offer's."""
    plan = roadmap(
        step("knives", state=StepState.DONE, valid_months=12),
        step("sauces", state=StepState.DONE, valid_months=12),
        step("bread", after=30, valid_months=12),
        step("soup", state=StepState.DROPPED, valid_months=1),
    )
    own = (
        Holding(id="", name="first aid", valid_until=BEGUN + timedelta(days=40), source="a.json"),
        Holding(id="", name="old", valid_until=BEGUN - timedelta(days=1)),
        Holding(id="", name="for good"),
    )

    found = renewals(plan, own, DAY, badge_ends={"sauces": date(2026, 6, 30)})

    assert [(one.name, one.on, one.urgency) for one in found] == [
        ("old", BEGUN, Urgency.LAPSED),
        ("first aid", BEGUN + timedelta(days=41), Urgency.BEFORE_THE_END),
        ("Sauces", date(2026, 7, 1), Urgency.BEFORE_THE_END),
        ("Knives", date(2027, 3, 15), Urgency.LATER),
    ]
    assert lapses(plan.steps[2]) == months_after(plan.steps[2].ends, 12)


def test_two_currencies_need_a_rate() -> None:
    """Pounds are no euros; the message says where to write what one is worth."""
    mixed = roadmap(
        step("a", cost=Money(amount=10.0, currency="EUR")),
        step("b", cost=Money(amount=10.0, currency="GBP")),
    )

    with pytest.raises(UsageError, match=r"\[request.rates\]"):
        money_of(mixed)

    rated = roadmap(*mixed.steps, rates=(("GBP", 1.2),))
    assert money_of(rated).planned == Money(amount=22.0, currency="EUR")


def test_what_has_lapsed_can_be_added_once_more() -> None:
    """And before that it cannot, since it is held."""
    old = roadmap(step("knives", state=StepState.DONE, valid_months=1))
    later = BEGUN + timedelta(days=90)

    renewed = add_step(old, step("knives", after=13), at=later)

    assert [one.state for one in renewed.steps] == [StepState.DONE, StepState.PLANNED]
    assert len({one.id for one in renewed.steps}) == 2
    with pytest.raises(UsageError, match="already"):
        add_step(old, step("knives", after=3), at=BEGUN + timedelta(days=20))
