"""Candidates: their record, consent, evidence, export and erasure."""
