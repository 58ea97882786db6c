"""The commands ``candidates``: what an operator does with the records of people."""
