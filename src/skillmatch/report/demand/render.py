"""One door to every view of demand."""

from __future__ import annotations

from typing import Literal, assert_never

from skillmatch.model.demand import Demand
from skillmatch.report.demand.tables import Table

DemandFormat = Literal["text", "json", "csv", "markdown", "html", "svg"]
DEMAND_FORMATS: tuple[DemandFormat, ...] = ("text", "json", "csv", "markdown", "html", "svg")


def render_demand(
    demand: Demand,
    format: DemandFormat,  # noqa: A002 - it is the option's name on the command line, too
    *,
    table: Table = "skills",
    top: int = 15,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Return demand in one format; the same demand gives the same text.

    Args:
        demand: What was found.
        format: One of ``DEMAND_FORMATS``.
        table: Which table CSV holds.
        top: Lines of each list of text and Markdown, unfolded ones of HTML, bars of SVG.
        width: Columns of the text format.
        colour: Whether the text format uses ANSI colours.
    """
    match format:
        case "text":
            from skillmatch.report.demand.as_text import demand_text

            return demand_text(demand, top=top, width=width, colour=colour)
        case "json":
            from skillmatch.report.demand.as_json import json_demand

            return json_demand(demand)
        case "csv":
            from skillmatch.report.demand.tables import csv_demand

            return csv_demand(demand, table)
        case "markdown":
            from skillmatch.report.demand.as_markdown import demand_markdown

            return demand_markdown(demand, top=top)
        case "html":
            from skillmatch.report.demand.as_html import demand_html

            return demand_html(demand, top=top)
        case "svg":
            from skillmatch.report.demand.chart import demand_svg

            return demand_svg(demand, top=top)
    assert_never(format)
