"""Outcome statements to concepts, existing alignments to findings, and reviews that survive."""
