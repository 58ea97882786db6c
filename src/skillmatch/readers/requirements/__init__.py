"""The checklist of requirements as a file that a person edits."""

from skillmatch.readers.requirements.checklist import read_requirements, write_requirements

__all__ = ["read_requirements", "write_requirements"]
