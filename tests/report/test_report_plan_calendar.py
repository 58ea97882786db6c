"""The plan in a calendar: whole days, reminders, and the same entries when it is made anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Alarm, Calendar, Event

from skillmatch.model.plan import Plan
from skillmatch.report.plan import render_plan
from tests.report.plan_samples import PLAN, STEPS


def events(plan: Plan) -> dict[str, Event]:
    """Return the entries of a plan by title, read as a calendar reads them."""
    calendar = Calendar.from_ical(render_plan(plan, "ics"))
    assert isinstance(calendar, Calendar)
    return {str(one["SUMMARY"]): one for one in calendar.events}


EVENTS = events(PLAN)


def test_each_step_is_one_entry_of_whole_days() -> None:
    """An end counts as the day after the last one; a day less would lose the exam."""
    forklift = EVENTS["Forklift licence, counterbalance trucks"]

    assert {step.name for step in STEPS} <= set(EVENTS)
    assert forklift.start == date(2026, 11, 23)
    assert forklift.end == date(2026, 12, 7)
    assert type(forklift.start) is date


def test_an_entry_has_a_place_only_where_one_has_to_go_there() -> None:
    """A calendar shows the way to it; the town of an online provider would mislead."""
    assert EVENTS["Forklift licence, counterbalance trucks"]["LOCATION"] == "Hall 4, Hamburg"
    assert "LOCATION" not in EVENTS["Warehouse basics"]


def test_enrolment_renewals_and_the_last_day_are_entries_of_their_own() -> None:
    """These are the days that cost money when they pass."""
    enrol = EVENTS["Last day to enrol: Forklift licence, counterbalance trucks"]
    renew = EVENTS["Renew: Certified warehouse specialist (stack)"]
    by = EVENTS["Last day of the plan: Warehouse operative, night shift and Stock clerk"]

    assert enrol.start == date(2026, 11, 9)
    assert renew.start == date(2029, 12, 20)
    assert (by.start, by.end) == (date(2027, 2, 28), date(2027, 3, 1))
    assert len(EVENTS) == 6 + 2 + 3 + 1


@pytest.mark.parametrize("title", EVENTS)
def test_every_entry_reminds_and_blocks_no_time(title: str) -> None:
    """A week of notice, a month for renewals; learning beside a job is not being busy."""
    event = EVENTS[title]

    (alarm,) = event.walk("VALARM")
    assert isinstance(alarm, Alarm)
    notice = timedelta(days=-30 if title.startswith("Renew") else -7)
    before = alarm.TRIGGER
    assert before == notice
    assert alarm["ACTION"] == "DISPLAY"
    assert alarm["DESCRIPTION"]
    assert event["TRANSP"] == "TRANSPARENT"


def test_identifiers_stay_when_a_plan_is_made_anew() -> None:
    """Importing a later plan moves what is there instead of doubling it."""
    later = replace(STEPS[0], starts=date(2026, 12, 1), ends=date(2026, 12, 5), number=4)
    again = replace(PLAN, at="2026-11-20", goals=PLAN.goals[::-1], steps=(later,))

    assert events(again)["Warehouse basics"]["UID"] == EVENTS["Warehouse basics"]["UID"]
    assert len({str(one["UID"]) for one in EVENTS.values()}) == len(EVENTS)


def test_plans_for_other_goals_have_other_identifiers() -> None:
    """Two plans in one calendar must not overwrite each other."""
    other = replace(PLAN, goals=PLAN.goals[:1])

    assert events(other)["Warehouse basics"]["UID"] != EVENTS["Warehouse basics"]["UID"]


def test_the_calendar_follows_the_form_that_calendars_demand() -> None:
    """Lines end in CR LF and have at most 75 bytes; the stamp is the plan's day, not today."""
    text = render_plan(PLAN, "ics")

    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert text.count("DTSTAMP:20261026T000000Z") == len(EVENTS)
    assert "VTODO" not in text


def test_an_offer_cannot_write_entries_of_its_own() -> None:
    """Line breaks, commas and controls of a name stay inside of its text."""
    sly = "A;B,C\\D\r\nEND:VEVENT\nBEGIN:VEVENT\x1b[2J \u202e"
    step = replace(
        STEPS[0], name=sly, provider=sly, why=sly, url="javascript:alert(1)", enrol_by=None,
        check=(sly,),
    )  # fmt: skip
    plan = replace(PLAN, steps=(step,), request=replace(PLAN.request, by=None))

    made = events(plan)

    assert list(made) == ["A;B,C\\D END:VEVENT BEGIN:VEVENT [2J"]
    event = made["A;B,C\\D END:VEVENT BEGIN:VEVENT [2J"]
    assert "URL" not in event
    assert "\x1b" not in render_plan(plan, "ics")


def test_what_a_step_closes_and_asks_for_stands_in_its_entry() -> None:
    """Whoever looks at the calendar has no report at hand."""
    words = str(EVENTS["Forklift licence, counterbalance trucks"]["DESCRIPTION"])

    assert "Costs: 320 EUR" in words
    assert "Closes operate forklift (must have): 70% open → closed" in words
    assert "Check yourself: medical certificate" in words
    assert "After step 1 (Warehouse basics)" in words


def test_a_plan_without_steps_is_an_empty_calendar() -> None:
    """A last day of nothing would only puzzle."""
    assert events(replace(PLAN, steps=())) == {}
