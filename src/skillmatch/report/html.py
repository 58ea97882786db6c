"""The gap as one self-contained HTML page: no script, no request, readable on phone and paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from skillmatch.model.gap import Gap, GapResult, GapState
from skillmatch.model.requirement import Necessity
from skillmatch.report import summary, svg
from skillmatch.report.highlight import Segment, segments
from skillmatch.report.pages import page_of

if TYPE_CHECKING:
    from jinja2 import Template

STARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the matrix, with its 1-based number."""

    number: int
    gap: Gap
    words: tuple[str, ...]
    level: str
    path: str
    coverage: str
    evidence: tuple[str, ...]
    next_step: str

    @property
    def linked(self) -> bool:
        """Whether the concept's URI is a web address; no other scheme becomes a link."""
        return self.gap.requirement.uri.startswith(("https://", "http://"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A headline number with what it means and what it does not."""

    value: int
    name: str
    meaning: str


def html_report(result: GapResult, *, posting_text: str | None = None) -> str:
    """Return the page.

    Args:
        result: What a comparison found.
        posting_text: The text that the spans of the result point into; with it the page shows
            the posting with its requirements marked in place. Everything in it is escaped.
    """
    rows = tuple(_row(number, gap) for number, gap in enumerate(result.gaps, 1))
    first = summary.starts(result, STARTS)
    marked: tuple[Segment, ...] = () if posting_text is None else segments(posting_text, result)
    page = _page()
    return page.render(
        result=result,
        title=summary.title_of(result),
        headline=summary.headline(result),
        figures=_figures(result),
        counts=summary.state_counts(result),
        rows=rows,
        starts=[row for row in rows if row.gap in first],
        overview=_overview(rows),
        posting=marked,
        anchored={row for segment in marked for row in segment.anchors},
        limits=summary.LIMITS,
    )


def _row(number: int, gap: Gap) -> Row:
    return Row(
        number=number,
        gap=gap,
        words=summary.asked_words(gap),
        level=summary.asked_level_words(gap),
        path=summary.path_words(gap),
        coverage=summary.coverage_words(gap),
        evidence=tuple(summary.evidence_words(piece) for piece in gap.evidence),
        next_step=summary.next_step(gap),
    )


def _figures(result: GapResult) -> tuple[Figure, ...]:
    counts = summary.state_counts(result)
    near = counts[GapState.RELATED] + counts[GapState.BELOW_LEVEL]
    away = counts[GapState.MISSING] + counts[GapState.NOT_ACCEPTED]
    return (
        Figure(
            value=counts[GapState.PROVEN],
            name="proven",
            meaning="Someone else vouches for it. Not a grade of how good you are.",
        ),
        Figure(
            value=counts[GapState.CLAIMED],
            name="claimed",
            meaning="You or your documents say so. Not in doubt, only not vouched for yet.",
        ),
        Figure(
            value=near,
            name="partly there",
            meaning="A related skill or a lower level. An employer may count it or not.",
        ),
        Figure(
            value=away,
            name="missing",
            meaning="Nothing that counts was found. You may have it under other words.",
        ),
    )


def _overview(rows: tuple[Row, ...]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Return each necessity's rows, best state first; necessities without rows are left out."""
    order = summary.STATES.index
    made = (
        (
            summary.NECESSITY_NAMES[necessity],
            tuple(
                sorted(
                    (row for row in rows if row.gap.requirement.necessity is necessity),
                    key=lambda row: (order(row.gap.state), row.number),
                )
            ),
        )
        for necessity in Necessity
    )
    return tuple(part for part in made if part[1])


@cache
def _page() -> Template:
    from markupsafe import Markup

    # Markup marks what svg.py built from numbers, enums and escaped text as safe to insert.
    return page_of(
        "report",
        ("page",),
        icon=lambda state: Markup(svg.icon(state)),  # noqa: S704 - see above
        state_bar=lambda counts: Markup(svg.state_bar(counts)),  # noqa: S704 - see above
        coverage_bar=lambda value, state: Markup(svg.coverage_bar(value, state)),  # noqa: S704
        key=svg.state_key,
        necessity=summary.NECESSITY_NAMES.__getitem__,
        meaning=summary.MEANINGS.__getitem__,
        sign=summary.ICONS.__getitem__,
    )
