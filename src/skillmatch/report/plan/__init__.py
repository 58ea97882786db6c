"""A plan becomes text, JSON, Markdown, HTML, SVG and calendar entries."""

from skillmatch.report.plan.as_json import plan_schema, read_plan
from skillmatch.report.plan.render import PLAN_FORMATS, render_plan

__all__ = ["PLAN_FORMATS", "plan_schema", "read_plan", "render_plan"]
