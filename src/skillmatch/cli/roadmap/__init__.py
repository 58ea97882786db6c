"""``skillmatch roadmap``: one module a command."""
