"""A whole gap as one stand-alone SVG picture, for a README or a slide."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.model.gap import Gap, GapResult
from skillmatch.report import summary
from skillmatch.report.canvas import ACCENT, COLOURS, LINE, MARGIN, SOFT, WIDTH, Canvas

ROW = 38
SHOWN = 14
"""Requirements drawn at most; what is left out is counted in the last line."""


def gap_svg(result: GapResult) -> str:
    """Return the picture: headline, states, and the first requirements with their coverage.

    It names no file to load and uses fonts of the reader's system, so long texts are cut with
    an ellipsis by an estimate of their width, on the safe side.
    """
    canvas = Canvas()
    _head(canvas, result)
    if result.gaps:
        _states(canvas, result)
        for gap in _chosen(result.gaps):
            _row(canvas, gap)
        left = len(result.gaps) - len(_chosen(result.gaps))
        if left > 0:
            canvas.down(30)
            canvas.text(MARGIN, f"and {left} more", size=14, fill=SOFT)
    canvas.down(40)
    return canvas.picture(f"Skill gap: {summary.title_of(result)}", summary.headline(result))


def _chosen(gaps: Sequence[Gap]) -> Sequence[Gap]:
    """Return what fits: the most urgent first, and some that are met, since both matter."""
    met = [gap for gap in gaps if gap.priority == 0][: SHOWN // 3]
    open_ones = [gap for gap in gaps if gap.priority > 0][: SHOWN - len(met)]
    return [*open_ones, *met]


def _head(canvas: Canvas, result: GapResult) -> None:
    room = WIDTH - 2 * MARGIN
    canvas.down(48)
    canvas.text(MARGIN, "Skill gap", size=14, fill=ACCENT, bold=True)
    canvas.down(36)
    canvas.text(MARGIN, summary.title_of(result), size=28, room=room, bold=True)
    canvas.down(32)
    canvas.text(MARGIN, summary.headline(result), size=16, fill=SOFT, room=room)


def _states(canvas: Canvas, result: GapResult) -> None:
    counts = {state: n for state, n in summary.state_counts(result).items() if n}
    unit = (WIDTH - 2 * MARGIN) / len(result.gaps)
    canvas.down(24)
    x = float(MARGIN)
    for state, count in counts.items():
        canvas.bar(x, count * unit - 3, fill=COLOURS[state], top=0, height=14)
        x += count * unit
    canvas.down(42)
    x = float(MARGIN)
    for state, count in counts.items():
        canvas.icon(x, state)
        words = f"{count} {state.value}"
        canvas.text(x + 22, words, size=14)
        x += 22 + len(words) * 8.2 + 14
    canvas.down(16)


def _row(canvas: Canvas, gap: Gap) -> None:
    asked = gap.requirement
    canvas.parts.append(
        f'<path d="M{MARGIN} {canvas.y:g}H{WIDTH - MARGIN}" stroke="{LINE}" fill="none"/>'
    )
    canvas.down(25)
    canvas.icon(MARGIN, gap.state)
    canvas.text(MARGIN + 26, asked.label, size=15, room=240, bold=True)
    canvas.text(MARGIN + 276, summary.NECESSITY_NAMES[asked.necessity], size=13, fill=SOFT)
    canvas.bar(MARGIN + 376, 100, fill=LINE, top=-9, height=7)
    if gap.coverage.value > 0:
        filled = max(7.0, 100 * gap.coverage.value)
        canvas.bar(MARGIN + 376, filled, fill=COLOURS[gap.state], top=-9, height=7)
    canvas.text(MARGIN + 494, gap.state.value, size=14, fill=COLOURS[gap.state], bold=True)
    brought = summary.path_words(gap) or (gap.evidence[0].source if gap.evidence else "")
    asked_as = next(iter(summary.asked_words(gap)), "")
    note = brought or (f"“{asked_as}”" if asked_as else asked.necessity_why)
    canvas.text(MARGIN + 608, note, size=13, fill=SOFT, room=WIDTH - 2 * MARGIN - 608)
    canvas.down(ROW - 25)
