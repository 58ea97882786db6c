"""The views of a roadmap: the same facts everywhere, and nothing that a text could do to a page."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from skillmatch.errors import UsageError
from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance
from skillmatch.model.gap import GapState
from skillmatch.model.offer import Money
from skillmatch.model.requirement import Necessity
from skillmatch.model.roadmap import Event, HistoryEntry, HoursSpent, StepState
from skillmatch.model.roadmap_status import (
    GoalLine,
    Measure,
    MoneySpent,
    NextAction,
    Pace,
    Renewal,
    RequirementProgress,
    RoadmapStatus,
    StepStatus,
    Timing,
    Urgency,
)
from skillmatch.report.json_report import SCHEMAS
from skillmatch.report.roadmap import ROADMAP_FORMATS, render_roadmap, wording
from skillmatch.report.roadmap.as_json import read_status, roadmap_json
from skillmatch.report.roadmap.drawing import scale_of
from tests.report.page_parser import Page

AT = date(2026, 3, 20)
HOSTILE = '<script>alert(1)</script>" onload="x" \x1b[31m\u202e| *b* [l](javascript:1)'


def euros(amount: float) -> Money:
    """Return an amount in euros."""
    return Money(amount=amount, currency="EUR")


def step(number: int, name: str, state: StepState, timing: Timing, **more: object) -> StepStatus:
    """Return one step of two weeks."""
    starts = date(2026, 3, 2) + timedelta(weeks=2 * number)
    made: dict[str, object] = {
        "provider": "School",
        "url": "https://school.example/",
        "late_days": 0,
        "began": None,
        "ended": None,
        "hours": 12.0,
        "hours_spent": 0.0,
        "share": 0.0,
        "cost": euros(50),
        "spent": None,
        "committed": False,
        "own": False,
        "closes": ("knife skills",),
    }
    return StepStatus(
        number=number,
        id=f"s{number}",
        name=name,
        state=state,
        timing=timing,
        starts=starts,
        ends=starts + timedelta(days=13),
        **(made | more),  # type: ignore[arg-type]  # fields of the dataclass by name
    )


def measure(met: float, proven: float) -> Measure:
    """Return how much is met of two requirements."""
    counts = {GapState.PROVEN: 1, GapState.MISSING: 1}
    return Measure(
        met=met, proven=proven, states=tuple((one, counts.get(one, 0)) for one in GapState)
    )


STATUS = RoadmapStatus(
    at=AT,
    title="Chef",
    begun=date(2026, 3, 2),
    ends=date(2026, 4, 26),
    by=date(2026, 5, 31),
    goals=(GoalLine(source="job.txt", title="Chef", weight=1.0, requirements=2, met=0.5),),
    start=measure(0.1, 0.0),
    now=measure(0.5, 0.4),
    end=measure(0.9, 0.4),
    requirements=(
        RequirementProgress(
            uri=ConceptUri("u:1"),
            label="knife skills",
            necessity=Necessity.MUST,
            start=GapState.MISSING,
            now=GapState.RELATED,
            end=GapState.CLAIMED,
            met_start=0.0,
            met_now=0.3,
            met_end=1.0,
            priority=0.7,
            steps=("s2",),
        ),
        RequirementProgress(
            uri=ConceptUri("u:2"),
            label="hygiene",
            necessity=Necessity.NICE,
            start=GapState.MISSING,
            now=GapState.PROVEN,
            end=GapState.PROVEN,
            met_start=0.0,
            met_now=1.0,
            met_end=1.0,
            priority=0.0,
            steps=("s1",),
        ),
    ),
    steps=(
        step(
            1,
            "Hygiene",
            StepState.DONE,
            Timing.CLOSED,
            ended=AT,
            share=1.0,
            spent=euros(45),
            proof="proven by its badge",
            assurance=Assurance.VERIFIED,
            lapses=date(2027, 3, 20),
            log=(HoursSpent(on=AT, hours=3.0, note="theory"),),
        ),
        step(2, "Knives", StepState.STARTED, Timing.OVERDUE, late_days=3, share=0.5),
        step(3, "Sauces", StepState.PLANNED, Timing.ON_TIME, committed=True, check=("an apron",)),
        step(4, "Bread", StepState.DROPPED, Timing.CLOSED, ended=AT, reason="no oven"),
    ),
    pace=Pace(
        planned_by_now=15.0,
        done=18.0,
        spent=9.0,
        total=36.0,
        unknown=0,
        weeks_ahead=0.5,
        hours_per_week=6.6,
        projected_end=date(2026, 4, 9),
        why="by the hours done since 2026-03-02",
    ),
    money=MoneySpent(
        spent=euros(45), planned=euros(150), to_come=euros(50), budget=euros(200), unpriced=1
    ),
    next=(
        NextAction(words="Finish “Knives”", on=date(2026, 4, 12), step="s2", command="done"),
        NextAction(words="Begin “Sauces”", on=date(2026, 4, 13), step="s3", command="start"),
    ),
    renewals=(Renewal(name="first aid", on=date(2026, 4, 1), urgency=Urgency.BEFORE_THE_END),),
    history=(
        HistoryEntry(on=date(2026, 3, 2), event=Event.BEGUN, words="4 steps", met=0.1),
        HistoryEntry(on=AT, event=Event.DONE, step="s1", change="started → done", met=0.5),
    ),
    note="my own words",
    notes=("a note",),
    attribution=("ESCO",),
)


@pytest.mark.parametrize("name", [one for one in ROADMAP_FORMATS if one != "json"])
def test_every_view_says_what_matters(name: str) -> None:
    """Where, next, steps with their states, pace, money, renewals and history."""
    text = " ".join(render_roadmap(STATUS, name).split())

    for words in (
        "Chef", "50%", "Finish “Knives”", "12 Apr 2026", "3 days overdue", "dropped", "no oven",
        "9 Apr 2026", "45 EUR", "155 EUR left of the budget", "first aid", "an apron",
        "roadmap begun", "proven by its badge", "valid until 19 Mar 2027", "a note", "ESCO",
    ):  # fmt: skip
        assert words in text, words


def test_json_follows_its_schema_and_reads_back() -> None:
    """Programs build on it."""
    text = roadmap_json(STATUS)

    Draft202012Validator(SCHEMAS["roadmap-1.json"]()).validate(json.loads(text))
    assert read_status(text) == STATUS


def test_the_page_loads_nothing_runs_nothing_and_leads_only_to_the_web() -> None:
    """A name of a course comes from a file that anybody may have written."""
    bad = replace(
        STATUS,
        title=HOSTILE,
        note=HOSTILE,
        notes=(HOSTILE,),
        steps=tuple(
            replace(one, name=HOSTILE, provider=HOSTILE, url="javascript:alert(1)", reason=HOSTILE,
                    check=(HOSTILE,), closes=(HOSTILE,), note=HOSTILE)
            for one in STATUS.steps
        ),
        next=(NextAction(words=HOSTILE, step=HOSTILE, command="done"),),
    )  # fmt: skip

    page = render_roadmap(bad, "html")
    seen = Page(page)

    assert seen.open == []
    assert "script" not in {name for name, _ in seen.tags}
    assert not [key for _, found in seen.tags for key in found if key.startswith("on")]
    assert not [one for one in seen.values("href") if not one.startswith(("#", "data:,"))]
    assert not [*seen.values("src"), *seen.values("action")]
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_every_link_inside_the_page_leads_somewhere() -> None:
    """On a phone a link that does nothing looks like a broken page."""
    seen = Page(render_roadmap(STATUS, "html"))

    ids = [*seen.values("id")]
    assert {one[1:] for one in seen.values("href") if one.startswith("#")} <= {*ids}
    assert len(ids) == len({*ids})
    assert seen.open == []


def test_states_differ_by_shape_and_not_by_colour_alone() -> None:
    """One man in twelve sees no difference between the green and the red."""
    page = render_roadmap(STATUS, "html")

    icons = {part.split("</svg>")[0] for part in page.split('<svg class="icon k-')[1:]}
    shapes = {icon.split(">", 1)[1] for icon in icons}
    assert len(shapes) == len({icon.split('"')[0] for icon in icons}) == 4


@pytest.mark.parametrize("width", [40, 80, 110])
def test_text_stays_within_its_width(width: int) -> None:
    """Lines that break anywhere cannot be read."""
    long = replace(STATUS, title="word " * 60)

    text = render_roadmap(long, "text", width=width)

    assert max(map(len, text.splitlines())) <= width
    assert "\x1b" not in text
    assert "\x1b" in render_roadmap(long, "text", width=width, colour=True)


def test_text_holds_nothing_that_steers_a_terminal() -> None:
    """Names come from files that anybody may have written."""
    bad = replace(STATUS, title=HOSTILE, notes=(HOSTILE,))

    for name in ("text", "markdown"):
        text = render_roadmap(bad, name)
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_an_unknown_format_names_those_there_are() -> None:
    """A slip of the finger costs a second."""
    with pytest.raises(UsageError, match="text, json, markdown, html"):
        render_roadmap(STATUS, "pdf")


def test_an_empty_roadmap_has_a_page_as_well() -> None:
    """The first plan may find nothing."""
    empty = replace(
        STATUS,
        steps=(),
        requirements=(),
        history=(),
        renewals=(),
        pace=Pace(
            planned_by_now=0.0, done=0.0, spent=0.0, total=0.0, unknown=0, weeks_ahead=None,
            hours_per_week=None, projected_end=None, why="no step says how many hours it takes",
        ),
        money=MoneySpent(spent=euros(0), planned=euros(0), to_come=euros(0)),
    )  # fmt: skip

    for name in ROADMAP_FORMATS:
        assert "Chef" in render_roadmap(empty, name)


@given(days=st.lists(st.dates(), min_size=2, max_size=4), at=st.dates())
def test_every_day_has_a_place_on_the_time_line(days: list[date], at: date) -> None:
    """Whatever a person writes into the file, the picture holds it."""
    steps = tuple(
        replace(STATUS.steps[2], starts=min(days), ends=max(days), began=day) for day in days
    )

    status = replace(STATUS, steps=steps, at=at)
    scale = scale_of(status)

    assert all(0 <= scale.place(day) <= 1 for day in (*days, at))
    assert len(scale.ticks) <= 7
    assert "<svg" in render_roadmap(status, "html")


def test_a_step_that_closes_nothing_says_why_it_is_there() -> None:
    """Otherwise it looks like money for nothing."""
    why = "“Stocks” asks for it first."
    needed = step(1, "Water", StepState.PLANNED, Timing.ON_TIME, closes=(), why=why)

    for name in ("text", "markdown", "html"):
        shown = " ".join(render_roadmap(replace(STATUS, steps=(needed,)), name).split())
        assert why in shown


def test_a_step_that_closes_a_part_is_not_said_to_close_all() -> None:
    """“Closes cook fish” over a row that ends “below level” contradicts itself."""
    half = step(2, "Knives", StepState.PLANNED, Timing.ON_TIME, partly=("knife skills",))
    planned = replace(STATUS, steps=(STATUS.steps[0], half))

    for name in ("text", "markdown", "html"):
        assert "knife skills (in part)" in render_roadmap(planned, name)
        assert "knife skills (in part)" not in render_roadmap(STATUS, name)


def test_a_step_that_is_done_is_not_named_for_what_it_left_open() -> None:
    """Who reads "step 2" beside an open skill waits for a step that has been taken."""
    done = step(2, "Knives", StepState.DONE, Timing.CLOSED, partly=("knife skills",))
    status = replace(STATUS, steps=(STATUS.steps[0], done))

    for name in ("text", "html"):
        assert "no other step closes the rest" in render_roadmap(status, name)
        assert "no other step closes the rest" not in render_roadmap(STATUS, name)


def test_what_has_lapsed_is_not_called_valid() -> None:
    """A date alone is overlooked."""
    done = replace(STATUS.steps[0], lapses=date(2026, 4, 1))

    said = [wording.step_valid(done, at) for at in (date(2026, 3, 31), date(2026, 4, 1))]

    assert said == ["valid until 31 Mar 2026", "lapsed on 1 Apr 2026"]


def test_the_time_line_names_each_new_year() -> None:
    """Without January among its months nobody knew which March it was."""
    steps = (replace(STATUS.steps[2], starts=date(2026, 11, 1), ends=date(2030, 6, 1)),)

    ticks = scale_of(replace(STATUS, steps=steps)).ticks

    names = [name for _, name in ticks]
    assert names == ["Dec", "Sep 2027", "Jun 2028", "Mar 2029", "Dec"]


def test_a_page_of_closed_steps_projects_no_end() -> None:
    """What is over does not go on at some pace."""
    closed = tuple(one for one in STATUS.steps if one.timing is Timing.CLOSED)

    for name in ("text", "markdown", "html"):
        shown = " ".join(render_roadmap(replace(STATUS, steps=closed), name).split())
        assert "last step was done on 9 Apr 2026" in shown
        assert "t this pace" not in shown
