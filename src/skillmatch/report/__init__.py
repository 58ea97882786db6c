"""Results become text, JSON, Markdown, HTML and SVG."""

from skillmatch.report.link_lines import failed_line, link_line
from skillmatch.report.render import FORMATS, Format, render

__all__ = ["FORMATS", "Format", "failed_line", "link_line", "render"]
