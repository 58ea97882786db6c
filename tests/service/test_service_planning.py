"""A plan from postings, evidence and a catalogue: the whole way, over the invented engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from skillmatch.errors import UsageError
from skillmatch.issuing.keys import new_key
from skillmatch.model.evidence import Assurance
from skillmatch.model.gap import GapState
from skillmatch.model.offer import Award, Catalogue, Condition, Money, Need, NeedKind, Offer
from skillmatch.model.plan import Plan, PlanRequest
from skillmatch.model.requirement import Checklist
from skillmatch.readers.documents import read_text
from skillmatch.service.matcher import Matcher
from skillmatch.service.planning import PlanGoal, make_plan, what_is_shown
from tests.mini_engine import uri
from tests.service.wallet_samples import signed, write

DAY = date(2026, 11, 23)
POSTING = """Requirements:
- Python 3
- Must have order picking
- Excel is a plus
- A valid driving licence
"""


def course(id_: str, *skills: str, cost: float = 0, needs: str = "") -> Offer:
    """Return a self-paced course of six hours."""
    need = Need(kind=NeedKind.OFFER, ref=needs)
    return Offer(
        id=id_,
        name=f"Course {id_}",
        provider="Mini School",
        awards=tuple(Award(uri=uri(one), label=one) for one in skills),
        cost=Money(amount=cost, currency="EUR"),
        hours=6,
        self_paced=True,
        requires=Condition(least=1, needs=(need,)) if needs else Condition(),
    )


def plan_for(
    matcher: Matcher, *offers: Offer, have: tuple[str, ...] = (), **wishes: object
) -> Plan:
    """Return the plan for the posting."""
    shown, holdings = what_is_shown(matcher, have=have, at=DAY)
    return make_plan(
        matcher,
        [PlanGoal(checklist=asked(matcher))],
        shown=shown,
        holdings=holdings,
        catalogue=Catalogue(name="mini", offers=offers),
        request=replace(PlanRequest(start=DAY), **wishes),  # type: ignore[arg-type]  # its fields
        at=DAY,
    )


def asked(matcher: Matcher) -> Checklist:
    """Return what the posting asks for."""
    return matcher.requirements(read_text(POSTING, source="posting.txt"))


def test_a_plan_closes_what_the_gap_leaves_open_and_says_before_and_after(
    mini_matcher: Matcher,
) -> None:
    """What is held is no gap; an earned badge is documented, not proven."""
    plan = plan_for(mini_matcher, course("py", "python"), course("pick", "pick-orders"))
    held = plan_for(mini_matcher, course("py", "python"), have=("Python",))

    assert {one.offer for one in plan.steps} == {"py", "pick"}
    states = {one.label: (one.before, one.after) for one in plan.changes}
    assert states["pick orders"] == (GapState.MISSING, GapState.CLAIMED)
    assert states["Microsoft Excel"] == (GapState.MISSING, GapState.MISSING)
    assert {one.label: str(one.reason) for one in plan.open} == {"Microsoft Excel": "no offer"}
    assert plan.optimality.proven
    assert held.steps == ()
    assert any("driving licence" in note for note in plan.notes)


def test_the_share_that_is_closed_agrees_with_the_second_comparison(mini_matcher: Matcher) -> None:
    """The solver's sum and the gap's own priorities are two ways to one number."""
    plan = plan_for(mini_matcher, course("py", "python"), course("pick", "pick-orders"))

    before = sum(one.priority_before for one in plan.changes)
    after = sum(one.priority_after for one in plan.changes)

    assert plan.optimality.closed == pytest.approx(before - after, abs=1e-5)
    assert plan.totals.closed == pytest.approx(1 - after / before, abs=1e-5)


def test_what_lapses_before_the_last_day_is_not_called_closed_after_the_plan(
    mini_matcher: Matcher,
) -> None:
    """It is taken because another course needs it; the picture and the list of gaps agree."""
    closing = DAY + timedelta(days=9)
    short = replace(course("py", "python"), valid_months=1, available_until=closing)
    pick = course("pick", "pick-orders", needs="py")
    plan = plan_for(mini_matcher, short, pick, by=date(2027, 6, 30))

    before = sum(one.priority_before for one in plan.changes)
    after = sum(one.priority_after for one in plan.changes)

    assert {one.offer for one in plan.steps} == {"py", "pick"}
    assert plan.optimality.closed == pytest.approx(before - after, abs=1e-5)
    assert {one.label: one.state for one in plan.open}[
        "Python (computer programming)"
    ] is GapState.MISSING


def test_nothing_to_close_is_a_plan_without_steps_that_says_so(mini_matcher: Matcher) -> None:
    """It is good news, and no error."""
    plan = plan_for(
        mini_matcher, course("py", "python"), have=("Python", "order picking", "Microsoft Excel")
    )

    assert (plan.steps, plan.open, plan.curve, plan.alternatives) == ((), (), (), ())
    assert any("Nothing is left to close" in note for note in plan.notes)


def test_an_empty_catalogue_leaves_everything_open(mini_matcher: Matcher) -> None:
    """Each gap says that nothing is on offer."""
    plan = plan_for(mini_matcher)

    assert plan.steps == ()
    assert {str(one.reason) for one in plan.open} == {"no offer"}


def test_several_goals_share_a_gap_by_their_weights(mini_matcher: Matcher) -> None:
    """What one of two equal goals asks for counts half; order of the goals plays no part."""
    both = asked(mini_matcher)
    one = mini_matcher.requirements(read_text("Requirements:\n- Python\n", source="other.txt"))

    def plan(*goals: PlanGoal) -> Plan:
        shown, holdings = what_is_shown(mini_matcher, at=DAY)
        offers = (course("pick", "pick-orders", cost=10), course("py", "python", cost=10))
        return make_plan(
            mini_matcher,
            goals,
            shown=shown,
            holdings=holdings,
            catalogue=Catalogue(name="mini", offers=offers),
            request=PlanRequest(start=DAY, max_cost=Money(amount=10, currency="EUR")),
            at=DAY,
        )

    equal = plan(PlanGoal(checklist=both), PlanGoal(checklist=one))
    turned = plan(PlanGoal(checklist=one), PlanGoal(checklist=both))
    heavy = plan(PlanGoal(checklist=both, weight=1), PlanGoal(checklist=one, weight=0))

    priorities = {change.label: change.priority_before for change in equal.changes}
    alone = {change.label: change.priority_before for change in heavy.changes}
    assert [step.offer for step in equal.steps] == ["py"]
    assert [goal.source for goal in equal.goals] == ["posting.txt", "other.txt"]
    assert priorities["pick orders"] == pytest.approx(alone["pick orders"] / 2)
    assert turned.steps == equal.steps


def test_a_wallet_holds_offers_by_the_id_of_its_badge_class(
    mini_matcher: Matcher, tmp_path: Path
) -> None:
    """The id of the award is the person's own; that of the achievement is the offer's."""
    document = signed(new_key())
    achievement = document["credentialSubject"]["achievement"]["id"]
    badge = write(tmp_path, document)

    _, (holding,) = what_is_shown(mini_matcher, evidence=[badge], at=DAY)

    assert (holding.id, holding.source) == (achievement, "badge.json")
    assert holding.assurance is not Assurance.VERIFIED
    assert holding.concepts == ()


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ({"hours_per_week": 0.0}, "--hours-per-week"),
        ({"hours_per_week": float("nan")}, "--hours-per-week"),
        ({"by": date(2026, 11, 1)}, "before the first day"),
        ({"min_confidence": 2.0}, "--min-confidence"),
        ({"commit": ("pyt",)}, "did you mean py"),
        ({"without": ("nobody knows",)}, "no such offer"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(
    mini_matcher: Matcher, wishes: dict[str, Any], said: str
) -> None:
    """One clear message, before the solver is asked."""
    with pytest.raises(UsageError, match=said):
        plan_for(mini_matcher, course("py", "python"), **wishes)


def test_a_plan_needs_a_goal_with_weight(mini_matcher: Matcher) -> None:
    """No goal, or only goals that count nothing, leave nothing to be best at."""
    shown, holdings = what_is_shown(mini_matcher, at=DAY)
    for goals in ((), (PlanGoal(checklist=asked(mini_matcher), weight=0),)):
        with pytest.raises(UsageError, match="goal"):
            make_plan(
                mini_matcher,
                goals,
                shown=shown,
                holdings=holdings,
                catalogue=Catalogue(name="mini", offers=()),
                request=PlanRequest(start=DAY),
                at=DAY,
            )


def test_alternatives_are_really_different_and_the_curve_rises(mini_matcher: Matcher) -> None:
    """One dear course against two cheap ones: each is best at something."""
    plan = plan_for(
        mini_matcher,
        course("all", "python", "pick-orders", cost=90),
        course("pick", "pick-orders", cost=20),
        course("py", "python", cost=30),
    )

    assert {one.offer for one in plan.steps} == {"pick", "py"}
    found = {str(one.aim): {step.offer for step in one.steps} for one in plan.alternatives}
    assert found == {"fastest": {"all"}}
    assert [point.cost.amount for point in plan.curve] == [20, 50]
    assert [point.closed for point in plan.curve] == sorted(one.closed for one in plan.curve)
    assert plan.curve[-1].closed == plan.totals.closed


def test_every_offer_that_is_named_by_id_has_its_name_in_the_plan(mini_matcher: Matcher) -> None:
    """A view never has to print a bare id."""
    plan = plan_for(
        mini_matcher,
        course("a", "python", cost=10),
        course("b", "python", cost=20),
        course("c", "pick-orders", needs="a"),
        course("idle", "teamwork"),
        without=("b",),
    )

    names = dict(plan.names)
    assert {"a", "b", "c"} <= set(names)
    assert names["b"] == "Course b"
    assert "idle" not in names


def test_who_wrote_the_cv_changes_nothing(mini_matcher: Matcher, tmp_path: Path) -> None:
    """Name, pronoun, age and address are in most CVs, and in no plan."""
    lines = (
        "Ada Lindqvist, she/her, 24\n1 Church Lane, Oslo\nTwo years of Python.\n",
        "Mohammed Okafor, he/him, 61\n12 Market Road, Lagos\nTwo years of Python.\n",
    )

    def plan(text: str) -> Plan:
        cv = tmp_path / "cv.txt"
        cv.write_text(text, encoding="utf-8")
        shown, holdings = what_is_shown(mini_matcher, evidence=[cv], at=DAY)
        offers = (course("py", "python"), course("pick", "pick-orders", needs="py"))
        return make_plan(
            mini_matcher,
            [PlanGoal(checklist=asked(mini_matcher))],
            shown=shown,
            holdings=holdings,
            catalogue=Catalogue(name="mini", offers=offers),
            request=PlanRequest(start=DAY, prove=True),
            at=DAY,
        )

    first, second = (plan(one) for one in lines)

    assert first == second
    assert not any(word in repr(first) for word in ("Ada", "Oslo", "she/her"))
