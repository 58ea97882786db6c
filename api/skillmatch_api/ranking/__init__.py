"""Whom a search finds, and in which order."""
