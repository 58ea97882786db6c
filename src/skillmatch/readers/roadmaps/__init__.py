"""Roadmaps: the one file a plan is kept in."""
