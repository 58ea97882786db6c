"""What answers have in common: problems, pages of lists, tags, and the form that was asked for."""
