"""Memory that threads free is used again by other threads.

The C library of most Linux systems gives every thread an arena of its own, up to eight a core, and
keeps what was once needed in each. A text is linked in whichever thread is free, so that after a
while each arena holds what one text needs: hundreds of MiB that nobody uses.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping

ARENAS = 2
"""Threads rarely wait for each other here: Python runs one of them at a time."""

_M_ARENA_MAX = -8
"""Name of the limit for glibc's ``mallopt``."""


def share_arenas(environ: Mapping[str, str]) -> bool:
    """Let all threads share a few arenas; to be called before there are threads.

    Args:
        environ: What ``MALLOC_ARENA_MAX`` says there holds instead.

    Returns:
        Whether it was done; systems with another C library have nothing to do.
    """
    if environ.get("MALLOC_ARENA_MAX"):
        return False
    try:
        set_limit = ctypes.CDLL(None).mallopt
    except (OSError, TypeError, AttributeError):
        return False
    return bool(set_limit(_M_ARENA_MAX, ARENAS))
