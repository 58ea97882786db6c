"""What a person sets: every filter alone, what it took away, money, and days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from skillmatch.errors import UsageError
from skillmatch.model.offer import Delivery, Money, Offer
from skillmatch.model.plan import PlanRequest
from skillmatch.pathway.planning.case import filter_effects
from skillmatch.pathway.planning.lengths import Calendar, after_months, length, still_valid
from skillmatch.pathway.planning.money import purse
from skillmatch.pathway.solver.problem import Mode
from tests.pathway.plan_cases import START, World, asks, offer

MET = offer(
    "met",
    "a",
    10,
    languages=("en-GB",),
    delivery=(Delivery.ONLINE,),
    accessibility=("captions",),
    devices=("smartphone",),
)


@pytest.mark.parametrize(
    ("wishes", "name", "unmet"),
    [
        ({"languages": ("en",)}, "--language", {"languages": ("de",)}),
        ({"languages": ("en",)}, "--language", {"languages": ()}),
        ({"online_only": True}, "--online-only", {"delivery": (Delivery.BLENDED,)}),
        ({"online_only": True}, "--online-only", {"delivery": ()}),
        (
            {"places": ("Utrecht",)},
            "--place",
            {"delivery": (Delivery.IN_PERSON,), "place": "Delft, NL"},
        ),
        ({"access": ("Captions",)}, "--access", {"accessibility": ("step-free access",)}),
        ({"devices": ("smartphone",)}, "--device", {"devices": ("computer",)}),
        ({"without": ("unmet",)}, "--without", {}),
        ({"max_cost": 500}, "--max-cost", {"cost": None}),
        ({"currency": "EUR"}, "--rate", {"cost": Money(amount=9, currency="USD")}),
    ],
)
def test_a_filter_leaves_out_what_does_not_say_that_it_fits_and_tells_what_was_lost(
    wishes: dict[str, object], name: str, unmet: dict[str, object]
) -> None:
    """What is lost by a wish is the person's to weigh, so they have to see it."""
    other = replace(MET, id="unmet", **unmet)  # type: ignore[arg-type]  # fields of Offer
    world = World(asked=[asks("a"), asks("b")], offers=[MET, _also(other, "b")])

    (effect,) = filter_effects(world.case(**wishes))

    assert (effect.filter, effect.removed, effect.offers) == (name, 1, ("unmet",))
    assert effect.lost == ("b",)
    assert world.plan(**wishes).taken == ["met"]
    assert name in world.plan(**wishes).open["b"].why


def test_a_place_leaves_online_offers_and_those_attended_there() -> None:
    """It limits where one has to be, not what one can do at home."""
    near = offer("near", "b", delivery=(Delivery.IN_PERSON,), place="Utrecht, NL")
    world = World(asked=[asks("a"), asks("b")], offers=[MET, near])

    assert set(world.plan(places=("utrecht",)).taken) == {"met", "near"}


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"hours": None}, "length not stated"),
        ({"self_paced": None, "starts": (date(2026, 1, 5),), "weeks": 2}, "start dates"),
        ({"available_until": date(2026, 1, 5)}, "start dates"),
        ({"starts": (date(2027, 1, 4),), "weeks": 1, "hours": 40}, "--hours-per-week"),
    ],
)
def test_what_cannot_be_dated_is_left_out_with_the_reason(
    change: dict[str, object], lacks: str
) -> None:
    """Nothing is guessed: neither a length nor a next start."""
    changed = replace(offer("o", "a"), **change)  # type: ignore[arg-type]  # fields of Offer

    found = length(changed, Calendar(start=START, hours=6))

    assert found.lacks == lacks
    assert World(asked=[asks("a")], offers=[changed]).plan().taken == []


def test_a_self_paced_offer_takes_all_a_half_or_a_quarter_of_the_free_hours() -> None:
    """So that something else fits beside it."""
    found = length(offer("o", "a", 0, 12), Calendar(start=START, hours=6))

    assert [(mode.days, mode.load) for mode in found.modes] == [(14, 360), (28, 180), (56, 90)]


def test_weeks_without_hours_take_all_free_hours_and_that_is_said() -> None:
    """The careful reading: nothing else fits beside it."""
    found = length(replace(offer("o", "a", 0, None), weeks=3.0), Calendar(start=START, hours=6))

    assert [(mode.days, mode.load) for mode in found.modes] == [(21, 360)]
    assert "all your free hours" in found.checks[0]


@pytest.mark.parametrize(("free", "weeks"), [(20, 26), (15, 26), (8, None)])
def test_weeks_of_a_provider_stay_where_only_the_first_day_is_open(
    free: float, weeks: int | None
) -> None:
    """A half-year in person is no course to stretch over two years of evenings."""
    half_year = offer("o", "a", hours=390, weeks=26, self_paced=None)

    found = length(half_year, Calendar(start=START, hours=free))

    assert [(one.days, one.load, one.starts) for one in found.modes] == (
        [(7 * weeks, 15 * 60, None)] if weeks else []
    )
    assert found.lacks == ("" if weeks else "--hours-per-week")


def test_what_is_over_is_left_out_for_that_alone() -> None:
    """No other wish would bring a course of last year back."""
    over = offer(
        "o", "b", hours=90, weeks=1, languages=("de",), available_until=START - timedelta(days=1)
    )
    world = World(asked=[asks("b")], offers=[over])

    (effect,) = filter_effects(world.case(languages=("en",)))

    assert effect.filter == "start dates"


def test_fixed_starts_are_kept_within_enrolment() -> None:
    """Days count from the first day of the plan."""
    starts = tuple(START + timedelta(days=7 * one) for one in (-1, 1, 3, 5))
    dated = replace(
        offer("o", "a", 0, 8),
        weeks=2.0,
        starts=starts,
        available_from=START + timedelta(days=10),
        available_until=START + timedelta(days=30),
    )

    (mode,) = length(dated, Calendar(start=START, hours=6)).modes

    assert (mode.days, mode.load, mode.starts) == (14, 240, (21,))


def test_a_credential_that_lapses_before_the_last_day_is_taken_later_or_closes_nothing() -> None:
    """A certificate of one month is no use half a year early."""
    by = START + timedelta(days=180)
    lapsing = replace(offer("o", "a"), valid_months=1)
    early = replace(lapsing, starts=(START,), weeks=1.0, self_paced=None)

    late = World(asked=[asks("a")], offers=[lapsing]).plan(by=by)
    never = World(asked=[asks("a")], offers=[early]).plan(by=by)

    assert late.steps["o"].valid_until is not None
    assert late.steps["o"].valid_until >= by
    assert late.steps["o"].ends <= by
    assert never.taken == []


def test_a_mode_is_as_late_as_validity_asks_and_no_later() -> None:
    """The last day of the step counts, since the badge is awarded then."""
    calendar = Calendar(start=date(2026, 1, 1), hours=6)
    by = calendar.day(date(2026, 6, 30))

    mode = still_valid(Mode(days=10, load=60), months=3, by=by, calendar=calendar)

    assert mode is not None
    assert calendar.date(mode.earliest + 9) == date(2026, 3, 30)
    assert after_months(date(2026, 3, 30), 3) == date(2026, 6, 30)
    assert after_months(date(2026, 1, 31), 1) == date(2026, 2, 28)


def test_the_commonest_currency_is_that_of_the_plan_and_rates_convert() -> None:
    """Free offers are free in every currency."""
    offers = [
        offer("a", "a", 10),
        offer("b", "b", 20),
        replace(offer("c", "c"), cost=Money(amount=100, currency="USD")),
        replace(offer("d", "d"), cost=Money(amount=0, currency="GBP")),
    ]

    plain = purse(PlanRequest(start=START), offers)
    rated = purse(PlanRequest(start=START, rates=(("USD", 0.925),)), offers)

    assert plain.currency == "EUR"
    assert [plain.price(one) for one in offers] == [1000, 2000, None, 0]
    assert rated.price(offers[2]) == 9250


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (
            PlanRequest(start=START, currency="USD", max_cost=Money(amount=1, currency="EUR")),
            "one currency",
        ),
        (PlanRequest(start=START, max_cost=Money(amount=-1, currency="EUR")), "below 0"),
        (PlanRequest(start=START, max_cost=Money(amount=float("nan"), currency="")), "below 0"),
        (PlanRequest(start=START, rates=(("USD", 0.0),)), "above 0"),
    ],
)
def test_money_that_makes_no_sense_is_refused(request_: PlanRequest, said: str) -> None:
    """Before anything is planned with it."""
    with pytest.raises(UsageError, match=said):
        purse(request_, [])


def test_a_price_beyond_all_sums_is_refused_by_name() -> None:
    """A slip of zeros, or a rate upside down, must not end inside the solver."""
    offers = [offer("dear", "a", cost=10**13), offer("b", "b", cost=10)]

    with pytest.raises(UsageError, match=r"above 1,000,000,000 EUR; dear costs more"):
        purse(PlanRequest(start=START), offers)
    assert purse(PlanRequest(start=START, without=("dear",)), offers).currency == "EUR"


def _also(one: Offer, skill: str) -> Offer:
    return replace(one, awards=(*one.awards, *offer("x", skill).awards))


def test_an_offer_of_a_million_hours_is_left_out_and_breaks_no_calendar() -> None:
    """A slip in a sheet must not end the program."""
    endless = offer("o", "a", 0, 1_000_000)

    found = length(endless, Calendar(start=START, hours=6))

    assert (found.modes, found.lacks) == ((), "--hours-per-week")
    assert Calendar(start=START, hours=6).date(10**7) == date.max
