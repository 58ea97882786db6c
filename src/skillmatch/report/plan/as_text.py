"""The plan as a learner reads it in a terminal: plain text, at most ``width`` columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skillmatch.model.plan import OpenGap, Plan, PlanStep
from skillmatch.report.amounts import amount_words, day_words, share_words
from skillmatch.report.plain import BOLD, DIM, clean, styled, wrap
from skillmatch.report.plan import opening, wording
from skillmatch.report.summary import NECESSITY_NAMES

LEAST_WIDTH = 40
CURVE_BAR = 24
"""Columns of a full bar of the trade-off curve."""


def plan_text(plan: Plan, *, width: int = 80, colour: bool = False) -> str:
    """Return the plan, ending in a newline.

    Args:
        plan: What the planner found.
        width: Columns; values below 40 mean 40.
        colour: Whether to add ANSI colours; the text alone says everything they do.
    """
    page = _Page(plan=plan, width=max(LEAST_WIDTH, width), colour=colour)
    return "\n".join(line.rstrip() for line in page.lines()).rstrip("\n") + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    plan: Plan
    width: int
    colour: bool

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._steps()
        yield from self._open()
        yield from self._filters()
        yield from self._alternatives()
        yield from self._curve()
        yield from self._end()

    def _head(self) -> Iterator[str]:
        for line in wrap(opening.title_of(self.plan), self.width):
            yield styled(line, BOLD, colour=self.colour)
        yield from self._dim(" · ".join(opening.about_words(self.plan)))
        yield ""
        yield from wrap(opening.headline(self.plan), self.width)
        for remark in self.plan.remarks:
            yield from wrap(remark, self.width, first="! ")
        if self.plan.steps and self.plan.changes:
            yield from wrap(f"Now → with the plan: {opening.states_words(self.plan)}", self.width)
        yield from self._dim("Planned with: " + " · ".join(opening.limits_words(self.plan)))

    def _steps(self) -> Iterator[str]:
        if self.plan.steps:
            yield from self._heading(f"Steps ({len(self.plan.steps)})", "")
        for step in self.plan.steps:
            yield from self._step(step)

    def _step(self, step: PlanStep) -> Iterator[str]:
        about = [step.name, step.provider, *wording.tags(self.plan, step)]
        yield ""
        for line in wrap(
            " · ".join(part for part in about if part), self.width, first=f"{step.number:>3}. "
        ):
            yield styled(line, BOLD, colour=self.colour)
        yield from self._detail("when", [wording.when_words(step)])
        if last := wording.enrolment(step):
            yield from self._detail("enrol", [f"by {day_words(last)}"])
        yield from self._detail("how", [wording.how_words(step)])
        yield from self._detail("costs", [wording.price_words(self.plan, step)])
        yield from self._detail("work", [wording.work_words(step)])
        yield from self._detail("closes", [wording.closure_words(one) for one in step.closes])
        yield from self._detail("why", [step.why])
        if step.after:
            yield from self._detail("after", [wording.steps_words(self.plan, step.after)])
        if step.completes:
            yield from self._detail("stack", [wording.stack_words(self.plan, step)])
        yield from self._detail("check", [f"□ {one}" for one in step.check])
        yield from self._detail("not", wording.passed_words(step))
        if step.valid_until:
            yield from self._detail("renew", [f"it lapses on {day_words(step.valid_until)}"])
        yield from self._detail("see", [step.url])

    def _detail(self, name: str, texts: Sequence[str]) -> Iterator[str]:
        lead = f"     {name:<7} "
        for text in texts:
            if text:
                yield from wrap(text, self.width, first=lead, rest=" " * 15)
                lead = " " * 13

    def _open(self) -> Iterator[str]:
        if not self.plan.open:
            return
        yield from self._heading(f"What stays open ({len(self.plan.open)})", "")
        for reason, gaps in wording.open_groups(self.plan):
            heading, intro = wording.REASONS[reason]
            yield from wrap(f"{heading} ({len(gaps)}): {intro}", self.width, first="  ")
            for gap in gaps:
                yield from self._gap(gap)

    def _gap(self, gap: OpenGap) -> Iterator[str]:
        about = (NECESSITY_NAMES[gap.necessity], wording.left_words(gap.left))
        yield from wrap(f"{gap.label} ({', '.join(about)}): {gap.why}", self.width, first="    - ")
        if gap.offers:
            named = wording.offers_words(self.plan, gap.offers)
            yield from wrap(f"look at {named}", self.width, first="      ")

    def _filters(self) -> Iterator[str]:
        felt = [effect for effect in self.plan.filters if effect.removed]
        if felt:
            yield from self._heading("What your filters left out", "")
        for effect in felt:
            words = f"{wording.filter_name(effect)}: {wording.filter_words(self.plan, effect)}"
            yield from wrap(words, self.width, first="  - ")

    def _alternatives(self) -> Iterator[str]:
        if not self.plan.alternatives:
            return
        yield from self._heading(
            "Other plans",
            f"Each closes at least {share_words(self.plan.alternatives[0].least)} of what this "
            "plan does.",
        )
        rows = [wording.ALTERNATIVE_HEAD, *wording.alternative_rows(self.plan)]
        yield from self._table(rows)
        for other in self.plan.alternatives:
            yield from wrap(wording.other_words(self.plan, other), self.width, first="  - ")

    def _curve(self) -> Iterator[str]:
        if len(self.plan.curve) < 2:
            return
        yield from self._heading(
            "What each sum would close", "The most that can be closed for so much money."
        )
        room = min(CURVE_BAR, self.width - 28)
        rows = [("at most", "closes", "")]
        for point in self.plan.curve:
            sure = "" if point.proven else " or more"
            bar = "█" * round(point.closed * room) + "·" * (room - round(point.closed * room))
            rows.append((amount_words(point.cost), share_words(point.closed) + sure, bar))
        yield from self._table(rows)

    def _table(self, rows: Sequence[Sequence[str]]) -> Iterator[str]:
        """Yield aligned columns, or one wrapped line a row where they are too wide."""
        cleaned = [[clean(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(*cleaned, strict=True)]
        if sum(widths) + 2 * len(widths) > self.width:
            head, *others = cleaned
            for first, *cells in others:
                said = ", ".join(f"{n} {c}".strip() for n, c in zip(head[1:], cells, strict=True))
                yield from wrap(f"{first}: {said}", self.width, first="  - ")
            return
        for row in cleaned:
            padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            yield "  " + "  ".join(padded)

    def _heading(self, heading: str, intro: str) -> Iterator[str]:
        yield ""
        yield styled(heading.upper(), BOLD, colour=self.colour)
        if intro:
            yield from self._dim(intro)

    def _end(self) -> Iterator[str]:
        if self.plan.notes:
            yield from self._heading("Notes", "")
            for note in self.plan.notes:
                yield from wrap(note, self.width, first="  - ")
        yield from self._heading("What this does not say", "")
        for limit in wording.LIMITS:
            yield from wrap(limit, self.width, first="  - ")
        if self.plan.attribution:
            yield ""
            for line in self.plan.attribution:
                yield from self._dim(line)

    def _dim(self, text: str) -> Iterator[str]:
        for line in wrap(text, self.width):
            yield styled(line, DIM, colour=self.colour)
