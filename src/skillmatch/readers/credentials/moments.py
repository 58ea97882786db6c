"""Points in time as credentials write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from skillmatch.readers.credentials.node import Node

_SECONDS = re.compile(r"-?\d{5,12}(\.\d+)?")


def read_moment(node: Node) -> datetime | None:
    """Return an aware moment, or None where the text is no time.

    Open Badges 1 also knows seconds since 1970 and bare days. What names no zone is taken for UTC.
    """
    text = node.text().strip()
    try:
        if _SECONDS.fullmatch(text):
            return datetime.fromtimestamp(float(text), tz=UTC)
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def first_moment(*nodes: Node) -> tuple[datetime | None, tuple[str, ...]]:
    """Return the first of some moments that is given, and what could not be read of it."""
    given = next((node for node in nodes if node), None)
    if given is None:
        return None, ()
    moment = read_moment(given)
    if moment is None:
        return None, (f"{given.pointer}: no date and time such as 2026-11-30T12:00:00Z",)
    return moment, ()
