"""Planning anew: whatever a planner answers, no promise gets lost and no record changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.model.offer import Money, Offer
from skillmatch.model.plan import Optimality, Plan, PlanRequest, PlanStep, Totals
from skillmatch.model.roadmap import HoursSpent, Roadmap, StepState
from skillmatch.pathway.planning.filters import Sieve
from skillmatch.pathway.planning.lengths import Calendar, length
from skillmatch.pathway.planning.money import purse
from skillmatch.pathway.roadmap.replan import (
    ChangeKind,
    budget_words,
    conflicts_before,
    offers_of_steps,
    replanned,
    request_left,
)
from skillmatch.pathway.roadmap.steps import steps_of
from tests.readers.roadmap_samples import BEGUN, roadmap, step

LATER = BEGUN + timedelta(weeks=5)
IDS = ("a", "b", "c", "d", "e", "f")


def planned(*ids: str, start: date = LATER) -> Plan:
    """Return a plan that takes some offers one after the other, a week each."""
    steps = tuple(
        PlanStep(
            number=number,
            offer=one,
            name=one.title(),
            provider="",
            url="",
            cost=euros(10),
            starts=start + timedelta(weeks=number),
            ends=start + timedelta(weeks=number, days=6),
            hours=6.0,
            hours_per_week=6.0,
            closes=(),
            why="",
        )
        for number, one in enumerate(ids)
    )
    return Plan(
        at=start.isoformat(),
        goals=(),
        request=PlanRequest(start=start),
        catalogue="",
        considered=len(ids),
        steps=steps,
        open=(),
        totals=Totals(
            credentials=len(ids), cost=euros(0), unpriced=0, hours=0.0, weeks=0.0, closed=0.0
        ),
        optimality=Optimality(proven=True, closed=0.0, bound=0.0),
    )


def euros(amount: float) -> Money:
    """Return an amount in euros."""
    return Money(amount=amount, currency="EUR")


def offers(*ids: str) -> dict[str, Offer]:
    """Return offers by id."""
    return {one: Offer(id=one, name=one.title()) for one in ids}


_ROADMAPS = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(StepState), st.booleans()),
    unique_by=lambda one: one[0],
).map(
    lambda drawn: roadmap(
        *(
            step(name, state=state, committed=committed and state is not StepState.DROPPED)
            for name, state, committed in drawn
        )
    )
)


@given(old=_ROADMAPS, taken=st.lists(st.sampled_from(IDS), unique=True))
def test_no_plan_ever_loses_a_commitment(old: Roadmap, taken: list[str]) -> None:
    """Whatever a planner answers: a promise stays, or it is said and all stays as it was."""
    found = replanned(old, planned(*taken), offers(*IDS), at=LATER)

    promised = {one.id for one in old.steps if one.open and (one.committed or one.began)}
    kept = {one.id: one for one in found.roadmap.steps}
    assert promised <= kept.keys()
    if found.conflicts:
        assert found.roadmap == old
        assert all(one.ways_out for one in found.conflicts)
        return
    for one in old.steps:
        if one.id in promised:
            assert kept[one.id].committed == one.committed
            assert kept[one.id].state is one.state
        if not one.open and one.id not in taken:
            assert kept[one.id] == one
        if one.state is StepState.DONE:
            assert kept[one.id] == one
    assert {one.id for one in found.roadmap.steps if one.open} == (
        {one for one in taken if old_state(old, one) is not StepState.DONE}
        | {one.id for one in old.steps if one.state is StepState.STARTED}
    )


@given(old=_ROADMAPS, taken=st.lists(st.sampled_from(IDS), unique=True))
def test_the_differences_tell_the_new_plan_from_the_old(old: Roadmap, taken: list[str]) -> None:
    """Whoever reads them knows every step that comes, goes or moves."""
    found = replanned(old, planned(*taken), offers(*IDS), at=LATER)

    before = {one.id: one for one in old.steps if one.open}
    after = {one.id: one for one in found.roadmap.steps if one.open}
    if found.conflicts:
        assert found.changes == ()
        return
    told = {one.step: one.kind for one in found.changes}
    assert {one for one, kind in told.items() if kind is ChangeKind.ADDED} == {*after} - {*before}
    assert {one for one, kind in told.items() if kind is ChangeKind.REMOVED} == {*before} - {*after}
    for one in {*before} & {*after}:
        moved = (before[one].starts, before[one].ends) != (after[one].starts, after[one].ends)
        assert (told.get(one) is ChangeKind.MOVED) == moved


def old_state(old: Roadmap, id: str) -> StepState | None:  # noqa: A002 - the field's name
    """Return the state that a step had."""
    return next((one.state for one in old.steps if one.id == id), None)


def test_what_was_spent_is_no_longer_in_the_budget() -> None:
    """Done at its own price, begun at the planned one, dropped after it was begun: all is gone."""
    old = roadmap(
        step("a", state=StepState.DONE, cost=euros(50), paid=euros(40)),
        step("b", state=StepState.STARTED, cost=euros(30)),
        step("c", state=StepState.DROPPED, cost=euros(20)),
        step("d", cost=euros(90)),
        max_cost=euros(200),
    )

    assert request_left(old, LATER, offered=IDS).max_cost == euros(110)


def test_a_budget_that_is_overspent_leaves_nothing() -> None:
    """Below nothing there is no budget."""
    old = roadmap(step("a", state=StepState.DONE, cost=euros(50)), max_cost=euros(20))

    assert request_left(old, LATER, offered=IDS).max_cost == euros(0)


def test_a_new_plan_is_asked_for_all_promises() -> None:
    """Done is held, dropped is left out, begun is under way, committed has to stay."""
    log = (HoursSpent(on=BEGUN, hours=5.0),)
    old = roadmap(
        step("a", state=StepState.DONE),
        step("b", state=StepState.STARTED, after=4, weeks=3, log=log),
        step("c", state=StepState.DROPPED),
        step("d", committed=True),
        step("e"),
        without=("f", "gone"),
    )

    asked = request_left(old, LATER, offered=IDS)

    assert (asked.start, asked.held, asked.without, asked.commit) == (
        LATER, ("a",), ("c", "f"), ("d",),
    )  # fmt: skip
    (under_way,) = asked.under_way
    assert (under_way.offer, under_way.hours_left) == ("b", 7.0)
    assert under_way.ends == BEGUN + timedelta(weeks=7, days=-1)
    assert request_left(old, LATER, offered=IDS, again=["c"]).without == ("f",)


def test_an_overdue_step_gets_the_days_that_its_hours_need() -> None:
    """12 hours at 6 a week from today on."""
    old = roadmap(step("b", state=StepState.STARTED), hours_per_week=6.0)

    (under_way,) = request_left(old, LATER, offered=IDS).under_way

    assert under_way.ends == LATER + timedelta(days=13)


@pytest.mark.parametrize(
    ("offer", "request_", "why"),
    [
        (None, {}, "no catalogue at hand offers it any more"),
        (Offer(id="d", name="D", available_until=BEGUN), {}, "one could enrol until 2026-03-02"),
        (Offer(id="d", name="D", starts=(BEGUN,)), {}, "its last start was on 2026-03-02"),
        (Offer(id="d", name="D"), {"by": BEGUN}, "the last day, 2026-03-02, is over"),
        (Offer(id="d", name="D"), {"max_cost": euros(80)}, "90.00 EUR together, and 80.00 EUR"),
    ],
)
def test_a_promise_that_nothing_can_keep_says_why_and_what_to_do(
    offer: Offer | None, request_: dict[str, object], why: str
) -> None:
    """Before any plan is looked for."""
    old = roadmap(step("d", committed=True, cost=euros(90)), **request_)
    at_hand = {} if offer is None else {"d": offer}

    asked = request_left(old, LATER, offered=at_hand)
    (found,) = conflicts_before(old, asked, at_hand)

    assert why in found.why
    assert found.ways_out[-1] == "give it up on purpose: `skillmatch roadmap drop 'd'` --reason …"


def test_promises_that_can_be_kept_are_no_conflict() -> None:
    """The same step with room for it."""
    old = roadmap(step("d", committed=True, cost=euros(90)), max_cost=euros(90))
    at_hand = offers("d")

    assert conflicts_before(old, request_left(old, LATER, offered=at_hand), at_hand) == ()


def test_steps_that_no_catalogue_has_are_offers_of_their_own() -> None:
    """A planner has to know what the person is doing anyway."""
    own = step("own:book", cost=None, dated=True)
    begun = step("gone", state=StepState.STARTED)
    old = roadmap(own, begun, step("planned"), step("own:old", state=StepState.DONE))

    found = {one.id: one for one in offers_of_steps(old, {})}

    assert found.keys() == {"own:book", "gone"}
    assert found["own:book"].starts == (own.starts,)
    assert (found["gone"].self_paced, found["gone"].hours) == (True, 12.0)


def test_the_history_says_which_budgets_changed() -> None:
    """Someone who looks back wants to know why the plan is another."""
    old = PlanRequest(start=BEGUN, max_cost=euros(100))
    new = replace(old, max_cost=euros(80.5), languages=("en", "fi"), by=LATER)

    assert budget_words(old, new) == (
        f"by none → {LATER}; max cost 100.00 EUR → 80.50 EUR; languages none → en, fi"
    )


def test_what_has_lapsed_can_be_planned_once_more() -> None:
    """A first aid course holds two years; the old one stays in the record."""
    lapsed = step("a", state=StepState.DONE, valid_months=1)
    old = roadmap(lapsed, step("b", state=StepState.DONE))

    asked = request_left(old, LATER + timedelta(weeks=5), offered=IDS)
    found = replanned(old, planned("a", "b"), offers(*IDS), at=LATER + timedelta(weeks=5))

    assert asked.held == ("b",)
    assert [(one.id, one.state) for one in found.roadmap.steps] == [
        (f"a ({lapsed.ended})", StepState.DONE),
        ("b", StepState.DONE),
        ("a", StepState.PLANNED),
    ]
    assert [(one.kind, one.step) for one in found.changes] == [(ChangeKind.ADDED, "a")]


def test_no_filter_is_about_a_step_of_ones_own() -> None:
    """Who reads a book at home is not stopped from planning by a wish for courses in English."""
    wish = {"languages": ("en",), "online_only": True, "access": ("captions",)}
    old = roadmap(step("own:book", committed=True), **wish)
    asked = replace(old.request, places=("Lindau",), devices=("smartphone",), max_cost=euros(5))

    (book,) = offers_of_steps(replace(old, request=asked), {})

    sieve = Sieve(request=asked, purse=purse(asked, [book]))
    assert sieve.faults(book, length(book, Calendar(start=LATER, hours=6.0))) == ()


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("Step 1 asks for it first.", "“B” asks for it first."),
        (
            "It completes a stack with steps 0, 1 and 2.",
            "It completes a stack with “A”, “B” and “C”.",
        ),
        ("Closes “step 9 of the dance”.", "Closes “step 9 of the dance”."),
    ],
)
def test_reasons_name_the_steps_that_a_plan_numbers(why: str, said: str) -> None:
    """The numbers of a roadmap change as soon as a step is added."""
    plan = planned("a", "b", "c")
    plan = replace(plan, steps=(replace(plan.steps[0], why=why), *plan.steps[1:]))

    assert steps_of(plan, {})[0].why == said
