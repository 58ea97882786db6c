"""Charts as SVG: small ones inside the HTML report, and one picture of a whole gap."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from skillmatch.model.gap import GapState
from skillmatch.report.summary import STATES

ICON_SHAPES = {
    GapState.PROVEN: '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
    '<path d="M4.6 8.2l2.4 2.4 4.4-4.8" fill="none" stroke="var(--paper,#fff)" '
    'stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>',
    GapState.CLAIMED: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" '
    'stroke-width="2"/><circle cx="8" cy="8" r="2.2" fill="currentColor"/>',
    GapState.BELOW_LEVEL: '<path d="M1.8 3.5h12.4L8 14z" fill="none" stroke="currentColor" '
    'stroke-width="2" stroke-linejoin="round"/>',
    GapState.RELATED: '<path d="M2 6.2c2-2.6 4-2.6 6 0s4 2.6 6 0M2 11.2c2-2.6 4-2.6 6 0s4 2.6 6 0" '
    'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>',
    GapState.NOT_ACCEPTED: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" '
    'stroke-width="2"/><path d="M3.8 12.2l8.4-8.4" stroke="currentColor" stroke-width="2"/>',
    GapState.MISSING: '<path d="M3.5 3.5l9 9M12.5 3.5l-9 9" stroke="currentColor" '
    'stroke-width="2.4" stroke-linecap="round"/>',
}
"""Drawn on 16 × 16 in the colour of the text; each state has its own outline."""


def state_key(state: GapState) -> str:
    """Return the state as a name for styles: ``below-level``."""
    return state.value.replace(" ", "-")


def icon(state: GapState, *, size: int = 16) -> str:
    """Return the icon of a state; decorative, so the state must stand beside it in words."""
    return (
        f'<svg class="icon s-{state_key(state)}" width="{size}" height="{size}" '
        f'viewBox="0 0 16 16" aria-hidden="true">{ICON_SHAPES[state]}</svg>'
    )


def state_bar(counts: Mapping[GapState, int]) -> str:
    """Return one bar of all states, best first, as wide as its surroundings."""
    total = sum(counts.values())
    if not total:
        return ""
    said = ", ".join(f"{count} {state.value}" for state, count in counts.items() if count)
    parts = []
    left = 0
    for state in STATES:
        if count := counts.get(state, 0):
            parts.append(
                f'<rect class="s-{state_key(state)}" x="{_percent(left, total)}" y="0" '
                f'width="{_percent(count, total)}" height="100%"><title>{count} {state.value}'
                "</title></rect>"
            )
            left += count
    return (
        f'<svg class="state-bar" width="100%" height="20" role="img" aria-label="{escape(said)}">'
        + "".join(parts)
        + "</svg>"
    )


def coverage_bar(value: float, state: GapState) -> str:
    """Return a thin bar filled to ``value`` in [0, 1], as wide as its surroundings."""
    return (
        f'<svg class="cover-bar s-{state_key(state)}" width="100%" height="6" role="img" '
        f'aria-label="{value:.0%} covered">'
        '<rect class="track" width="100%" height="6" rx="3"/>'
        f'<rect class="fill" width="{value * 100:.4g}%" height="6" rx="3"/></svg>'
    )


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.4g}%"
