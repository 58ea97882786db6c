"""The plan as one self-contained HTML page: no script, no request, readable on phone and paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from skillmatch.model.gap import GapState
from skillmatch.model.plan import Closure, Plan, PlanStep, StateChange
from skillmatch.report import amounts, summary, svg
from skillmatch.report.pages import page_of
from skillmatch.report.plain import plural
from skillmatch.report.plan import opening, wording
from skillmatch.report.plan.curve_svg import curve_svg
from skillmatch.report.plan.timeline import timeline_of
from skillmatch.report.plan.timeline_svg import (
    NARROW,
    WIDE,
    legend_icon,
    legend_of,
    timeline_svg,
)

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A headline figure with what it means and what it does not."""

    value: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is said of a step, name and words."""

    step: PlanStep
    tags: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    needs: tuple[PlanStep, ...]
    stack: str

    @property
    def linked(self) -> bool:
        """Whether the provider's page is a web address; no other scheme becomes a link."""
        return self.step.url.startswith(("https://", "http://"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """One plan of the comparison; the first one is the plan itself."""

    name: str
    rows: tuple[tuple[str, str], ...]
    steps: tuple[tuple[PlanStep, bool], ...]
    sure: bool


def plan_html(plan: Plan) -> str:
    """Return the page; everything in the plan is escaped."""
    line = timeline_of(plan)
    moved = [change for change in plan.changes if is_moved(change)]
    text = _page().render(
        plan=plan,
        title=opening.title_of(plan),
        about=opening.about_words(plan),
        headline=opening.headline(plan),
        limits_set=opening.limits_words(plan),
        figures=_figures(plan) if plan.steps else (),
        line=line,
        legend=legend_of(line),
        steps=tuple(_facts(plan, step) for step in plan.steps),
        moved=moved,
        unmoved=[change for change in plan.changes if not is_moved(change)],
        bars=_bars(plan)[: 2 if moved else 1],
        others=_others(plan),
        mine=sorted(step.offer for step in plan.steps),
        points=tuple(enumerate(plan.curve, 1)),
        open_groups=tuple(wording.open_groups(plan)),
        effects=[effect for effect in plan.filters if effect.removed],
        limits=wording.LIMITS,
    )
    return f"{text}\n"


def is_moved(change: StateChange) -> bool:
    """Tell whether a plan does anything for a requirement."""
    return (
        change.before is not change.after
        or change.coverage_before != change.coverage_after
        or change.priority_before != change.priority_after
    )


def covered_words(state: GapState, value: float) -> str:
    """Return how much of a requirement is covered; a level that is too low is not averaged."""
    return "" if state is GapState.BELOW_LEVEL else amounts.share_words(value)


def gain_bar(closure: Closure) -> str:
    """Return a bar of what is there without the plan, and what the step adds to it."""
    had, has = 1 - closure.before, 1 - closure.after
    return (
        '<svg class="gain-bar" width="100%" height="8" aria-hidden="true">'
        '<rect class="track" width="100%" height="8" rx="4"/>'
        f'<rect class="gained" width="{100 * has:.4g}%" height="8" rx="4"/>'
        f'<rect class="had" width="{100 * had:.4g}%" height="8" rx="4"/></svg>'
    )


def _figures(plan: Plan) -> tuple[Figure, ...]:
    totals = plan.totals
    unstated = totals.unpriced
    more = f" {plural(unstated, 'step')} more, whose price is not stated." if unstated else ""
    last = f"The last step ends on {amounts.day_words(plan.ends)}. " if plan.ends else ""
    proof = opening.proof_words(plan)
    return (
        Figure(
            value=amounts.share_words(totals.closed),
            name="of the gap closed",
            meaning=f"What matters more counts more; {proof}. No measure of your chances.",
        ),
        Figure(
            value=amounts.amount_words(totals.cost),
            name="in prices of the catalogue",
            meaning=f"Fees only: no travel, books or pay that you give up.{more}",
        ),
        Figure(
            value=amounts.length_words(totals.weeks),
            name=f"at up to {amounts.number_words(plan.request.hours_per_week)} h a week",
            meaning=f"{last}{_hours(plan)} of work as providers state it.",
        ),
        Figure(
            value=str(totals.credentials),
            name="credential" if totals.credentials == 1 else "credentials",
            meaning="On offer, not yet yours: places and entry are for the provider to grant.",
        ),
    )


def _hours(plan: Plan) -> str:
    least = "At least " if any(step.hours is None for step in plan.steps) else ""
    return f"{least}{amounts.number_words(plan.totals.hours)} hours"


def _facts(plan: Plan, step: PlanStep) -> Facts:
    rows = [("when", wording.when_words(step))]
    if last := wording.enrolment(step):
        rows.append(("enrol by", amounts.day_words(last)))
    if how := wording.how_words(step):
        rows.append(("how", how))
    rows += [("costs", wording.price_words(plan, step)), ("work", wording.work_words(step))]
    if step.valid_until:
        rows.append(("renew by", amounts.day_words(step.valid_until)))
    return Facts(
        step=step,
        tags=wording.tags(plan, step),
        rows=tuple(rows),
        needs=tuple(one for one in plan.steps if one.offer in step.after),
        stack=wording.stack_words(plan, step) if step.completes else "",
    )


def _bars(plan: Plan) -> tuple[tuple[str, dict[GapState, int]], ...]:
    """Return how many requirements are in each state, now and with the plan."""
    named = (
        ("now", [change.before for change in plan.changes]),
        ("with the plan", [change.after for change in plan.changes]),
    )
    return tuple(
        (name, {state: states.count(state) for state in summary.STATES}) for name, states in named
    )


def _others(plan: Plan) -> tuple[Other, ...]:
    if not plan.alternatives:
        return ()
    rows = wording.alternative_rows(plan)
    own = tuple((step, True) for step in plan.steps)
    made = [_other(rows[0], own, sure=plan.optimality.proven)]
    made += [
        _other(row, wording.other_steps(plan, other), sure=other.proven)
        for row, other in zip(rows[1:], plan.alternatives, strict=True)
    ]
    return tuple(made)


def _other(row: tuple[str, ...], steps: tuple[tuple[PlanStep, bool], ...], *, sure: bool) -> Other:
    named = tuple(zip(wording.ALTERNATIVE_HEAD[1:], row[1:], strict=True))
    return Other(name=row[0], rows=named, steps=steps, sure=sure)


@cache
def _page() -> Template:
    return page_of(
        "plan",
        ("page",),
        timeline=lambda line: _markup(timeline_svg(line, WIDE) + timeline_svg(line, NARROW)),
        curve=lambda points: _markup(curve_svg(points)),
        gain_bar=lambda closure: _markup(gain_bar(closure)),
        icon=lambda state: _markup(svg.icon(state)),
        state_bar=lambda counts: _markup(svg.state_bar(counts)),
        coverage_bar=lambda value, state: _markup(svg.coverage_bar(value, state)),
        legend_icon=lambda key: _markup(legend_icon(key)),
        key=svg.state_key,
        covered=covered_words,
        necessity=summary.NECESSITY_NAMES.__getitem__,
        reason=wording.REASONS.__getitem__,
        left=wording.left_words,
        change=wording.change_words,
        closure_notes=wording.closure_notes,
        offers=wording.offers_words,
        filter_name=wording.filter_name,
        span=amounts.span_words,
        money=amounts.amount_words,
        share=amounts.share_words,
    )


def _markup(drawn: str) -> Markup:
    from markupsafe import Markup

    # Drawn from numbers, enums and escaped text by functions of this package.
    return Markup(drawn)  # noqa: S704
