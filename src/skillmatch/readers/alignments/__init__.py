"""Review files of alignments, and sheets of learning outcomes."""

from skillmatch.readers.alignments.outcome_sheet import is_sheet, read_outcome_sheet
from skillmatch.readers.alignments.review_file import read_review, write_review

__all__ = ["is_sheet", "read_outcome_sheet", "read_review", "write_review"]
