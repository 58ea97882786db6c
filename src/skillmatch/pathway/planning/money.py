"""One currency for a plan; nothing is converted without a rate that the person gave."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from skillmatch.errors import UsageError
from skillmatch.model.offer import Money, Offer
from skillmatch.model.plan import PlanRequest

NO_CURRENCY = "XXX"
"""Where nothing at hand has a price. Source: ISO 4217."""
MOST = 10**11
"""Hundredths of the highest price: ten thousand of them add up within whole numbers of 64 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """What a person pays with.

    Attributes:
        rates: How much of ``currency`` one unit of another is.
        budget: In hundredths, None for no limit.
    """

    currency: str
    rates: Mapping[str, float]
    budget: int | None = None

    def price(self, offer: Offer) -> int | None:
        """Return the cost in hundredths; None where it is not said, or there is no rate for it."""
        cost = offer.cost
        if cost is None:
            return None
        if cost.currency == self.currency or cost.minor == 0:
            return cost.minor
        rate = self.rates.get(cost.currency)
        return None if rate is None else round(cost.minor * rate)

    def foreign(self, offer: Offer) -> bool:
        """Tell whether an offer costs something in a currency that no rate is given for."""
        return offer.cost is not None and self.price(offer) is None

    def money(self, minor: int) -> Money:
        """Return hundredths as an amount."""
        return Money(amount=minor / 100, currency=self.currency)


def purse(request: PlanRequest, offers: Sequence[Offer]) -> Purse:
    """Return the currency of a plan: as asked for, else the budget's, else the commonest price's.

    Raises:
        UsageError: Two currencies are asked for, the budget is negative, a rate is not above 0, or
            an offer costs more than ``MOST``.
    """
    budget = request.max_cost
    asked = {one for one in (request.currency, budget.currency if budget else "") if one}
    if len(asked) > 1:
        raise UsageError(
            f"--max-cost is in {budget.currency if budget else ''}, but --currency is "
            f"{request.currency}; a plan has one currency"
        )
    if budget is not None and not (math.isfinite(budget.amount) and budget.amount >= 0):
        raise UsageError(f"--max-cost {budget.amount:g} is below 0; give what you can pay, or 0")
    wrong = [f"{name}={rate:g}" for name, rate in request.rates if not 0 < rate < math.inf]
    if wrong:
        raise UsageError(f"a rate must be above 0; got --rate {', '.join(wrong)}")
    currency = asked.pop() if asked else _commonest(offers)
    made = Purse(
        currency=currency,
        rates=dict(request.rates),
        budget=None if budget is None else budget.minor,
    )
    _check_prices(made, [one for one in offers if one.id not in request.without])
    return made


def _check_prices(made: Purse, offers: Iterable[Offer]) -> None:
    dear = [one for one in offers if (made.price(one) or 0) > MOST]
    if dear:
        named = ", ".join(sorted(one.id for one in dear)[:5])
        raise UsageError(
            f"no plan is made with prices above {MOST / 100:,.0f} {made.currency}; {named} "
            "costs more: mend the price or the --rate, or leave it out with --without"
        )


def in_currency(request: PlanRequest, pays: Purse) -> PlanRequest:
    """Return a request that names the currency of the plan wherever it leaves it open."""
    budget = request.max_cost
    return replace(
        request,
        currency=pays.currency,
        max_cost=None if budget is None else replace(budget, currency=pays.currency),
    )


def _commonest(offers: Iterable[Offer]) -> str:
    priced = (one.cost for one in offers)
    counted = Counter(cost.currency for cost in priced if cost is not None and cost.minor > 0)
    return min(counted, key=lambda one: (-counted[one], one), default=NO_CURRENCY)
