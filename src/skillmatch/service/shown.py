"""What a person can show, from whatever they brought; light, since every gap has one."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.model.evidence import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a person can show.

    Attributes:
        unread: Names of skills that no concept was found for.
        notes: What was left out and why, one sentence each.
    """

    evidence: tuple[Evidence, ...] = ()
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
