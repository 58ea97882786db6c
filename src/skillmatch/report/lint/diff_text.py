"""The difference between two versions of a badge as text."""

from __future__ import annotations

from collections.abc import Iterator

from skillmatch.quality.changes import Action, Change, Coverage, Difference
from skillmatch.report.plain import BOLD, styled, wrap

_SIGNS = {Action.ADDED: "+", Action.REMOVED: "-", Action.CHANGED: "~"}
_TOLD = {
    Coverage.COVERED: "Earners of the old version have shown everything that the new one states.",
    Coverage.UNCLEAR: "Whether earners of the old version cover the new one is yours to say:",
    Coverage.NOT_COVERED: "Earners of the old version do not cover the new one:",
}


def diff_text(difference: Difference, *, width: int, colour: bool) -> str:
    """Return what matters, then the rest, then whether the old still covers the new."""
    names = [difference.old_name or "(no name)", difference.new_name or "(no name)"]
    title = names[0] if names[0] == names[1] else " → ".join(names)
    lines = [styled(line, BOLD, colour=colour) for line in wrap(title, width)]
    if not difference.same_id:
        lines += wrap("The ids differ: these may be two badges, not two versions of one.", width)
    if not difference.changes:
        lines.append("Nothing that was compared has changed.")
    for heading, matters in (("What matters", True), ("What does not", False)):
        chosen = [one for one in difference.changes if one.matters is matters]
        if chosen:
            lines += ["", styled(heading, BOLD, colour=colour)]
            lines += [line for one in chosen for line in _change(one, width)]
    lines += ["", *wrap(_TOLD[difference.coverage], width)]
    lines += [line for one in difference.reasons for line in wrap(one, width, first="  · ")]
    return "\n".join(lines) + "\n"


def _change(one: Change, width: int) -> Iterator[str]:
    yield from wrap(f"{one.part}: {one.why}", width, first=f"  {_SIGNS[one.action]} ")
    for sign, words in (("-", one.old), ("+", one.new)):
        if words:
            yield from wrap(words[:400], width, first=f"      {sign} ")
