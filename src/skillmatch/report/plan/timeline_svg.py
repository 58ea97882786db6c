"""The timeline as SVG whose x coordinates are percentages, so that text never shrinks with it.

Marks that need pixels beside a percentage stand in an inner ``svg`` that begins there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from skillmatch.report.amounts import day_words
from skillmatch.report.plan.timeline import LETTER, Lane, Mark, MarkKind, Timeline, ticks, with_room

SHAPES = {
    MarkKind.ENROL: '<path class="mark" d="M-5 -6H5L0 4z"/>',
    MarkKind.RENEW: '<path class="mark-line" d="M4.2 -3.2A5.2 5.2 0 1 0 5.2 0M4.6 -7V-3H.6"/>',
}
"""Drawn around (0, 0)."""

AXIS = 52
"""Pixels above the first row: one line for marks, one for ticks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How rows are drawn, in pixels.

    Attributes:
        name: Class of the picture.
        pitch: From one row to the next.
        bar: Upper edge of the bar in its row; ``thick`` is its height.
        most_ticks: Words that fit on the line.
        least: Width that the line has on the smallest screen it is shown on.
        arrows: Whether arrows lead to what needs a step; they need rows without text in them.
    """

    name: str
    pitch: int
    bar: int
    least: int
    thick: int = 18
    most_ticks: int = 10
    arrows: bool = True


WIDE = Layout(name="wide", pitch=68, bar=25, least=540)
NARROW = Layout(name="narrow", pitch=104, bar=78, least=230, most_ticks=5, arrows=False)


def height_of(line: Timeline, layout: Layout) -> int:
    """Return the height of the picture."""
    return AXIS + layout.pitch * len(line.lanes) + 4


def timeline_svg(line: Timeline, layout: Layout, *, place: str = "") -> str:
    """Return the picture, as wide as its surroundings.

    Args:
        line: What to draw.
        layout: How to draw it.
        place: Attributes that place it in a larger picture; by default it has its own size.
    """
    height = height_of(line, layout)
    parts = [*_axis(line, layout), *_marks(line, layout)]
    if layout.arrows:
        parts += _arrows(line, layout)
    for row, lane in enumerate(line.lanes):
        parts += _lane(lane, AXIS + row * layout.pitch + layout.bar, layout)
    size = place or f'width="100%" height="{height}" aria-hidden="true"'
    return (
        f'<svg class="time {layout.name}" {size} overflow="visible">\n'
        + "\n".join(parts)
        + "</svg>"
    )


def _axis(line: Timeline, layout: Layout) -> Iterator[str]:
    bottom = height_of(line, layout)
    drawn = ticks(line, layout.most_ticks)
    named = with_room(drawn, layout.least)
    for tick in drawn:
        x = _percent(tick.place)
        if layout.arrows:
            yield f'<line class="grid" x1="{x}" x2="{x}" y1="{AXIS - 12}" y2="{bottom}"/>'
        else:
            # Names stand above the bars, and a line through them would be in the way.
            for row in range(len(line.lanes)):
                top = AXIS + row * layout.pitch + layout.bar - 4
                low = top + layout.thick + 8
                yield f'<line class="grid" x1="{x}" x2="{x}" y1="{top}" y2="{low}"/>'
        if tick in named:
            yield _at(
                tick.place, AXIS - 18, f'<text class="tick" x="1">{escape(tick.label)}</text>'
            )


def _marks(line: Timeline, layout: Layout) -> Iterator[str]:
    bottom = height_of(line, layout)
    for mark in line.marks:
        kind = "today" if mark.kind is MarkKind.TODAY else "by"
        x = _percent(mark.place)
        if layout.arrows:
            yield f'<line class="{kind}" x1="{x}" x2="{x}" y1="{AXIS - 12}" y2="{bottom}"/>'
        else:
            for row in range(len(line.lanes)):
                top = AXIS + row * layout.pitch + layout.bar - 8
                low = top + layout.thick + 16
                yield f'<line class="{kind}" x1="{x}" x2="{x}" y1="{top}" y2="{low}"/>'
            yield f'<line class="{kind}" x1="{x}" x2="{x}" y1="{AXIS - 12}" y2="{AXIS - 2}"/>'
    yield from _mark_words(line, layout)


def _mark_words(line: Timeline, layout: Layout) -> list[str]:
    """Return what stands over the line: without the date, or in part, where there is no room."""
    dated, bare = (list(_placed(line, layout, dated=one)) for one in (True, False))
    return bare if len(bare) > len(dated) else dated


def _placed(line: Timeline, layout: Layout, *, dated: bool) -> Iterator[str]:
    """Yield the words of each mark that has room, later days first."""
    free = float("inf")
    for mark in sorted(line.marks, key=lambda one: one.place, reverse=True):
        by = mark.kind is MarkKind.BY
        words = f"{mark.kind.value} {day_words(mark.day)}" if by and dated else mark.kind.value
        first, length = mark.place < 40, len(words) * LETTER
        left = mark.place * layout.least / 100 - (0 if first else length)
        if left + length <= free:
            free = left - LETTER
            style = f'class="{"by" if by else "today"}-words"'
            text = f'<text {style} text-anchor="{"start" if first else "end"}">{words}</text>'
            yield _at(mark.place, 12, text)


def _arrows(line: Timeline, layout: Layout) -> Iterator[str]:
    middle = layout.bar + layout.thick / 2
    for row, lane in enumerate(line.lanes):
        for needed in lane.last_needs:
            y = AXIS + needed * layout.pitch + middle
            tip = AXIS + row * layout.pitch + layout.bar - 2
            x1, x2 = _percent(line.lanes[needed].right), _percent(lane.left)
            yield f'<line class="arrow" x1="{x1}" x2="{x2}" y1="{y:g}" y2="{y:g}"/>'
            down = f'<path class="arrow" d="M0 0H9V{tip - y - 5:g}"/>'
            head = f'<path class="head" d="M4.5 {tip - y - 7:g}h9l-4.5 7z"/>'
            yield _at(lane.left, y, down + head)


def _lane(lane: Lane, top: float, layout: Layout) -> Iterator[str]:
    thick = layout.thick
    kind = _kind(lane)
    radius = 2 if kind == "fixed" else thick / 2
    shape = f'y="{top:g}" height="{thick}" rx="{radius:g}" class="bar {kind}"'
    x, width = _percent(lane.left), lane.right - lane.left
    pixels = width * layout.least / 100
    # A bar that is narrower than it is thick would have other corners than the one over it.
    if pixels >= thick:
        yield f'<rect x="{x}" width="{_percent(width)}" {shape}/>'
    # A day must be seen on a line of years, and its number read.
    if pixels < (least := 12 + 8 * len(str(lane.step.number))):
        yield f'<rect x="{x}" width="{least}" {shape}/>'
    if kind == "fixed":
        post = f'<path class="post" d="M0 -5V{thick + 5}M0 -5l-7 4 7 4z"/>'
        yield _at(lane.left, top, post)
    yield _at(
        lane.left,
        top + thick - 4.5,
        f'<text class="on-bar {kind}" x="6">{lane.step.number}</text>',
    )
    for mark in lane.marks:
        yield _at(mark.place, top + thick / 2, _shape(mark))


def _kind(lane: Lane) -> str:
    if lane.begun:
        return "begun"
    return "fixed" if lane.step.fixed_start else "free"


def _shape(mark: Mark) -> str:
    words = f"{mark.kind.value} {day_words(mark.day)}"
    return f"<g><title>{escape(words)}</title>{SHAPES[mark.kind]}</g>"


def _at(place: float, y: float, inner: str) -> str:
    return f'<svg x="{_percent(place)}" y="{y:g}" overflow="visible">{inner}</svg>'


def _percent(value: float) -> str:
    return f"{value:.4g}%"


_LEGEND = {
    "fixed": "starts on a fixed day",
    "free": "start when you like",
    "begun": "already begun",
    "arrow": "must come first",
}
_SWATCHES = {
    "fixed": '<rect class="bar fixed" x="7" y="5" width="20" height="12" rx="2"/>'
    '<path class="post" d="M7 1V21M7 1l-6 3.5 6 3.5z"/>',
    "free": '<rect class="bar free" x="1" y="5" width="26" height="12" rx="6"/>',
    "begun": '<rect class="bar begun" x="1" y="5" width="26" height="12" rx="6"/>',
    "arrow": '<path class="arrow" d="M1 6H20V13"/><path class="head" d="M15.5 12h9l-4.5 7z"/>',
}


def legend_of(line: Timeline) -> tuple[tuple[str, str], ...]:
    """Return key and words of each shape that a timeline has."""
    kinds = {_kind(lane) for lane in line.lanes}
    if any(lane.needs for lane in line.lanes):
        kinds.add("arrow")
    said = [(key, words) for key, words in _LEGEND.items() if key in kinds]
    marks = {mark.kind for lane in line.lanes for mark in lane.marks}
    return (*said, *((kind.value, kind.value) for kind in SHAPES if kind in marks))


def legend_icon(key: str, *, place: str = "") -> str:
    """Return the shape that a legend explains, 28 × 22; ``place`` as for ``timeline_svg``."""
    drawn = _SWATCHES.get(key)
    if drawn is None:
        drawn = f'<g transform="translate(14 11)">{SHAPES[MarkKind(key)]}</g>'
    return f'<svg class="time" {place} width="28" height="22" aria-hidden="true">{drawn}</svg>'
