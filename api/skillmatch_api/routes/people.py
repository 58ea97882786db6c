"""Every family of routes about people."""

from __future__ import annotations

from skillmatch_api.routes import candidates

ROUTERS = (candidates.router,)
"""In the order of the documentation."""
