"""Speed and memory, each by one command that prints JSON."""
