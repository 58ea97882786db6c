"""How much, how large, how often and how long; what is too much is refused at once."""
