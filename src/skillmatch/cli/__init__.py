"""Parse arguments, call a use case, print."""
