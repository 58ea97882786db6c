"""The one file that a person's roadmap is kept in."""

from skillmatch.readers.roadmaps.roadmap import locked, parse_roadmap, read_roadmap, write_roadmap
from skillmatch.readers.roadmaps.writing import roadmap_text

__all__ = ["locked", "parse_roadmap", "read_roadmap", "roadmap_text", "write_roadmap"]
