"""One door to the pages of a portfolio."""

from __future__ import annotations

from skillmatch.errors import UsageError
from skillmatch.issuing.portfolio import Portfolio

PAGES = ("html", "json", "markdown")


def render_portfolio(portfolio: Portfolio, format: str) -> str:  # noqa: A002 - it is the option's name, too
    """Return a portfolio in one of the ``PAGES``; the same portfolio gives the same text.

    Raises:
        UsageError: There is no such format.
    """
    match format:
        case "html":
            from skillmatch.report.portfolio_html import portfolio_html

            return portfolio_html(portfolio)
        case "json":
            from skillmatch.report.portfolio_json import portfolio_json

            return portfolio_json(portfolio)
        case "markdown":
            from skillmatch.report.portfolio_markdown import portfolio_markdown

            return portfolio_markdown(portfolio)
        case _:
            raise UsageError(f"no page {format!r}; there are {', '.join(PAGES)}")
