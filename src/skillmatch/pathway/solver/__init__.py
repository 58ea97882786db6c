"""The exact optimiser: a planning problem in whole numbers, and its best plan."""
