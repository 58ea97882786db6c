"""A sheet that stand-alone pictures are drawn on from the top down."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass, field
from html import escape

from skillmatch.model.gap import GapState
from skillmatch.report.plain import clean
from skillmatch.report.svg import ICON_SHAPES

WIDTH, MARGIN = 920, 40
INK, SOFT, LINE, ACCENT = "#1b2230", "#566074", "#dfe3ea", "#2c4bc4"
COLOURS = {
    GapState.PROVEN: "#14713f",
    GapState.CLAIMED: "#0a6385",
    GapState.BELOW_LEVEL: "#80530a",
    GapState.RELATED: "#6541a5",
    GapState.NOT_ACCEPTED: "#9a2480",
    GapState.MISSING: "#b3261e",
}
FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue','DejaVu Sans',sans-serif"


@dataclass(slots=True)
class Canvas:
    """Parts drawn so far, and how far down the next one goes."""

    y: float = 0
    parts: list[str] = field(default_factory=list)

    def down(self, by: float) -> None:
        """Leave room, in pixels."""
        self.y += by

    def text(
        self,
        x: float,
        text: str,
        *,
        size: int,
        fill: str = INK,
        room: float = 0,
        bold: bool = False,
    ) -> None:
        """Write at (x, y), cut to ``room`` pixels where that is above 0."""
        said = fit(text, room / size, bold=bold) if room else clean(text)
        weight = ' font-weight="650"' if bold else ""
        self.parts.append(
            f'<text x="{x:g}" y="{self.y:g}" font-size="{size}" fill="{fill}"{weight}>'
            f"{escape(said)}</text>"
        )

    def bar(self, x: float, width: float, *, fill: str, top: float, height: float) -> None:
        """Draw a bar with round ends whose upper edge is ``top`` below here."""
        self.parts.append(
            f'<rect x="{x:g}" y="{self.y + top:g}" width="{width:g}" height="{height:g}" '
            f'rx="{height / 2:g}" fill="{fill}"/>'
        )

    def icon(self, x: float, state: GapState) -> None:
        """Draw the icon of a state, to stand beside a line of text."""
        self.parts.append(
            f'<g transform="translate({x:g} {self.y - 13:g})" color="{COLOURS[state]}">'
            f"{ICON_SHAPES[state]}</g>"
        )

    def picture(self, title: str, description: str) -> str:
        """Return the SVG as high as what was drawn; ``title`` names it to assistive technology."""
        height = math.ceil(self.y)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
            f'viewBox="0 0 {WIDTH} {height}" font-family="{FONT}" role="img">\n'
            f"<title>{escape(clean(title))}</title>\n"
            f"<desc>{escape(clean(description))}</desc>\n"
            f'<rect x=".5" y=".5" width="{WIDTH - 1}" height="{height - 1}" rx="16" '
            f'fill="#ffffff" stroke="{LINE}"/>\n' + "\n".join(self.parts) + "\n</svg>\n"
        )


def lines_of(text: str, ems: float, *, most: int, bold: bool = False) -> list[str]:
    """Return ``text`` in at most ``most`` lines of ``ems`` font sizes, the last one cut if need be.

    Widths are estimated as for ``fit``.
    """
    room = max(1, math.floor(ems / _width(bold)))
    lines = textwrap.wrap(clean(text), room, break_on_hyphens=False) or [""]
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], fit(" ".join(lines[most - 1 :]), ems, bold=bold)]


def _width(bold: bool) -> float:
    return 0.66 if bold else 0.57


def fit(text: str, ems: float, *, bold: bool = False) -> str:
    """Return ``text``, cut with an ellipsis where it may be wider than ``ems`` font sizes."""
    said = clean(text)
    room = math.floor(ems / _width(bold))
    return said if len(said) <= room else said[: max(1, room - 1)].rstrip() + "…"
