"""The routes that answer from frameworks and catalogues, in the order of the documentation."""

from __future__ import annotations

from skillmatch_api.routes import frameworks, gap, link, occupations, search

ROUTERS = (
    gap.router,
    link.router,
    search.router,
    occupations.router,
    frameworks.router,
)
"""``app`` takes them all at once."""
