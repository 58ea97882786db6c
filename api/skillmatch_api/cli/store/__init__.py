"""The commands ``store …``."""
