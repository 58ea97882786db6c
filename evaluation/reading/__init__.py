"""Twenty postings read from end to end, and what a person thinks of every link."""
