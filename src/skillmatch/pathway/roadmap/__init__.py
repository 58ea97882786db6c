"""A plan that is kept: its pace, its money, what changes, and planning anew."""
