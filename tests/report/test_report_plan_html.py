"""The page of a plan: safe, self-contained, linked in itself, and drawn to scale."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.model.offer import Money
from skillmatch.model.plan import CurvePoint, Goal, Plan
from skillmatch.report.pages import style_of
from skillmatch.report.plan import render_plan
from skillmatch.report.plan.curve_svg import curve_svg
from skillmatch.report.plan.timeline import MarkKind, Timeline, ticks, timeline_of, with_room
from skillmatch.report.plan.timeline_svg import NARROW, timeline_svg
from tests.report.page_parser import Page
from tests.report.plan_samples import CHANGES, PLAN, STEPS, closes, eur, long_plan

HTML = render_plan(PLAN, "html")
PAGE = Page(HTML)
EMPTY = replace(PLAN, steps=(), ends=None, alternatives=(), curve=(), changes=CHANGES[6:9])


def words(plan: Plan) -> str:
    """Return what a reader of the page reads, on one line."""
    return " ".join("".join(Page(render_plan(plan, "html")).words).split())


def test_the_plan_page_is_well_formed_and_its_headings_nest() -> None:
    """Assistive technology reads a page by its headings."""
    levels = [int(tag[1]) for tag, _ in PAGE.tags if re.fullmatch("h[1-6]", tag)]

    assert PAGE.open == []
    assert ("html", {"lang": "en"}) in PAGE.tags
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


def test_the_plan_page_asks_nobody_for_anything() -> None:
    """It opens on a train, and tells no server who reads it."""
    tags = {tag for tag, _ in PAGE.tags}

    assert tags.isdisjoint({"script", "img", "iframe", "object", "embed", "form", "base"})
    assert [a["href"] for tag, a in PAGE.tags if tag == "link"] == ["data:,"]
    assert not re.search(r"@import|url\(", style_of("page", "plan"))


def test_every_link_inside_the_plan_page_leads_somewhere() -> None:
    """Bars lead to steps, and steps to those that come before."""
    ids = list(PAGE.values("id"))
    targets = {href[1:] for href in PAGE.values("href") if href.startswith("#")}

    assert len(ids) == len(set(ids))
    assert targets <= set(ids)
    assert {f"s{number}" for number in range(1, 7)} <= targets


def test_the_plan_page_takes_its_colours_from_the_shared_sheet() -> None:
    """Their contrast is tested there, by day and by night."""
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb\(", style_of("plan"))


SLY = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


def sly_plan() -> Plan:
    """Return the plan with markup wherever a text can stand."""
    closure = replace(closes(SLY), level=SLY)
    step = replace(
        STEPS[2], offer=SLY, name=SLY, provider=SLY, url="javascript:alert(3)", why=SLY,
        check=(SLY,), closes=(closure,), completes=(SLY,), after=(SLY,),
        instead_of=tuple(replace(one, name=SLY, why=SLY) for one in STEPS[2].instead_of),
    )  # fmt: skip
    money = Money(amount=5, currency=SLY)
    return replace(
        PLAN,
        goals=(Goal(source=SLY, title=SLY, requirements=1),),
        catalogue=SLY,
        steps=(replace(step, cost=money),),
        open=tuple(replace(one, label=SLY, why=SLY, offers=(SLY,)) for one in PLAN.open),
        totals=replace(PLAN.totals, cost=money),
        alternatives=tuple(replace(one, steps=(step,)) for one in PLAN.alternatives),
        curve=tuple(replace(one, cost=money, offers=(SLY,)) for one in PLAN.curve[:2]),
        filters=tuple(replace(one, filter=SLY, offers=(SLY,), lost=(SLY,)) for one in PLAN.filters),
        changes=tuple(replace(one, label=SLY) for one in PLAN.changes),
        request=replace(PLAN.request, languages=(SLY,), places=(SLY,), access=(SLY,)),
        notes=(SLY,),
        attribution=(SLY,),
        names=((SLY, SLY),),
    )


def test_script_in_a_catalogue_stays_text_wherever_it_stands() -> None:
    """A catalogue comes from strangers, and so does a posting."""
    page = Page(render_plan(sly_plan(), "html"))

    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img"})
    assert not list(page.values("onerror"))
    assert not [href for href in page.values("href") if href.startswith("javascript")]
    assert "".join(page.words).count(SLY) > 40


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "svg"])
def test_a_plan_cannot_steer_the_reader_s_screen(format_: str) -> None:
    """Escape sequences and reading-order marks of an offer are not passed on."""
    step = replace(STEPS[0], name="Nurse\x1b[2J\x07 \u202eevil\u2028x", why="\x1b]0;x\x07")

    text = render_plan(replace(PLAN, steps=(step,)), format_)

    assert not set("\x1b\x07\u202e\u2028") & set(text)


def test_a_page_without_steps_says_why_and_draws_no_timeline() -> None:
    """An empty chart would look like a fault."""
    text = words(EMPTY)

    assert "No step can be taken: of 58 offers none closes anything" in text
    assert "Nothing here changes." in text
    assert "with the plan" not in text
    assert 'class="time' not in render_plan(EMPTY, "html")


def test_the_page_has_a_timeline_for_wide_and_one_for_narrow_screens() -> None:
    """Text in a picture that shrinks could not be read on a phone."""
    assert len(re.findall(r'<svg class="time (wide|narrow)"', HTML)) == 2
    assert ".time.wide { display: none; }" in style_of("plan")


def test_fixed_starts_and_free_ones_differ_in_shape() -> None:
    """Colour alone says nothing to one reader in twelve."""
    radii = dict(
        reversed(pair) for pair in re.findall(r'rx="([\d.]+)" class="bar (fixed|free)"', HTML)
    )

    assert radii == {"fixed": "2", "free": "9"}
    assert HTML.count('class="post"') == 2 * 2 + 1


def test_arrows_lead_to_a_step_from_what_must_come_right_before() -> None:
    """An arrow from what comes before that as well would only hide the others."""
    lanes = {lane.step.number: lane for lane in timeline_of(PLAN).lanes}

    assert {number: lane.needs for number, lane in lanes.items() if lane.needs} == {
        3: (0,),
        5: (0, 1, 2),
        6: (2,),
    }
    assert lanes[5].last_needs == (1, 2)
    assert HTML.count('class="head"') == 4 + 1
    assert "after 1, 2, 3" in words(PLAN)


def test_bars_lie_where_their_days_are() -> None:
    """A step of half the plan's length is drawn half as long as the plan."""
    line = timeline_of(PLAN)
    first, last = line.lanes[0], line.lanes[-1]

    assert (line.first, line.end) == (date(2026, 10, 26), date(2027, 3, 1))
    assert first.left == pytest.approx(100 * 7 / 126)
    assert first.right - first.left == pytest.approx(100 * 14 / 126)
    assert last.right == pytest.approx(100 * 112 / 126)


def test_a_day_far_off_does_not_squeeze_the_plan() -> None:
    """An end in three years is told in words; a plan of a month fills its line."""
    far = replace(PLAN, request=replace(PLAN.request, by=date(2029, 12, 31)))

    line = timeline_of(far)

    assert line.end == date(2027, 2, 15)
    assert [mark.kind for mark in line.marks] == [MarkKind.TODAY]


def test_a_last_day_to_enrol_after_the_step_is_no_deadline() -> None:
    """A catalogue may be open for years; a reminder of that would be noise."""
    late = replace(STEPS[0], enrol_by=date(2031, 1, 1))

    assert timeline_of(replace(PLAN, steps=(late,))).lanes[0].marks == ()
    assert "enrol by" not in words(replace(PLAN, steps=(late,)))


@given(
    start=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    days=st.integers(1, 4000),
    most=st.integers(3, 12),
)
def test_ticks_are_few_ordered_and_on_the_line(start: date, days: int, most: int) -> None:
    """Whatever a plan's length, its labels have room."""
    line = Timeline(first=start, end=start + timedelta(days=days), lanes=(), marks=())

    places = [tick.place for tick in ticks(line, most)]

    assert len(places) <= most
    assert places == sorted(set(places))
    assert all(0 <= place <= 100 for place in places)


@given(start=st.dates(date(2020, 1, 1), date(2035, 1, 1)), days=st.integers(1, 4000))
def test_words_on_the_line_of_a_small_phone_do_not_touch(start: date, days: int) -> None:
    """Two months over each other are no month at all."""
    line = Timeline(first=start, end=start + timedelta(days=days), lanes=(), marks=())

    named = with_room(ticks(line, 5), 230)

    ends = [tick.place * 2.3 + 7 * len(tick.label) for tick in named]
    starts = [tick.place * 2.3 for tick in named]
    assert all(end < begin for end, begin in zip(ends, starts[1:], strict=False))
    assert all(end <= 240 for end in ends)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-10-26", ["done by 28 Feb 2027", "today"]),
        ("2027-01-11", ["done by", "today"]),
        ("2027-02-20", ["done by 28 Feb 2027"]),
    ],
    ids=["far apart", "near", "next to each other"],
)
def test_today_and_the_last_day_do_not_write_over_each_other(at: str, said: list[str]) -> None:
    """A plan that is made anew half-way has both on one side."""
    line = timeline_of(replace(PLAN, at=at))

    drawn = timeline_svg(line, NARROW)

    assert re.findall(r'-words" text-anchor="\w+">([^<]+)<', drawn) == said
    assert drawn.count('class="today"') == len(STEPS) + 1


@pytest.mark.parametrize(("steps", "days"), [(1, 1), (1, 30), (15, 73), (3, 365)])
def test_plans_short_and_long_stay_on_their_line(steps: int, days: int) -> None:
    """One day or three years: nothing leaves the picture."""
    plan = long_plan(steps, days)

    lanes = timeline_of(plan).lanes

    assert len(lanes) == steps
    assert all(0 <= lane.left < lane.right <= 100 for lane in lanes)
    assert Page(render_plan(plan, "html")).open == []


def test_points_of_the_curve_lie_to_scale_and_carry_their_number() -> None:
    """Twice the cost is twice as far to the right."""
    points = tuple(
        CurvePoint(cost=eur(cost), closed=share, offers=())
        for cost, share in ((0, 0.2), (50, 0.5), (100, 1.0))
    )

    drawn = curve_svg(points)

    dots = re.findall(r'<svg x="([\d.]+)%" y="([\d.]+)" overflow', drawn)
    assert sorted((float(x), float(y)) for x, y in dots) == [(7, 208), (53.5, 130), (100, 0)]
    assert re.findall(r'class="name"[^>]*>(\d)<', drawn) == ["3", "2", "1"]


def test_a_curve_of_free_offers_alone_is_drawn() -> None:
    """Nothing divides by a cost of nothing."""
    point = CurvePoint(cost=eur(0), closed=0.0, offers=())

    assert "At most 0% for 0 EUR" in curve_svg((point,))


def test_a_plan_that_is_paid_and_begun_is_told_as_such() -> None:
    """Nobody pays twice because a page said so."""
    text = words(PLAN)

    assert "already begun" in text
    assert "paid already" in text
    assert "you committed to it" in text
