"""The commands ``catalogue …``."""
