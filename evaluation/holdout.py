"""Which concepts' alternative labels training never sees, so that they can be asked for."""

from __future__ import annotations

import hashlib

SHARE = 0.05


def is_held_out(uri: str) -> bool:
    """Tell whether a concept's alternative labels are kept for the normalisation task.

    The answer depends on the URI alone (the first eight bytes of its sha256, as a fraction, lie
    below ``SHARE``), so that every release and every machine agrees.
    """
    first = hashlib.sha256(uri.encode()).digest()[:8]
    return int.from_bytes(first) / 2**64 < SHARE
