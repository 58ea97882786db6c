"""One door to every view of a gap."""

from __future__ import annotations

from typing import Literal

from skillmatch.errors import UsageError
from skillmatch.model.gap import GapResult

Format = Literal["text", "json", "markdown", "html", "svg"]
FORMATS: tuple[Format, ...] = ("text", "json", "markdown", "html", "svg")


def render(
    result: GapResult,
    format: Format,  # noqa: A002 - it is the option's name on the command line, too
    *,
    posting_text: str | None = None,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Return the gap in one format; the same arguments give the same text.

    Args:
        result: What a comparison found.
        format: One of ``FORMATS``.
        posting_text: The text that the spans point into; the HTML page shows it, marked.
        width: Columns of the text format.
        colour: Whether the text format uses ANSI colours.

    Raises:
        UsageError: There is no such format.
    """
    match format:
        case "text":
            from skillmatch.report.text import text_report

            return text_report(result, width=width, colour=colour)
        case "json":
            from skillmatch.report.json_report import json_report

            return json_report(result)
        case "markdown":
            from skillmatch.report.markdown import markdown_report

            return markdown_report(result)
        case "html":
            from skillmatch.report.html import html_report

            return html_report(result, posting_text=posting_text)
        case "svg":
            from skillmatch.report.picture import gap_svg

            return gap_svg(result)
        case _:
            raise UsageError(f"no format {format!r}; there are {', '.join(FORMATS)}")
