"""The learner's page: a posting, what one has, the gap between them, and what to do next."""
