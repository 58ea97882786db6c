"""Spans, units and normal forms."""
