"""Mentions become links or none."""
