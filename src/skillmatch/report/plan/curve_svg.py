"""The trade-off curve: the most that can be closed for each sum, as a staircase."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from skillmatch.model.plan import CurvePoint
from skillmatch.report.amounts import amount_words, share_words

HEIGHT = 260
_MARGIN = 7
_NARROW = 250
"""Pixels that a curve is wide on a small phone; labels must not touch there."""


def curve_svg(points: Sequence[CurvePoint]) -> str:
    """Return the picture, as wide as its surroundings; words of its axes stand outside of it."""
    most = max(point.cost.minor for point in points) / 100
    top = _nice(max(point.closed for point in points), 5)[1]
    steps, right = _nice(most, 4)
    parts = [*_levels(top), *_sums(points, steps, right)]
    placed = [(_across(p.cost.minor / 100, right), HEIGHT * (1 - p.closed / top)) for p in points]
    parts += _stairs(placed)
    parts += _dots(points, placed)
    said = "; ".join(f"{share_words(p.closed)} for {amount_words(p.cost)}" for p in points)
    return (
        f'<svg class="curve" width="100%" height="{HEIGHT}" overflow="visible" role="img" '
        f'aria-label="At most {escape(said)}">\n' + "\n".join(parts) + "</svg>"
    )


def _across(cost: float, right: float) -> float:
    """Return where a cost lies, in percent; the number of the first point needs room beside it."""
    return _MARGIN + (100 - _MARGIN) * cost / right


def _nice(most: float, count: int) -> tuple[list[float], float]:
    """Return round steps from 0 that reach ``most``, at most ``count`` + 1, and the last one."""
    if most <= 0:
        return [0.0, 1.0], 1.0
    rough = most / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(f * power for f in (1, 2, 2.5, 5, 10) if f * power >= rough - 1e-9)
    number = math.ceil(most / step - 1e-9)
    return [step * one for one in range(number + 1)], step * number


def _levels(top: float) -> Iterator[str]:
    for level in _nice(top, 5)[0]:
        y = HEIGHT * (1 - level / top)
        yield f'<line class="grid" x1="0" x2="100%" y1="{y:g}" y2="{y:g}"/>'
        yield f'<text class="tick" x="-8" y="{y + 4:g}" text-anchor="end">{level:.0%}</text>'


def _sums(points: Sequence[CurvePoint], steps: Sequence[float], right: float) -> Iterator[str]:
    currency = points[0].cost.currency
    for step in steps:
        unit = f" {currency}" if step == 0 else ""
        anchor = "end" if step == steps[-1] else "middle"
        yield (
            f'<text class="tick" x="{_across(step, right):.4g}%" y="{HEIGHT + 22}" '
            f'text-anchor="{anchor}">{step:,.10g}{escape(unit)}</text>'
        )


def _stairs(placed: Sequence[tuple[float, float]]) -> Iterator[str]:
    for number, (x, y) in enumerate(placed):
        after = placed[number + 1] if number + 1 < len(placed) else (100.0, y)
        yield f'<line class="stair" x1="{x:.4g}%" x2="{after[0]:.4g}%" y1="{y:g}" y2="{y:g}"/>'
        yield (
            f'<line class="stair" x1="{after[0]:.4g}%" x2="{after[0]:.4g}%" y1="{y:g}" '
            f'y2="{after[1]:g}"/>'
        )


def _dots(points: Sequence[CurvePoint], placed: Sequence[tuple[float, float]]) -> Iterator[str]:
    named: list[tuple[float, float]] = []
    for number in reversed(range(len(points))):
        x, y = placed[number]
        kind = "last" if number == len(points) - 1 else "dot"
        sure = "" if points[number].proven else " unproven"
        inner = f'<circle class="{kind}{sure}" r="{7 if kind == "last" else 5}"/>'
        apart = all(abs(x - a) * _NARROW / 100 > 11 or abs(y - b) > 13 for a, b in named)
        if apart:
            named.append((x, y))
            inner += f'<text class="name" x="-8" y="-8" text-anchor="end">{number + 1}</text>'
        yield f'<svg x="{x:.4g}%" y="{y:g}" overflow="visible">{inner}</svg>'
