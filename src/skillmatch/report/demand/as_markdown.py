"""Demand as Markdown: lists and one table, for a wiki or an issue."""

from __future__ import annotations

from collections.abc import Iterator

from skillmatch.model.demand import Demand, StackSuggestion
from skillmatch.report.demand import wording
from skillmatch.report.markdown import escaped


def demand_markdown(demand: Demand, *, top: int) -> str:
    """Return the report; everything that comes from files is escaped."""
    return "\n".join(_lines(demand, top)).rstrip("\n") + "\n"


def _lines(demand: Demand, top: int) -> Iterator[str]:
    yield f"# {escaped(wording.title_of(demand))}"
    yield ""
    if demand.postings or not demand.stacks:
        yield escaped(wording.headline(demand))
    yield from _unmet(demand, top)
    wanted = [
        f"**{escaped(one.name)}** · {escaped(wording.offer_words(one))}: "
        f"{escaped(', '.join(one.skills))}"
        for one in wording.wanted(demand)
    ]
    yield from _listed("Offers that postings ask for", wanted, top, "offers")
    unasked = [
        f"{escaped(one.label)} · {escaped(wording.unasked_words(one))}" for one in demand.unasked
    ]
    yield from _listed("Awarded, and no posting asks for it", unasked, top, "outcomes")
    for stack in demand.stacks:
        yield from _stack(stack)
    unread = [f"{escaped(one.source)}: {escaped(one.reason)}" for one in demand.unread]
    yield from _listed("Not counted", unread, len(unread), "skills")
    yield ""
    for line in (*demand.notes, *wording.limits(demand), *demand.attribution):
        yield f"> {escaped(line)}"
        yield ">"


def _unmet(demand: Demand, top: int) -> Iterator[str]:
    skills = wording.unmet(demand)
    if not skills:
        return
    yield from ("", f"## Asked for, and no offer closes it ({len(skills)})", "")
    yield "| skill | asked for by | nearest offer | example |"
    yield "|---|---|---|---|"
    for one in skills[:top]:
        near = wording.near_words(one.partly_by[0]) if one.partly_by else "none"
        cells = (one.label, wording.asked_words(one), near, wording.example_words(one))
        yield "| " + " | ".join(escaped(cell) for cell in cells) + " |"
    if more := wording.more_words(len(skills) - top, "skills"):
        yield from ("", more)


def _stack(stack: StackSuggestion) -> Iterator[str]:
    yield from ("", f"## {escaped(wording.stack_title(stack))}", "")
    yield escaped(wording.stack_cost(stack))
    yield ""
    for number, one in enumerate(stack.offers, 1):
        yield f"{number}. {escaped(wording.stack_line(one))}"
    if stack.uncovered:
        yield from ("", f"Covered by no offer: {escaped(', '.join(stack.uncovered))}")


def _listed(title: str, lines: list[str], top: int, table: str) -> Iterator[str]:
    if not lines:
        return
    yield from ("", f"## {title} ({len(lines)})", "")
    for line in lines[:top]:
        yield f"- {line}"
    if more := wording.more_words(len(lines) - top, table):
        yield from ("", more)
