"""What an offer does for a gap that several goals have."""

from __future__ import annotations

import pytest

from skillmatch.gap import NoNearness
from skillmatch.gap.coverage import Coverer
from skillmatch.pathway.planning.closures import Closer
from skillmatch.pathway.planning.relating import Relating
from tests.pathway.plan_cases import Family, asks, award, goals


def test_each_goal_is_closed_by_the_award_that_does_most_for_it() -> None:
    """A narrower skill at a high level serves one goal, the skill itself at a low one the other."""
    family = Family({"narrow": "wide"})
    targets = goals([[asks("wide", level="advanced")], [asks("wide", level="basic")]])
    closer = Closer(
        coverer=Coverer(family, NoNearness()),
        targets=targets,
        relating=Relating(hierarchy=family, targets=targets),
    )
    narrow = award("narrow", level="advanced", level_value=5.0)
    low = award("wide", level="basic", level_value=2.0)

    pooled = closer.close([low, narrow])[0]
    alone = [closer.close([one])[0] for one in (low, narrow)]

    least = [min(lefts) for lefts in zip(*(one.lefts for one in alone), strict=True)]
    assert least[0] < alone[0].lefts[0]
    assert least[1] < alone[1].lefts[1]
    assert pooled.after == pytest.approx(sum(least) / 2)
    assert pooled.gain > max(one.gain for one in alone)
