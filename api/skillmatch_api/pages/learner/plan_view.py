"""A plan as the page shows it: figures, a timeline, steps in words, and what stays open."""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup

from skillmatch.model.offer import Money
from skillmatch.model.plan import Closure, OpenGap, Plan, PlanStep
from skillmatch.report import svg
from skillmatch.report.plan.as_html import gain_bar
from skillmatch.report.plan.timeline import Lane, timeline_of
from skillmatch.report.plan.timeline_svg import (
    NARROW,
    WIDE,
    legend_icon,
    legend_of,
    timeline_svg,
)
from skillmatch.report.plan.wording import open_groups
from skillmatch_api.pages import engine_words
from skillmatch_api.pages.language import Words
from skillmatch_api.pages.learner import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """What a step does for one requirement."""

    closure: Closure
    necessity: str
    change: str
    bar: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step in words, name and value."""

    step: PlanStep
    facts: tuple[tuple[str, str], ...]
    needs: tuple[PlanStep, ...]
    closes: tuple[Closed, ...]

    @property
    def link(self) -> str:
        """The provider's page, where it is one of the web."""
        return self.step.url if self.step.url.startswith(("https://", "http://")) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenView:
    """Why some gaps stay open."""

    heading: str
    intro: str
    gaps: tuple[tuple[OpenGap, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """What the template of the plan shows."""

    plan: Plan
    headline: str
    lanes: tuple[Lane, ...]
    drawn: Markup
    legend: tuple[tuple[str, Markup, str], ...]
    steps: tuple[StepView, ...]
    open: tuple[OpenView, ...]


def plan_view(t: Words, plan: Plan) -> PlanView:
    """Return what is shown of a plan."""
    line = timeline_of(plan)
    drawn = engine_words.drawn(t, timeline_svg(line, WIDE) + timeline_svg(line, NARROW))
    return PlanView(
        plan=plan,
        headline=_headline(t, plan),
        lanes=line.lanes,
        drawn=drawn if plan.steps else Markup(""),
        legend=tuple(
            (key, Markup(legend_icon(key)), t(f"learner.legend_{key.replace(' ', '_')}"))  # noqa: S704
            for key, _ in legend_of(line)
        ),
        steps=tuple(_step(t, plan, step) for step in plan.steps),
        open=tuple(_open(t, reason.name.lower(), gaps) for reason, gaps in open_groups(plan)),
    )


def money_words(t: Words, money: Money | None) -> str:
    """Return a price, or that it is free or not stated."""
    if money is None:
        return t("learner.plan_unpriced")
    if not money.minor:
        return t("learner.plan_free")
    return f"{t.number(money.minor / 100, most=2)} {money.currency}".strip()


def _headline(t: Words, plan: Plan) -> str:
    if not plan.steps:
        return t("learner.plan_nothing")
    totals = plan.totals
    first = t(
        "learner.plan_headline",
        count=totals.credentials,
        share=t.share(totals.closed),
        weeks=_weeks(t, totals.weeks),
        cost=money_words(t, totals.cost),
    )
    ends = t("learner.plan_ends", day=t.day(plan.ends)) if plan.ends else ""
    more = t("learner.plan_more_cost", count=totals.unpriced) if totals.unpriced else ""
    return " ".join(part for part in (first, ends, more) if part)


def _weeks(t: Words, weeks: float) -> str:
    return t("learner.weeks", count=max(1, math.ceil(round(weeks, 3))))


def _step(t: Words, plan: Plan, step: PlanStep) -> StepView:
    days = (step.ends - step.starts).days + 1
    start = "learner.plan_fixed" if step.fixed_start else "learner.plan_any_day"
    facts = [
        ("when", t.days(step.starts, step.ends)),
        ("length", f"{_weeks(t, days / 7)}, {t(start)}"),
        ("cost", money_words(t, step.cost)),
    ]
    if step.hours is not None:
        facts.append(("work", t("learner.plan_hours", hours=t.number(step.hours))))
    if step.enrol_by and step.enrol_by <= step.ends:
        facts.append(("enrol", t.day(step.enrol_by)))
    if step.place:
        facts.append(("place", step.place))
    return StepView(
        step=step,
        facts=tuple((t(f"learner.plan_{name}"), words) for name, words in facts),
        needs=tuple(one for one in plan.steps if one.offer in step.after),
        closes=tuple(_closed(t, one) for one in step.closes),
    )


def _closed(t: Words, closure: Closure) -> Closed:
    return Closed(
        closure=closure,
        necessity=t(f"learner.necessity_{closure.necessity}"),
        change=f"{_left(t, closure.before)} → {_left(t, closure.after)}",
        bar=Markup(gain_bar(closure)),  # noqa: S704 - made from numbers
    )


def _left(t: Words, left: float) -> str:
    if left <= 0:
        return t("learner.plan_closed")
    return t("learner.plan_all_open") if left >= 1 else t("learner.plan_open", share=t.share(left))


def _open(t: Words, reason: str, gaps: tuple[OpenGap, ...]) -> OpenView:
    return OpenView(
        heading=t(f"learner.open_{reason}"),
        intro=t(f"learner.open_{reason}_means"),
        gaps=tuple(
            (gap, svg.state_key(gap.state), wording.state_words(t, gap.state)) for gap in gaps
        ),
    )
