"""The routes that answer from frameworks and catalogues, in the order of the documentation."""

from __future__ import annotations

from skillmatch_api.routes import (
    catalogue,
    frameworks,
    gap,
    link,
    occupations,
    plans,
    postings,
    search,
)

ROUTERS = (
    gap.router,
    link.router,
    search.router,
    occupations.router,
    frameworks.router,
    catalogue.router,
    plans.router,
    postings.router,
)
"""``app`` takes them all at once."""
