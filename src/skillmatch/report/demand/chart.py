"""The most asked-for skills as one stand-alone picture."""

from __future__ import annotations

from html import escape

from skillmatch.model.demand import Demand, SkillDemand, Supply
from skillmatch.model.gap import GapState
from skillmatch.report.canvas import COLOURS, INK, LINE, MARGIN, SOFT, WIDTH, Canvas
from skillmatch.report.demand import wording

SHAPES = {
    Supply.CLOSED: '<circle cx="8" cy="8" r="6.5" fill="currentColor"/>',
    Supply.PARTLY: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" '
    'stroke-width="2"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/>',
    Supply.OPEN: '<path d="M3.5 3.5l9 9M12.5 3.5l-9 9" stroke="currentColor" '
    'stroke-width="2.4" stroke-linecap="round"/>',
}
"""Drawn on 16 × 16 in the colour of the text."""
STATES = {
    Supply.CLOSED: GapState.PROVEN,
    Supply.PARTLY: GapState.BELOW_LEVEL,
    Supply.OPEN: GapState.MISSING,
}
"""Whose colours the supplies have: good, half way, nothing."""

_BARS, _NUMBERS = 400, 84
"""Where the bars begin, and the room for the number behind the longest one."""


def icon(supply: Supply) -> str:
    """Return the mark of a supply; decorative, so that its word must stand beside it."""
    key = STATES[supply].value.replace(" ", "-")
    return (
        f'<svg class="icon s-{key}" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">'
        f"{SHAPES[supply]}</svg>"
    )


def demand_svg(demand: Demand, *, top: int) -> str:
    """Return the picture: a bar a skill, as long as the number of postings that ask for it."""
    canvas = Canvas()
    canvas.down(52)
    canvas.text(MARGIN, wording.title_of(demand), size=24, room=WIDTH - 2 * MARGIN, bold=True)
    canvas.down(28)
    canvas.text(MARGIN, wording.headline(demand), size=14, fill=SOFT, room=WIDTH - 2 * MARGIN)
    if demand.skills:
        _legend(canvas, demand)
    for one in demand.skills[:top]:
        _row(canvas, one, max(one.postings for one in demand.skills))
    left = len(demand.skills) - top
    if left > 0:
        canvas.down(30)
        canvas.text(MARGIN, f"and {left} more", size=14, fill=SOFT)
    canvas.down(36)
    return canvas.picture(wording.title_of(demand), wording.headline(demand))


def _legend(canvas: Canvas, demand: Demand) -> None:
    canvas.down(36)
    found = wording.counts(demand)
    x = float(MARGIN)
    for supply in Supply:
        words = f"{found[supply]} {supply.value}"
        _mark(canvas, x, supply)
        canvas.text(x + 22, words, size=14)
        x += 22 + len(words) * 8.2 + 20
    canvas.down(10)


def _row(canvas: Canvas, one: SkillDemand, most: int) -> None:
    canvas.down(30)
    _mark(canvas, MARGIN, one.supply)
    canvas.text(MARGIN + 26, one.label, size=15, room=_BARS - MARGIN - 40)
    room = WIDTH - MARGIN - _BARS - _NUMBERS
    canvas.bar(_BARS, room, fill=LINE, top=-10, height=10)
    colour = COLOURS[STATES[one.supply]]
    canvas.bar(_BARS, max(10.0, room * one.postings / most), fill=colour, top=-10, height=10)
    canvas.text(WIDTH - MARGIN - _NUMBERS + 14, str(one.postings), size=14, fill=INK, bold=True)


def _mark(canvas: Canvas, x: float, supply: Supply) -> None:
    canvas.parts.append(
        f'<g transform="translate({x:g} {canvas.y - 13:g})" color="{COLOURS[STATES[supply]]}">'
        f"<title>{escape(supply.value)}</title>{SHAPES[supply]}</g>"
    )
