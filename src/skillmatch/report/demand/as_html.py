"""Demand as one self-contained page: no script, no request, readable on phone and paper."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from skillmatch.model.demand import Demand, Supply
from skillmatch.report.amounts import money_words, share_words
from skillmatch.report.demand import wording
from skillmatch.report.demand.chart import STATES, icon
from skillmatch.report.pages import page_of

if TYPE_CHECKING:
    from jinja2 import Template

CHART = 20


def demand_html(demand: Demand, *, top: int) -> str:
    """Return the page; lists longer than ``top`` are folded, none is cut."""
    found = wording.counts(demand)
    most = max((one.postings for one in demand.skills), default=1)
    return _page().render(
        demand=demand,
        top=top,
        title=wording.title_of(demand),
        headline=wording.headline(demand),
        figures=[(supply, found[supply], wording.MEANINGS[supply]) for supply in Supply],
        chart=[(one, 100 * one.postings / most) for one in demand.skills[:CHART]],
        unmet=wording.unmet(demand),
        wanted=wording.wanted(demand),
        limits=wording.limits(demand),
    )


@cache
def _page() -> Template:
    from markupsafe import Markup

    return page_of(
        "demand",
        ("page",),
        # Built from constants of this package alone.
        icon=lambda supply: Markup(icon(supply)),  # noqa: S704 - see above
        key=lambda supply: STATES[supply].value.replace(" ", "-"),
        asked=wording.asked_words,
        near=wording.near_words,
        example=wording.example_words,
        offer_words=wording.offer_words,
        unasked_words=wording.unasked_words,
        stack_title=wording.stack_title,
        stack_cost=wording.stack_cost,
        money=money_words,
        share=share_words,
    )
