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
        f"nothing readable found in {source}: {checklist.units} pieces of text were "
        f"looked at, {len(checklist.dropped)} are boilerplate, {len(checklist.unlinked)} read like "
        f"requirements but name no known skill, {len(checklist.gates)} state a hard gate. "
        "Is this the whole posting, and is it in English?"
    )
