"""The commands ``keys …``."""
