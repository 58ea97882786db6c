"""The commands ``tenants …``."""
