"""A whole gap as one stand-alone SVG picture, for a README or a slide."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from skillmatch.model.gap import Gap, GapResult, GapState
from skillmatch.report import summary
from skillmatch.report.plain import clean
from skillmatch.report.svg import ICON_SHAPES

WIDTH, MARGIN, ROW = 920, 40, 38
SHOWN = 14
"""Requirements drawn at most; what is left out is counted in the last line."""

_INK, _SOFT, _LINE, _ACCENT = "#1b2230", "#566074", "#dfe3ea", "#2c4bc4"
_COLOURS = {
    GapState.PROVEN: "#14713f",
    GapState.CLAIMED: "#0a6385",
    GapState.BELOW_LEVEL: "#80530a",
    GapState.RELATED: "#6541a5",
    GapState.NOT_ACCEPTED: "#9a2480",
    GapState.MISSING: "#b3261e",
}
_FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue','DejaVu Sans',sans-serif"


def gap_svg(result: GapResult) -> str:
    """Return the picture: headline, states, and the first requirements with their coverage.

    It names no file to load and uses fonts of the reader's system, so long texts are cut with
    an ellipsis by an estimate of their width, on the safe side.
    """
    canvas = _Canvas()
    _head(canvas, result)
    if result.gaps:
        _states(canvas, result)
        for gap in _chosen(result.gaps):
            _row(canvas, gap)
        left = len(result.gaps) - len(_chosen(result.gaps))
        if left > 0:
            canvas.down(30)
            canvas.text(MARGIN, f"and {left} more", size=14, fill=_SOFT)
    canvas.down(40)
    return canvas.picture(summary.title_of(result), summary.headline(result))


def _chosen(gaps: Sequence[Gap]) -> Sequence[Gap]:
    """Return what fits: the most urgent first, and some that are met, since both matter."""
    met = [gap for gap in gaps if gap.priority == 0][: SHOWN // 3]
    open_ones = [gap for gap in gaps if gap.priority > 0][: SHOWN - len(met)]
    return [*open_ones, *met]


@dataclass(slots=True)
class _Canvas:
    """Parts drawn so far, and how far down the next one goes."""

    y: float = 0
    parts: list[str] = field(default_factory=list)

    def down(self, by: float) -> None:
        self.y += by

    def text(
        self,
        x: float,
        text: str,
        *,
        size: int,
        fill: str = _INK,
        room: float = 0,
        bold: bool = False,
    ) -> None:
        """Write at (x, y), cut to ``room`` pixels where that is above 0."""
        said = _fit(text, room / size, bold=bold) if room else clean(text)
        weight = ' font-weight="650"' if bold else ""
        self.parts.append(
            f'<text x="{x:g}" y="{self.y:g}" font-size="{size}" fill="{fill}"{weight}>'
            f"{escape(said)}</text>"
        )

    def bar(self, x: float, width: float, *, fill: str, top: float, height: float) -> None:
        self.parts.append(
            f'<rect x="{x:g}" y="{self.y + top:g}" width="{width:g}" height="{height:g}" '
            f'rx="{height / 2:g}" fill="{fill}"/>'
        )

    def icon(self, x: float, state: GapState) -> None:
        self.parts.append(
            f'<g transform="translate({x:g} {self.y - 13:g})" color="{_COLOURS[state]}">'
            f"{ICON_SHAPES[state]}</g>"
        )

    def picture(self, title: str, description: str) -> str:
        height = math.ceil(self.y)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
            f'viewBox="0 0 {WIDTH} {height}" font-family="{_FONT}" role="img">\n'
            f"<title>Skill gap: {escape(clean(title))}</title>\n"
            f"<desc>{escape(clean(description))}</desc>\n"
            f'<rect x=".5" y=".5" width="{WIDTH - 1}" height="{height - 1}" rx="16" '
            f'fill="#ffffff" stroke="{_LINE}"/>\n' + "\n".join(self.parts) + "\n</svg>\n"
        )


def _head(canvas: _Canvas, result: GapResult) -> None:
    room = WIDTH - 2 * MARGIN
    canvas.down(48)
    canvas.text(MARGIN, "Skill gap", size=14, fill=_ACCENT, bold=True)
    canvas.down(36)
    canvas.text(MARGIN, summary.title_of(result), size=28, room=room, bold=True)
    canvas.down(32)
    canvas.text(MARGIN, summary.headline(result), size=16, fill=_SOFT, room=room)


def _states(canvas: _Canvas, result: GapResult) -> None:
    counts = {state: n for state, n in summary.state_counts(result).items() if n}
    unit = (WIDTH - 2 * MARGIN) / len(result.gaps)
    canvas.down(24)
    x = float(MARGIN)
    for state, count in counts.items():
        canvas.bar(x, count * unit - 3, fill=_COLOURS[state], top=0, height=14)
        x += count * unit
    canvas.down(42)
    x = float(MARGIN)
    for state, count in counts.items():
        canvas.icon(x, state)
        words = f"{count} {state.value}"
        canvas.text(x + 22, words, size=14)
        x += 22 + len(words) * 8.2 + 14
    canvas.down(16)


def _row(canvas: _Canvas, gap: Gap) -> None:
    asked = gap.requirement
    canvas.parts.append(
        f'<path d="M{MARGIN} {canvas.y:g}H{WIDTH - MARGIN}" stroke="{_LINE}" fill="none"/>'
    )
    canvas.down(25)
    canvas.icon(MARGIN, gap.state)
    canvas.text(MARGIN + 26, asked.label, size=15, room=240, bold=True)
    canvas.text(MARGIN + 276, summary.NECESSITY_NAMES[asked.necessity], size=13, fill=_SOFT)
    canvas.bar(MARGIN + 376, 100, fill=_LINE, top=-9, height=7)
    if gap.coverage.value > 0:
        filled = max(7.0, 100 * gap.coverage.value)
        canvas.bar(MARGIN + 376, filled, fill=_COLOURS[gap.state], top=-9, height=7)
    canvas.text(MARGIN + 494, gap.state.value, size=14, fill=_COLOURS[gap.state], bold=True)
    brought = summary.path_words(gap) or (gap.evidence[0].source if gap.evidence else "")
    asked_as = next(iter(summary.asked_words(gap)), "")
    note = brought or (f"“{asked_as}”" if asked_as else asked.necessity_why)
    canvas.text(MARGIN + 608, note, size=13, fill=_SOFT, room=WIDTH - 2 * MARGIN - 608)
    canvas.down(ROW - 25)


def _fit(text: str, ems: float, *, bold: bool = False) -> str:
    """Return ``text``, cut with an ellipsis where it may be wider than ``ems`` font sizes."""
    said = clean(text)
    room = math.floor(ems / (0.66 if bold else 0.57))
    return said if len(said) <= room else said[: max(1, room - 1)].rstrip() + "…"
