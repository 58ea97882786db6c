"""Installed frameworks: one SQLite file per release, written whole and opened without parsing."""

from skillmatch.store.canonical import canonical, content_digest
from skillmatch.store.database import FrameworkDb
from skillmatch.store.values import FrameworkInfo, MatchHow, OccupationSkill, SearchHit, Source
from skillmatch.store.writing import write_framework

__all__ = [
    "FrameworkDb",
    "FrameworkInfo",
    "MatchHow",
    "OccupationSkill",
    "SearchHit",
    "Source",
    "canonical",
    "content_digest",
    "write_framework",
]
