"""Where a person stands as Markdown, for notes and mails."""

from __future__ import annotations

from collections.abc import Iterator

from skillmatch.model.roadmap_status import RoadmapStatus, StepStatus, Timing
from skillmatch.report.amounts import day_words, share_words
from skillmatch.report.markdown import escaped
from skillmatch.report.roadmap import wording
from skillmatch.report.summary import NECESSITY_NAMES


def roadmap_markdown(status: RoadmapStatus) -> str:
    """Return the report, ending in a newline; whatever people wrote is escaped."""
    return "\n".join(_lines(status)).rstrip("\n") + "\n"


def _lines(status: RoadmapStatus) -> Iterator[str]:
    yield f"# {escaped(wording.title_of(status))}"
    yield ""
    yield f"Roadmap on {day_words(status.at)}. {escaped(wording.headline(status))}"
    yield ""
    yield from _next(status)
    yield from _steps(status)
    yield from _list("Pace", (wording.pace_line(status), *wording.pace_lines(status)))
    yield from _list("Money", wording.money_lines(status))
    yield from _requirements(status)
    yield from _list("Renewals", tuple(map(wording.renewal_line, status.renewals)))
    history = tuple(f"{one.on}: {wording.history_line(status, one)}" for one in status.history)
    yield from _list("History", history)
    yield from _list("Notes", status.notes)
    yield from _list("What this does not say", wording.LIMITS)
    for line in status.attribution:
        yield escaped(line)
        yield ""


def _next(status: RoadmapStatus) -> Iterator[str]:
    yield "## Next"
    yield ""
    for number, action in enumerate(status.next, 1):
        yield f"{number}. {escaped(wording.action_line(action))}"
    yield ""


def _steps(status: RoadmapStatus) -> Iterator[str]:
    if not status.steps:
        return
    yield "## Steps"
    yield ""
    yield "| | step | state | when | work | price | closes |"
    yield "|---:|---|---|---|---|---|---|"
    for step in status.steps:
        yield "| " + " | ".join(_cells(step)) + " |"
    yield ""
    for step in status.steps:
        said = (wording.step_why(step), step.proof, wording.step_valid(step, status.at))
        facts = (*said, step.reason, *step.check, step.note)
        if shown := " · ".join(one for one in facts if one):
            yield f"- {step.number}. {escaped(step.name)}: {escaped(shown)}"
    yield ""


def _cells(step: StepStatus) -> tuple[str, ...]:
    name = escaped(step.name) + (f" ({escaped(step.provider)})" if step.provider else "")
    late = step.timing in {Timing.OVERDUE, Timing.SHOULD_HAVE_BEGUN}
    state = f"**{wording.step_state(step)}**" if late else wording.step_state(step)
    return (
        str(step.number),
        name,
        state,
        escaped(wording.step_when(step)),
        wording.step_work(step),
        escaped(wording.step_price(step)),
        escaped(wording.closed_words(step)),
    )


def _requirements(status: RoadmapStatus) -> Iterator[str]:
    if not status.requirements:
        return
    yield "## What is asked for"
    yield ""
    yield "| skill | | at the start | now | after all steps |"
    yield "|---|---|---|---|---|"
    for one in status.requirements:
        states = (
            f"{one.start.value} ({share_words(one.met_start)})",
            f"{one.now.value} ({share_words(one.met_now)})",
            f"{one.end.value} ({share_words(one.met_end)})",
        )
        cells = (escaped(one.label), NECESSITY_NAMES[one.necessity], *states)
        yield "| " + " | ".join(cells) + " |"
    yield ""


def _list(heading: str, lines: tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield f"## {heading}"
        yield ""
        yield from (f"- {escaped(line)}" for line in lines)
        yield ""
