"""Errors become exit codes here, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import typer

from skillmatch.errors import (
    BusyError,
    DamagedError,
    DataError,
    FetchError,
    IndexMismatchError,
    NotFoundError,
    SkillmatchError,
    StorageError,
    UnreadableError,
    UsageError,
)


class Exit(IntEnum):
    """What a shell sees; the numbers are part of the interface and never change meaning."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    NOTHING_READABLE = 3
    BAD_INPUT = 4
    MISSING = 5
    INTERRUPTED = 130


# The first class that fits decides, so a subclass stands before its parent. A data folder
# that is busy, full or read-only, and a framework that no source would give, all end with
# the framework or index not being there: 5.
_CODES: tuple[tuple[type[SkillmatchError], Exit], ...] = (
    (UsageError, Exit.USAGE),
    (DamagedError, Exit.BAD_INPUT),
    (UnreadableError, Exit.NOTHING_READABLE),
    (DataError, Exit.BAD_INPUT),
    (NotFoundError, Exit.MISSING),
    (IndexMismatchError, Exit.MISSING),
    (FetchError, Exit.MISSING),
    (BusyError, Exit.MISSING),
    (StorageError, Exit.MISSING),
)


def leave_with(faults: Sequence[SkillmatchError]) -> None:
    """Exit with the number of what went wrong with a part, after the others were shown.

    Of several numbers the highest counts; without any fault nothing happens.
    """
    if faults:
        raise typer.Exit(max(exit_code(one) for one in faults))


def exit_code(error: SkillmatchError) -> Exit:
    """Return the exit code for ``error``."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), Exit.BAD_INPUT)
