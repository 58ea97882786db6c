"""The gap as a learner reads it in a terminal: plain text, at most ``width`` columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skillmatch.model.gap import Gap, GapResult, GapState
from skillmatch.report import summary
from skillmatch.report.plain import BOLD, DIM, STATE_COLOURS, styled, wrap

LEAST_WIDTH = 40
STARTS = 3
"""How many gaps "Where to start" names: what a person can take on at a time."""


def text_report(result: GapResult, *, width: int = 80, colour: bool = False) -> str:
    """Return the report, ending in a newline.

    Args:
        result: What a comparison found.
        width: Columns; values below 40 mean 40.
        colour: Whether to add ANSI colours; the text alone says everything they do.
    """
    page = _Page(result=result, width=max(LEAST_WIDTH, width), colour=colour)
    return "\n".join(line.rstrip() for line in page.lines()).rstrip("\n") + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    result: GapResult
    width: int
    colour: bool

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._starts()
        for group in summary.groups(self.result):
            yield from self._heading(f"{group.heading} ({len(group.gaps)})", group.intro)
            for gap in group.gaps:
                yield from self._gap(gap)
        yield from self._gates()
        yield from self._leftovers()
        yield from self._dropped()
        yield from self._end()

    def _head(self) -> Iterator[str]:
        for line in wrap(summary.title_of(self.result), self.width):
            yield styled(line, BOLD, colour=self.colour)
        checklist = self.result.checklist
        parts = [f"skill gap on {self.result.at}", checklist.source, *checklist.frameworks]
        yield from self._dim(" · ".join(parts))
        yield ""
        yield from wrap(summary.headline(self.result), self.width)
        if self.result.gaps:
            yield ""
            yield from self._legend()

    def _legend(self) -> Iterator[str]:
        for state, count in summary.state_counts(self.result).items():
            if count:
                head = f"  {summary.ICONS[state]} {count:>3} {state.value:<13} "
                first, *rest = wrap(summary.MEANINGS[state], self.width, first=head)
                yield styled(head, STATE_COLOURS[state], colour=self.colour) + first[len(head) :]
                yield from rest

    def _starts(self) -> Iterator[str]:
        first = summary.starts(self.result, STARTS)
        if not first:
            return
        yield from self._heading("Where to start", "")
        for number, gap in enumerate(first, 1):
            necessity = summary.NECESSITY_NAMES[gap.requirement.necessity]
            yield from wrap(
                f"{gap.requirement.label} ({necessity})", self.width, first=f"  {number}. "
            )
            yield from wrap(summary.next_step(gap), self.width, first="     ")

    def _heading(self, heading: str, intro: str) -> Iterator[str]:
        yield ""
        yield styled(heading.upper(), BOLD, colour=self.colour)
        if intro:
            yield from self._dim(intro)

    def _gap(self, gap: Gap) -> Iterator[str]:
        asked = gap.requirement
        about = [summary.NECESSITY_NAMES[asked.necessity], summary.asked_level_words(gap)]
        if 0 < gap.coverage.value < 1:
            about.append(f"{gap.coverage.value:.0%} covered")
        if gap.priority > 0:
            about.append(f"priority {gap.priority:.2f}")
        lines = wrap(
            f"{asked.label} · {' · '.join(part for part in about if part)}",
            self.width,
            first=f"  {summary.ICONS[gap.state]} ",
        )
        for line in lines:
            yield styled(line, STATE_COLOURS[gap.state], colour=self.colour)
        words = ", ".join(f"“{words}”" for words in summary.asked_words(gap))
        yield from self._detail("asked:", words or asked.necessity_why)
        if gap.state is GapState.NOT_ACCEPTED or (gap.evidence and gap.priority > 0):
            yield from self._detail("why:", gap.reason)
        if path := summary.path_words(gap):
            yield from self._detail("path:", path)
        for piece in gap.evidence:
            yield from self._detail("shown:", summary.evidence_words(piece))

    def _detail(self, name: str, text: str) -> Iterator[str]:
        if text:
            yield from wrap(text, self.width, first=f"      {name:<7}")

    def _gates(self) -> Iterator[str]:
        if not (gates := self.result.checklist.gates):
            return
        yield from self._heading(
            f"Check these yourself ({len(gates)})", "Conditions that no skill replaces; not scored."
        )
        for gate in gates:
            necessity = summary.NECESSITY_NAMES[gate.necessity]
            yield from wrap(
                f"{gate.kind.value} ({necessity}): “{gate.text}”", self.width, first="  □ "
            )

    def _leftovers(self) -> Iterator[str]:
        if unused := self.result.unused:
            yield from self._heading(f"Not asked for ({len(unused)})", "You brought these as well.")
            for piece in unused:
                yield from wrap(summary.spare_words(piece), self.width, first="  + ")
        if unread := self.result.unread:
            yield from self._heading(
                f"Not understood ({len(unread)})", "No skill of the framework has such a name."
            )
            for name in unread:
                yield from wrap(f"“{name}”", self.width, first="  ? ")

    def _dropped(self) -> Iterator[str]:
        checklist = self.result.checklist
        if not (checklist.dropped or checklist.unlinked):
            return
        yield from self._heading("Left out of the posting", "")
        if dropped := len(checklist.dropped):
            yield from wrap(
                f"{_parts(dropped)} read as company text, benefits, application notes and the "
                "like. See them with --show-dropped.",
                self.width,
                first="  ",
            )
        for part in checklist.unlinked:
            yield from wrap(f"no skill found for: “{part.text}”", self.width, first="  - ")

    def _end(self) -> Iterator[str]:
        if self.result.notes:
            yield from self._heading("Notes", "")
            for note in self.result.notes:
                yield from wrap(note, self.width, first="  - ")
        yield from self._heading("What this does not say", "")
        for limit in summary.LIMITS:
            yield from wrap(limit, self.width, first="  - ")
        if self.result.attribution:
            yield ""
            for line in self.result.attribution:
                yield from self._dim(line)

    def _dim(self, text: str) -> Iterator[str]:
        for line in wrap(text, self.width):
            yield styled(line, DIM, colour=self.colour)


def _parts(count: int) -> str:
    return "One part was" if count == 1 else f"{count} parts were"
