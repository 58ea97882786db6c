"""Money spent on a roadmap against what was planned."""

from __future__ import annotations

from collections.abc import Iterable

from skillmatch.errors import UsageError
from skillmatch.model.offer import Money
from skillmatch.model.roadmap import Roadmap, RoadmapStep, StepState
from skillmatch.model.roadmap_status import MoneySpent


def money_of(roadmap: Roadmap) -> MoneySpent:
    """Return what was spent, is planned and is to come, in the currency of the roadmap.

    Raises:
        UsageError: A step is in a currency that the roadmap has no rate for.
    """
    live = [one for one in roadmap.steps if one.state is not StepState.DROPPED]
    waiting = [one for one in live if one.state is StepState.PLANNED]
    return MoneySpent(
        spent=_sum(roadmap, ((one, one.spent) for one in roadmap.steps)),
        planned=_sum(roadmap, ((one, one.cost) for one in live)),
        to_come=_sum(roadmap, ((one, one.cost) for one in waiting)),
        budget=roadmap.request.max_cost,
        unpriced=sum(one.cost is None and one.paid is None for one in live),
    )


def over_budget(roadmap: Roadmap) -> str:
    """Return by how much all that was spent and is to come is over the budget; empty within it."""
    money = money_of(roadmap)
    if money.budget is None:
        return ""
    more = money.spent.minor + money.to_come.minor - money.budget.minor
    if more <= 0:
        return ""
    return (
        f"with this, the steps cost {more / 100:.2f} {money.budget.currency} more than the budget; "
        "raise it with `replan --max-cost`, or plan anew within it"
    )


def currency_of(roadmap: Roadmap) -> str:
    """Return the currency that a roadmap counts in; empty where nothing in it costs anything."""
    asked = roadmap.request
    if asked.max_cost is not None:
        return asked.max_cost.currency
    costs = (one.cost or one.paid for one in roadmap.steps)
    return asked.currency or next((one.currency for one in costs if one is not None), "")


def check_currency(roadmap: Roadmap, money: Money | None) -> None:
    """Refuse money that cannot be counted together with the rest.

    Raises:
        UsageError: It is in another currency that no rate is known for.
    """
    if money is not None:
        in_currency(roadmap, money, "it")


def _sum(roadmap: Roadmap, costs: Iterable[tuple[RoadmapStep, Money | None]]) -> Money:
    total = sum(
        in_currency(roadmap, money, f"step {step.id!r}")
        for step, money in costs
        if money is not None
    )
    return Money(amount=round(total) / 100, currency=currency_of(roadmap))


def in_currency(roadmap: Roadmap, money: Money, what: str = "a step") -> float:
    """Return hundredths of the roadmap's currency.

    Raises:
        UsageError: The money is in another one that no rate is known for.
    """
    own = currency_of(roadmap)
    rate = dict(roadmap.request.rates).get(money.currency)
    if own in {"", money.currency}:
        return money.minor
    if rate is None:
        raise UsageError(
            f"{what} costs {money.amount:.2f} {money.currency}, and the roadmap counts in {own}; "
            f"write {money.currency} = (what one is worth in {own}) under [request.rates] in "
            "the file"
        )
    return money.minor * rate
