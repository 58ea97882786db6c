"""Every family of routes about people."""

from __future__ import annotations

from skillmatch_api.routes import (
    candidate_consent,
    candidate_evidence,
    candidate_records,
    candidates,
)

ROUTERS = (
    candidates.router,
    candidate_consent.router,
    candidate_evidence.router,
    candidate_records.router,
)
"""In the order of the documentation."""
