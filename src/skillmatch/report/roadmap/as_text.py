"""Where a person stands, as they read it in a terminal: at most ``width`` columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skillmatch.model.roadmap_status import RequirementProgress, RoadmapStatus, StepStatus, Timing
from skillmatch.report.amounts import day_words, share_words
from skillmatch.report.plain import BOLD, DIM, STATE_COLOURS, styled, wrap
from skillmatch.report.roadmap import wording
from skillmatch.report.summary import ICONS

LEAST_WIDTH = 40
BAR = 30
"""Columns of a full bar."""


def roadmap_text(status: RoadmapStatus, *, width: int = 80, colour: bool = False) -> str:
    """Return the report, ending in a newline.

    Args:
        status: What was found.
        width: Columns; values below 40 mean 40.
        colour: Whether to add ANSI colours; the text alone says everything they do.
    """
    page = _Page(status=status, width=max(LEAST_WIDTH, width), colour=colour)
    return "\n".join(line.rstrip() for line in page.lines()).rstrip("\n") + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    status: RoadmapStatus
    width: int
    colour: bool

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._next()
        yield from self._steps()
        yield from self._figures()
        yield from self._requirements()
        yield from self._renewals()
        yield from self._history()
        yield from self._end()

    def _head(self) -> Iterator[str]:
        status = self.status
        for line in wrap(wording.title_of(status), self.width):
            yield styled(line, BOLD, colour=self.colour)
        parts = [f"roadmap on {day_words(status.at)}", f"begun {day_words(status.begun)}"]
        parts += [f"planned to {day_words(status.ends)}"] if status.ends else []
        parts += [f"last day {day_words(status.by)}"] if status.by else []
        yield from self._dim(" · ".join(parts))
        yield ""
        yield from wrap(wording.headline(status), self.width)
        yield ""
        moments = (("start", status.start), ("now", status.now), ("end", status.end))
        for name, measure in moments:
            room = min(BAR, self.width - 14)
            filled = round(measure.met * room)
            bar = "█" * filled + "░" * (room - filled)
            yield f"  {name:<6} {bar} {share_words(measure.met):>4}"
        if status.note:
            yield ""
            yield from wrap(f"“{status.note}”", self.width)

    def _next(self) -> Iterator[str]:
        yield from self._heading("Next")
        for place, action in enumerate(self.status.next):
            yield from wrap(wording.action_line(action), self.width, first="  → ")
            if place == 0 and (command := wording.action_command(self.status, action)):
                yield from self._dim(f"{wording.action_hint(action)} {command}", first="    ")

    def _steps(self) -> Iterator[str]:
        if self.status.steps:
            yield from self._heading(f"Steps ({len(self.status.steps)})")
        for step in self.status.steps:
            yield from self._step(step)

    def _step(self, step: StepStatus) -> Iterator[str]:
        late = step.timing in {Timing.OVERDUE, Timing.SHOULD_HAVE_BEGUN}
        icon = wording.LATE if late else wording.ICONS[step.state]
        about = [step.name, step.provider, wording.step_state(step), *wording.step_tags(step)]
        for line in wrap(
            " · ".join(part for part in about if part),
            self.width,
            first=f"{step.number:>3}. {icon} ",
        ):
            yield styled(line, BOLD, colour=self.colour)
        facts = [wording.step_when(step), wording.step_work(step), wording.step_price(step)]
        yield from self._detail("", " · ".join(part for part in facts if part))
        yield from self._detail(f"{wording.step_closes(step)} ", wording.closed_words(step))
        yield from self._detail("why: ", wording.step_why(step))
        proof = (step.proof, wording.step_valid(step, self.status.at))
        yield from self._detail("", " · ".join(part for part in proof if part))
        yield from self._detail("reason: ", step.reason)
        for check in step.check:
            yield from self._detail("□ ", check)
        yield from self._detail("note: ", step.note)

    def _detail(self, name: str, text: str) -> Iterator[str]:
        if text:
            yield from wrap(text, self.width, first=f"       {name}", rest="         ")

    def _figures(self) -> Iterator[str]:
        yield from self._heading("Pace")
        yield from self._bullets([wording.pace_line(self.status)])
        yield from self._bullets(wording.pace_lines(self.status))
        yield from self._heading("Money")
        yield from self._bullets(wording.money_lines(self.status))

    def _requirements(self) -> Iterator[str]:
        open_ones = [one for one in self.status.requirements if one.priority > 0]
        if open_ones:
            yield from self._heading(f"Still open ({len(open_ones)})")
        for one in open_ones:
            yield from self._requirement(one)
        gained = [
            one.label
            for one in self.status.requirements
            if one.met_now > one.met_start and one.priority <= 0
        ]
        if gained:
            yield from self._heading("Closed since the start")
            yield from self._bullets(gained)

    def _requirement(self, one: RequirementProgress) -> Iterator[str]:
        line = f"{one.label} · {one.now.value} · {wording.who_closes(self.status, one)}"
        for said in wrap(line, self.width, first=f"  {ICONS[one.now]} "):
            yield styled(said, STATE_COLOURS[one.now], colour=self.colour)

    def _renewals(self) -> Iterator[str]:
        if self.status.renewals:
            yield from self._heading("Renewals")
            yield from self._bullets(list(map(wording.renewal_line, self.status.renewals)))

    def _history(self) -> Iterator[str]:
        if self.status.history:
            yield from self._heading("History")
        for entry in self.status.history:
            first = f"  {entry.on} "
            yield from wrap(wording.history_line(self.status, entry), self.width, first=first)

    def _end(self) -> Iterator[str]:
        if self.status.notes:
            yield from self._heading("Notes")
            yield from self._bullets(self.status.notes)
        yield from self._heading("What this does not say")
        yield from self._bullets(wording.LIMITS)
        if self.status.attribution:
            yield ""
            for line in self.status.attribution:
                yield from self._dim(line)

    def _heading(self, heading: str) -> Iterator[str]:
        yield ""
        yield styled(heading.upper(), BOLD, colour=self.colour)

    def _bullets(self, lines: Sequence[str]) -> Iterator[str]:
        for line in lines:
            yield from wrap(line, self.width, first="  - ")

    def _dim(self, text: str, *, first: str = "") -> Iterator[str]:
        for line in wrap(text, self.width, first=first):
            yield styled(line, DIM, colour=self.colour)
