"""Badges and other credentials become ``Credential`` values: read, never fetched, never judged."""

from skillmatch.readers.credentials.credential import credential_of
from skillmatch.readers.credentials.wallet import (
    is_wallet,
    looks_like_wallet,
    read_credential_bytes,
    read_wallet,
    wallet_in,
)

__all__ = [
    "credential_of",
    "is_wallet",
    "looks_like_wallet",
    "read_credential_bytes",
    "read_wallet",
    "wallet_in",
]
