"""What stands before the steps: wishes that nothing meets, and must-haves that one filter costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from skillmatch.model.offer import Delivery, Money, Offer
from skillmatch.model.requirement import Necessity
from skillmatch.pathway.planning.case import filter_effects
from skillmatch.pathway.planning.filters import TOGETHER
from skillmatch.pathway.planning.remarks import remarks_of
from tests.pathway.plan_cases import World, asks, award, offer

KNOWN = offer(
    "a",
    "a",
    languages=("de", "en-GB"),
    delivery=(Delivery.BLENDED,),
    place="Lindau, DE",
    accessibility=("captions",),
    cost=40,
)


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        (
            {"languages": ("tlh",)},
            "No offer is taught in tlh; the catalogue has English (en-GB), German.",
        ),
        ({"languages": ("en",)}, ""),
        ({"places": ("Oslo",)}, "No offer is attended in Oslo; the catalogue has Lindau, DE."),
        ({"places": ("lindau",)}, ""),
        ({"access": ("braille",)}, "No offer names braille; the catalogue has captions."),
        ({"access": ("Captions",)}, ""),
        ({"currency": "XYZ"}, "No offer is priced in XYZ; the catalogue has EUR."),
        ({"currency": "EUR"}, ""),
    ],
)
def test_a_wish_that_nothing_on_offer_meets_is_said_at_once(
    wishes: dict[str, object], said: str
) -> None:
    """Else a slip of the pen costs a reader the whole page before they see it."""
    found = remarks_of(World(asked=[asks("a", Necessity.NICE)], offers=[KNOWN]).case(**wishes))

    assert found == ((said,) if said else ())


@pytest.mark.parametrize(
    ("wishes", "change", "remedy"),
    [
        ({}, {"hours": 24, "weeks": 1, "self_paced": False}, "say --hours-per-week 24"),
        ({"languages": ("en",)}, {"languages": ("de",)}, "add --language de"),
        ({"languages": ("en",)}, {"languages": ()}, "drop --language"),
        (
            {"places": ("Bonn",)},
            {"place": "Ulm", "delivery": (Delivery.IN_PERSON,)},
            "add --place 'Ulm'",
        ),
        ({"devices": ("smartphone",)}, {"devices": ("pc",)}, "add --device 'pc'"),
        ({"currency": "EUR"}, {"cost": Money(amount=9, currency="USD")}, "add --rate USD=…"),
        ({"online_only": True}, {"delivery": ()}, "drop --online-only"),
        ({"without": ("licence",)}, {}, "drop --without licence"),
    ],
)
def test_a_must_have_that_one_filter_costs_is_told_with_what_it_would_take(
    wishes: dict[str, object], change: dict[str, object], remedy: str
) -> None:
    """People take two days off for a licence, if somebody tells them that it is two days."""
    other = replace(
        KNOWN, id="z", place="Bonn", languages=("en",), delivery=(Delivery.ONLINE,),
        awards=(award("z"),),
    )  # fmt: skip
    licence = replace(KNOWN, id="licence", name="Forklift Licence", awards=(award("lift"),))
    if "delivery" not in change:
        licence = replace(licence, delivery=(Delivery.ONLINE,), languages=("en",))
    world = World(
        asked=[asks("lift"), asks("a", Necessity.NICE)],
        offers=[replace(licence, **change), other],  # type: ignore[arg-type]  # fields of Offer
    )

    (said,) = [one for one in remarks_of(world.case(**wishes)) if "must have" in one]

    assert "“lift” (must have) stays open" in said
    assert "Forklift Licence" in said
    assert said.endswith(f"To take it, {remedy}.")


@pytest.mark.parametrize(
    ("necessity", "more"),
    [
        (Necessity.NICE, {}),
        (Necessity.MUST, {"devices": ("pc",)}),
        (Necessity.MUST, {"needs": "x"}),
    ],
)
def test_no_remark_where_less_is_lost_or_one_wish_is_not_enough(
    necessity: Necessity, more: dict[str, object]
) -> None:
    """A remedy that does not help, or helps little, is worse than none at the top of a page."""
    german = offer("g", "a", languages=("de",), **more)  # type: ignore[arg-type]  # fields of Offer
    english = offer("e", "b", languages=("en",))
    world = World(asked=[asks("a", necessity)], offers=[german, english])

    assert remarks_of(world.case(languages=("en",), devices=("phone",))) == ()


def test_what_only_several_filters_cost_is_told_apart() -> None:
    """To drop one of them would bring nothing back."""
    both = offer("both", "a", languages=("de",), devices=("pc",))
    alone = offer("alone", "b", languages=("de",))
    idle = offer("idle", "q", languages=("de",))
    world = World(asked=[asks("a"), asks("b")], offers=[both, alone, idle])

    language, device, together = filter_effects(world.case(languages=("en",), devices=("phone",)))

    assert (language.removed, language.offers, language.lost) == (3, ("alone", "both"), ("b",))
    assert (device.removed, device.lost) == (1, ())
    assert (together.filter, together.offers, together.lost) == (TOGETHER, ("both",), ("a",))


def test_a_filter_costs_what_its_offers_lead_to_and_nothing_that_stays_out_of_reach() -> None:
    """Who drops the wish has to find what was promised, and is told all that it would open."""
    offers = [
        offer("first", "", languages=("de",)),
        offer("then", "a", needs="first", languages=("en",)),
        offer("circle", "b", needs="circle", languages=("de",)),
    ]
    world = World(asked=[asks("a"), asks("b")], offers=offers)

    (language,) = filter_effects(world.case(languages=("en",)))

    assert (language.removed, language.offers, language.lost) == (2, ("circle",), ("a",))


def test_filters_that_keep_what_leads_to_an_offer_away_together_are_told_so() -> None:
    """The offer itself passes every filter; what it needs first passes neither."""
    first = offer("first", "", languages=("de",), devices=("pc",))
    then = offer("then", "a", needs="first", languages=("en",))
    world = World(asked=[asks("a")], offers=[first, then])

    *alone, together = filter_effects(world.case(languages=("en",), devices=("phone",)))

    assert [one.lost for one in alone] == [(), ()]
    assert (together.filter, together.removed, together.lost) == (TOGETHER, 1, ("a",))


def offers_for_why() -> list[Offer]:
    """Return offers of which each is chosen for another reason."""
    return [
        offer("basics", "p", 10),
        offer("only", "a", 90, needs="basics"),
        offer("cheap", "b", 5),
        offer("dear", "b", 50),
        offer("filtered", "c", 5, languages=("de",)),
        offer("left", "c", 5, languages=("en",)),
    ]


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ("basics", "Step 2 asks for it first."),
        ("only", "The only one on offer for “a”."),
        ("cheap", "The cheapest of 2 that do as much for “b”."),
        ("left", "The only one within your limits for “c”."),
    ],
)
def test_a_step_says_what_sets_it_apart_from_others(step: str, why: str) -> None:
    """What it closes stands beside it already."""
    offers = [replace(one, languages=one.languages or ("en",)) for one in offers_for_why()]
    world = World(asked=[asks("a"), asks("b"), asks("c")], offers=offers)

    plan = world.plan(languages=("en",))

    number = plan.steps["only"].number
    assert plan.steps[step].why == why.replace("Step 2", f"Step {number}")


def test_an_offer_out_of_reach_is_named_once() -> None:
    """It would stand at every step of a plan, with the same words."""
    camp = offer("camp", "a b", hours=40, weeks=1, self_paced=False)
    world = World(asked=[asks("a"), asks("b")], offers=[camp, offer("x", "a"), offer("y", "b")])

    named = [one.offer for step in world.plan().steps.values() for one in step.instead_of]

    assert named == ["camp"]


@pytest.mark.parametrize(
    "more",
    [
        {"max_cost": 5},
        {"by": date(2026, 11, 3)},
    ],
)
def test_no_remark_about_what_money_or_time_keep_out_as_well(more: dict[str, object]) -> None:
    """Who gives more hours for a course that they cannot pay has been misled."""
    german = replace(
        KNOWN, id="g", awards=(award("a"),), languages=("de",), weeks=4.0,
        cost=Money(amount=90, currency="EUR"),
    )  # fmt: skip
    world = World(asked=[asks("a")], offers=[german, offer("e", "b", languages=("en",))])

    said = [one for one in remarks_of(world.case(languages=("en",))) if "must have" in one]
    less = [one for one in remarks_of(world.case(languages=("en",), **more)) if "must have" in one]

    assert (len(said), len(less)) == (1, 0)
