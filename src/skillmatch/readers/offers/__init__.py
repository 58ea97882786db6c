"""Credentials and courses on offer: files → offers."""
