"""Snapshots: all rows of a database in one file, for backups and for moving to another one."""
