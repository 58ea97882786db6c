"""Every target there is."""

from __future__ import annotations

from skillmatch.errors import UsageError
from tests.fuzz import (
    badge_targets,
    check_targets,
    framework_targets,
    offer_targets,
    posting_targets,
    table_targets,
)
from tests.fuzz.target import Target

TARGETS: tuple[Target, ...] = (
    *badge_targets.TARGETS,
    *check_targets.TARGETS,
    *posting_targets.TARGETS,
    *table_targets.TARGETS,
    *framework_targets.TARGETS,
    *offer_targets.TARGETS,
)


def find_targets(wanted: str) -> tuple[Target, ...]:
    """Return the targets of a name, of the beginning of a name, or of a group; all for none.

    Raises:
        UsageError: There is none.
    """
    found = tuple(
        one for one in TARGETS if one.group == wanted or (one.name + "-").startswith(wanted + "-")
    )
    if wanted and not found:
        names = ", ".join(sorted({one.group for one in TARGETS} | {one.name for one in TARGETS}))
        raise UsageError(f"there is no target {wanted!r}; there are {names}")
    return found if wanted else TARGETS
