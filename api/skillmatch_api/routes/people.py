"""Every family of routes about people."""

from __future__ import annotations

from skillmatch_api.routes import (
    candidate_consent,
    candidate_evidence,
    candidate_import,
    candidate_records,
    candidate_search,
    candidates,
)

ROUTERS = (
    candidates.router,
    candidate_consent.router,
    candidate_evidence.router,
    candidate_records.router,
    candidate_search.router,
    candidate_import.router,
)
"""In the order of the documentation."""
