"""The dashboard: one self-contained page, no script, no request, for phone and paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from skillmatch.model.roadmap import StepState
from skillmatch.model.roadmap_status import RoadmapStatus, StepStatus
from skillmatch.report import amounts, svg
from skillmatch.report.pages import page_of
from skillmatch.report.plain import plural
from skillmatch.report.roadmap import drawing, wording
from skillmatch.report.summary import NECESSITY_NAMES

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A headline figure with what it means."""

    value: str
    name: str
    meaning: str


def roadmap_html(status: RoadmapStatus) -> str:
    """Return the page; whatever people and providers wrote is escaped."""
    scale = drawing.scale_of(status)
    used = {drawing.step_key(one) for one in status.steps}
    text = _page().render(
        status=status,
        title=wording.title_of(status),
        about=_about(status),
        headline=wording.headline(status),
        figures=_figures(status),
        scale=scale,
        legend=[(key, words) for key, words in _LEGEND if key in used],
        pace=wording.pace_lines(status),
        money=wording.money_lines(status),
        open=[one for one in status.requirements if one.priority > 0],
        met=[one for one in status.requirements if one.priority <= 0],
        numbers={one.id: one.number for one in status.steps},
        ahead={one.id: one.number for one in status.steps if one.state is not StepState.DONE},
        limits=wording.LIMITS,
    )
    return f"{text}\n"


_LEGEND = (
    ("done", "done"),
    ("started", "under way"),
    ("late", "late"),
    ("planned", "planned"),
    ("dropped", "dropped"),
)


def _about(status: RoadmapStatus) -> tuple[str, ...]:
    parts = [f"where you are on {amounts.day_words(status.at)}"]
    parts.append(f"begun {amounts.day_words(status.begun)}")
    if status.ends:
        parts.append(f"planned to {amounts.day_words(status.ends)}")
    if status.by:
        parts.append(f"last day {amounts.day_words(status.by)}")
    return tuple(parts)


def _figures(status: RoadmapStatus) -> tuple[Figure, ...]:
    live = [one for one in status.steps if one.state is not StepState.DROPPED]
    done = sum(one.state is StepState.DONE for one in live)
    proven = sum(wording.is_proven(one) for one in live)
    return (
        Figure(
            value=f"{done} of {len(live)}",
            name="steps done",
            meaning=f"{proven or 'None'} of them proven by a badge." if done else "Not one yet.",
        ),
        _pace(status),
        Figure(
            value=amounts.amount_words(status.money.spent),
            name="spent",
            meaning=_money(status),
        ),
    )


def _pace(status: RoadmapStatus) -> Figure:
    ahead, end = status.pace.weeks_ahead, status.pace.projected_end
    if wording.all_closed(status) and end:
        said = f"The last step was done on {amounts.day_words(end)}."
        return Figure(value="closed", name="all steps", meaning=said)
    return Figure(
        value="–" if ahead is None else wording.weeks(abs(ahead)) if ahead else "on time",
        name=_pace_name(ahead),
        meaning=f"At this pace it ends on {amounts.day_words(end)}."
        if end
        else f"No end can be projected: {status.pace.why}.",
    )


def _pace_name(ahead: float | None) -> str:
    if ahead is None:
        return "no pace"
    return "ahead of the plan" if ahead > 0 else "behind the plan" if ahead < 0 else "by the hours"


def _money(status: RoadmapStatus) -> str:
    money = status.money
    words = f"{amounts.amount_words(money.to_come)} to come."
    if money.budget is not None:
        words += f" The budget is {amounts.amount_words(money.budget)}."
    if money.unpriced:
        words += f" {plural(money.unpriced, 'step')} without a stated price."
    return words


def _is_web(step: StepStatus) -> bool:
    """Tell whether a step's address may become a link: a web address, and no other scheme."""
    return step.url.startswith(("https://", "http://"))


@cache
def _page() -> Template:
    return page_of(
        "roadmap",
        ("page",),
        is_web=_is_web,
        words=wording,
        day=amounts.day_words,
        share=amounts.share_words,
        key=drawing.step_key,
        state_key=svg.state_key,
        state_icon=lambda state: _markup(svg.icon(state)),
        icon=lambda name: _markup(drawing.step_icon(name)),
        ring=lambda status: _markup(drawing.ring(status)),
        lane=lambda step, scale: _markup(drawing.lane(step, scale)),
        place=lambda scale, when: f"{scale.place(when) * 100:.4g}%",
        share_bar=lambda one: _markup(drawing.share_bar(one.met_start, one.met_now, one.met_end)),
        amount_bar=lambda *amounts: _markup(drawing.amount_bar(*amounts)),
        necessity=NECESSITY_NAMES.__getitem__,
    )


def _markup(drawn: str) -> Markup:
    from markupsafe import Markup

    # Drawn from numbers and enums by functions of this package.
    return Markup(drawn)  # noqa: S704
