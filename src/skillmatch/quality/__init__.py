"""What makes the metadata of a badge vague or wrong, and how to mend it."""
