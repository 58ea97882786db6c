"""The routes of badges, their reviews, and long work, in the order of the documentation."""

from __future__ import annotations

from skillmatch_api.routes import alignments, badges, demand, jobs

ROUTERS = (
    badges.router,
    jobs.router,
    alignments.router,
    demand.router,
)
"""``app`` takes them all at once."""
