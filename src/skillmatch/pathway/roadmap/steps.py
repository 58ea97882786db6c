"""Steps of a plan, and steps of a person's own, as steps of a roadmap; and how to find one."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from skillmatch.errors import UsageError
from skillmatch.model.concept import ConceptUri
from skillmatch.model.offer import Award, Money, Offer
from skillmatch.model.plan import Closure, Plan, PlanStep
from skillmatch.model.roadmap import MOST_HOURS, OWN, Closes, Roadmap, RoadmapStep
from skillmatch.pathway.planning.closures import counted_awards
from skillmatch.pathway.planning.lengths import days_of, whole
from skillmatch.text.normal import normal_form

_LEAST_PART = 3
"""Letters that a part of a name needs to stand for a step."""
_STEPS = re.compile(r"\b[Ss]teps? \d+(?:(?:, | and )\d+)*")
_NUMBER = re.compile(r"\d+")
_SLUG = re.compile(r"[^a-z0-9]+")


def in_order(steps: tuple[RoadmapStep, ...]) -> tuple[RoadmapStep, ...]:
    """Return steps by first planned day, last planned day, and id."""
    return tuple(sorted(steps, key=lambda one: (one.starts, one.ends, one.id)))


def find_step(roadmap: Roadmap, asked: str) -> RoadmapStep:
    """Return the step that a number, an id, a name or a part of one means.

    Raises:
        UsageError: None does, or several do; the message lists the steps.
    """
    steps, word = roadmap.steps, asked.strip()
    same = [one for one in steps if one.id == word]
    if not same and word.isdecimal() and 1 <= int(word[:9]) <= len(steps):
        same = [steps[int(word[:9]) - 1]]
    form = normal_form(word)
    same = same or [one for one in steps if normal_form(one.name) == form]
    if not same and len(word) >= _LEAST_PART:
        same = [one for one in steps if form in normal_form(one.name) or word in one.id]
    if len(same) == 1:
        return same[0]
    known = "; ".join(f"{n}. {one.name}" for n, one in enumerate(steps, 1)) or "none yet"
    what = "means several steps" if same else "is no step of this roadmap"
    raise UsageError(f"{asked!r} {what}; name one by its number or id. Steps: {known}")


def steps_of(plan: Plan, offers: Mapping[str, Offer]) -> tuple[RoadmapStep, ...]:
    """Return the steps of a plan.

    Args:
        plan: As it was made.
        offers: By id, as far as they are at hand; without one a step awards what it closes.
    """
    return in_order(tuple(step_of(one, offers.get(one.offer), plan) for one in plan.steps))


def step_of(planned: PlanStep, offer: Offer | None, plan: Plan) -> RoadmapStep:
    """Return one step of a plan."""
    least = plan.request.min_confidence
    awards = counted_awards(offer, least) if offer else _awards_of(planned.closes)
    return RoadmapStep(
        id=planned.offer,
        name=planned.name,
        provider=planned.provider,
        url=planned.url,
        starts=planned.starts,
        ends=planned.ends,
        hours=planned.hours,
        hours_per_week=planned.hours_per_week,
        cost=planned.cost,
        committed=planned.committed,
        dated=planned.fixed_start,
        why=_by_names(planned.why, {str(one.number): one.name for one in plan.steps}),
        valid_months=offer.valid_months if offer else None,
        closes=tuple(
            Closes(uri=one.uri, label=one.label, left=min(1.0, max(0.0, one.after)))
            for one in planned.closes
        ),
        awards=awards,
        check=planned.check,
    )


def _by_names(why: str, names: Mapping[str, str]) -> str:
    """Return a reason that names the steps: a number means another step once one is added."""

    def named(found: re.Match[str]) -> str:
        numbers = _NUMBER.findall(found[0])
        if not all(one in names for one in numbers):
            return found[0]
        quoted = [f"“{names[one]}”" for one in numbers]
        return " and ".join([*([", ".join(quoted[:-1])] if quoted[1:] else []), quoted[-1]])

    return _STEPS.sub(named, why)


def _awards_of(closes: tuple[Closure, ...]) -> tuple[Award, ...]:
    """Return what a step awards as far as its closures tell: where each path begins."""
    found: dict[ConceptUri, Award] = {}
    for one in closes:
        uri, label = (one.path[0].uri, one.path[0].label) if one.path else (one.uri, one.label)
        found.setdefault(
            uri,
            Award(
                uri=uri,
                label=label,
                origin=one.origin,
                confidence=one.confidence,
                level=one.level,
            ),
        )
    return tuple(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStep:
    """A step that no catalogue has.

    Attributes:
        starts: First day; the first after the last step where it is not said.
        ends: Last day; as many weeks as the hours take where it is not said.
        awards: Skills that one has at the end.
    """

    name: str
    hours: float | None = None
    starts: date | None = None
    ends: date | None = None
    cost: Money | None = None
    provider: str = ""
    url: str = ""
    awards: tuple[Award, ...] = ()


def own_step(roadmap: Roadmap, own: OwnStep, at: date) -> RoadmapStep:
    """Return a step of a person's own, committed.

    Raises:
        UsageError: It has no name, no length, or ends before it begins.
    """
    if not own.name.strip():
        raise UsageError("--own needs a name")
    if own.hours is not None:
        check_hours(own.hours)
    if own.ends is None and own.hours is None:
        raise UsageError("say how long it takes: --hours, or --starts and --ends")
    starts = own.starts or min(at, own.ends or at)
    weeks = whole(7 * (own.hours or 0.0) / roadmap.request.hours_per_week) / 7
    ends = own.ends or _after_weeks(starts, weeks)
    if ends < starts:
        raise UsageError(f"it ends on {ends}, before it begins on {starts}")
    days = (ends - starts).days + 1
    return RoadmapStep(
        id=_own_id(roadmap, own.name),
        name=own.name.strip(),
        provider=own.provider,
        url=own.url,
        starts=starts,
        ends=ends,
        hours=own.hours,
        hours_per_week=round((own.hours or 0.0) * 7 / days, 2),
        cost=own.cost,
        committed=True,
        dated=own.starts is not None,
        why="You added it.",
        awards=own.awards,
        closes=tuple(Closes(uri=one.uri, label=one.label) for one in own.awards),
    )


def offer_step(
    roadmap: Roadmap, offer: Offer, *, starts: date | None, ends: date | None, at: date
) -> RoadmapStep:
    """Return a step for an offer, committed.

    Args:
        roadmap: Its free hours give the length where the offer says hours alone.
        offer: From a catalogue, aligned.
        starts: First day; the next that the offer has, or ``at``, where it is not given.
        ends: Last day, where the offer does not say how long it takes.
        at: Today.

    Raises:
        UsageError: It does not begin on that day, is over, or says no length.
    """
    first = _first_day(offer, starts, at)
    last = ends or _last_day(offer, first, roadmap.request.hours_per_week)
    if last < first:
        raise UsageError(f"it ends on {last}, before it begins on {first}")
    weeks = ((last - first).days + 1) / 7
    return RoadmapStep(
        id=offer.id,
        name=offer.name,
        provider=offer.provider,
        url=offer.url,
        starts=first,
        ends=last,
        hours=offer.hours,
        hours_per_week=round((offer.hours or 0.0) / weeks, 2),
        cost=offer.cost,
        committed=True,
        dated=_is_dated(offer),
        why="You added it.",
        valid_months=offer.valid_months,
        awards=counted_awards(offer, roadmap.request.min_confidence),
        check=(offer.requires.text,) if offer.requires.text else (),
    )


def _is_dated(offer: Offer) -> bool:
    return bool(offer.starts) and not offer.self_paced


def _first_day(offer: Offer, asked: date | None, at: date) -> date:
    if not _is_dated(offer):
        return asked or at
    later = [one for one in offer.starts if one >= at]
    if asked is None and later:
        return later[0]
    if asked in offer.starts:
        return asked
    days = ", ".join(map(str, later[:5])) or "no day from today on"
    raise UsageError(f"“{offer.name}” begins on {days}; name one of them with --starts")


def _last_day(offer: Offer, first: date, weekly: float) -> date:
    if offer.weeks:
        return _after_weeks(first, offer.weeks)
    if not offer.hours:
        raise UsageError(f"“{offer.name}” does not say how long it takes; say --ends")
    return _after_weeks(first, whole(7 * offer.hours / weekly) / 7)


def _after_weeks(first: date, weeks: float) -> date:
    """Return the last day of a step of so many weeks, at least one day."""
    try:
        return first + timedelta(days=max(1, days_of(weeks)) - 1)
    except OverflowError as error:
        raise UsageError(f"{weeks:g} weeks end beyond the calendar") from error


def check_hours(hours: float) -> None:
    """Refuse hours that are none.

    Raises:
        UsageError: They are no number above 0, or more than a life at work has in some years.
    """
    if not (math.isfinite(hours) and 0 < hours <= MOST_HOURS):
        raise UsageError(f"--hours must be above 0 and at most {MOST_HOURS:,}, not {hours:g}")


def _own_id(roadmap: Roadmap, name: str) -> str:
    base = OWN + (_SLUG.sub("-", normal_form(name)).strip("-")[:60] or "step")
    taken = {one.id for one in roadmap.steps}
    number = 1
    while (made := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return made


def set_aside(step: RoadmapStep) -> RoadmapStep:
    """Return a step that is done under another id, so that its offer can be taken once more."""
    return replace(step, id=f"{step.id} ({step.ended})")


def changed(roadmap: Roadmap, step: RoadmapStep) -> Roadmap:
    """Return the roadmap with a step in the place of the one with its id, or added."""
    others = tuple(one for one in roadmap.steps if one.id != step.id)
    if len(others) == len(roadmap.steps):
        return replace(roadmap, steps=in_order((*others, step)))
    steps = tuple(step if one.id == step.id else one for one in roadmap.steps)
    return replace(roadmap, steps=steps)
