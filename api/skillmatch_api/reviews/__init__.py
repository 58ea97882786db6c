"""Proposed alignments of badges, what reviewers decided on them, and the badges that result."""
