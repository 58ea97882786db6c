"""All pages of the administration."""

from __future__ import annotations

from skillmatch_api.pages.admin import audit_log, frameworks, jobs, keys, people

ROUTERS = (keys.router, people.router, frameworks.router, jobs.router, audit_log.router)
"""In the order of the navigation."""
