"""What bears on a skill is found without asking about every pair, and none is missed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import cast

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from skillmatch.gap.coverage import Coverer
from skillmatch.model.concept import ConceptKind, ConceptUri
from skillmatch.model.gap import CoverageKind
from skillmatch.model.requirement import Necessity, Requirement
from skillmatch.service.frameworks_at_hand import FrameworksAtHand
from skillmatch.service.matcher import Matcher
from skillmatch_api.ranking.relations import Related, Relations

SIZE = 12
SKILLS = [ConceptUri(f"skill-{number:02}") for number in range(SIZE)]
PLACES = st.sampled_from(SKILLS)


@dataclass
class _Frameworks:
    """Skills 0 to 11: any may be broader than one before it, and each points somewhere."""

    broader_of: dict[ConceptUri, tuple[ConceptUri, ...]]
    angles: dict[ConceptUri, float]
    opened: list[SimpleNamespace] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.opened = [SimpleNamespace(dense=self)]

    def broader(self, uri: ConceptUri) -> tuple[ConceptUri, ...]:
        return self.broader_of.get(uri, ())

    def pref_label(self, uri: ConceptUri) -> str:
        return uri

    def pref_vectors(self, uris: Iterable[str]) -> dict[ConceptUri, NDArray[np.float32]]:
        known = [ConceptUri(one) for one in uris if one in self.angles]
        return {
            one: np.array([[math.cos(self.angles[one]), math.sin(self.angles[one])]], np.float32)
            for one in known
        }

    def similarity(self, held: ConceptUri, asked: ConceptUri) -> float:
        if held not in self.angles or asked not in self.angles:
            return 0.0
        return round(math.cos(self.angles[held] - self.angles[asked]), 6)


@st.composite
def _worlds(draw: st.DrawFn) -> _Frameworks:
    broader = {
        uri: tuple(draw(st.lists(st.sampled_from(SKILLS[place + 1 :]), max_size=2, unique=True)))
        for place, uri in enumerate(SKILLS[:-1])
    }
    angles = draw(st.dictionaries(PLACES, st.sampled_from([0.0, 0.1, 0.28, 0.29, 0.5, 3.0])))
    return _Frameworks({uri: tuple(sorted(up)) for uri, up in broader.items()}, angles)


def _asked(
    uri: ConceptUri, folded: Iterable[ConceptUri], others: Iterable[ConceptUri]
) -> Requirement:
    return Requirement(
        uri=uri,
        label="",
        framework="",
        necessity=Necessity.MUST,
        necessity_why="",
        folded=tuple(sorted(folded)),
        alternatives=tuple(sorted(others)),
    )


REQUIREMENTS = st.builds(_asked, PLACES, st.sets(PLACES, max_size=2), st.sets(PLACES, max_size=2))


def _by_hand(
    frameworks: FrameworksAtHand, held: Iterable[ConceptUri], asked: Requirement
) -> Related:
    coverer = Coverer(frameworks, frameworks)
    found = {uri: coverer.cover(uri, asked) for uri in sorted(held)}
    return {uri: one for uri, one in found.items() if one.value > 0}


def _said(related: Related) -> dict[str, tuple[float, CoverageKind, list[str]]]:
    """Return what is compared: everything but labels, which tables do without."""
    return {
        uri: (one.value, one.kind, [step.uri for step in one.path]) for uri, one in related.items()
    }


@given(
    world=_worlds(),
    asked=st.lists(REQUIREMENTS, min_size=1, max_size=4),
    first=st.sets(PLACES),
    then=st.sets(PLACES),
)
def test_no_related_skill_is_missed(
    world: _Frameworks,
    asked: list[Requirement],
    first: set[ConceptUri],
    then: set[ConceptUri],
) -> None:
    """Tables leave out only what the gap's coverage calls unrelated, however they grew."""
    frameworks = cast("FrameworksAtHand", world)
    tables = Relations(frameworks)

    tables.add_held(first)
    before = tables.related(asked)
    tables.add_held(then)
    after = tables.related(asked)

    for found, held in ((before, first), (after, first | then)):
        by_hand = [_by_hand(frameworks, held, one) for one in asked]
        assert [_said(one) for one in found] == [_said(one) for one in by_hand]


def test_tables_agree_with_a_framework(mini_matcher: Matcher) -> None:
    """The double above is not all there is: every skill beside every other of two frameworks."""
    frameworks = mini_matcher.frameworks
    skills = sorted(
        {u.uri for one in frameworks.opened for u in one.db.concepts(ConceptKind.SKILL)}
    )
    asked = [_asked(uri, frameworks.twins(uri), ()) for uri in skills]

    tables = Relations(frameworks)
    tables.add_held(skills)
    found = tables.related(asked)

    by_hand = [_by_hand(frameworks, skills, one) for one in asked]
    assert [_said(one) for one in found] == [_said(one) for one in by_hand]
    assert CoverageKind.NARROWER in {one.kind for each in by_hand for one in each.values()}
