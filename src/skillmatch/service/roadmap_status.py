"""Where a person stands: a roadmap beside what they can show on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from skillmatch.errors import UsageError
from skillmatch.model.roadmap import Roadmap, RoadmapStep, StepState
from skillmatch.model.roadmap_status import RoadmapStatus, StepStatus
from skillmatch.pathway.roadmap.dates import day_after, lapses, next_actions, renewals, timing
from skillmatch.pathway.roadmap.money import money_of
from skillmatch.pathway.roadmap.pace import done_hours, pace_of
from skillmatch.pathway.roadmap.progress import Progress, progress_of, promised
from skillmatch.service.roadmap_standing import (
    Standing,
    StepProof,
    compare_goals,
    lead,
    standing,
)

if TYPE_CHECKING:
    from skillmatch.service.matcher import Matcher
    from skillmatch.service.verifying import Verifier


def roadmap_status(
    matcher: Matcher,
    roadmap: Roadmap,
    folder: Path,
    *,
    at: date,
    verifier: Verifier | None = None,
) -> RoadmapStatus:
    """Return where a person stands on a day.

    Args:
        matcher: Reads evidence and compares.
        roadmap: As read.
        folder: Where the roadmap lies, which its paths count from.
        at: The day.
        verifier: Checks the badges; by default offline, and knowing no issuer.

    Raises:
        UsageError: The roadmap begins after the day, or holds two currencies without a rate.
    """
    check_clock(roadmap, at)
    led = lead(matcher, [one.frameworks for one in roadmap.goals])
    stands = standing(led, roadmap, folder, at=at, verifier=verifier)
    progress = _progress(led, roadmap, stands, at)
    found = _status(roadmap, stands, progress, at)
    return replace(
        found,
        notes=(*found.notes, *led.frameworks.notes),
        attribution=tuple(led.frameworks.attribution),
    )


def _status(roadmap: Roadmap, stands: Standing, progress: Progress, at: date) -> RoadmapStatus:
    return RoadmapStatus(
        at=at,
        title=roadmap.title,
        begun=roadmap.begun,
        ends=roadmap.ends,
        by=roadmap.request.by,
        goals=progress.goals,
        start=progress.start,
        now=progress.now,
        end=progress.end,
        requirements=progress.requirements,
        steps=tuple(_steps(roadmap, stands, at)),
        pace=pace_of(roadmap.steps, begun=roadmap.request.start, at=at),
        money=money_of(roadmap),
        next=next_actions(roadmap, at),
        renewals=renewals(roadmap, stands.own, at, badge_ends=_ends(stands)),
        history=roadmap.history,
        note=roadmap.note,
        notes=tuple(_notes(roadmap, stands, at)),
    )


def _progress(matcher: Matcher, roadmap: Roadmap, stands: Standing, at: date) -> Progress:
    last = max(at, roadmap.ends or at)
    later = (*stands.holding_on(last, roadmap.steps), *promised(roadmap.steps))
    now = compare_goals(matcher, roadmap.goals, stands.evidence, at=at)
    return progress_of(roadmap, now, compare_goals(matcher, roadmap.goals, later, at=at))


def check_clock(roadmap: Roadmap, at: date) -> None:
    """Refuse a day on which there was no roadmap yet.

    Raises:
        UsageError: It is before the roadmap was begun.
    """
    if at < roadmap.begun:
        raise UsageError(
            f"this roadmap was begun on {roadmap.begun}, after {at}; if today's date is wrong, "
            "mend the clock or name the day with --at"
        )


def _ends(stands: Standing) -> dict[str, date]:
    proofs = stands.proofs.items()
    return {step: proof.valid_until for step, proof in proofs if proof.valid_until is not None}


def _steps(roadmap: Roadmap, stands: Standing, at: date) -> Iterator[StepStatus]:
    for number, step in enumerate(roadmap.steps, 1):
        proof = stands.proofs.get(step.id) or StepProof(words="")
        yield replace(
            _step(number, step, at),
            proof=proof.words,
            assurance=proof.assurance,
            lapses=_lapses(step, proof),
        )


def _step(number: int, step: RoadmapStep, at: date) -> StepStatus:
    how, late = timing(step, at)
    return StepStatus(
        number=number,
        id=step.id,
        name=step.name,
        provider=step.provider,
        url=step.url,
        state=step.state,
        timing=how,
        late_days=late,
        starts=step.starts,
        ends=step.ends,
        began=step.began,
        ended=step.ended,
        hours=step.planned_hours,
        hours_spent=step.spent_hours,
        share=_share(step),
        cost=step.cost,
        spent=step.spent,
        committed=step.committed,
        own=step.own,
        closes=tuple(one.label for one in step.closes),
        partly=tuple(one.label for one in step.closes if one.left > 0),
        # Whoever is through was let in.
        check=step.check if step.open else (),
        why=step.why,
        reason=step.reason,
        note=step.note,
        log=step.log,
    )


def _lapses(step: RoadmapStep, proof: StepProof) -> date | None:
    """Return the day by what the badge says, else by what the offer said."""
    if proof.valid_until is not None:
        return day_after(proof.valid_until)
    return lapses(step)


def _share(step: RoadmapStep) -> float | None:
    planned = step.planned_hours
    if step.state is StepState.DONE:
        return 1.0
    return done_hours(step) / planned if planned else None


def _notes(roadmap: Roadmap, stands: Standing, at: date) -> Iterator[str]:
    later = [one for one in roadmap.history if one.on > at]
    if later:
        yield (
            f"{len(later)} entries of the history are after {at}; what was done after that day "
            "shows nothing on it, but states, hours and money are those of the file"
        )
    yield from (f"no skill is called “{one}”" for one in stands.unread)
    unknown = sum(one.planned_hours is None for one in roadmap.steps if one.open)
    if unknown:
        yield f"{unknown} steps do not say how many hours they take, and are left out of the pace"
    yield from stands.notes
