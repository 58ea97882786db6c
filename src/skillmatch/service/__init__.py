"""Use cases: what a command or a route asks for."""
