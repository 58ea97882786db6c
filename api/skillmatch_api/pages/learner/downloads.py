"""The answer as files: report, JSON and the checklist; the plan as report and calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

from fastapi import Response

from skillmatch.model.gap import GapResult
from skillmatch.model.plan import Plan
from skillmatch.report import Format, render
from skillmatch.report.plan import render_plan

Named = TypeVar("Named", bound=str)


@dataclass(frozen=True, slots=True)
class Kind(Generic[Named]):
    """A file that can be had: the name of a format of the engine, and its media type."""

    format: Named
    media_type: str


GAP_FILES: Mapping[str, Kind[Format]] = MappingProxyType(
    {
        "gap.html": Kind("html", "text/html"),
        "gap.md": Kind("markdown", "text/markdown"),
        "gap.json": Kind("json", "application/json"),
        "gap.svg": Kind("svg", "image/svg+xml"),
    }
)
PLAN_FILES: Mapping[str, Kind[str]] = MappingProxyType(
    {
        "plan.html": Kind("html", "text/html"),
        "plan.md": Kind("markdown", "text/markdown"),
        "plan.json": Kind("json", "application/json"),
        "plan.ics": Kind("ics", "text/calendar"),
    }
)


def gap_file(name: str, result: GapResult, *, posting_text: str | None) -> Response:
    """Return the gap as a file; the same bytes as the command line writes."""
    kind = GAP_FILES[name]
    return _file(
        name, kind.media_type, lambda: render(result, kind.format, posting_text=posting_text)
    )


def plan_file(name: str, plan: Plan) -> Response:
    """Return the plan as a file; the same bytes as the command line writes."""
    kind = PLAN_FILES[name]
    return _file(name, kind.media_type, lambda: render_plan(plan, kind.format))


def _file(name: str, media_type: str, made: Callable[[], str]) -> Response:
    return Response(
        made().encode("utf-8"),
        media_type=f"{media_type}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            # It is a person's text: even where a browser shows it, nothing in it may run.
            "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
        },
    )
