"""The plan that a learner asks for, with what their organisation has on offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from skillmatch.errors import SkillmatchError
from skillmatch.model.offer import Catalogue, Money
from skillmatch.model.plan import Plan, PlanRequest
from skillmatch.service.planning import MAX_HOURS, MIN_HOURS, PlanGoal, make_plan
from skillmatch_api.engine.catalogues import Shelf, for_plan
from skillmatch_api.pages.forms import Fault
from skillmatch_api.pages.learner.answering import Answer
from skillmatch_api.pages.learner.given import PlanWish
from skillmatch_api.pages.learner.reading import Desk
from skillmatch_api.store import Store

HOURS = 6.0
"""Hours a week where nothing is said; as ``skillmatch plan``."""
MOST_COST = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What became of the wish for a plan.

    Attributes:
        catalogues: Names of what there is to choose from; none means that no plan can be made.
        plan: None where none is wanted, or where ``faults`` say why there is none.
    """

    catalogues: tuple[str, ...] = ()
    plan: Plan | None = None
    faults: tuple[Fault, ...] = ()


def names_of(store: Store, desk: Desk) -> tuple[str, ...]:
    """Return the names of the catalogues that the learner's organisation may plan with."""
    with store.reading() as session:
        return Shelf(session, desk.tenant_id, desk.settings.library).names()


def planned(
    wish: PlanWish, answer: Answer, desk: Desk, store: Store, *, fully: bool = False
) -> Planned:
    """Return the plan where one is wanted and can be made.

    Args:
        wish: What the plan is to keep to.
        answer: The gap that it is to close.
        desk: Reads and looks up.
        store: Where the organisation's catalogues lie.
        fully: Whether other plans and the curve of costs are looked for, too; that takes longer,
            and only files show them.
    """
    catalogues = names_of(store, desk)
    if not wish.wanted or not catalogues or answer.result is None or not answer.result.gaps:
        return Planned(catalogues=catalogues)
    faults: list[Fault] = []
    request = request_of(wish, desk.day, faults)
    if faults or answer.edited is None:
        return Planned(catalogues=catalogues, faults=tuple(faults))
    try:
        plan = make_plan(
            desk.matcher,
            [PlanGoal(checklist=answer.edited.checklist)],
            shown=answer.shown,
            holdings=answer.kept.holdings,
            catalogue=_catalogue(catalogues, desk, store),
            request=request,
            at=desk.day,
            alternatives=fully,
            curve=fully,
        )
    except SkillmatchError as error:
        fault = Fault(field="hours", key="learner.fault_plan", why=str(error))
        return Planned(catalogues=catalogues, faults=(fault,))
    return Planned(catalogues=catalogues, plan=plan)


def request_of(wish: PlanWish, day: date, faults: list[Fault]) -> PlanRequest:
    """Return limits as they were typed; what makes no sense is a fault at its field."""
    hours = _number(wish.hours, HOURS)
    if hours is None or not MIN_HOURS <= hours <= MAX_HOURS:
        faults.append(Fault(field="hours", key="learner.fault_hours", said=wish.hours))
    cost = _number(wish.cost, 0.0)
    if cost is None or not 0 <= cost <= MOST_COST:
        faults.append(Fault(field="cost", key="learner.fault_cost", said=wish.cost))
    by = _day(wish.by)
    if wish.by and (by is None or by < day):
        faults.append(Fault(field="by", key="learner.fault_by", said=wish.by))
    return PlanRequest(
        start=day,
        by=by,
        hours_per_week=hours or HOURS,
        max_cost=Money(amount=cost or 0.0, currency="") if wish.cost else None,
    )


def _catalogue(names: tuple[str, ...], desk: Desk, store: Store) -> Catalogue:
    with store.reading() as session:
        shelf = Shelf(session, desk.tenant_id, desk.settings.library)
        read = [shelf.get(name) for name in names]
    return for_plan(desk.matcher, read, at=desk.day)


def _number(text: str, otherwise: float) -> float | None:
    if not text:
        return otherwise
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
