"""What turns features into a confidence, and how it is measured."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from evaluation import scorer as module
from evaluation.linker_examples import LabelledUnit, Source, Table
from evaluation.scorer import REUSE, Scorer, cross_fitted, with_facts_hidden, without_facts
from skillmatch.linking.features import Feature, Matrix
from skillmatch.linking.weights import HiddenUnit, LinkWeights


def test_chances_are_those_of_the_linker() -> None:
    """What is fitted and measured here is what the program computes, rounded."""
    rng = np.random.default_rng(13)
    count = len(Feature)
    fitted = Scorer(
        intercept=-0.5,
        coefficients=tuple(rng.normal(size=count)),
        hidden=tuple(
            HiddenUnit(bias=0.1 * unit, out=1.0 - unit, weights=tuple(rng.normal(size=count)))
            for unit in range(3)
        ),
    )
    weights = LinkWeights(
        intercept=fitted.intercept,
        coefficients=fitted.coefficients,
        hidden=fitted.hidden,
        threshold=0.5,
        min_confidence=0.1,
        min_mass=0.2,
        ordinary=frozenset(),
        provenance={},
    )
    features = rng.normal(size=(200, count))

    chances = fitted.chances(features)

    np.testing.assert_allclose(chances, weights.confidences(features), atol=1e-4)
    assert np.ptp(chances) > 0.6


def fold_units(sizes: list[int]) -> Table:
    """Return a table whose only feature is the number of the unit."""
    unit = LabelledUnit(source=Source.TECH, text="", gold=frozenset(), labels=0)
    numbers = np.repeat(np.arange(len(sizes)), sizes).astype(np.float64)
    return Table(
        units=(unit,) * len(sizes),
        features=numbers[:, None],
        right=numbers % 2 == 0,
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
    )


class Remembering:
    """A double that knows which units it was fitted on, and refuses to judge them."""

    def __init__(self, features: Matrix) -> None:
        self.known = set(features[:, 0].tolist())

    def chances(self, features: Matrix) -> NDArray[np.float64]:
        """Return 1 more than the number of each unit."""
        assert self.known.isdisjoint(features[:, 0].tolist())
        assert self.known
        return features[:, 0] + 1


def remember(features: Matrix, right: NDArray[np.bool_], *, seed: int) -> Remembering:
    """Stand in for ``fit_scorer``."""
    del right, seed
    return Remembering(features)


def test_no_unit_is_judged_by_a_scorer_that_saw_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Candidates of one unit resemble each other; they stay together, whatever their number."""
    table = fold_units([3, 1, 0, 5, 2, 4, 1, 1, 7, 2, 3])
    monkeypatch.setattr(module, "fit_scorer", remember)

    chances = cross_fitted(table, table.features, seed=13)

    assert chances.tolist() == (table.features[:, 0] + 1).tolist()


def test_half_of_the_units_are_shown_without_reuse_levels() -> None:
    """All candidates of a unit or none: a release either has them or has not."""
    table = fold_units([2] * 200)
    table = replace(table, features=np.ones((400, len(Feature))))

    shown = with_facts_hidden(table, seed=13)

    hidden = (shown[:, REUSE] == 0).all(axis=1)
    assert ((shown[:, REUSE] == 0).any(axis=1) == hidden).all()
    assert (hidden[::2] == hidden[1::2]).all()
    assert 140 < hidden.sum() < 260
    others = [feature for feature in Feature if feature not in REUSE]
    assert (shown[:, others] == 1).all()
    assert (without_facts(table).features[:, REUSE] == 0).all()
