"""Laws that hold for every checklist and every pile of evidence."""

from __future__ import annotations

import math
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from skillmatch.gap import STATE_ORDER, compare, gap_state
from skillmatch.model.evidence import ASSURANCE_ORDER, Assurance, Evidence
from skillmatch.model.gap import Gap, GapResult, GapState
from skillmatch.model.link import Mention
from skillmatch.model.posting import Span
from skillmatch.model.requirement import Checklist, Necessity, Requirement
from tests.gap.gap_worlds import AT, World, ask, have, uri

# Few names, so that several pieces meet at one requirement.
NAMES = "abcd"
LEVELS = st.sampled_from(["", "basic", "B2", "advanced"])
YEARS = st.sampled_from([None, 0.0, 1.0, 5.0])
SIMILARITIES = st.sampled_from([0.0, 0.5, 0.8, 0.85, 1.0])
evidence_lists = st.lists(
    st.builds(
        have,
        st.sampled_from(NAMES),
        st.sampled_from(Assurance),
        level=LEVELS,
        years=YEARS,
        source=st.sampled_from(["cv.txt", "--have"]),
        issued=st.sampled_from([None, AT, AT + timedelta(days=1), date(2020, 1, 1)]),
    ),
    max_size=8,
)
mentions = st.lists(
    st.builds(
        Mention,
        text=st.just("x"),
        span=st.sampled_from([Span(start=0, end=1), Span(start=8, end=9)]),
        unit=st.integers(0, 3),
    ),
    max_size=4,
).map(tuple)
requirement_lists = st.lists(
    st.builds(
        ask,
        st.sampled_from(NAMES),
        necessity=st.sampled_from(Necessity),
        mentions=mentions,
        level=LEVELS,
        years=YEARS,
        importance=st.sampled_from([None, 1.0, 4.2]),
        weight=st.sampled_from([0.0, 0.5, 1.0, 7.0]),
        folded=st.sampled_from([(), (uri("a"), uri("d"))]),
    ),
    max_size=6,
)
worlds = st.builds(
    World,
    parents=st.dictionaries(
        st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(tuple)
    ),
    near=st.dictionaries(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), SIMILARITIES),
)


def run(requirements: list[Requirement], held: list[Evidence], world: World) -> GapResult:
    checklist = Checklist(source="test", requirements=tuple(requirements))
    return compare(checklist, held, hierarchy=world, nearness=world, at=AT)


def by_requirement(result: GapResult) -> dict[Requirement, Gap]:
    return {gap.requirement: gap for gap in result.gaps}


def assurance_rank(gap: Gap) -> int:
    return len(ASSURANCE_ORDER) if gap.assurance is None else ASSURANCE_ORDER.index(gap.assurance)


def level_rank(gap: Gap) -> float:
    """At level, then unknown, then short by so much."""
    shortfall = gap.level_shortfall
    return 0.5 if shortfall is None else shortfall


@given(asked=requirement_lists, held=evidence_lists, more=evidence_lists, world=worlds)
def test_more_evidence_never_widens_a_gap_on_any_axis(
    asked: list[Requirement], held: list[Evidence], more: list[Evidence], world: World
) -> None:
    """Whoever brings more must never stand worse: in coverage, assurance, level or priority."""
    before, after = by_requirement(run(asked, held, world)), by_requirement(
        run(asked, held + more, world)
    )  # fmt: skip

    for requirement, narrow in before.items():
        wide = after[requirement]
        covered = any(piece.assurance is not Assurance.INVALID for piece in narrow.evidence)
        assert wide.coverage.value >= narrow.coverage.value
        assert assurance_rank(wide) <= assurance_rank(narrow)
        assert wide.priority <= narrow.priority
        assert wide.factors[-1].value <= narrow.factors[-1].value
        assert STATE_ORDER.index(wide.state) <= STATE_ORDER.index(narrow.state)
        if covered and narrow.coverage.value >= 0.85:
            assert level_rank(wide) <= level_rank(narrow)


@given(asked=requirement_lists, held=evidence_lists, world=worlds, shuffle=st.randoms())
def test_order_never_changes_the_result(
    asked: list[Requirement], held: list[Evidence], world: World, shuffle: object
) -> None:
    """A result that depends on the order of files on a command line cannot be trusted."""
    one = run(asked, held, world)

    shuffle.shuffle(asked)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    shuffle.shuffle(held)  # type: ignore[attr-defined]  # as above
    other = run(asked, [*held, *held], world)

    assert repr(other) == repr(one)


@given(asked=requirement_lists, held=evidence_lists, world=worlds)
def test_every_gap_is_in_range_sorted_and_explained(
    asked: list[Requirement], held: list[Evidence], world: World
) -> None:
    """Priority and its factors stay in [0, 1] and multiply; everything called met is shown."""
    result = run(asked, held, world)

    order = [
        (-gap.priority, list(Necessity).index(gap.requirement.necessity)) for gap in result.gaps
    ]
    assert order == sorted(order)
    assert len(result.gaps) == len(asked)
    for gap in result.gaps:
        assert 0.0 <= gap.priority <= 1.0
        assert all(0.0 <= factor.value <= 1.0 for factor in gap.factors)
        assert math.isclose(gap.priority, math.prod(f.value for f in gap.factors), abs_tol=1e-6)
        assert bool(gap.evidence) == (gap.state is not GapState.MISSING)
        assert gap.reason


@given(asked=requirement_lists, held=evidence_lists, world=worlds)
def test_every_evidence_is_used_or_listed_as_unused(
    asked: list[Requirement], held: list[Evidence], world: World
) -> None:
    """Nothing a person brought may vanish without a word."""
    result = run(asked, held, world)

    used = {one.uri for gap in result.gaps for one in gap.evidence}
    left = {one.uri for one in result.unused}
    assert used | left == {one.uri for one in held}


@given(
    coverage=st.floats(0, 1),
    assurance=st.sampled_from([None, *Assurance]),
    shortfall=st.none() | st.floats(0, 7),
)
def test_states_are_total_and_proof_needs_a_voucher(
    coverage: float, assurance: Assurance | None, shortfall: float | None
) -> None:
    """Every combination has a state, and no path leads from a claim to proven."""
    state = gap_state(coverage, assurance, shortfall)

    assert state in STATE_ORDER
    if state is GapState.PROVEN:
        assert assurance in {Assurance.VERIFIED, Assurance.ENDORSED}
        assert coverage >= 0.85
        assert not shortfall
    assert (state is GapState.NOT_ACCEPTED) == (assurance is Assurance.INVALID)


@given(
    coverage=st.floats(0, 1), better=st.floats(0, 1), assurance=st.sampled_from([None, *Assurance])
)
def test_a_state_never_falls_when_an_axis_improves(
    coverage: float, better: float, assurance: Assurance | None
) -> None:
    """Holding the other axes, more coverage and a smaller shortfall only help."""
    low, high = sorted((coverage, better))

    assert STATE_ORDER.index(gap_state(high, assurance, None)) <= STATE_ORDER.index(
        gap_state(low, assurance, None)
    )
    assert STATE_ORDER.index(gap_state(high, assurance, 0.0)) <= STATE_ORDER.index(
        gap_state(high, assurance, 1.0)
    )


def test_state_order_names_every_state_once() -> None:
    """A state that is missing from the order would crash the first report that has it."""
    assert sorted(STATE_ORDER) == sorted(GapState)
