"""Credentials that close gaps: conditions, choice and order under budgets, and what stays open."""
