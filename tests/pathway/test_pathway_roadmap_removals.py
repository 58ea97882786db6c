"""Why a step goes: whoever loses one reads the true reason, and not two that may be it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skillmatch.model.concept import ConceptUri
from skillmatch.model.gap import CoverageKind, GapState
from skillmatch.model.plan import (
    Closure,
    FilterEffect,
    OpenGap,
    OpenReason,
    PassedOver,
    Plan,
    PlanStep,
)
from skillmatch.model.requirement import Necessity
from skillmatch.model.roadmap import Closes, RoadmapStep
from skillmatch.pathway.roadmap.removals import why_removed
from tests.pathway.test_pathway_roadmap_replan import planned
from tests.readers.roadmap_samples import step

PYTHON, SQL = ConceptUri("urn:python"), ConceptUri("urn:sql")
GONE = replace(
    step("gone"),
    name="Snakes",
    closes=(Closes(uri=PYTHON, label="Python"), Closes(uri=SQL, label="SQL")),
)


def left(uri: ConceptUri, label: str, why: str) -> OpenGap:
    """Return a gap that a plan leaves open."""
    return OpenGap(
        uri=uri,
        label=label,
        necessity=Necessity.MUST,
        state=GapState.MISSING,
        left=1.0,
        priority=1.0,
        reason=OpenReason.NOT_CHOSEN,
        why=why,
    )


def taken(uri: ConceptUri, label: str, *passed: PassedOver) -> PlanStep:
    """Return a step of the new plan that closes something."""
    closure = Closure(
        uri=uri,
        label=label,
        necessity=Necessity.MUST,
        before=1.0,
        after=0.0,
        gain=1.0,
        kind=CoverageKind.SAME,
    )
    return replace(planned("other").steps[0], closes=(closure,), instead_of=passed)


NOTHING = planned()
DEARER = PassedOver(offer="gone", name="Snakes", why="it costs 20 EUR more")
MORE_URGENT = "“Snakes 2” would fit by itself (90 EUR in all); its money goes to what closes more."
BOTH_OPEN = (left(PYTHON, "Python", MORE_URGENT), left(SQL, "SQL", MORE_URGENT))
TOO_DEAR = "“Snakes” takes 90 EUR in all, more than the budget."


@pytest.mark.parametrize(
    ("gone", "plan", "why"),
    [
        (
            GONE,
            replace(
                NOTHING, filters=(FilterEffect(filter="--place", removed=1, offers=("gone",)),)
            ),
            "--place leaves it out",
        ),
        (
            GONE,
            replace(NOTHING, open=(left(PYTHON, "Python", TOO_DEAR), left(SQL, "SQL", TOO_DEAR))),
            "it takes 90 EUR in all, more than the budget",
        ),
        (
            GONE,
            replace(NOTHING, open=BOTH_OPEN),
            f"“Python”, “SQL” stay open: {MORE_URGENT.rstrip('.')}",
        ),
        (
            GONE,
            replace(NOTHING, steps=(taken(PYTHON, "Python", DEARER),)),
            "it costs 20 EUR more; “Other” closes “Python”; you meet “SQL” without it",
        ),
        (GONE, NOTHING, "you meet “Python”, “SQL” without it"),
        (step("gone", closes=()), NOTHING, "no step of the new plan asks for it first"),
    ],
    ids=["filter", "budget", "more urgent", "passed over", "met", "only a way in"],
)
def test_the_reason_says_what_became_of_what_a_step_was_to_close(
    gone: RoadmapStep, plan: Plan, why: str
) -> None:
    """Each of its skills is closed by another step, met already, or open for a reason."""
    assert why_removed(gone, plan) == why
