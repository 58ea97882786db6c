"""Labels become candidates."""
