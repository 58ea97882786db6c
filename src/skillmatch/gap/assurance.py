"""Assurance: how far what was brought can be believed."""

from __future__ import annotations

from collections.abc import Iterable

from skillmatch.model.evidence import ASSURANCE_ORDER, Assurance

PROVES = frozenset({Assurance.VERIFIED, Assurance.ENDORSED})
"""What lets a skill be called proven: someone other than the person vouches for it."""


def assurance_rank(assurance: Assurance | None) -> int:
    """Return 0 for the best assurance; no assurance at all ranks after an invalid one."""
    return len(ASSURANCE_ORDER) if assurance is None else ASSURANCE_ORDER.index(assurance)


def best_assurance(assurances: Iterable[Assurance]) -> Assurance | None:
    """Return the best of them, or None where there is none."""
    return min(assurances, key=assurance_rank, default=None)
