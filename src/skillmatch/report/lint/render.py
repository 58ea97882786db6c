"""One door to every view of a lint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from skillmatch.errors import UsageError

if TYPE_CHECKING:
    from skillmatch.quality.batch import LintResult

LintFormat = Literal["text", "json", "sarif", "html", "markdown"]
LINT_FORMATS: tuple[LintFormat, ...] = ("text", "json", "sarif", "html", "markdown")


def render_lint(
    result: LintResult,
    format: LintFormat,  # noqa: A002 - it is the option's name on the command line, too
    *,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Return the result in one format; the same arguments give the same text.

    Args:
        result: What was found.
        format: One of ``LINT_FORMATS``.
        width: Columns of the text format.
        colour: Whether the text format uses ANSI colours.

    Raises:
        UsageError: There is no such format.
    """
    match format:
        case "text":
            from skillmatch.report.lint.as_text import lint_text

            return lint_text(result, width=width, colour=colour)
        case "json":
            from skillmatch.report.lint.as_json import lint_json

            return lint_json(result)
        case "sarif":
            from skillmatch.report.lint.as_sarif import lint_sarif

            return lint_sarif(result)
        case "html":
            from skillmatch.report.lint.as_html import lint_html

            return lint_html(result)
        case "markdown":
            from skillmatch.report.lint.as_markdown import lint_markdown

            return lint_markdown(result)
        case _:
            raise UsageError(f"no format {format!r}; there are {', '.join(LINT_FORMATS)}")
