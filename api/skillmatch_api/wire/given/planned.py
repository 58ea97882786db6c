"""A plan in a request: goals, offers, and the wishes that the command line has options for."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from skillmatch.model.offer import Money
from skillmatch.model.plan import PlanRequest, Preference
from skillmatch.service.plan_limits import LONGEST, last_day
from skillmatch_api.wire.given.asked import POSTING, AskedIn, Day, ShownIn, Title
from skillmatch_api.wire.given.documents import MAX_DOCUMENTS, DocumentIn

MAX_GOALS = 10
_Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["EUR"])]
_Word = Annotated[str, Field(min_length=1, max_length=500)]
_Words = Annotated[tuple[_Word, ...], Field(max_length=200)]
_Amount = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]


class GoalIn(AskedIn):
    """A posting, an occupation or a checklist to plan for."""

    weight: Annotated[_Amount, Field(description="How much it counts beside other goals.")] = 1.0


class MoneyIn(BaseModel):
    """An amount; without a currency in that of the plan."""

    model_config = ConfigDict(extra="forbid")

    amount: _Amount
    currency: _Currency | None = None

    def money(self) -> Money:
        """Return the amount."""
        return Money(amount=self.amount, currency=self.currency or "")


class PlanIn(ShownIn):
    """What to plan for, with which offers, within which limits."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "goals": [{"posting": POSTING}],
                    "catalogues": ["city-college"],
                    "have": ["Python"],
                    "max_cost": {"amount": 500, "currency": "EUR"},
                    "hours_per_week": 6,
                    "at": "2026-11-22",
                }
            ]
        },
    )

    goals: Annotated[tuple[GoalIn, ...], Field(min_length=1, max_length=MAX_GOALS)]
    catalogues: Annotated[
        _Words, Field(description="Names of kept catalogues; all of them by default.")
    ] = ()
    offers: Annotated[
        tuple[DocumentIn, ...],
        Field(
            max_length=MAX_DOCUMENTS,
            description="Files of offers to plan with; nothing of them is kept. Beside them only "
            "the catalogues that are named are used.",
        ),
    ] = ()
    hold: Annotated[_Words, Field(description="Ids or names of credentials that you hold.")] = ()
    max_cost: MoneyIn | None = None
    currency: _Currency | None = None
    rates: Annotated[
        dict[_Currency, Annotated[float, Field(gt=0, le=1e9)]],
        Field(
            default_factory=dict,
            max_length=50,
            description="What one unit of another currency is worth.",
        ),
    ]
    hours_per_week: Annotated[float, Field(ge=0.25, le=168)] = 6.0
    max_weeks: Annotated[float, Field(gt=0, le=LONGEST)] | None = None
    by: Annotated[Day | None, Field(description="End by this day.")] = None
    start: Annotated[Day | None, Field(description="First day; default that of `at`.")] = None
    languages: _Words = ()
    online_only: bool = False
    places: _Words = ()
    access: _Words = ()
    devices: _Words = ()
    without: Annotated[_Words, Field(description="Offers to leave out, by id or name.")] = ()
    commit: Annotated[_Words, Field(description="Offers to take in any case.")] = ()
    prefer: Preference = Preference.CHEAPEST
    prove: Annotated[bool, Field(description="Also plan to prove what is only claimed.")] = False
    min_confidence: Annotated[
        float, Field(ge=0, le=1, description="Of skills proposed from an offer's words.")
    ] = 0.5
    alternatives: bool = True
    curve: Annotated[bool, Field(description="Show what less money would close.")] = True
    at: Annotated[Day | None, Field(description="Day the gap is compared for.")] = None
    keep: Annotated[bool, Field(description="Keep the plan; by default nothing is kept.")] = False
    title: Annotated[Title, Field(description="Of the plan that is kept.")] = ""

    def request(self, at: date) -> PlanRequest:
        """Return budgets, filters and wishes; ``at`` is the day of the comparison."""
        start = self.start or at
        return PlanRequest(
            start=start,
            by=last_day(start, self.by, self.max_weeks),
            hours_per_week=self.hours_per_week,
            max_cost=None if self.max_cost is None else self.max_cost.money(),
            currency=self.currency or "",
            rates=tuple(sorted(self.rates.items())),
            languages=self.languages,
            online_only=self.online_only,
            places=self.places,
            access=self.access,
            devices=self.devices,
            without=self.without,
            commit=self.commit,
            held=self.hold,
            prefer=self.prefer,
            prove=self.prove,
            min_confidence=self.min_confidence,
        )
