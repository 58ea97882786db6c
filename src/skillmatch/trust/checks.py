"""Checks made and put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from skillmatch.model.verification import Check, CheckName, CheckState

_BAD_FIRST = (CheckState.INVALID, CheckState.UNKNOWN, CheckState.VALID)


def valid(name: CheckName, reason: str) -> Check:
    """Return a check that found everything in order."""
    return Check(check=name, state=CheckState.VALID, reason=reason)


def invalid(name: CheckName, reason: str, mend: str = "") -> Check:
    """Return a check that found a fault."""
    return Check(check=name, state=CheckState.INVALID, reason=reason, mend=mend)


def unknown(name: CheckName, reason: str, mend: str = "") -> Check:
    """Return a check that could not be made."""
    return Check(check=name, state=CheckState.UNKNOWN, reason=reason, mend=mend)


def worst(checks: Sequence[Check]) -> Check:
    """Return the first of the worst: a fault before a doubt before good news.

    ``checks`` holds at least one.
    """
    return min(checks, key=lambda check: _BAD_FIRST.index(check.state))


def listed(sentences: Iterable[str], most: int = 4) -> str:
    """Join sentences with semicolons, saying how many are left out after ``most``."""
    all_of_them = tuple(sentences)
    more = len(all_of_them) - most
    return "; ".join(all_of_them[:most]) + (f"; and {more} more" if more > 0 else "")
