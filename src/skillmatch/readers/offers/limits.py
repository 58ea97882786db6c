"""How much of a catalogue is read before it is refused.

Providers of 5,000 courses stay below each number; what exceeds one was made to keep a reader busy,
or is several catalogues in one.
"""

from __future__ import annotations

from skillmatch.errors import UnreadableError
from skillmatch.readers.credentials.limits import Budget, FileLimits

ADVICE = "split it into several catalogues"
LIMITS = FileLimits(bytes=64_000_000, nodes=1_200_000, advice=ADVICE)
"""Of one file of JSON: some 8,000 offers that are described in full."""
SHEET = FileLimits(bytes=10_000_000, advice=ADVICE)
MAX_OFFERS = 10_000
"""In one catalogue."""
MAX_COLUMNS = 200
"""Of a sheet."""
MAX_RESOURCES = 150_000
"""Nodes with an id in one document of JSON-LD, organisations and competencies included."""
MAX_FOLLOWED = 300_000
"""Terms of resources that others point at, each time that one does."""


def full_budget() -> Budget:
    """Return what reading one catalogue may take."""
    return Budget(nodes_left=LIMITS.nodes, most_nodes=LIMITS.nodes)


def check_count(count: int) -> None:
    """Refuse more offers than one catalogue may hold.

    Raises:
        UnreadableError: ``count`` is above ``MAX_OFFERS``.
    """
    if count > MAX_OFFERS:
        raise UnreadableError(f"these are more than {MAX_OFFERS:,} offers; {ADVICE}")


def check_resources(count: int) -> None:
    """Refuse a document of more resources than one catalogue needs.

    Raises:
        UnreadableError: ``count`` is above ``MAX_RESOURCES``.
    """
    if count > MAX_RESOURCES:
        raise UnreadableError(f"it describes more than {MAX_RESOURCES:,} resources; {ADVICE}")
