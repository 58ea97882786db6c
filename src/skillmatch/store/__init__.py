"""SQLite files that hold framework releases."""
