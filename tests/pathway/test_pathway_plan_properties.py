"""What holds of every plan: more never closes less, order and person play no part."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillmatch.model.concept import ConceptUri
from skillmatch.pathway.planning.holdings import Holding
from skillmatch.pathway.planning.relating import Relating
from skillmatch.pathway.planning.steps import steps_of
from tests.pathway.plan_cases import START, Family, World, asks, goals, offer, shows

SKILLS = "abcdefg"
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to five gaps and six offers, some with prerequisites, dear and long ones among them."""
    asked = draw(st.lists(st.sampled_from(SKILLS), min_size=1, max_size=5, unique=True))
    offers = []
    for place in range(draw(st.integers(1, 6))):
        skills = draw(st.lists(st.sampled_from(SKILLS), min_size=1, max_size=3, unique=True))
        needs = draw(st.sampled_from(["", f"o{place - 1}"])) if place else ""
        cost, hours = draw(st.integers(0, 5)) * 10, draw(st.integers(1, 8)) * 3
        offers.append(offer(f"o{place}", " ".join(skills), cost, hours, needs=needs))
    evidence = [shows(one) for one in draw(st.lists(st.sampled_from(SKILLS), max_size=2))]
    return World(asked=[asks(one) for one in asked], offers=offers, evidence=evidence)


@FEW
@given(world=worlds(), cost=st.integers(0, 80), more=st.integers(0, 80), days=st.integers(3, 40))
def test_more_money_time_or_offers_never_close_less(
    world: World, cost: int, more: int, days: int
) -> None:
    """A plan is an optimum: whoever may do more can still do the same."""
    limits: dict[str, Any] = {"max_cost": cost, "by": START + timedelta(days=days)}
    closed = world.plan(**limits).closed

    richer = world.plan(**{**limits, "max_cost": cost + more}).closed
    longer = world.plan(**{**limits, "by": START + timedelta(days=days + more)}).closed
    fewer = replace(world, offers=world.offers[:-1]).plan(**limits).closed

    assert richer >= closed - 1e-9
    assert longer >= closed - 1e-9
    assert fewer <= closed + 1e-9


@FEW
@given(world=worlds(), seed=st.integers(0, 999))
def test_the_order_of_offers_and_evidence_changes_nothing(world: World, seed: int) -> None:
    """The same input gives the same plan, whoever wrote it down first."""
    chance = random.Random(seed)  # noqa: S311 - an order, no secret
    shuffled = replace(
        world,
        offers=chance.sample(list(world.offers), len(world.offers)),
        evidence=chance.sample(list(world.evidence), len(world.evidence)),
        asked=chance.sample(list(world.asked), len(world.asked)),
    )

    assert steps_of(shuffled.plan(max_cost=60).draft) == steps_of(world.plan(max_cost=60).draft)


@FEW
@given(world=worlds(), words=st.text(max_size=12), country=st.sampled_from(["NL", "NG", "US"]))
def test_nothing_personal_changes_the_plan(world: World, words: str, country: str) -> None:
    """Neither the file of a CV, nor words in it, nor where a badge's issuer is."""
    own = Holding(id="urn:1", name="Badge", issuer="School", concepts=(ConceptUri("a"),))
    other = replace(own, issuer=f"School, {country}", source=words)
    told = [replace(one, source=f"{words}.pdf", text=words) for one in world.evidence]

    first = replace(world, holdings=[own]).plan()
    second = replace(world, evidence=told, holdings=[other]).plan()

    assert first.taken == second.taken
    assert [_bare(one) for one in first.steps.values()] == [
        _bare(one) for one in second.steps.values()
    ]


@FEW
@given(
    above=st.dictionaries(st.sampled_from(SKILLS), st.sampled_from("tuvw"), max_size=6),
    top=st.dictionaries(st.sampled_from("tuvw"), st.sampled_from("xyz"), max_size=4),
    asked=st.lists(st.sampled_from(SKILLS + "tuvw"), min_size=1, max_size=4, unique=True),
)
def test_no_gap_that_an_award_bears_on_is_passed_over(
    above: dict[str, str], top: dict[str, str], asked: list[str]
) -> None:
    """The index of candidates is a short cut; comparing everything finds no more."""
    family = Family({**above, **top})
    targets = goals([[asks(one) for one in asked]], family=family)
    short = Relating(hierarchy=family, targets=targets, near={})
    offers = [offer(one, one) for one in SKILLS + "tuvwxyz"]
    world = World(asked=[asks(one) for one in asked], offers=offers, family=family)

    found = world.case().effects

    for one in found:
        assert set(found[one]) <= set(short.candidates(ConceptUri(one)))


def _bare(step: Any) -> Any:  # noqa: ANN401 - a step without the words to be confirmed
    return replace(step, check=())
