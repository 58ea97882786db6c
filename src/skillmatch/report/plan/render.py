"""One door to every view of a plan."""

from __future__ import annotations

from skillmatch.errors import UsageError
from skillmatch.model.plan import Plan

PLAN_FORMATS = ("text", "json", "markdown", "html", "svg", "ics")


def render_plan(
    plan: Plan,
    format: str,  # noqa: A002 - it is the option's name on the command line, too
    *,
    width: int = 80,
    colour: bool = False,
) -> str:
    r"""Return the plan in one format; the same plan gives the same text.

    Args:
        plan: What the planner found.
        format: One of ``PLAN_FORMATS``. Lines of ``ics`` end in ``\r\n``, as calendars demand.
        width: Columns of the text format.
        colour: Whether the text format uses ANSI colours.

    Raises:
        UsageError: There is no such format.
    """
    match format:
        case "text":
            from skillmatch.report.plan.as_text import plan_text

            return plan_text(plan, width=width, colour=colour)
        case "json":
            from skillmatch.report.plan.as_json import plan_json

            return plan_json(plan)
        case "markdown":
            from skillmatch.report.plan.as_markdown import plan_markdown

            return plan_markdown(plan)
        case "html":
            from skillmatch.report.plan.as_html import plan_html

            return plan_html(plan)
        case "svg":
            from skillmatch.report.plan.as_picture import plan_svg

            return plan_svg(plan)
        case "ics":
            from skillmatch.report.plan.as_calendar import plan_calendar

            return plan_calendar(plan)
        case _:
            raise UsageError(f"no format {format!r}; there are {', '.join(PLAN_FORMATS)}")
