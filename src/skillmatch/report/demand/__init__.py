"""Demand in every form: text, JSON, CSV, Markdown, HTML and a chart."""

from skillmatch.report.demand.as_json import demand_schema, json_demand
from skillmatch.report.demand.render import DEMAND_FORMATS, DemandFormat, render_demand
from skillmatch.report.demand.tables import TABLES, Table

__all__ = [
    "DEMAND_FORMATS",
    "TABLES",
    "DemandFormat",
    "Table",
    "demand_schema",
    "json_demand",
    "render_demand",
]
