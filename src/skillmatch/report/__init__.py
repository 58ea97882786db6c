"""Results become text, JSON, Markdown, HTML and SVG."""

from skillmatch.report.dropped import dropped_list
from skillmatch.report.link_lines import failed_line, link_line
from skillmatch.report.render import FORMATS, Format, render

__all__ = ["FORMATS", "Format", "dropped_list", "failed_line", "link_line", "render"]
