"""From gaps, offers and wishes to a problem, and from the solution to a plan with reasons."""
