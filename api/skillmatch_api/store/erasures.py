"""The ledger of erasures: that somebody was erased, without saying who."""

from __future__ import annotations

import hashlib


def digest_of(tenant_id: str, person_id: str) -> str:
    """Return what the ledger knows a person by.

    Ids are random, so nobody finds the person by trying; who has the id finds the entry.
    """
    return hashlib.sha256(f"{tenant_id}/{person_id}".encode()).hexdigest()
