"""Credentials of every format, read into one value; nothing is checked here."""
