"""Badges and other credentials become ``Credential`` values: read, never fetched, never judged."""

from skillmatch.readers.credentials.credential import credential_of
from skillmatch.readers.credentials.wallet import (
    looks_like_wallet,
    read_credential_bytes,
    read_wallet,
)

__all__ = ["credential_of", "looks_like_wallet", "read_credential_bytes", "read_wallet"]
