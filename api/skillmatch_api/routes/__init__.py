"""One module a family of routes; each parses, calls and answers, and decides nothing."""
