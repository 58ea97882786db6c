"""What every route shares: who asks, problems, pages of lists, limits, logs."""
