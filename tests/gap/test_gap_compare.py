"""What a single comparison says, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from skillmatch.errors import UsageError
from skillmatch.model.evidence import Assurance
from skillmatch.model.gap import CoverageKind, GapState
from skillmatch.model.posting import Span
from skillmatch.model.requirement import Checklist, Gate, GateKind, Necessity
from tests.gap.gap_worlds import World, ask, gap_of, have, result_of, uri

TREE = World(
    parents={
        "django": ("python",),
        "python": ("programming",),
        "java": ("programming",),
        "programming": ("software",),
        "software": ("technology",),
    },
    near={("data wrangling", "data cleaning"): 0.98, ("tea", "coffee"): 0.79},
)


def test_a_skill_that_is_held_covers_itself_whatever_the_hierarchy() -> None:
    """Identity is the URI."""
    gap = gap_of(ask("python"), have("python"), world=TREE)

    assert (gap.coverage.value, gap.coverage.kind) == (1.0, CoverageKind.SAME)
    assert gap.priority == 0.0


@pytest.mark.parametrize(
    ("asked", "held", "kind", "value", "path"),
    [
        ("programming", "python", CoverageKind.NARROWER, 0.9, "python programming"),
        ("programming", "django", CoverageKind.NARROWER, 0.8, "django python programming"),
        ("python", "programming", CoverageKind.BROADER, 0.4, "programming python"),
        ("django", "programming", CoverageKind.BROADER, 0.25, "programming python django"),
        ("python", "java", CoverageKind.SIBLING, 0.3, "java programming python"),
        ("data cleaning", "data wrangling", CoverageKind.NEAR, 0.5, "data wrangling,data cleaning"),
        ("coffee", "tea", CoverageKind.NONE, 0.0, ""),
        ("technology", "python", CoverageKind.NONE, 0.0, ""),
        ("django", "java", CoverageKind.NONE, 0.0, ""),
    ],
)
def test_the_way_from_held_to_asked_decides_coverage(
    asked: str, held: str, kind: CoverageKind, value: float, path: str
) -> None:
    """Narrower covers most, broader and sibling little, three steps or a far cousin nothing."""
    coverage = gap_of(ask(asked), have(held), world=TREE).coverage

    separator = "," if "," in path else " "
    assert (coverage.kind, coverage.value) == (kind, value)
    assert [step.label for step in coverage.path] == [p for p in path.split(separator) if p]


def test_a_hierarchy_that_runs_in_a_circle_still_ends() -> None:
    """Broken RDF can say that two skills are broader than each other."""
    ring = World(parents={"a": ("b",), "b": ("a",)})

    assert gap_of(ask("a"), have("b"), world=ring).coverage.kind is CoverageKind.NARROWER


def test_a_folded_concept_was_asked_for_too() -> None:
    """The posting's words meant both, so either is what they ask for."""
    gap = gap_of(ask("python", folded=(uri("snake"),)), have("snake"), world=TREE)

    assert (gap.coverage.kind, gap.coverage.value) == (CoverageKind.SAME, 1.0)
    assert [step.label for step in gap.coverage.path] == ["snake", "python"]


def test_a_folded_concept_that_is_broader_does_not_pass_for_the_skill() -> None:
    """Knowing programming is not knowing Python, though one sentence named both."""
    gap = gap_of(ask("python", folded=(uri("programming"),)), have("programming"), world=TREE)

    assert gap.coverage.kind is CoverageKind.BROADER


@pytest.mark.parametrize(
    ("assurance", "state"),
    [
        (Assurance.VERIFIED, GapState.PROVEN),
        (Assurance.ENDORSED, GapState.PROVEN),
        (Assurance.DOCUMENTED, GapState.CLAIMED),
        (Assurance.CLAIMED, GapState.CLAIMED),
        (Assurance.INVALID, GapState.NOT_ACCEPTED),
    ],
)
def test_only_what_others_vouch_for_is_proven(assurance: Assurance, state: GapState) -> None:
    """A CV is the person's own word, in better typography."""
    gap = gap_of(ask("python"), have("python", assurance))

    assert (gap.state, gap.assurance) == (state, assurance)


def test_what_is_not_accepted_covers_nothing_and_says_why() -> None:
    """An expired badge must not make the gap look smaller."""
    gap = gap_of(ask("python"), have("python", Assurance.INVALID, reason="expired 2024-05-01"))

    assert gap.coverage.value == 0.0
    assert gap.priority == 0.9
    assert "expired 2024-05-01" in gap.reason


def test_a_verified_basic_badge_does_not_prove_an_advanced_claim() -> None:
    """Each piece is judged by itself; the best axes of two pieces make no third piece."""
    badge = have("python", Assurance.VERIFIED, level="basic")
    claim = have("python", level="advanced")

    gap = gap_of(ask("python", level="advanced"), badge, claim)

    assert gap.state is GapState.CLAIMED
    assert gap.evidence == (claim, badge)


def test_a_verified_relative_lends_no_assurance_to_a_claim() -> None:
    """Assurance is of the skill asked for; that Java is verified says nothing of Python."""
    java, python = have("java", Assurance.VERIFIED), have("python")

    alone = gap_of(ask("python"), java, world=TREE)
    both = gap_of(ask("python"), java, python, world=TREE)

    assert (alone.state, alone.assurance) == (GapState.RELATED, None)
    assert (both.state, both.assurance) == (GapState.CLAIMED, Assurance.CLAIMED)
    assert both.evidence == (python, java)


def test_an_unstated_level_beside_a_low_one_gets_the_benefit_of_the_doubt() -> None:
    """Otherwise a second line of a CV could turn a claim into a shortfall."""
    low, unstated = have("python", level="basic"), have("python")

    gap = gap_of(ask("python", level="advanced"), low, unstated)

    assert (gap.state, gap.level_shortfall, gap.priority) == (GapState.CLAIMED, None, 0.0)


def test_a_near_skill_may_leave_less_than_the_skill_at_a_low_level() -> None:
    """A beginner asked to be an expert lacks five sixths; a near skill leaves a half."""
    low = have("data cleaning", level="beginner")

    gap = gap_of(ask("data cleaning", level="expert"), low, have("data wrangling"), world=TREE)

    assert gap.state is GapState.BELOW_LEVEL
    assert gap.factors[-1].value == 0.5


def test_of_two_ways_up_the_first_by_uri_is_shown() -> None:
    """The order in which a file lists two parents must not show."""
    diamond = World(parents={"d": ("z", "b"), "z": ("top",), "b": ("top",)})

    path = gap_of(ask("top"), have("d"), world=diamond).coverage.path

    assert [step.label for step in path] == ["d", "b", "top"]


def test_the_same_evidence_given_twice_counts_once() -> None:
    """A file named twice on the command line is one file."""
    assert len(gap_of(ask("python"), have("python"), have("python")).evidence) == 1


def test_a_lower_level_leaves_a_shortfall_that_counts() -> None:
    """Advanced is step 5, basic step 2: three fifths of the level are left."""
    gap = gap_of(ask("python", level="advanced"), have("python", level="basic"))

    assert gap.state is GapState.BELOW_LEVEL
    assert gap.level_shortfall == 3.0
    assert gap.priority == pytest.approx(0.9 * 0.6)
    assert "at basic, with advanced asked for" in gap.reason


def test_years_compare_where_no_level_is_asked_for() -> None:
    """Five years asked, two held."""
    gap = gap_of(ask("python", years=5.0), have("python", years=2.0))

    assert (gap.state, gap.level_shortfall) == (GapState.BELOW_LEVEL, 3.0)


def test_a_level_that_nobody_stated_is_not_held_against_a_person() -> None:
    """Unknown is not low."""
    gap = gap_of(ask("python", level="advanced"), have("python"))

    assert (gap.state, gap.level_shortfall) == (GapState.CLAIMED, None)


def test_levels_of_two_frameworks_do_not_compare() -> None:
    """A 4 of 7 is not a 4 of 8."""
    asked = ask("python", level_value=6.0, level_scale="onet-lv")

    gap = gap_of(asked, have("python", level_value=1.0, level_scale="eqf"))

    assert gap.level_shortfall is None


def test_evidence_after_the_date_is_left_out_and_said_so() -> None:
    """A comparison for a past day must not know the future."""
    later = have("python", issued=date(2025, 6, 2))
    result = result_of(ask("python"), later, have("sql", issued=date(2025, 6, 1)))

    assert result.gaps[0].state is GapState.MISSING
    assert [one.label for one in result.unused] == ["python", "sql"]
    assert "after 2025-06-01" in result.unused[0].reason
    assert result.notes == ("One piece of evidence is dated after 2025-06-01 and not counted.",)


def test_the_factors_multiply_to_the_priority_and_say_why() -> None:
    """Nice-to-have 0.3, importance 3 of 5 gives 0.75, two places 0.95, weight 1 of 2."""
    mention = ask("x").mentions[0]
    elsewhere = type(mention)(text="x", span=Span(start=9, end=10), unit=4)
    asked = ask(
        "x", necessity=Necessity.NICE, importance=3.0, mentions=(mention, elsewhere), weight=1.0
    )

    result = result_of((asked, ask("y", weight=2.0)))

    gap = next(gap for gap in result.gaps if gap.requirement.label == "x")
    assert [(f.name, f.value) for f in gap.factors] == [
        ("necessity", 0.3), ("importance", 0.75), ("emphasis", 0.95), ("weight", 0.5),
        ("shortfall", 1.0),
    ]  # fmt: skip
    assert gap.priority == pytest.approx(0.3 * 0.75 * 0.95 * 0.5)


def test_a_skill_that_is_named_thousands_of_times_is_needed_like_any_other() -> None:
    """A posting that repeats one sentence is clumsy or hostile, and read all the same."""
    mention = ask("x").mentions[0]
    often = tuple(type(mention)(text="x", span=mention.span, unit=unit) for unit in range(3_000))

    gap = gap_of(ask("x", mentions=often))

    assert {one.name: one.value for one in gap.factors}["emphasis"] == 1.0


def test_confidence_of_the_reading_does_not_change_the_need() -> None:
    """How sure the program is and how much the skill matters are two questions."""
    sure, unsure = ask("python", confidence=0.99), ask("python", confidence=0.4)

    assert gap_of(sure).priority == gap_of(unsure).priority


def test_gates_pass_through_unscored_and_in_text_order() -> None:
    """No skill replaces a driving licence."""
    late = Gate(kind=GateKind.DRIVING, text="driving licence", span=Span(start=50, end=65))
    early = Gate(kind=GateKind.DEGREE, text="degree", span=Span(start=5, end=11))
    world = World()
    from skillmatch.gap import compare

    result = compare(
        Checklist(source="test", gates=(late, early)), (have("python"),),
        hierarchy=world, nearness=world, at=date(2025, 6, 1),
    )  # fmt: skip

    assert result.checklist.gates == (early, late)
    assert result.gaps == ()
    assert [one.label for one in result.unused] == ["python"]


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf")])
def test_a_weight_that_is_no_weight_is_refused(weight: float) -> None:
    """A negative need would turn the order upside down."""
    with pytest.raises(UsageError, match="'python' has weight"):
        gap_of(ask("python", weight=weight))
