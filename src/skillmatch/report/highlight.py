"""The posting's own text, cut into pieces that are marked or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from skillmatch.model.gap import GapResult, GapState
from skillmatch.model.posting import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of the posting that is marked in one way.

    Attributes:
        rows: 1-based places in ``GapResult.gaps`` of the requirements these words ask for.
        state: State of the first of ``rows``; None where there is none.
        ending: Those of ``rows`` whose mention ends here, where a reader looks for the number.
        anchors: Those of ``rows`` whose first mention begins here.
        gate: Whether the words state a hard gate.
        dropped: Whether the words were left out as company text and the like.
    """

    text: str
    rows: tuple[int, ...] = ()
    state: GapState | None = None
    ending: tuple[int, ...] = ()
    anchors: tuple[int, ...] = ()
    gate: bool = False
    dropped: bool = False


@dataclass(slots=True)
class _Marks:
    """Ranges found in the text, by what they mean."""

    mentions: list[tuple[Span, int]] = field(default_factory=list)
    gates: list[Span] = field(default_factory=list)
    dropped: list[Span] = field(default_factory=list)

    def edges(self, length: int) -> list[int]:
        spans = [span for span, _ in self.mentions] + self.gates + self.dropped
        return sorted({0, length, *(s.start for s in spans), *(s.end for s in spans)})


def segments(text: str, result: GapResult) -> tuple[Segment, ...]:
    """Return ``text`` in pieces; joined they are ``text`` again.

    A span is marked only where the words of the result stand in ``text``, so that a report
    beside another version of a posting marks too little rather than nonsense.
    """
    marks = _find(text, result)
    edges = marks.edges(len(text))
    seen: set[int] = set()
    made = []
    for start, end in pairwise(edges):
        here = Span(start=start, end=end)
        rows = tuple(sorted({row for span, row in marks.mentions if _within(here, span)}))
        ending = {row for span, row in marks.mentions if _within(here, span) and span.end == end}
        made.append(
            Segment(
                text=text[start:end],
                rows=rows,
                state=result.gaps[rows[0] - 1].state if rows else None,
                ending=tuple(sorted(ending)),
                anchors=tuple(row for row in rows if row not in seen),
                gate=any(_within(here, span) for span in marks.gates),
                dropped=any(_within(here, span) for span in marks.dropped),
            )
        )
        seen.update(rows)
    return tuple(made)


def _find(text: str, result: GapResult) -> _Marks:
    marks = _Marks()
    for row, gap in enumerate(result.gaps, 1):
        for mention in gap.requirement.mentions:
            marks.mentions += [(span, row) for span in _standing(text, mention.span, mention.text)]
    for gate in result.checklist.gates:
        marks.gates += _standing(text, gate.span, gate.text)
    for part in result.checklist.dropped:
        marks.dropped += _standing(text, part.span, part.text)
    return marks


def _standing(text: str, span: Span, words: str) -> Iterator[Span]:
    if 0 <= span.start < span.end <= len(text) and text[span.start : span.end] == words:
        yield span


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
