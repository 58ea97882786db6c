"""Demand as a provider reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skillmatch.model.demand import Demand, OfferDemand, SkillDemand, StackSuggestion
from skillmatch.report.demand import wording
from skillmatch.report.plain import BOLD, DIM, styled, wrap

LEAST_WIDTH = 40


def demand_text(demand: Demand, *, top: int, width: int = 80, colour: bool = False) -> str:
    """Return the report, ending in a newline.

    Args:
        demand: What was found.
        top: Lines of each list; the rest is counted.
        width: Columns; values below 40 mean 40.
        colour: Whether to add ANSI colours; the text alone says everything they do.
    """
    page = _Page(demand=demand, top=top, width=max(LEAST_WIDTH, width), colour=colour)
    return "\n".join(line.rstrip() for line in page.lines()).rstrip("\n") + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    demand: Demand
    top: int
    width: int
    colour: bool

    def lines(self) -> Iterator[str]:
        yield from self._bold(wording.title_of(self.demand))
        yield ""
        if self.demand.postings or not self.demand.stacks:
            yield from wrap(wording.headline(self.demand), self.width)
        yield from self._unmet()
        yield from self._wanted()
        yield from self._unasked()
        for stack in self.demand.stacks:
            yield from self._stack(stack)
        yield from self._end()

    def _unmet(self) -> Iterator[str]:
        skills = wording.unmet(self.demand)
        if not skills:
            return
        yield from self._heading(f"Asked for, and no offer closes it ({len(skills)})")
        for one in skills[: self.top]:
            yield from self._skill(one)
        yield from self._more(len(skills), "skills")

    def _skill(self, one: SkillDemand) -> Iterator[str]:
        yield from wrap(
            f"{one.label} · {wording.asked_words(one)}",
            self.width,
            first=f"  {wording.SIGNS[one.supply]} ",
        )
        if example := wording.example_words(one):
            yield from self._dim(example)
        for near in one.partly_by[:1]:
            yield from self._dim(f"nearest: {wording.near_words(near)}")

    def _wanted(self) -> Iterator[str]:
        offers = wording.wanted(self.demand)
        if not offers:
            return
        yield from self._heading(f"Offers that postings ask for ({len(offers)})")
        for one in offers[: self.top]:
            yield from self._offer(one)
        yield from self._more(len(offers), "offers")

    def _offer(self, one: OfferDemand) -> Iterator[str]:
        yield from wrap(f"{one.name} · {wording.offer_words(one)}", self.width, first="  ● ")
        yield from self._dim(", ".join(one.skills))
        if one.alone:
            yield from self._dim(f"closed by no other offer: {', '.join(one.alone)}")

    def _unasked(self) -> Iterator[str]:
        unasked = self.demand.unasked
        if not unasked:
            return
        yield from self._heading(f"Awarded, and no posting asks for it ({len(unasked)})")
        for one in unasked[: self.top]:
            yield from wrap(f"{one.label} · {wording.unasked_words(one)}", self.width, first="  – ")
        yield from self._more(len(unasked), "outcomes")

    def _stack(self, stack: StackSuggestion) -> Iterator[str]:
        yield from self._heading(wording.stack_title(stack))
        yield from wrap(wording.stack_cost(stack), self.width, first="  ")
        for number, one in enumerate(stack.offers, 1):
            yield from wrap(wording.stack_line(one), self.width, first=f"{number:>4}. ")
        if stack.uncovered:
            yield from self._dim(f"covered by no offer: {', '.join(stack.uncovered)}")

    def _end(self) -> Iterator[str]:
        demand = self.demand
        if demand.unread:
            yield from self._heading(f"Not counted ({len(demand.unread)})")
            for one in demand.unread[: self.top]:
                yield from wrap(f"{one.source}: {one.reason}", self.width, first="  – ")
            left = len(demand.unread) - self.top
            if left > 0:
                yield f"  … and {left} more: --json"
        yield ""
        for line in (*demand.notes, *wording.limits(self.demand), *demand.attribution):
            yield from self._dim(line, lead="")

    def _heading(self, text: str) -> Iterator[str]:
        yield ""
        yield from self._bold(text)

    def _bold(self, text: str) -> Iterator[str]:
        for line in wrap(text, self.width):
            yield styled(line, BOLD, colour=self.colour)

    def _dim(self, text: str, *, lead: str = "      ") -> Iterator[str]:
        for line in wrap(text, self.width, first=lead):
            yield styled(line, DIM, colour=self.colour)

    def _more(self, count: int, table: str) -> Iterator[str]:
        if more := wording.more_words(count - self.top, table):
            yield from self._dim(more, lead="    ")
