"""What a step that is done, or a new plan, changes: plain lines for a terminal, and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from skillmatch.model.gap import GapState
from skillmatch.model.roadmap import RoadmapStep
from skillmatch.model.roadmap_status import RequirementProgress, RoadmapStatus
from skillmatch.pathway.roadmap.replan import ChangeKind, Conflict, PlanChange, Replanned
from skillmatch.report.amounts import share_words, span_words
from skillmatch.report.indented import indented_json
from skillmatch.report.plain import wrap
from skillmatch.report.roadmap import wording

_MARKS = {
    ChangeKind.ADDED: "+",
    ChangeKind.REMOVED: "-",
    ChangeKind.MOVED: "~",
    ChangeKind.REPRICED: "~",
}


def finished_text(
    step: RoadmapStep, before: RoadmapStatus, after: RoadmapStatus, *, width: int = 80
) -> str:
    """Return what the person shows now and did not show before, ending in a newline."""
    return "\n".join(_finished(step, before, after, width)) + "\n"


def _finished(
    step: RoadmapStep, before: RoadmapStatus, after: RoadmapStatus, width: int
) -> Iterator[str]:
    yield from wrap(f"“{step.name}” is done, {step.ended}.", width)
    better = _better(before, after)
    proven, claimed = _labels(better, GapState.PROVEN), _labels(better, GapState.CLAIMED)
    partly = [one for one in better if one.now not in {GapState.PROVEN, GapState.CLAIMED}]
    if proven:
        yield from wrap(f"You can now prove {', '.join(proven)}.", width)
    if claimed:
        why = "its badge was not proven" if step.badge else "a badge would prove it"
        yield from wrap(f"You can now claim {', '.join(claimed)}; {why}.", width)
    for one in partly:
        yield from wrap(f"You are closer to {one.label}: {share_words(one.met_now)}.", width)
    if not better:
        yield from wrap("Nothing else that is asked for is met by it.", width)
    yield from wrap(
        f"Met: {share_words(after.now.met)} of what is asked for, "
        f"{share_words(before.now.met)} before.",
        width,
    )
    if after.next:
        yield from wrap(f"Next: {wording.action_line(after.next[0])}", width)


def finished_json(
    step: RoadmapStep, before: RoadmapStatus, after: RoadmapStatus, notes: Sequence[str]
) -> str:
    """Return the same as JSON, ending in a newline."""
    better = _better(before, after)
    value: dict[str, object] = {
        "step": step.id,
        "state": step.state.value,
        "ended": str(step.ended),
        "proven": _labels(better, GapState.PROVEN),
        "claimed": _labels(better, GapState.CLAIMED),
        "met": {"before": before.now.met, "now": after.now.met, "end": after.end.met},
        "notes": list(notes),
    }
    return indented_json(value) + "\n"


def _labels(ones: Sequence[RequirementProgress], state: GapState) -> list[str]:
    return [one.label for one in ones if one.now is state]


def _better(before: RoadmapStatus, after: RoadmapStatus) -> list[RequirementProgress]:
    """Return what is met more than before, or proven and was not."""
    old = {one.uri: one for one in before.requirements}
    return [one for one in after.requirements if _is_better(old.get(one.uri), one)]


def _is_better(old: RequirementProgress | None, new: RequirementProgress) -> bool:
    if old is None:
        return False
    proven = new.now is GapState.PROVEN and old.now is not GapState.PROVEN
    return proven or new.met_now > old.met_now + 1e-9


def replanned_json(found: Replanned) -> str:
    """Return the differences and conflicts as JSON, ending in a newline."""
    from pydantic import TypeAdapter

    value = TypeAdapter(Replanned).dump_python(found, mode="json", exclude={"roadmap"})
    return indented_json(value) + "\n"


def replanned_text(found: Replanned, *, width: int = 80) -> str:
    """Return the differences between two plans, or the conflicts, ending in a newline."""
    lines = _conflicts(found.conflicts, width) if found.conflicts else _changes(found, width)
    return "\n".join(lines) + "\n"


def _conflicts(conflicts: Sequence[Conflict], width: int) -> Iterator[str]:
    yield from wrap("No new plan: it could not keep what you committed to.", width)
    for one in conflicts:
        yield from wrap(f"{one.name}: {one.why}.", width, first="  ! ")
        for way in one.ways_out:
            yield from wrap(way, width, first="      - ")


def _changes(found: Replanned, width: int) -> Iterator[str]:
    if not found.changes:
        yield "The plan stays as it is."
    for one in found.changes:
        yield from wrap(f"{one.name}: {_words(one)}", width, first=f"  {_MARKS[one.kind]} ")


def _words(change: PlanChange) -> str:
    days = " → ".join(_span(one) for one in (change.before, change.after) if one is not None)
    if change.kind is ChangeKind.REPRICED:
        days = _span(change.after) if change.after else ""
    return f"{change.kind.value}, {days} ({change.why.rstrip('.')})"


def _span(days: tuple[date, date]) -> str:
    return span_words(*days)
