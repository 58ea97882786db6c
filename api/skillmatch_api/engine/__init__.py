"""The matcher that requests share, and its exchange while they run."""
