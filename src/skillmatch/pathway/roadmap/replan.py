"""A new plan for what is left: what is done stays done, and no commitment gets lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum

from skillmatch.model.offer import Delivery, Money, Offer
from skillmatch.model.plan import Plan, PlanRequest, UnderWay
from skillmatch.model.roadmap import Event, HistoryEntry, Roadmap, RoadmapStep, StepState
from skillmatch.pathway.planning.lengths import whole
from skillmatch.pathway.roadmap.dates import has_lapsed
from skillmatch.pathway.roadmap.money import currency_of, in_currency, money_of
from skillmatch.pathway.roadmap.removals import why_removed
from skillmatch.pathway.roadmap.steps import in_order, set_aside, step_of


class ChangeKind(StrEnum):
    """What a new plan does with a step."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REPRICED = "at another price"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """One difference between the old plan and the new one.

    Attributes:
        before: First and last day in the old plan, None for a new step; ``after`` likewise.
    """

    kind: ChangeKind
    step: str
    name: str
    before: tuple[date, date] | None
    after: tuple[date, date] | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A commitment that a new plan cannot keep.

    Attributes:
        ways_out: What the person can do, one sentence each.
    """

    step: str
    name: str
    why: str
    ways_out: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """A new plan beside the old one.

    Attributes:
        roadmap: With the new plan; the old one where there are conflicts.
    """

    roadmap: Roadmap
    changes: tuple[PlanChange, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def request_left(
    roadmap: Roadmap, at: date, *, offered: Collection[str], again: Sequence[str] = ()
) -> PlanRequest:
    """Return what a new plan is asked for: budgets less what was spent, and all commitments.

    Args:
        roadmap: With the budgets that hold from now on.
        at: First day of the new plan.
        offered: Ids that are on offer; what is not there needs no leaving out.
        again: Ids of dropped steps that may be planned again; others are left out.
    """
    dropped = {one.id for one in roadmap.steps if one.state is StepState.DROPPED} - {*again}
    done = {
        one.id for one in roadmap.steps if one.state is StepState.DONE and not has_lapsed(one, at)
    }
    asked = roadmap.request
    return replace(
        asked,
        start=at,
        max_cost=_left(roadmap),
        currency=asked.currency or currency_of(roadmap),
        without=tuple(sorted((({*asked.without} - {*again}) | dropped) & {*offered})),
        held=tuple(sorted({*asked.held} | done & {*offered})),
        commit=tuple(sorted(one.id for one in _promised(roadmap))),
        under_way=tuple(_under_way(one, asked, at) for one in _begun(roadmap)),
    )


def _left(roadmap: Roadmap) -> Money | None:
    money = money_of(roadmap)
    if money.budget is None:
        return None
    left = max(0, money.budget.minor - money.spent.minor)
    return Money(amount=left / 100, currency=money.budget.currency)


def _promised(roadmap: Roadmap) -> tuple[RoadmapStep, ...]:
    return tuple(one for one in roadmap.steps if one.committed and one.state is StepState.PLANNED)


def _begun(roadmap: Roadmap) -> tuple[RoadmapStep, ...]:
    return tuple(one for one in roadmap.steps if one.state is StepState.STARTED)


def _under_way(step: RoadmapStep, request: PlanRequest, at: date) -> UnderWay:
    planned = step.planned_hours
    left = None if planned is None else max(0.0, planned - step.spent_hours)
    return UnderWay(offer=step.id, ends=_new_end(step, left, request, at), hours_left=left)


def _new_end(step: RoadmapStep, left: float | None, request: PlanRequest, at: date) -> date:
    """Return the last day of a step under way; one that is overdue gets the days that it needs."""
    if step.ends >= at:
        return step.ends
    weekly = min(step.hours_per_week or request.hours_per_week, request.hours_per_week)
    days = max(1, whole((left or 0.0) * 7 / weekly)) - 1
    return at + min(timedelta(days=min(days, _FAR)), date.max - at)


def offers_of_steps(roadmap: Roadmap, known: Mapping[str, Offer]) -> tuple[Offer, ...]:
    """Return offers for steps that no catalogue has and that a new plan has to know.

    Those are a person's own steps, and steps under way whose offer is no longer there.
    """
    return tuple(
        _offer(one, roadmap.request)
        for one in roadmap.steps
        if one.open and one.id not in known and (one.own or one.state is StepState.STARTED)
    )


_FAR = 400 * 366
"""Days; hardly any free hours lead beyond the calendar."""


def _offer(step: RoadmapStep, request: PlanRequest) -> Offer:
    """Return a step as an offer that meets every filter: the person chose it knowing them."""
    days = (step.ends - step.starts).days + 1
    return Offer(
        id=step.id,
        name=step.name,
        provider=step.provider,
        url=step.url,
        languages=request.languages,
        delivery=(Delivery.ONLINE,),
        accessibility=request.access,
        awards=step.awards,
        cost=step.cost or Money(amount=0.0, currency=""),
        hours=step.planned_hours or 0.0,
        weeks=days / 7,
        starts=(step.starts,) if step.dated else (),
        self_paced=not step.dated,
        valid_months=step.valid_months,
    )


def conflicts_before(
    roadmap: Roadmap, request: PlanRequest, offers: Mapping[str, Offer]
) -> tuple[Conflict, ...]:
    """Return the commitments that no plan can keep, whatever else it takes."""
    alone = [
        _never(one, offers.get(one.id), request, at=request.start) for one in _promised(roadmap)
    ]
    return (*(one for one in alone if one is not None), *_too_dear(roadmap, request))


def _never(
    step: RoadmapStep, offer: Offer | None, request: PlanRequest, *, at: date
) -> Conflict | None:
    """Return why a step cannot be taken by itself."""
    if offer is None:
        why = "no catalogue at hand offers it any more"
        return _conflict(step, why, "name a catalogue that has it with --catalogue")
    if offer.available_until is not None and offer.available_until < at:
        return _conflict(step, f"one could enrol until {offer.available_until}")
    if offer.starts and not offer.self_paced and max(offer.starts) < at:
        why = f"its last start was on {max(offer.starts)}"
        return _conflict(step, why, f"if you have begun it, say so: {_command('start', step)}")
    if request.by is not None and request.by < at:
        return _conflict(step, f"the last day, {request.by}, is over", "set a later --by")
    return None


def _too_dear(roadmap: Roadmap, request: PlanRequest) -> Iterator[Conflict]:
    """Yield all steps that cost something where together they cost more than is left."""
    spare = request.max_cost
    priced = [one for one in _promised(roadmap) if one.cost is not None and one.cost.minor]
    total = sum(in_currency(roadmap, one.cost) for one in priced if one.cost is not None)
    if spare is None or total <= spare.minor:
        return
    why = (
        f"the committed steps cost {total / 100:.2f} {spare.currency} together, and "
        f"{spare.amount:.2f} {spare.currency} of the budget are left"
    )
    for step in priced:
        yield _conflict(step, why, "raise --max-cost")


def _conflict(step: RoadmapStep, why: str, *ways_out: str) -> Conflict:
    drop = f"give it up on purpose: {_command('drop', step)} --reason …"
    return Conflict(step=step.id, name=step.name, why=why, ways_out=(*ways_out, drop))


def _command(name: str, step: RoadmapStep) -> str:
    return f"`skillmatch roadmap {name} '{step.id}'`"


def replanned(
    roadmap: Roadmap, plan: Plan, offers: Mapping[str, Offer], *, at: date, words: str = ""
) -> Replanned:
    """Return the roadmap with a new plan for what is left, and what that changes.

    Args:
        roadmap: With the budgets that hold from now on.
        plan: Made for ``request_left``.
        offers: By id, as the plan knows them.
        at: First day of the new plan.
        words: Which budgets were changed, for the history.
    """
    taken = {one.offer: one for one in plan.steps}
    lost = [one for one in _promised(roadmap) if one.id not in taken]
    if lost:
        return Replanned(roadmap=roadmap, conflicts=tuple(map(_does_not_fit, lost)))
    old = {one.id: one for one in roadmap.steps}
    steps = {one.id: one for one in roadmap.steps if not one.open}
    for one in _begun(roadmap):
        left = _under_way(one, roadmap.request, at)
        steps[one.id] = replace(one, ends=left.ends)
    for planned in plan.steps:
        known = old.get(planned.offer)
        made = step_of(planned, offers.get(planned.offer), plan)
        if known is None or known.state in {StepState.PLANNED, StepState.DROPPED}:
            steps[made.id] = _kept(made, known)
        elif has_lapsed(known, at):
            steps[set_aside(known).id], steps[made.id] = set_aside(known), made
    changes = _changes(old, steps, plan)
    entry = HistoryEntry(on=at, event=Event.REPLANNED, change=_summary(changes), words=words)
    return Replanned(
        roadmap=replace(
            roadmap, steps=in_order((*steps.values(),)), history=(*roadmap.history, entry)
        ),
        changes=changes,
    )


def _kept(made: RoadmapStep, known: RoadmapStep | None) -> RoadmapStep:
    """Return a step of the new plan with what the person said of it before."""
    if known is None:
        return made
    return replace(
        made,
        committed=made.committed or known.committed,
        note=known.note,
        log=known.log,
        paid=known.paid,
        why=known.why if known.own else made.why,
        closes=known.closes if known.own and not made.closes else made.closes,
        dated=known.dated if known.own else made.dated,
    )


def budget_words(old: PlanRequest, new: PlanRequest) -> str:
    """Return which budgets and filters changed, from what to what."""
    changed = [
        f"{one.name.replace('_', ' ')} {_plain(before)} → {_plain(after)}"
        for one in fields(PlanRequest)
        if (before := getattr(old, one.name)) != (after := getattr(new, one.name))
    ]
    return "; ".join(changed)


def _plain(value: object) -> str:
    if isinstance(value, Money):
        return _price(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def cannot_keep(roadmap: Roadmap, why: str) -> tuple[Conflict, ...]:
    """Return a conflict for each commitment, for a reason that concerns them together."""
    kept = (*_begun(roadmap), *_promised(roadmap))
    return tuple(_conflict(one, why, _MORE_ROOM) for one in kept)


_MORE_ROOM = "give more room: --hours-per-week, --max-cost or --by"


def _does_not_fit(step: RoadmapStep) -> Conflict:
    return _conflict(
        step,
        "the new plan has no place for it: it does not fit beside the other commitments, the free "
        "hours, the budget and the last day, or what you hold already stands for it",
        _MORE_ROOM,
        f"if you have it already, say so: {_command('done', step)}",
    )


def _changes(
    old: Mapping[str, RoadmapStep], new: Mapping[str, RoadmapStep], plan: Plan
) -> tuple[PlanChange, ...]:
    found = []
    for after in in_order((*new.values(),)):
        before = old.get(after.id)
        if not after.open and before is None:
            continue  # set aside: it was done before, and is now taken once more
        if before is None or (not before.open and after.open):
            found.append(_change(ChangeKind.ADDED, None, after, after.why))
        elif before.open and (before.starts, before.ends) != (after.starts, after.ends):
            found.append(_change(ChangeKind.MOVED, before, after, _moved(before, after)))
        elif before.open and before.cost != after.cost:
            why = f"{_price(before.cost)} before, {_price(after.cost)} now"
            found.append(_change(ChangeKind.REPRICED, before, after, why))
    gone = [one for one in old.values() if one.open and one.id not in new]
    return (
        *found,
        *(_change(ChangeKind.REMOVED, one, None, why_removed(one, plan)) for one in gone),
    )


def _change(
    kind: ChangeKind, before: RoadmapStep | None, after: RoadmapStep | None, why: str
) -> PlanChange:
    either = after or before
    return PlanChange(
        kind=kind,
        step=either.id if either else "",
        name=either.name if either else "",
        before=(before.starts, before.ends) if before else None,
        after=(after.starts, after.ends) if after else None,
        why=why,
    )


def _moved(before: RoadmapStep, after: RoadmapStep) -> str:
    days = (after.ends - before.ends).days
    if not days:
        return "it begins on another day"
    count = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return f"it ends {count} {'later' if days > 0 else 'earlier'}"


def _price(money: Money | None) -> str:
    return "no price" if money is None else f"{money.amount:.2f} {money.currency}"


def _summary(changes: Sequence[PlanChange]) -> str:
    counts = [(kind, sum(one.kind is kind for one in changes)) for kind in ChangeKind]
    return ", ".join(f"{n} {kind.value}" for kind, n in counts if n) or "nothing changed"
