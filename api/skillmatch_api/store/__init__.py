"""People, keys, jobs and whatever else the service keeps, in SQLite or PostgreSQL."""

from skillmatch_api.store.database import Store

__all__ = ["Store"]
