"""The plan as Markdown, with a box to tick for each step: for a notebook, a wiki or an issue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skillmatch.model.plan import OpenGap, Plan, PlanStep, StateChange
from skillmatch.report import summary
from skillmatch.report.amounts import amount_words, day_words, share_words
from skillmatch.report.markdown import escaped, inline
from skillmatch.report.plan import opening, wording


def plan_markdown(plan: Plan) -> str:
    """Return the plan as CommonMark with tables and task lists, ending in a newline."""
    return "\n".join(_lines(plan)).rstrip("\n") + "\n"


def _lines(plan: Plan) -> Iterator[str]:
    yield f"# {escaped(opening.title_of(plan))}"
    yield from ("", " · ".join(map(escaped, opening.about_words(plan))))
    yield from ("", f"**{inline(opening.headline(plan))}**")
    for remark in plan.remarks:
        yield from ("", f"> {inline(remark)}")
    yield from ("", "Planned with: " + " · ".join(map(inline, opening.limits_words(plan))), "")
    if plan.steps:
        yield from (f"## Steps ({len(plan.steps)})", "")
        for step in plan.steps:
            yield from _step(plan, step)
        yield ""
    yield from _changes(plan.changes)
    yield from _open(plan)
    yield from _filters(plan)
    yield from _alternatives(plan)
    yield from _curve(plan)
    yield from _list("Notes", plan.notes)
    yield from _list("What this does not say", wording.LIMITS)
    yield from map(escaped, plan.attribution)


def _step(plan: Plan, step: PlanStep) -> Iterator[str]:
    about = [step.provider, *wording.tags(plan, step)]
    suffix = "".join(f" · {inline(part)}" for part in about if part)
    yield f"- [ ] **{step.number}. {inline(step.name)}**{suffix}"
    for name, said in _details(plan, step):
        yield f"  - {name}: {inline(said)}"
    yield from (f"  - [ ] check yourself: {inline(one)}" for one in step.check)


def _details(plan: Plan, step: PlanStep) -> Iterator[tuple[str, str]]:
    yield "when", wording.when_words(step)
    if last := wording.enrolment(step):
        yield "enrol", f"by {day_words(last)}"
    if how := wording.how_words(step):
        yield "how", how
    yield "costs", wording.price_words(plan, step)
    yield "work", wording.work_words(step)
    yield from (("closes", wording.closure_words(one)) for one in step.closes)
    if step.why:
        yield "why here", step.why
    if step.after:
        yield "after", wording.steps_words(plan, step.after)
    if step.completes:
        yield "stack", wording.stack_words(plan, step)
    yield from (("instead of", passed) for passed in wording.passed_words(step))
    if step.valid_until:
        yield "renew", f"it lapses on {day_words(step.valid_until)}"
    if step.url:
        yield "see", step.url


def _changes(changes: Sequence[StateChange]) -> Iterator[str]:
    if changes:
        yield from ("## Before and after", "")
        rows = [
            (
                inline(change.label),
                summary.NECESSITY_NAMES[change.necessity],
                f"{summary.ICONS[change.before]} {change.before.value}",
                f"{summary.ICONS[change.after]} {change.after.value}",
                f"{share_words(change.coverage_before)} → {share_words(change.coverage_after)}",
            )
            for change in changes
        ]
        yield from _table(("asked for", "", "now", "with the plan", "covered"), rows)


def _open(plan: Plan) -> Iterator[str]:
    if plan.open:
        yield from (f"## What stays open ({len(plan.open)})", "")
    for reason, gaps in wording.open_groups(plan):
        heading, intro = wording.REASONS[reason]
        yield from (f"### {heading} ({len(gaps)})", "", intro, "")
        yield from (_gap(plan, gap) for gap in gaps)
        yield ""


def _gap(plan: Plan, gap: OpenGap) -> str:
    about = f"{summary.NECESSITY_NAMES[gap.necessity]}, {wording.left_words(gap.left)}"
    look = f" Look at {wording.offers_words(plan, gap.offers)}." if gap.offers else ""
    icon = summary.ICONS[gap.state]
    return f"- {icon} **{inline(gap.label)}** ({about}): {inline(gap.why + look)}"


def _filters(plan: Plan) -> Iterator[str]:
    felt = [effect for effect in plan.filters if effect.removed]
    said = [
        f"{wording.filter_name(effect)}: {wording.filter_words(plan, effect)}" for effect in felt
    ]
    yield from _list("What your filters left out", said)


def _alternatives(plan: Plan) -> Iterator[str]:
    if not plan.alternatives:
        return
    least = share_words(plan.alternatives[0].least)
    yield from ("## Other plans", "", f"Each closes at least {least} of what this plan does.", "")
    rows = [tuple(map(inline, row)) for row in wording.alternative_rows(plan)]
    yield from _table(wording.ALTERNATIVE_HEAD, rows)
    for other in plan.alternatives:
        yield f"- {inline(wording.other_words(plan, other))}"
    yield ""


def _curve(plan: Plan) -> Iterator[str]:
    if len(plan.curve) > 1:
        yield from ("## What each sum would close", "")
        rows = [
            (
                inline(amount_words(point.cost)),
                share_words(point.closed) + ("" if point.proven else " or more"),
                inline(wording.offers_words(plan, point.offers, most=6)),
            )
            for point in plan.curve
        ]
        yield from _table(("at most", "closes", "by taking"), rows)


def _list(heading: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield from (f"## {heading}", "")
        yield from (f"- {escaped(item)}" for item in items)
        yield ""


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    yield from ("| " + " | ".join(row) + " |" for row in rows)
    yield ""
