"""Tokens of an identity provider, as an option beside keys (OpenID Connect)."""
