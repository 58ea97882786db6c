"""The parts of a posting that ask for nothing, for those who want to check."""

from __future__ import annotations

from skillmatch.model.gap import GapResult
from skillmatch.report.plain import wrap


def dropped_list(result: GapResult, *, width: int = 80) -> str:
    """Return one paragraph a part, grouped by reason in text order; ``""`` where there is none."""
    lines: list[str] = []
    reasons = dict.fromkeys(part.reason for part in result.checklist.dropped)
    for reason in reasons:
        parts = [part for part in result.checklist.dropped if part.reason == reason]
        lines.extend(["", f"LEFT OUT: {reason} ({len(parts)})"])
        for part in parts:
            lines.extend(wrap(" ".join(part.text.split()), width, first="  - "))
    return "\n".join([*lines, ""]) if lines else ""
