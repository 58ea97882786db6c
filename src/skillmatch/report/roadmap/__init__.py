"""Where a person stands on a roadmap, as text, JSON, Markdown and a page."""

from skillmatch.report.roadmap.render import ROADMAP_FORMATS, check_format, render_roadmap

__all__ = ["ROADMAP_FORMATS", "check_format", "render_roadmap"]
