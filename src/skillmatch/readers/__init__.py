"""Files become values, once, at the rim."""
