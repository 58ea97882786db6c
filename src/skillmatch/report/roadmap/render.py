"""One door to the views of a roadmap."""

from __future__ import annotations

from skillmatch.errors import UsageError
from skillmatch.model.roadmap_status import RoadmapStatus

ROADMAP_FORMATS = ("text", "json", "markdown", "html")


def check_format(name: str) -> str:
    """Return the name of a format as it is.

    Raises:
        UsageError: There is no such format.
    """
    if name not in ROADMAP_FORMATS:
        raise UsageError(f"no format {name!r}; there are {', '.join(ROADMAP_FORMATS)}")
    return name


def render_roadmap(
    status: RoadmapStatus,
    format: str,  # noqa: A002 - it is the option's name, too
    *,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Return where a person stands in one of the ``ROADMAP_FORMATS``.

    The same status gives the same bytes.

    Args:
        status: What was found.
        format: Of the view.
        width: Columns of text.
        colour: Whether text has ANSI colours.

    Raises:
        UsageError: There is no such format.
    """
    match check_format(format):
        case "json":
            from skillmatch.report.roadmap.as_json import roadmap_json

            return roadmap_json(status)
        case "markdown":
            from skillmatch.report.roadmap.as_markdown import roadmap_markdown

            return roadmap_markdown(status)
        case "html":
            from skillmatch.report.roadmap.as_html import roadmap_html

            return roadmap_html(status)
        case _:
            from skillmatch.report.roadmap.as_text import roadmap_text

            return roadmap_text(status, width=width, colour=colour)
