"""What is said where a posting asks for nothing that was understood."""

from __future__ import annotations

from skillmatch.model.requirement import Checklist


def nothing_found(checklist: Checklist, source: str) -> str:
    """Return one sentence on what was looked at, and a question that may lead on.

    Args:
        checklist: Without any requirement.
        source: What was read, as its reader knows it.
    """
    return (
        f"nothing readable found in {source}. Pieces of text looked at: {checklist.units}; "
        f"asking for nothing: {len(checklist.dropped)}; like requirements, but naming no known "
        f"skill: {len(checklist.unlinked)}; conditions that are no skill: {len(checklist.gates)}. "
        "Is this the whole posting, and is it in English?"
    )
