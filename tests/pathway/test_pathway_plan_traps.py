"""What a plan must never fall for, and what decides between offers that do the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from skillmatch.errors import UsageError
from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance
from skillmatch.model.offer import Award, AwardOrigin, Condition, Need, NeedKind, Offer, OfferKind
from skillmatch.model.plan import Preference, UnderWay
from skillmatch.model.requirement import Necessity
from skillmatch.pathway.planning.holdings import Holding
from skillmatch.pathway.planning.notes import notes_of
from skillmatch.pathway.planning.planner import Planner
from tests.pathway.plan_cases import START, Family, World, all_of, asks, award, offer, shows


def test_a_cheap_badge_that_closes_nothing_is_never_taken() -> None:
    """It is free, short and self-paced, and nobody asked for it."""
    world = World(
        asked=[asks("python")], offers=[offer("flowers", "tulips"), offer("py", "python")]
    )

    assert world.plan().taken == ["py"]


def test_near_duplicates_are_never_both_taken() -> None:
    """Two offers for one gap never add up; the cheaper stays, and the plan says why."""
    world = World(
        asked=[asks("docker")],
        offers=[offer("a", "docker", 39), offer("b", "docker", 12)],
    )

    plan = world.plan()

    assert plan.taken == ["b"]
    (other,) = plan.steps["b"].instead_of
    assert (other.offer, other.why) == ("a", "it costs 27 EUR more")


def test_preference_and_budget_decide_between_one_dear_offer_and_cheap_parts() -> None:
    """All close equally much; what the person prefers is the tie-break, money a limit."""
    world = World(
        asked=[asks("a"), asks("b"), asks("c")],
        offers=[
            offer("all", "a b c", 900, 30),
            offer("pa", "a", 100, 20),
            offer("pb", "b", 100, 20),
            offer("pc", "c", 100, 20),
        ],
    )

    assert set(world.plan(prefer=Preference.CHEAPEST).taken) == {"pa", "pb", "pc"}
    assert world.plan(prefer=Preference.FEWEST).taken == ["all"]
    assert world.plan(prefer=Preference.FASTEST).taken == ["all"]
    assert len(world.plan(prefer=Preference.FEWEST, max_cost=250).taken) == 2


def test_a_prerequisite_under_another_name_counts_and_is_to_be_confirmed() -> None:
    """The wallet shows the same skill; whether the provider agrees no program knows."""
    evening = Holding(
        id="urn:badge:1",
        name="Python in the Evening",
        issuer="Evening School",
        source="badge.json",
        assurance=Assurance.VERIFIED,
        concepts=(ConceptUri("python"),),
    )
    web = offer("web", "django", 100, needs="basics", provider="Web School")
    world = World(
        asked=[asks("django")],
        offers=[offer("basics", "python", 300, provider="Northgate"), web],
        evidence=[shows("python")],
    )

    without = world.plan()
    having = World(
        asked=world.asked, offers=world.offers, evidence=world.evidence, holdings=[evening]
    ).plan()

    assert without.taken == ["basics", "web"]
    assert having.taken == ["web"]
    assert having.steps["web"].check == (
        "ask Web School whether “Python in the Evening” by Evening School counts as “The basics”",
    )


def test_only_what_is_proven_stands_for_a_prerequisite_of_another_name() -> None:
    """A skill that was read from a badge's words opens no door, nor does one nobody checked."""
    evening = Holding(id="x", name="Evening", concepts=(ConceptUri("python"),))
    world = World(
        asked=[asks("django")],
        offers=[offer("basics", "python", 300), offer("web", "django", needs="basics")],
        evidence=[shows("python")],
        holdings=[evening],
    )

    assert world.plan().taken == ["basics", "web"]
    assert world.plan(held=("basics",)).taken == ["web"]


@pytest.mark.parametrize(
    ("sure", "least", "asked"),
    [
        (Need(kind=NeedKind.SKILL, ref="python", text="Python"), 1, 0),
        (Need(kind=NeedKind.OFFER, ref="own", text="Own"), 1, 0),
        (Need(kind=NeedKind.OFFER, ref="own", text="Own"), 2, 1),
    ],
)
def test_nobody_is_asked_about_a_credential_that_the_step_can_do_without(
    sure: Need, least: int, asked: int
) -> None:
    """Who shows Python itself need not ask whether the evening course counts as another."""
    evening = Holding(
        id="x", name="Evening", assurance=Assurance.ENDORSED, concepts=(ConceptUri("p"),)
    )
    basics = Need(kind=NeedKind.OFFER, ref="basics", text="Basics")
    web = offer("web", "django", needs=Condition(least=least, needs=(basics, sure)))
    world = World(
        asked=[asks("django")],
        offers=[offer("basics", "p"), offer("own", "q"), web],
        evidence=[shows("python")],
        holdings=[evening],
    )

    plan = world.plan(held=("own",))

    assert plan.taken == ["web"]
    assert len(plan.steps["web"].check) == asked
    told = [one for one in notes_of(plan.draft.case, taken=["web"], ends=None) if "Evening" in one]
    assert len(told) == asked


@pytest.mark.parametrize("kind", [OfferKind.LICENCE, OfferKind.DEGREE, OfferKind.CERTIFICATION])
def test_no_badge_stands_for_a_licence(kind: OfferKind) -> None:
    """Who can drive has no driving licence yet."""
    badge = Holding(
        id="x", name="Driving", assurance=Assurance.VERIFIED, concepts=(ConceptUri("drive"),)
    )
    world = World(
        asked=[asks("deliver")],
        offers=[offer("card", "drive", 50, kind=kind), offer("job", "deliver", needs="card")],
        evidence=[shows("drive")],
        holdings=[badge],
    )

    assert world.plan().taken == ["card", "job"]


@pytest.mark.parametrize(
    "holding",
    [
        Holding(id="basics", name="whatever"),
        Holding(id="alias", name="whatever"),
        Holding(id="", name="the BASICS", issuer="Northgate"),
    ],
)
def test_a_credential_held_by_id_alias_or_name_and_issuer_is_not_taken_again(
    holding: Holding,
) -> None:
    """Surely the same needs no confirming."""
    world = World(
        asked=[asks("python"), asks("django")],
        offers=[
            offer("basics", "python", provider="Northgate", same_as=("alias",)),
            offer("web", "django", needs="basics"),
        ],
        holdings=[holding],
    )

    plan = world.plan()

    assert plan.taken == ["web"]
    assert plan.steps["web"].check == ()


@pytest.mark.parametrize(
    "change",
    [{"assurance": Assurance.INVALID}, {"valid_until": START - timedelta(days=1)}],
)
def test_what_lapsed_or_was_revoked_opens_no_door(change: dict[str, object]) -> None:
    """A provider would not accept it either."""
    badge = Holding(id="basics", name="Basics", **change)  # type: ignore[arg-type]  # its fields
    world = World(
        asked=[asks("django")],
        offers=[offer("basics", "python"), offer("web", "django", needs="basics")],
        holdings=[badge],
    )

    assert world.plan().taken == ["basics", "web"]


def test_a_skill_that_a_condition_asks_for_is_shown_or_earned_first() -> None:
    """By evidence, or by whichever offer awards it."""
    need = Condition(least=1, needs=(Need(kind=NeedKind.SKILL, ref="sql", text="SQL"),))
    offers = [offer("db", "sql", 80), offer("web", "django", needs=need)]

    known = World(asked=[asks("django")], offers=offers, evidence=[shows("sql")]).plan()
    unknown = World(asked=[asks("django")], offers=offers).plan()

    assert known.taken == ["web"]
    assert unknown.taken == ["db", "web"]
    assert unknown.steps["web"].after == ("db",)
    assert "asks for it first" in unknown.steps["db"].why


def test_two_of_three_are_enough_and_the_cheapest_two_are_taken() -> None:
    """K of n, with one of them held."""
    need = Condition(least=2, needs=all_of("p q r").needs)
    world = World(
        asked=[asks("goal")],
        offers=[
            offer("p", "x", 10),
            offer("q", "y", 20),
            offer("r", "z", 30),
            offer("end", "goal", needs=need),
        ],
    )

    assert world.plan().taken[:2] == ["p", "q"]
    assert world.plan(held=("r",)).taken == ["p", "end"]


def test_what_no_program_can_check_never_blocks_and_is_listed() -> None:
    """A diploma may be in a drawer."""
    need = Condition(least=1, needs=(Need(kind=NeedKind.OTHER, text="school diploma"),))
    world = World(asked=[asks("a")], offers=[offer("o", "a", needs=need)])

    assert world.plan().steps["o"].check == ("school diploma",)
    assert world.plan(held=("school diploma",)).steps["o"].check == ()


def test_prerequisites_that_need_each_other_are_out_of_reach() -> None:
    """Nobody can begin a circle."""
    world = World(
        asked=[asks("a"), asks("b")],
        offers=[
            offer("x", "a", needs="y"),
            offer("y", "b", needs="x"),
            offer("z", "b", 70),
        ],
    )

    plan = world.plan()

    assert plan.taken == ["z"]
    assert plan.open["a"].reason == "prerequisite out of reach"


def test_a_stack_is_completed_where_that_costs_nothing_more_to_close() -> None:
    """Equal plans prefer the one at whose end there is a stack."""
    world = World(
        asked=[asks("a"), asks("b")],
        offers=[
            offer("a1", "a", 50),
            offer("a2", "a", 50),
            offer("b1", "b", 50),
            offer("stack", "", 0, None, parts="a2 b1"),
        ],
    )

    plan = world.plan()

    assert set(plan.taken) == {"a2", "b1", "stack"}
    step = plan.steps["stack"]
    assert set(step.completes) == {"a2", "b1"}
    assert step.starts == step.ends == max(plan.steps[one].ends for one in ("a2", "b1"))


def test_no_stack_is_completed_by_what_closes_nothing() -> None:
    """Else its bonus would buy courses that nobody asked for."""
    world = World(
        asked=[asks("a")],
        offers=[
            offer("a1", "a", 50),
            offer("idle", "tulips", 500),
            offer("stack", "", 0, None, parts="a1 idle"),
        ],
    )

    assert world.plan().taken == ["a1"]


def test_what_counts_towards_a_stack_that_says_nothing_makes_it_up() -> None:
    """A stack with hours of its own can be taken alone, whatever counts towards it."""
    parts = [offer("p", "a", counts_towards=("s",)), offer("q", "b", counts_towards=("s",))]
    asked = [asks("a"), asks("b")]

    silent = World(asked=asked, offers=[*parts, offer("s", "", 0, None)]).plan()
    own = World(asked=[asks("c")], offers=[*parts, offer("s", "c", 0, 10)]).plan()

    assert set(silent.taken) == {"p", "q", "s"}
    assert own.taken == ["s"]


def test_proposed_skills_count_from_the_asked_probability_on_and_are_flagged() -> None:
    """A guess that is too bold closes nothing, and the plan says which filter did that."""
    unsure = offer("o")
    guess = award("a", origin=AwardOrigin.PROPOSED, confidence=0.6)
    world = World(asked=[asks("a")], offers=[_with(unsure, guess)])

    bold, careful = world.plan(min_confidence=0.6), world.plan(min_confidence=0.7)

    assert "60% sure" in " ".join(bold.steps["o"].check)
    assert careful.taken == []
    assert careful.open["a"].reason == "filtered out"
    assert "--min-confidence" in careful.open["a"].why


def test_a_lower_level_and_a_related_skill_close_a_part() -> None:
    """By the same comparison as the gap: no second notion of coverage."""
    family = Family({"cpython": "python", "pypy": "python"})
    below = World(
        asked=[asks("spanish", level="advanced")],
        offers=[_with(offer("o"), award("spanish", level="basic", level_value=2.0))],
    ).plan()
    sibling = World(asked=[asks("cpython")], offers=[offer("o", "pypy")], family=family).plan()

    (level,), (near,) = below.steps["o"].closes, sibling.steps["o"].closes
    assert (level.before, level.after) == (1.0, 0.6)
    assert (near.kind, near.after) == ("sibling", 0.7)
    assert below.open["spanish"].reason == "only partly closed"
    assert sibling.open["cpython"].left == 0.7


def test_proving_what_is_claimed_counts_only_when_asked_and_after_learning() -> None:
    """A claim is no gap, unless the person wants to prove it."""
    world = World(
        asked=[asks("a"), asks("b")],
        offers=[offer("pa", "a", 100), offer("pb", "b", 100)],
        evidence=[shows("a")],
    )

    assert world.plan().taken == ["pb"]
    assert set(world.plan(prove=True).taken) == {"pa", "pb"}
    assert world.plan(prove=True, max_cost=100).taken == ["pb"]


def test_what_is_under_way_is_finished_and_paid_for() -> None:
    """It takes its hours, opens its doors, and costs nothing again."""
    begun = UnderWay(offer="p", ends=START + timedelta(days=13), hours_left=6)
    world = World(
        asked=[asks("a")],
        offers=[offer("p", "x", 400), offer("end", "a", 10, needs="p")],
    )

    plan = world.plan(under_way=(begun,), max_cost=20)

    assert plan.taken == ["p", "end"]
    assert plan.steps["p"].cost is not None
    assert plan.steps["p"].cost.amount == 0
    assert plan.steps["p"].ends == begun.ends
    assert plan.steps["end"].starts > begun.ends


def test_a_commitment_is_kept_although_it_closes_nothing() -> None:
    """It is the person's own wish; the plan says so."""
    world = World(asked=[asks("a")], offers=[offer("flowers", "tulips", 20), offer("o", "a", 20)])

    plan = world.plan(commit=("The flowers",))

    assert set(plan.taken) == {"flowers", "o"}
    assert plan.steps["flowers"].committed
    assert plan.steps["flowers"].why.startswith("You committed to it")


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ({"commit": ("dear",), "max_cost": 10}, "more than --max-cost"),
        ({"commit": ("dear",), "online_only": True}, "--online-only"),
        ({"commit": ("blocked",)}, "not on offer"),
        ({"commit": ("dear",), "without": ("dear",)}, "--without"),
        ({"commit": ("deer",)}, "did you mean dear"),
        ({"commit": ("long",), "by": START + timedelta(days=7)}, "--by"),
        ({"commit": ("after-dear",), "max_cost": 50}, "--max-cost"),
    ],
)
def test_commitments_that_cannot_be_kept_are_refused_with_the_reason(
    wishes: dict[str, object], said: str
) -> None:
    """Silently dropping one would break a promise, keeping it the budget."""
    world = World(
        asked=[asks("a")],
        offers=[
            offer("dear", "a", 500),
            offer("after-dear", "b", 10, needs="dear"),
            offer("blocked", "a", needs="nowhere"),
            offer("long", "a", 0, 400),
        ],
    )

    with pytest.raises(UsageError, match=said):
        world.plan(**wishes)


def test_the_rest_that_a_narrower_skill_leaves_is_no_gap() -> None:
    """Who can program in Python is not sent to a course on programming."""
    family = Family({"python": "programming"})
    world = World(
        asked=[asks("programming"), asks("b")],
        offers=[offer("p", "programming"), offer("o", "b")],
        evidence=[shows("python")],
        family=family,
    )

    assert world.plan().taken == ["o"]


def test_an_offer_that_closes_less_of_the_same_is_passed_over_for_that() -> None:
    """Cheaper is no reason when it closes less; the plan says how much less."""
    world = World(
        asked=[asks("cpython")],
        offers=[offer("full", "cpython", 90), offer("near", "pypy", 10)],
        family=Family({"cpython": "python", "pypy": "python"}),
    )

    (other,) = world.plan().steps["full"].instead_of

    assert (other.offer, other.why) == ("near", "it closes only 30% as much of the same")


def test_what_cannot_be_checked_is_not_listed_where_something_held_suffices() -> None:
    """One of a course that is held and a diploma: nobody needs to look for the diploma."""
    either = Condition(
        least=1,
        needs=(*all_of("basics").needs, Need(kind=NeedKind.OTHER, text="school diploma")),
    )
    world = World(asked=[asks("a")], offers=[offer("basics", "x"), offer("o", "a", needs=either)])

    (asked,) = world.plan().steps["o"].check

    assert asked.startswith("school diploma (or another")
    assert world.plan(held=("basics",)).steps["o"].check == ()


def test_less_urgent_gaps_wait_where_money_is_short() -> None:
    """A nice-to-have never takes the place of a must-have."""
    world = World(
        asked=[asks("must"), asks("nice", Necessity.NICE)],
        offers=[offer("m", "must", 100), offer("n", "nice", 100)],
    )

    plan = world.plan(max_cost=100)

    assert plan.taken == ["m"]
    assert plan.open["nice"].reason == "other gaps matter more"
    assert world.plan(max_cost=50).open["must"].reason == "over budget"


def _with(bare: Offer, one: Award) -> Offer:
    return replace(bare, awards=(one,))


def test_no_alternative_is_shown_that_is_not_better_at_what_it_is_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A search that ends early may answer with any plan; "fastest" has to be faster."""
    offers = [offer("cheap", "a", 10, hours=6), offer("dear", "a", 90, hours=12)]
    plan = World(asked=[asks("a")], offers=offers).plan()
    worse = World(asked=[asks("a")], offers=offers).plan(without=("cheap",)).draft.solution
    dear = plan.planner.posed.offers.index("dear")
    worse = replace(worse, taken=tuple(replace(one, option=dear) for one in worse.taken))

    monkeypatch.setattr(Planner, "solve", lambda *_args, **_more: worse)

    assert plan.planner.alternatives(plan.draft) == ()


def test_alternatives_are_cheaper_faster_or_fewer_than_the_plan() -> None:
    """Each is worth a look for what it is named after."""
    offers = [offer("x", "a", 10), offer("y", "b", 10), offer("z", "c", 90, hours=60)]
    asked = [asks("a"), asks("b"), asks("c", Necessity.NICE)]

    plan = World(asked=asked, offers=offers).plan()

    assert plan.taken == ["x", "y", "z"]
    (other,) = plan.planner.alternatives(plan.draft)
    assert {one.offer for one in other.steps} == {"x", "y"}
