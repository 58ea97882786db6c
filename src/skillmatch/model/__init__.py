"""Frozen values that the rooms hand to each other; standard library only."""
