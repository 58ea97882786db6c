"""A plan as one stand-alone SVG picture: its timeline, and the gap before and after it."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.model.gap import GapState
from skillmatch.model.plan import Plan, PlanStep, StateChange
from skillmatch.report import summary
from skillmatch.report.amounts import share_words, span_words
from skillmatch.report.canvas import (
    ACCENT,
    COLOURS,
    INK,
    LINE,
    MARGIN,
    SOFT,
    WIDTH,
    Canvas,
    lines_of,
)
from skillmatch.report.plan import opening
from skillmatch.report.plan.timeline import Timeline, timeline_of
from skillmatch.report.plan.timeline_svg import (
    AXIS,
    Layout,
    height_of,
    legend_icon,
    legend_of,
    timeline_svg,
)

SHOWN = 14
"""Requirements drawn at most; what is left out is counted in the last line."""

NAMES = 300
"""Pixels for the names of steps, left of the timeline."""

LAYOUT = Layout(name="picture", pitch=60, bar=21, least=530, most_ticks=7)
_DASHED = COLOURS[GapState.MISSING]
_STYLE = f"""<style>
.time .grid{{stroke:{LINE}}}
.time text{{font-size:12px;fill:{SOFT}}}
.time .today{{stroke:{INK};stroke-width:1.5}}
.time .by{{stroke:{_DASHED};stroke-width:2;stroke-dasharray:5 4}}
.time .today-words{{fill:{INK};font-weight:650}}
.time .by-words{{fill:{_DASHED};font-weight:650}}
.time .bar{{fill:{ACCENT}}}
.time .bar.begun{{fill:#eef1fc;stroke:{ACCENT};stroke-width:1.5;stroke-dasharray:4 3}}
.time .on-bar{{fill:#ffffff;font-weight:700}}
.time .on-bar.begun{{fill:{ACCENT}}}
.time .post{{stroke:{INK};stroke-width:2;fill:{INK}}}
.time .arrow{{stroke:{SOFT};stroke-width:1.5;fill:none}}
.time .head{{fill:{SOFT}}}
.time .mark{{fill:{COLOURS[GapState.BELOW_LEVEL]}}}
.time .mark-line{{fill:none;stroke:{COLOURS[GapState.RELATED]};stroke-width:2}}
</style>"""


def plan_svg(plan: Plan) -> str:
    """Return the picture; long texts are cut with an ellipsis, and what is left out is counted."""
    canvas = Canvas()
    canvas.parts.append(_STYLE)
    _head(canvas, plan)
    line = timeline_of(plan)
    if line.lanes:
        _timeline(canvas, line)
    if plan.changes:
        _changes(canvas, plan.changes)
    canvas.down(40)
    return canvas.picture(f"Plan: {opening.title_of(plan)}", opening.headline(plan))


def _head(canvas: Canvas, plan: Plan) -> None:
    room = WIDTH - 2 * MARGIN
    canvas.down(48)
    canvas.text(MARGIN, "Plan", size=14, fill=ACCENT, bold=True)
    for line in lines_of(opening.title_of(plan), room / 28, most=2, bold=True):
        canvas.down(36)
        canvas.text(MARGIN, line, size=28, bold=True)
    canvas.down(8)
    for line in lines_of(opening.headline(plan), room / 16, most=3):
        canvas.down(24)
        canvas.text(MARGIN, line, size=16, fill=SOFT)
    canvas.down(28)


def _timeline(canvas: Canvas, line: Timeline) -> None:
    top = canvas.y
    width, height = WIDTH - 2 * MARGIN - NAMES, height_of(line, LAYOUT)
    for row in range(len(line.lanes) + 1):
        y = top + AXIS + row * LAYOUT.pitch
        canvas.parts.append(f'<path d="M{MARGIN} {y:g}H{WIDTH - MARGIN}" stroke="{LINE}"/>')
    place = f'x="{MARGIN + NAMES}" y="{top:g}" width="{width}" height="{height}"'
    canvas.parts.append(timeline_svg(line, LAYOUT, place=place))
    canvas.down(AXIS)
    for lane in line.lanes:
        _name(canvas, lane.step)
    _legend(canvas, line)


def _name(canvas: Canvas, step: PlanStep) -> None:
    words = lines_of(f"{step.number}. {step.name}", (NAMES - 14) / 14, most=2, bold=True)
    bottom = canvas.y + LAYOUT.pitch
    canvas.down(24 if len(words) == 1 else 18)
    for line in words:
        canvas.text(MARGIN, line, size=14, bold=True)
        canvas.down(17)
    canvas.text(MARGIN, span_words(step.starts, step.ends), size=12, fill=SOFT, room=NAMES)
    canvas.y = bottom


def _legend(canvas: Canvas, line: Timeline) -> None:
    canvas.down(26)
    x = float(MARGIN)
    for key, words in legend_of(line):
        width = 34 + len(words) * 6.5 + 12
        if x + width > WIDTH - MARGIN + 18:
            x = float(MARGIN)
            canvas.down(26)
        canvas.parts.append(legend_icon(key, place=f'x="{x:g}" y="{canvas.y - 15:g}"'))
        canvas.text(x + 34, words, size=13, fill=SOFT)
        x += width
    canvas.down(24)


def _changes(canvas: Canvas, changes: Sequence[StateChange]) -> None:
    canvas.down(20)
    canvas.text(MARGIN, "Before and after", size=18, bold=True)
    canvas.down(26)
    for x, words in ((0, "asked for"), (330, "now"), (476, "with the plan"), (624, "covered")):
        canvas.text(MARGIN + x, words, size=13, fill=SOFT)
    canvas.down(12)
    shown = _chosen(changes)
    for change in shown:
        _row(canvas, change)
    if left := len(changes) - len(shown):
        canvas.down(30)
        canvas.text(MARGIN, f"and {left} more", size=14, fill=SOFT)


def _chosen(changes: Sequence[StateChange]) -> Sequence[StateChange]:
    """Return what fits: what the plan moves first, then what stays open, in the given order."""
    moved = [one for one in changes if one.coverage_before != one.coverage_after]
    rest = [one for one in changes if one.coverage_before == one.coverage_after]
    return [*moved, *(one for one in rest if one.priority_after > 0)][:SHOWN]


def _row(canvas: Canvas, change: StateChange) -> None:
    canvas.parts.append(f'<path d="M{MARGIN} {canvas.y:g}H{WIDTH - MARGIN}" stroke="{LINE}"/>')
    canvas.down(25)
    canvas.text(MARGIN, change.label, size=15, room=220, bold=True)
    necessity = summary.NECESSITY_NAMES[change.necessity]
    canvas.text(MARGIN + 232, necessity, size=13, fill=SOFT)
    for x, state in ((330, change.before), (476, change.after)):
        canvas.icon(MARGIN + x, state)
        canvas.text(MARGIN + x + 22, state.value, size=14, fill=COLOURS[state], bold=True)
    room = 154
    canvas.bar(MARGIN + 624, room, fill=LINE, top=-9, height=8)
    for value, fill in (
        (change.coverage_after, COLOURS[change.after]),
        (change.coverage_before, SOFT),
    ):
        if value > 0:
            canvas.bar(MARGIN + 624, max(8.0, room * value), fill=fill, top=-9, height=8)
    canvas.text(MARGIN + 792, share_words(change.coverage_after), size=13, fill=SOFT)
    canvas.down(13)
